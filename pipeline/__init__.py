"""SOP AP documents as records: `digitize(path, settings, name=...)` reads one, `load(path)` opens a record again.

What is offered here is fetched when it is first asked for, so that `import pipeline` stays light.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.model.document import Digitized, Document
    from pipeline.model.record import Record
    from pipeline.settings import Settings
    from pipeline.stages import digitize

__all__ = ["Digitized", "Document", "Record", "Settings", "digitize", "load"]

_HOMES = {
    "Digitized": "pipeline.model.document",
    "Document": "pipeline.model.document",
    "Record": "pipeline.model.record",
    "Settings": "pipeline.settings",
    "digitize": "pipeline.stages",
}


def load(path: Path) -> Record:
    """The record in a .sop.json file. Raises OSError where it cannot be opened, ValueError where it is none."""
    from pipeline.model.record import Record

    return Record.model_validate_json(path.read_bytes())


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
