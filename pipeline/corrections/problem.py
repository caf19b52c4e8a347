"""What is wrong with a corrections file, and where in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.errors import PipelineError
from pipeline.message import Message, counted, msg

MOST_TOLD = 20  # problems that are named at once


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is refused; `line` and `column` count from 1, as editors do."""

    file: str
    line: int
    column: int
    message: Message | str

    @property
    def said(self) -> Message:
        """The problem as editors and compilers write it: file:line:column: message."""
        place = f"{self.file}:{self.line}:{self.column}"
        return Message("{place}: {fault}", {"place": place, "fault": self.message})

    def __str__(self) -> str:
        """Write the problem in English."""
        return str(self.said)


class CorrectionsError(PipelineError):
    """A corrections file, or several, that cannot be taken as they are.

    Attributes:
        problems: All that is wrong, in the order of the file.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column)))
        told = [problem.said for problem in self.problems[:MOST_TOLD]]
        if rest := len(self.problems) - len(told):
            told.append(counted("and {n} more", "and {n} more", rest))
        lines = {f"line{number}": said for number, said in enumerate(told)}
        super().__init__(
            Message("\n".join(f"{{{name}}}" for name in lines), lines),
            msg("Put the named lines right; docs/corrections.md shows every form of an entry."),
        )


class InvalidValueError(Exception):
    """A value that its field cannot take; becomes a Problem where its place in the file is known.

    Attributes:
        message: Why it cannot.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def with_suggestions(fault: Message, near: Sequence[str]) -> Message:
    """Add to what is wrong what may have been meant."""
    return msg("{fault}; did you mean {near}?", fault=fault, near=", ".join(near)) if near else fault


class UnresolvedNameError(Exception):
    """A name in a value that leads to nothing in the record, or to more than one thing.

    Attributes:
        message: Which name it is, and what it leads to.
        found: How many things have the name: none, or several.
    """

    def __init__(self, found: int, what: Message | str, near: Sequence[str] = ()) -> None:
        missing = with_suggestions(msg("{name} is not in the record", name=what), near)
        self.message = msg("{name} names {count} things", name=what, count=found) if found else missing
        super().__init__(str(self.message))
        self.found = found

    @property
    def status(self) -> Literal["orphan", "ambiguous"]:
        """How an entry ends that uses the name."""
        return "ambiguous" if self.found else "orphan"
