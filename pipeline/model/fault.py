"""A document that cannot be read: data for its entry in the index, not a failure of the run."""

from __future__ import annotations

from pipeline.model.document import Status


class DocumentFault(Exception):
    """`status` is as index.json tells it; the message says what is wrong in one line."""

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
