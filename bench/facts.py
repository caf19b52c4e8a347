"""What a record says, as countable facts, so that two readings of one document can be compared.

A document is cut into groups of facts: a header field, a list item, a cell, a duration, who acts in a row, a symbol, a
connector. A reading is as good as the F1 of each group: an invented fact costs as much as one that was missed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from rapidfuzz.fuzz import ratio

GROUPS = ("SOPs", "pages", "rows", "roles", "header", "lists", "cells", "durations", "performers", "symbols", "edges")
HEADER = ("nomor_sop", "nama_sop", "tanggal_pembuatan", "tanggal_revisi", "tanggal_pengesahan", "tanggal_efektif")
LISTS = (
    "dasar_hukum",
    "kualifikasi_pelaksana",
    "keterkaitan",
    "peralatan_perlengkapan",
    "peringatan",
    "pencatatan_pendataan",
)
CELLS = ("kelengkapan", "output", "keterangan")
MONTHS = (
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
)
DURATION = re.compile(r"(\d+)(?:\s*-\s*\d+)?\s*(menit|jam|hari kerja|hari|minggu|bulan|tahun)")  # the first of a range
ALIKE = 50.0  # rows whose words agree less than this (0..100) are different rows

Json = Mapping[str, Any]
Fact = tuple[object, ...]


@dataclass(frozen=True)
class Row:
    """A row's words, its duration, and its symbols as (role's place from 0, kind)."""

    cells: Mapping[str, str]
    waktu: tuple[float, str] | None
    performers: tuple[int, ...]
    symbols: tuple[tuple[int, str], ...]

    @property
    def words(self) -> str:
        return " ".join(self.cells.values())


@dataclass(frozen=True)
class Sop:
    """One SOP in plain values; edges join (row from 0, role from 0) places."""

    pages: tuple[int, int]
    judul: str
    header: Mapping[str, str]
    lists: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    rows: tuple[Row, ...]
    edges: tuple[tuple[tuple[int, int], tuple[int, int]], ...]


def squeezed(text: object) -> str:
    """Words without spaces, case and closing marks: "Surat  masuk;" gives "suratmasuk"; a lone dash says nothing."""
    bare = re.sub(r"\s+", "", str(text or "")).casefold().strip(".;:,")
    return "" if bare in ("-", "–", "—") else bare


def of_record(record: Json) -> Sop:
    """A record in the JSON of the contract."""
    header = record["header"]
    roles = [role["id"] for role in record["pelaksana"]]
    numbers = {row["no"]: i for i, row in enumerate(record["kegiatan"])}
    nodes = {
        node["id"]: (numbers[node["kegiatan"]], roles.index(node["pelaksana"]), node["kind"])
        for node in record["flow"]["nodes"]
        if node["kegiatan"] in numbers and node["pelaksana"] in roles
    }
    edges = [(nodes[e["from"]], nodes[e["to"]]) for e in record["flow"]["edges"] if {e["from"], e["to"]} <= set(nodes)]
    first, last = record["source"]["pages"]
    return Sop(
        (first, last),
        squeezed(record["judul"]),
        header_of(header, {f: header[f] or "" for f in HEADER}),
        lists_of({f: [item["text"] if isinstance(item, dict) else item for item in header[f]] for f in LISTS}),
        tuple(squeezed(role["nama"]) for role in record["pelaksana"]),
        tuple(row_of_record(row, i, roles, nodes) for i, row in enumerate(record["kegiatan"])),
        tuple((a[:2], b[:2]) for a, b in edges),
    )


def row_of_record(row: Json, place: int, roles: Sequence[str], nodes: Mapping[str, tuple[int, int, str]]) -> Row:
    quality = row["mutu_baku"]
    waktu = quality["waktu"] or {}
    cells = {"uraian": row["uraian"], "waktu": waktu.get("text"), "keterangan": row["keterangan"]}
    cells |= {f: quality[f] for f in ("kelengkapan", "output")} | quality["lain"]
    return Row(
        {name: squeezed(text) for name, text in cells.items()},
        (float(waktu["value"]), waktu["unit"]) if waktu.get("value") is not None and waktu.get("unit") else None,
        tuple(roles.index(role) for role in row["pelaksana"]),
        tuple((role, kind) for no, role, kind in nodes.values() if no == place and kind != "connector"),
    )


def of_truth(truth: Json) -> Sop:
    """A SOP in the form of the truth files, values as printed."""
    header, roles = truth["header"], list(truth["pelaksana"])
    edges = [((a[0] - 1, roles.index(a[1])), (b[0] - 1, roles.index(b[1]))) for a, b, *_ in truth["edges"]]
    first, last = truth["pages"]
    printed = {f: iso(header.get(f, "")) if f.startswith("tanggal") else header.get(f, "") for f in HEADER}
    return Sop(
        (first, last),
        squeezed(truth.get("judul")),
        header_of(header, printed),
        lists_of({f: header.get(f, []) for f in LISTS}),
        tuple(squeezed(role) for role in roles),
        tuple(row_of_truth(row, roles, truth.get("waktu_unit") or "") for row in truth["kegiatan"]),
        tuple(edges),
    )


def row_of_truth(row: Json, roles: Sequence[str], unit: str) -> Row:
    """`unit` is the one printed in the Waktu head, "" where there is none."""
    cells = {f: row.get(f, "") for f in ("uraian", "waktu", *CELLS)} | row.get("lain", {})
    found = DURATION.search(f"{row.get('waktu', '')} {unit}".lower())
    return Row(
        {name: squeezed(text) for name, text in cells.items()},
        (float(found[1]), found[2]) if found else None,
        tuple(roles.index(role) for role in row["pelaksana"]),
        tuple((roles.index(role), kind) for role, kind in row["kinds"] if kind != "connector"),
    )


def header_of(header: Json, plain: Mapping[str, str]) -> dict[str, str]:
    """Every header field that is one value."""
    signature = {f"disahkan_oleh/{k}": v or "" for k, v in (header.get("disahkan_oleh") or {}).items()}
    every = {**plain, **signature, "instansi": " ".join(header.get("instansi", []))}
    return {field: squeezed(value) for field, value in every.items()}


def lists_of(lists: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((field, squeezed(item)) for field, items in lists.items() for item in items)


def iso(printed: str) -> str:
    """A printed date as ISO 8601: "08 Desember 2017" gives "2017-12-08", "Januari 2018" gives "2018-01"."""
    found = re.fullmatch(r"(?:(\d{1,2})\s+)?(\w+)\s+(\d{4})", printed.strip().lower())
    if not found or found[2] not in MONTHS:
        return printed.strip()
    month = f"{found[3]}-{MONTHS.index(found[2]) + 1:02d}"
    return f"{month}-{int(found[1]):02d}" if found[1] else month


def compared(expected: Sequence[Sop], found: Sequence[Sop]) -> dict[str, tuple[int, int, int]]:
    """For every group how many facts agree, were expected, were found."""
    want, got = paired(expected, found)
    counts: dict[str, tuple[int, int, int]] = {}
    for group in GROUPS:
        a, b = (Counter({f: n for f, n in side.items() if f[1] == group}) for side in (want, got))
        counts[group] = ((a & b).total(), a.total(), b.total())
    return counts


def differences(expected: Sequence[Sop], found: Sequence[Sop]) -> tuple[list[Fact], list[Fact]]:
    """The facts that were missed, and those that were invented; each begins with its SOP's place from 0."""
    want, got = paired(expected, found)
    return sorted((want - got).elements(), key=str), sorted((got - want).elements(), key=str)


