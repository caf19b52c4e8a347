"""What of a record can be corrected: every path by its pattern ("*" for an item), and the kind of value it takes."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Literal, get_args

from pipeline.corrections.address import Step, Target
from pipeline.model.draft import DATE_FIELDS, LIST_FIELDS, SIGNATURE_FIELDS
from pipeline.model.record import NodeKind, SourceKind, Unit

Kind = Literal[
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

CHOICES: Mapping[Kind, tuple[str, ...]] = {
    "unit": get_args(Unit),
    "node-kind": get_args(NodeKind),
    "source-kind": get_args(SourceKind),
}

# Kinds whose items are things with parts; the others are one value.
THINGS: frozenset[Kind] = frozenset({"group", "waktu", "citation", "performer", "step", "symbol", "edge"})

FIELDS: Mapping[str, Kind] = {
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

# By which keys a list's items can be told; the first is meant where an item is given without a key.
KEYS: Mapping[Kind, tuple[str, ...]] = {
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


class NoSuchField(ValueError):
    """A path that no record has; the message names what it may have meant."""


def kind_of(pattern: str) -> Kind:
    """The kind of value at a pattern such as `kegiatan/*/uraian`; NoSuchField where records have no such thing."""
    try:
        return FIELDS[pattern]
    except KeyError:
        raise NoSuchField(_advice(pattern)) from None


def pattern_of(target: Target) -> str:
    """The pattern that a target's way follows; NoSuchField where it leaves the record, or skips an item.

    >>> from pipeline.corrections.address import parse_target
    >>> pattern_of(parse_target("kegiatan[no=3]/mutu_baku/waktu"))
    'kegiatan/*/mutu_baku/waktu'
    """
    pattern = ""
    for place, step in enumerate(target):
        pattern = _below(pattern, step.name)
        kind = kind_of(pattern)
        if step.criteria:
            if kind != "list":
                raise NoSuchField(f"{pattern} is no list: nothing to choose from in brackets")
            pattern = f"{pattern}/*"
            _check_keys(pattern, step)
        elif kind == "list" and place + 1 < len(target):
            raise NoSuchField(
                f"say which item of {step.name} is meant: {step.name}[{KEYS[FIELDS[f'{pattern}/*']][0]}=…]"
            )
    return pattern


def children(pattern: str) -> tuple[str, ...]:
    """The names of the fields right below a pattern."""
    depth, start = pattern.count("/") + 1, f"{pattern}/"
    return tuple(p.rpartition("/")[2] for p in FIELDS if p.startswith(start) and p.count("/") == depth)


def _below(pattern: str, name: str) -> str:
    if FIELDS.get(pattern) == "words":
        return f"{pattern}/*"
    return f"{pattern}/{name}" if pattern else name


def _check_keys(pattern: str, step: Step) -> None:
    keys = KEYS[FIELDS[pattern]]
    for criterion in step.criteria:
        if criterion.key is not None and criterion.key not in (*keys, NTH):
            raise NoSuchField(f"{step.name} cannot be chosen by '{criterion.key}', only by {', '.join((*keys, NTH))}")


def _advice(pattern: str) -> str:
    parent, _, name = pattern.rpartition("/")
    if pattern in _ONLY_READ:
        return f"{name} is written by the program and cannot be corrected"
    known = children(parent) if parent else tuple(p for p in FIELDS if "/" not in p)
    near = get_close_matches(name, known, n=1)
    hint = (
        f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}" if known else "nothing stands below it"
    )
    return f"no field {name} in {parent or 'a record'}: {hint}"
