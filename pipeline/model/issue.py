"""What is wrong, or unsure, with a document or a record, and where."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Severity = Literal["error", "warning", "info"]


class Issue(BaseModel):
    """One finding. `code` is stable and kebab-case; `path` is a JSON pointer into the record, "" for all of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    severity: Severity
    path: str = ""
    message: str
