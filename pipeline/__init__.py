"""SOP AP documents as records: `digitize(path, settings, name=...)` reads one, `load(path)` opens a record again.

`load_all(folder)` opens all that a run wrote, `flow_graph(record)` makes a graph of one, `tables_of(records)` pandas
frames of many. What is offered here is fetched when it is first asked for, so that `import pipeline` stays light.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.export.networkx_graph import flow_graph
    from pipeline.export.tables.frames import tables_of
    from pipeline.model.document import Digitized, Document
    from pipeline.model.record import Record
    from pipeline.settings import Settings
    from pipeline.stages import digitize

__all__ = [
    "Digitized",
    "Document",
    "Record",
    "Settings",
    "digitize",
    "flow_graph",
    "load",
    "load_all",
    "tables_of",
]

_HOMES = {
    "Digitized": "pipeline.model.document",
    "Document": "pipeline.model.document",
    "Record": "pipeline.model.record",
    "Settings": "pipeline.settings",
    "digitize": "pipeline.stages",
    "flow_graph": "pipeline.export.networkx_graph",
    "tables_of": "pipeline.export.tables.frames",
}


def load(path: Path | str) -> Record:
    """The record in a .sop.json file, or at a URL.

    Raises OSError where it cannot be opened, ValueError where it is none.
    """
    from pipeline.model.record import Record
    from pipeline.store.remote_path import place_of

    return Record.model_validate_json(place_of(path).read_bytes())


def load_all(folder: Path | str) -> Iterator[Record]:
    """All records in an output folder, or at its URL, one by one, in order of files' names. Raises as `load` does."""
    from pipeline.store.record_files import found_record_files
    from pipeline.store.remote_path import place_of

    return (load(path) for path in found_record_files([place_of(folder)]))


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
