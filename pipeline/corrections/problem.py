"""What is wrong with a corrections file, and where in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import PipelineError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One refusal; `line` and `column` count from 1, as editors do."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class CorrectionsError(PipelineError):
    """The file cannot be taken as it is; all its problems at once, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(
            "\n".join(str(problem) for problem in self.problems),
            "Put the named lines right; docs/corrections.md shows every form of an entry.",
        )


class Refused(Exception):
    """A value that the field cannot take; becomes a Problem where its place in the file is known."""


class Unresolved(Exception):
    """A name in a value that leads to nothing, or to more than one thing."""

    def __init__(self, found: int, what: str) -> None:
        super().__init__(f"{what} is not in the record" if found == 0 else f"{what} names {found} things")
        self.found = found
