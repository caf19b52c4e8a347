"""The text of a record piece by piece, as it is searched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.model.pointer import pointer
from pipeline.model.record import Record

# Letters are folded, accents dropped; words are found by their beginnings too, as Indonesian suffixes call for.
SEARCH_TABLE = """
CREATE VIRTUAL TABLE "search" USING fts5(
    sop_id UNINDEXED, path UNINDEXED, page UNINDEXED, text,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
"""


class SearchText(NamedTuple):
    """A piece of text: the JSON pointer of its value, the page it was read from, and its words."""

    path: str
    page: int | None
    text: str


def texts_of(record: Record) -> Iterator[SearchText]:
    """Every text of a record that somebody may look for, in the record's order."""
    for path, text in _texts(record):
        if text:
            at = pointer(*path)
            around = record.evidence.get(at) or record.evidence.get(at.rpartition("/")[0])
            yield SearchText(at, around.page if around else None, text)


def _texts(record: Record) -> Iterator[tuple[tuple[str | int, ...], str | None]]:
    yield ("judul",), record.judul
    header = record.header
    for name, value in header:
        if isinstance(value, str):
            yield ("header", name), value
        elif name == "dasar_hukum":
            yield from ((("header", name, i), law.text) for i, law in enumerate(header.dasar_hukum))
        elif isinstance(value, list):
            yield from ((("header", name, i), item) for i, item in enumerate(value))
    yield from ((("header", "disahkan_oleh", name), value) for name, value in header.disahkan_oleh)
    yield from ((("pelaksana", i), one.nama) for i, one in enumerate(record.pelaksana))
    for i, step in enumerate(record.kegiatan):
        quality = step.mutu_baku
        at = ("kegiatan", i)
        yield (*at, "uraian"), step.uraian
        yield (*at, "mutu_baku", "kelengkapan"), quality.kelengkapan
        yield (*at, "mutu_baku", "waktu"), quality.waktu.text if quality.waktu else None
        yield (*at, "mutu_baku", "output"), quality.output
        yield from (((*at, "mutu_baku", "lain", head), text) for head, text in quality.lain.items())
        yield (*at, "keterangan"), step.keterangan
    yield from ((("flow", "nodes", i), node.label) for i, node in enumerate(record.flow.nodes))
