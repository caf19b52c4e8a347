"""Finding and opening text recognition engines by name: the built-in ones, and those of other packages.

A package adds an engine with an entry point of the group `sop_pipeline.ocr_engines`: its name is what
`OcrSettings.engine` asks for, its object is called with the OcrSettings and returns an Engine.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec

from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.ocr.protocol import Engine, OcrMissingError
from pipeline.settings import OcrSettings

log = logging.getLogger(__name__)

GROUP = "sop_pipeline.ocr_engines"

BUILT_IN = (
    EntryPoint("tesserocr", "pipeline.ocr.tesserocr_engine:TesserocrEngine", GROUP),
    EntryPoint("pytesseract", "pipeline.ocr.pytesseract_engine:PytesseractEngine", GROUP),
    EntryPoint("rapidocr", "pipeline.ocr.ppocr_engine:PpOcrEngine", GROUP),
)
"""The same as in pyproject.toml, for a checkout whose installed metadata is older."""


def engine_for(settings: OcrSettings) -> Engine:
    """Open an engine that this thread keeps from document to document: opening one takes as long as reading ten lines.

    Raises:
        OcrMissingError: Where the engine or a language is not installed.
        PipelineError: Where no engine has that name.
    """
    return _kept(settings, threading.get_ident())


def second_engine_for(settings: OcrSettings) -> Engine | None:
    """Open the engine that reads doubtful lines again, kept likewise; None where none is wanted or installed.

    Raises:
        PipelineError: Where no engine has that name.
    """
    if settings.second == "none":
        return None
    try:
        return engine_for(replace(settings, engine=settings.second_engine))
    except OcrMissingError as missing:
        log.info("no second reader: %s", missing.message)
        return None


@lru_cache(maxsize=4)
def _kept(settings: OcrSettings, thread: int) -> Engine:
    return open_engine(settings)


def open_engine(settings: OcrSettings) -> Engine:
    """Open the engine asked for; "auto" is the faster Tesseract that is installed.

    Raises:
        OcrMissingError: Where the engine or a language is not installed.
        PipelineError: Where no engine has that name.
    """
    name = _fastest() if settings.engine == "auto" else settings.engine
    engine = _factory(name)(settings)
    log.debug("engine opened: %s", engine.name)
    return engine


def _fastest() -> str:
    return "tesserocr" if find_spec("tesserocr") else "pytesseract"


def _factory(name: str) -> Callable[[OcrSettings], Engine]:
    known = (*entry_points(group=GROUP), *BUILT_IN)
    entry = next((entry for entry in known if entry.name == name), None)
    if entry is None:
        names = ", ".join(sorted({entry.name for entry in known}))
        message = msg('there is no OCR engine "{name}"', name=name)
        raise PipelineError(message, msg("Take auto or one of: {names}.", names=names))
    factory: Callable[[OcrSettings], Engine] = entry.load()
    return factory
