"""Wrong usage and a broken environment. What is wrong with a document is an Issue, never one of these."""

from __future__ import annotations


class PipelineError(Exception):
    """A message, one line of advice, and the exit code of the command that meets it."""

    exit_code = 2

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
