"""Camelot without the pandas frames that it makes of every table, of which nothing is wanted here.

Pandas and what it loads take 35 MB of each process for good, twice that where pyarrow is installed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class FrameShape:
    """Stands in for `pandas.DataFrame`: of a table's cells it keeps how many rows and columns there are."""

    def __init__(self, data: Sequence[Sequence[str]] = ()) -> None:
        self.shape = (len(data), max(map(len, data), default=0))


class FramesAlone(ModuleType):
    """Stands in for pandas while camelot reads for this package."""

    DataFrame = FrameShape


class LatePandas(ModuleType):
    """Stands in for pandas, which it loads when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        """What pandas has under a name."""
        return getattr(import_module("pandas"), name)


@contextmanager
def without_frames() -> Iterator[Any]:
    """Camelot's `read_pdf`, whose tables have no frame until this ends; after it they have, as for anybody else."""
    core, base, read_pdf = _camelot()
    core.pd = base.pd = FramesAlone("pandas")
    try:
        yield read_pdf
    finally:
        core.pd = base.pd = LatePandas("pandas")


def _camelot() -> tuple[Any, Any, Any]:
    """Camelot's modules that make frames, and its `read_pdf`; they load no pandas where it is not loaded yet."""
    is_late = "pandas" not in sys.modules
    if is_late:
        sys.modules["pandas"] = LatePandas("pandas")
    try:
        from camelot import core  # heavy, and wanted by few documents
        from camelot.io import read_pdf
        from camelot.parsers import base
    finally:
        if is_late:
            del sys.modules["pandas"]
    return core, base, read_pdf
