"""Wrong usage and a broken set-up. What is wrong with a document is a `DocumentError` or an `Issue`."""

from __future__ import annotations

from typing import Any

from pipeline.message import Message

# How the command ends: in order, not all documents, wrong usage or a broken set-up, interrupted.
OK, NOT_ALL, USAGE, INTERRUPTED = 0, 1, 2, 130


class PipelineError(Exception):
    """Wrong usage or a broken set-up: the command prints message and advice, and ends with the exit code.

    Attributes:
        message: What is wrong, in one line, or a line for each thing that is; a `Message` of the catalogue, or words
            that are none, such as a library's.
        advice: What to do about it, in one line; "" where that is plain.
    """

    exit_code = USAGE

    def __init__(self, message: Message | str, advice: Message | str = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.advice = advice

    def __reduce__(self) -> tuple[Any, ...]:
        # Pickled by its attributes, for worker processes: a subclass may take other arguments than these.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[PipelineError], args: tuple[Any, ...], state: dict[str, Any]) -> PipelineError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error
