"""A `digitize` that reads no document: the words of the file say what comes out.

Stands apart from the tests so that a worker process, started afresh, can import it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.model.document import Digitized, Document, DocumentError, PageEntry
from pipeline.model.record import Header, Kegiatan, Record, Source
from pipeline.ocr.protocol import OcrMissingError
from pipeline.process import stage
from pipeline.settings import Settings
from pipeline.store.cache import sha256_of

log = logging.getLogger("pipeline.fake")


def record(name: str = "a", place: int = 1, nama: str | None = "Uji Coba", **header: object) -> Record:
    """A record with one step."""
    return Record(
        id=f"{name}/{place:02d}",
        source=Source(file=f"{name}.pdf", sha256="0" * 64, pages=(place, place), kind="text"),
        header=Header.model_validate({"nama_sop": nama, **header}),
        kegiatan=[Kegiatan(no=1, uraian="Menerima surat")],
    )


def digitized(name: str = "a", names: tuple[str | None, ...] = ("Uji Coba",)) -> Digitized:
    """A document with a record per name, a page each."""
    records = tuple(record(name, place, nama) for place, nama in enumerate(names, start=1))
    pages = [PageEntry(number=i, kind="text", role="matrix", sops=[r.id]) for i, r in enumerate(records, start=1)]
    document = Document(name=name, file=f"{name}.pdf", sha256="0" * 64, kind="text", pages=pages)
    return Digitized(document, records)


def fake_digitize(
    path: Path,
    settings: Settings,
    *,
    name: str,
    on_page: Callable[[int, int], None] | None = None,
    password: str | None = None,
    taught: Mapping[str, object] | None = None,
) -> Digitized:
    """What the file's first word asks for: "crash", "fault", "no-ocr", "die", or a SOP for each word."""
    words = path.read_text().split()
    match words[:1]:
        case ["crash"]:
            raise KeyError("nobody foresaw this")
        case ["fault"]:
            raise DocumentError("encrypted", "a password is needed")
        case ["no-ocr"]:
            raise OcrMissingError("Tesseract is not installed", "tesseract-ocr")
        case ["die"]:
            os._exit(9)
    with stage(log, "fake"), stage(log, "fake", page=1):
        if on_page is not None:
            on_page(1, 1)
    result = digitized(name, tuple(words))
    changed = result.document.model_copy(
        update={"sha256": sha256_of(path), "status": "ok" if words else "no-sop", "message": None if words else "none"}
    )
    return Digitized(changed, result.records)