def paired(expected: Sequence[Sop], found: Sequence[Sop]) -> tuple[Counter[Fact], Counter[Fact]]:
    """All facts on both sides with the place of their SOP; SOPs are paired by their first page, the rest in order."""
    left = list(found)
    pairs: list[tuple[Sop, Sop | None]] = []
    for sop in expected:
        other = next((candidate for candidate in left if candidate.pages[0] == sop.pages[0]), None)
        left = [candidate for candidate in left if candidate is not other]
        pairs.append((sop, other))
    want, got = Counter[Fact](), Counter[Fact]()
    for place, (sop, other) in enumerate(pairs):
        want += Counter((place, *fact) for fact in facts(sop, range(len(sop.rows))))
        if other := other or (left.pop(0) if left else None):
            got += Counter((place, *fact) for fact in facts(other, matched(sop.rows, other.rows)))
    for extra, sop in enumerate(left, len(pairs)):
        got += Counter((extra, *fact) for fact in facts(sop, range(len(sop.rows))))
    return want, got


def facts(sop: Sop, numbers: Sequence[object]) -> Iterable[Fact]:
    """All facts of a SOP, its rows numbered by `numbers`; empty fields say nothing."""
    yield ("SOPs",)
    yield ("pages", sop.pages)
    yield ("rows", len(sop.rows))
    yield ("roles", sop.roles)
    yield from [("header", "judul", sop.judul)] if sop.judul else []
    yield from (("header", field, value) for field, value in sop.header.items() if value)
    yield from (("lists", *item) for item in sop.lists)
    for number, row in zip(numbers, sop.rows, strict=True):
        yield from (("cells", number, name, text) for name, text in row.cells.items() if text)
        yield from (("performers", number, role) for role in row.performers)
        yield from (("symbols", number, *symbol) for symbol in row.symbols)
        if row.waktu:
            yield ("durations", number, *row.waktu)
    yield from (("edges", numbers[a[0]], a[1], numbers[b[0]], b[1]) for a, b in sop.edges)


def matched(expected: Sequence[Row], found: Sequence[Row]) -> list[object]:
    """For every found row the place of the expected row it is, in order; one that is none of them gets its own name.

    Of all pairings that keep the order it is the one whose rows are most alike, so that a row read badly costs itself.
    """
    like = [[ratio(row.words, other.words) - ALIKE for other in expected] for row in found]
    best = [[0.0] * (len(expected) + 1) for _ in range(len(found) + 1)]  # of the first so many of both sides
    for i, j in product(range(len(found)), range(len(expected))):
        best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + like[i][j])
    numbers: list[object] = [f"extra {place}" for place in range(len(found))]
    i, j = len(found), len(expected)
    while i and j:
        if best[i][j] == best[i][j - 1]:
            j -= 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            i, j = i - 1, j - 1
            numbers[i] = j
    return numbers


def f1(agree: int, expected: int, found: int) -> float | None:
    """F1 of a group, 0..1; None where there is nothing on either side."""
    return 2 * agree / (expected + found) if expected + found else None
