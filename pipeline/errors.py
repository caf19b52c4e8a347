"""Wrong usage and a broken environment. What is wrong with a document is an Issue, never one of these."""

from __future__ import annotations

from typing import Any


class PipelineError(Exception):
    """A message, one line of advice, and the exit code of the command that meets it."""

    exit_code = 2

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __reduce__(self) -> tuple[Any, ...]:
        # So that it comes home from a worker process, whatever a subclass takes to be built.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[PipelineError], args: tuple[Any, ...], state: dict[str, Any]) -> PipelineError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error
