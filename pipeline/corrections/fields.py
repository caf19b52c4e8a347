"""What of a record can be corrected: every field by its pattern, and the kind of value it takes.

A pattern is the path to a field, with "*" for the items of a list: `kegiatan/*/mutu_baku/waktu`.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Literal, get_args

from pipeline.message import Message, msg
from pipeline.model.draft import DATE_FIELDS, LIST_FIELDS, SIGNATURE_FIELDS
from pipeline.model.record import NodeKind, SourceKind, Unit, WaktuKind

FieldKind = Literal[
    "sop",  # a whole record
    "group",  # fields that belong together
    "list",
    "words",  # printed head: text
    "text",
    "nomor-sop",
    "date",
    "nip",
    "integer",
    "number",
    "unit",
    "waktu-kind",
    "node-kind",
    "source-kind",
    "pages",
    "waktu",
    "citation",
    "performer",
    "performer-id",
    "performer-ref",
    "step",
    "step-ref",
    "symbol",
    "symbol-ref",
    "edge",
]

CHOICES: Mapping[FieldKind, tuple[str, ...]] = {
    "unit": get_args(Unit),
    "waktu-kind": get_args(WaktuKind),
    "node-kind": get_args(NodeKind),
    "source-kind": get_args(SourceKind),
}

# Kinds whose values have parts and can be given as a mapping; the others are one value.
COMPOSITE: frozenset[FieldKind] = frozenset({"group", "waktu", "citation", "performer", "step", "symbol", "edge"})

FIELDS: Mapping[str, FieldKind] = {
    "sop": "sop",
    "judul": "text",
    "source": "group",
    "source/pages": "pages",
    "source/kind": "source-kind",
    "header": "group",
    "header/nomor_sop": "nomor-sop",
    "header/nama_sop": "text",
    "header/instansi": "list",
    "header/instansi/*": "text",
    **{f"header/{name}": "date" for name in DATE_FIELDS},
    "header/disahkan_oleh": "group",
    **{f"header/disahkan_oleh/{name}": "text" for name in SIGNATURE_FIELDS if name != "nip"},
    "header/disahkan_oleh/nip": "nip",
    **{f"header/{name}": "list" for name in LIST_FIELDS},
    **{f"header/{name}/*": "text" for name in LIST_FIELDS if name != "dasar_hukum"},
    "header/dasar_hukum/*": "citation",
    **{f"header/dasar_hukum/*/{name}": "text" for name in ("text", "jenis", "nomor", "tentang")},
    "header/dasar_hukum/*/tahun": "integer",
    "pelaksana": "list",
    "pelaksana/*": "performer",
    "pelaksana/*/id": "performer-id",
    "pelaksana/*/nama": "text",
    "pelaksana/*/label": "text",
    "kegiatan": "list",
    "kegiatan/*": "step",
    "kegiatan/*/nomor": "text",
    "kegiatan/*/uraian": "text",
    "kegiatan/*/pelaksana": "list",
    "kegiatan/*/pelaksana/*": "performer-ref",
    "kegiatan/*/mutu_baku": "group",
    "kegiatan/*/mutu_baku/kelengkapan": "text",
    "kegiatan/*/mutu_baku/output": "text",
    "kegiatan/*/mutu_baku/lain": "words",
    "kegiatan/*/mutu_baku/lain/*": "text",
    "kegiatan/*/mutu_baku/waktu": "waktu",
    "kegiatan/*/mutu_baku/waktu/text": "text",
    "kegiatan/*/mutu_baku/waktu/value": "number",
    "kegiatan/*/mutu_baku/waktu/unit": "unit",
    "kegiatan/*/mutu_baku/waktu/max": "number",
    "kegiatan/*/mutu_baku/waktu/iso8601": "text",
    "kegiatan/*/mutu_baku/waktu/jenis": "waktu-kind",
    "kegiatan/*/keterangan": "text",
    "flow": "group",
    "flow/nodes": "list",
    "flow/nodes/*": "symbol",
    "flow/nodes/*/kegiatan": "step-ref",
    "flow/nodes/*/pelaksana": "performer-ref",
    "flow/nodes/*/kind": "node-kind",
    "flow/nodes/*/label": "text",
    "flow/edges": "list",
    "flow/edges/*": "edge",
    "flow/edges/*/from": "symbol-ref",
    "flow/edges/*/to": "symbol-ref",
    "flow/edges/*/label": "text",
}

# By which keys an item of a list can be chosen; the first is meant where brackets give no key.
KEYS: Mapping[FieldKind, tuple[str, ...]] = {
    "text": ("text",),
    "citation": ("text", "jenis", "nomor", "tahun", "tentang"),
    "performer": ("id", "nama", "label"),
    "performer-ref": ("id",),
    "step": ("no", "nomor", "uraian"),
    "symbol": ("at", "id", "kegiatan", "pelaksana", "kind", "label"),
    "edge": ("label", "from", "to"),
}
NTH = "nth"

_ONLY_READ = ("schema_version", "id", "evidence", "issues", "corrections")


class UnknownFieldError(ValueError):
    """A target that no record has; `message` names what it may have meant."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def kind_of(pattern: str) -> FieldKind:
    """Look up the kind of value that a field takes.

    Raises:
        UnknownFieldError: No record has that field.
    """
    try:
        return FIELDS[pattern]
    except KeyError:
        raise UnknownFieldError(_advice(pattern)) from None


def children(pattern: str) -> tuple[str, ...]:
    """List the names of the fields right below a pattern."""
    depth, start = pattern.count("/") + 1, f"{pattern}/"
    return tuple(p.rpartition("/")[2] for p in FIELDS if p.startswith(start) and p.count("/") == depth)


def _advice(pattern: str) -> Message:
    parent, _, name = pattern.rpartition("/")
    if pattern in _ONLY_READ:
        return msg("{field} is written by the program and cannot be corrected", field=name)
    known = children(parent) if parent else tuple(p for p in FIELDS if "/" not in p)
    near = get_close_matches(name, known, n=1)
    missing = msg("no field {field} in {parent}", field=name, parent=parent or msg("a record"))
    if near:
        return msg("{fault}: did you mean {near}?", fault=missing, near=near[0])
    if known:
        return msg("{fault}: there are {known}", fault=missing, known=", ".join(known))
    return msg("{fault}: nothing stands below it", fault=missing)
