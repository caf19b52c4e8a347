"""What is wrong, or unsure, with a document or a record, and where."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipeline.message import Message

Severity = Literal["error", "warning", "info"]


class Issue(BaseModel):
    """One finding. `code` is stable and kebab-case; `path` is a JSON pointer into the record, "" for all of it.

    `message` is in English. `wording` is the same with what fills it kept apart, from which it is shown in other
    languages; null where the words come from elsewhere. Since 1.2.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    severity: Severity
    path: str = ""
    message: str
    wording: Message | None = None

    @classmethod
    def of(cls, code: str, severity: Severity, message: Message, path: str = "") -> Issue:
        """Make an issue of a message of the catalogue."""
        return cls(code=code, severity=severity, path=path, message=str(message), wording=message)

    @property
    def said(self) -> Message | str:
        """What to show: the wording, or the English message where there is none."""
        return self.wording or self.message
