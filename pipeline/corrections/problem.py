"""What is wrong with a corrections file, and where in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.errors import PipelineError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is refused; `line` and `column` count from 1, as editors do."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """Write the problem as editors and compilers do: file:line:column: message."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class CorrectionsError(PipelineError):
    """A corrections file, or several, that cannot be taken as they are.

    Attributes:
        problems: All that is wrong, in the order of the file.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(
            "\n".join(str(problem) for problem in self.problems),
            "Put the named lines right; docs/corrections.md shows every form of an entry.",
        )


class InvalidValueError(Exception):
    """A value that its field cannot take; becomes a Problem where its place in the file is known."""


class UnresolvedNameError(Exception):
    """A name in a value that leads to nothing in the record, or to more than one thing.

    Attributes:
        found: How many things have the name: none, or several.
    """

    def __init__(self, found: int, what: str) -> None:
        super().__init__(f"{what} is not in the record" if found == 0 else f"{what} names {found} things")
        self.found = found

    @property
    def status(self) -> Literal["orphan", "ambiguous"]:
        """How an entry ends that uses the name."""
        return "ambiguous" if self.found else "orphan"
