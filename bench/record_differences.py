"""The corrections that make one record read like another: what a reviewer would write who knows the truth.

The phases build on each other: who performs what is compared once the columns and rows are the same, edges once the
symbols are. Each is worked out upon what the entries before it leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from pydantic import BaseModel

from bench.flow_differences import edges, lone_connectors, symbols
from pipeline.corrections.apply import apply
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.parse import parse_corrections
from pipeline.corrections.values import yaml_value
from pipeline.corrections.wording import name_key
from pipeline.corrections.working_record import get
from pipeline.corrections.yaml_edit import append_entries, new_file
from pipeline.corrections.yaml_positions import Number, YamlValue
from pipeline.model.draft import DATE_FIELDS, LIST_FIELDS, SIGNATURE_FIELDS, TEXT_FIELDS
from pipeline.model.pointer import KeyPath
from pipeline.model.record import Kegiatan, Record

Entries: TypeAlias = list[dict[str, YamlValue]]

_LEAST_LIKENESS = 0.3  # rows less alike than this are different rows
_CELLS = ("nomor", "uraian", "mutu_baku/kelengkapan", "mutu_baku/waktu", "mutu_baku/output", "keterangan")


def differences(record: Record, truth: Record, sop: str, normalizer: Normalizer) -> Entries:
    """Write the entries, in their order, that turn one record into another.

    Symbol ids, evidence and issues are no part of what is compared.

    Args:
        record: What was read.
        truth: What should have been read.
        sop: The number of both in their document.
        normalizer: Makes values of what the entries say.

    Raises:
        AssertionError: An entry did not apply to the record that it was written for.
    """
    entries: Entries = []
    for phase in _PHASES:
        found: Entries = [{"sop": sop, **entry} for entry in phase(record, truth)]
        record = _after(record, sop, found, normalizer)
        entries += found
    return entries


def _after(record: Record, sop: str, entries: Entries, normalizer: Normalizer) -> Record:
    if not entries:
        return record
    text = append_entries(new_file(record.source.file, None), "differences", entries)
    alone = [record.model_copy(update={"id": f"{n:02d}"}) for n in range(1, int(sop))]
    done, outcomes = apply([*alone, record], parse_corrections(text, "differences"), normalizer)
    failed = [outcome for outcome in outcomes if outcome.failed]
    if failed:
        raise AssertionError(f"{failed[0].entry.given}: {failed[0].status} {failed[0].detail}")
    return done[-1]


def _set(record: Record, truth: Record, at: str, path: KeyPath) -> Iterator[dict[str, YamlValue]]:
    """The entry for one field, if it reads differently."""
    now, then = yaml_value(record, get(record, path)), yaml_value(truth, get(truth, path))
    if now != then:
        yield {"at": at, "expect": now, "set": then}


def _fields(record: Record, truth: Record) -> Iterator[dict[str, YamlValue]]:
    yield from _set(record, truth, "source/pages", ("source", "pages"))
    yield from _set(record, truth, "judul", ("judul",))
    for name in (*TEXT_FIELDS, *DATE_FIELDS):
        yield from _set(record, truth, f"header/{name}", ("header", name))
    for name in SIGNATURE_FIELDS:
        yield from _set(record, truth, f"header/disahkan_oleh/{name}", ("header", "disahkan_oleh", name))


def _lists(record: Record, truth: Record) -> Iterator[dict[str, YamlValue]]:
    for name in ("instansi", *LIST_FIELDS):
        now = [yaml_value(record, item) for item in get(record, ("header", name))]
        then = [yaml_value(truth, item) for item in get(truth, ("header", name))]
        yield from _list(f"header/{name}", now, then)


def _list(at: str, now: list[YamlValue], then: list[YamlValue]) -> Iterator[dict[str, YamlValue]]:
    """Item by item where the items can be told apart; as a whole where they cannot, or where that is shorter."""
    words = [[name_key(str(item)) for item in items] for items in (now, then)]
    steps = [s for s in SequenceMatcher(None, now, then, autojunk=False).get_opcodes() if s[0] != "equal"]
    edits = sum(max(s[2] - s[1], s[4] - s[3]) for s in steps)
    doubled = any(len(set(items)) < len(items) for items in words)
    moved = {str(i) for s in steps for i in now[s[1] : s[2]]} & {str(i) for s in steps for i in then[s[3] : s[4]]}
    if steps and (doubled or moved or edits > len(then)):
        yield {"at": at, "expect": now, "set": then}
        return
    shift = 0
    for _, start, end, first, last in steps:
        both = min(end - start, last - first)
        for k in range(both):
            yield {"at": at, "expect": now[start + k], "set": then[first + k]}
        for k in range(both, end - start):
            yield {"at": at, "expect": now[start + k], "remove": True}
        for k in range(both, last - first):
            yield {"at": at, "insert": then[first + k], "after": Number(start + shift + k)}
        shift += (last - first) - (end - start)


def _columns(record: Record, truth: Record) -> Iterator[dict[str, YamlValue]]:
    """Columns taken out, then renamed and put in from left to right, so that names and order are the truth's."""
    now, then = record.pelaksana, truth.pelaksana
    names, wanted = [name_key(column.nama) for column in now], [name_key(column.nama) for column in then]
    steps = SequenceMatcher(None, names, wanted, autojunk=False).get_opcodes()
    for _, start, end, first, last in steps:
        for column in now[start + min(end - start, last - first) : end]:
            yield {"at": f"pelaksana[id={column.id}]", "remove": True}
    for _, start, end, first, last in steps:
        for k in range(last - first):
            column, named = then[first + k], {"nama": then[first + k].nama, "label": then[first + k].label}
            if k >= end - start:
                yield {"at": "pelaksana", "insert": {**named}, "after": Number(first + k)}
            elif (column.nama, column.label) != (now[start + k].nama, now[start + k].label):
                yield {"at": f"pelaksana[id={now[start + k].id}]", "set": {**named}}


def _rows(record: Record, truth: Record) -> Iterator[dict[str, YamlValue]]:
    """Steps taken out, from the last to the first, and then put in, from the first to the last."""
    pairs = paired_rows(record.kegiatan, truth.kegiatan)
    for place in reversed(range(len(record.kegiatan))):
        if place not in pairs.values():
            step = record.kegiatan[place]
            yield {"at": f"kegiatan[no={step.no}]", "expect": {"uraian": step.uraian}, "remove": True}
    for place, step in enumerate(truth.kegiatan):
        if place not in pairs:
            yield {"at": "kegiatan", "insert": _whole_step(truth, step), "after": Number(place)}


def _cells(record: Record, truth: Record) -> Iterator[dict[str, YamlValue]]:
    for place, step in enumerate(truth.kegiatan):
        base, at = ("kegiatan", place), f"kegiatan[no={step.no}]"
        for name in _CELLS:
            yield from _set(record, truth, f"{at}/{name}", (*base, *name.split("/")))
        now, then = record.kegiatan[place].mutu_baku.lain, step.mutu_baku.lain
        for head in [*now, *(head for head in then if head not in now)]:
            yield from _other(f"{at}/mutu_baku/lain", head, now.get(head), then.get(head))


def _other(at: str, head: str, now: str | None, then: str | None) -> Iterator[dict[str, YamlValue]]:
    if now is None and then is not None:
        yield {"at": at, "insert": {head: then}}
    elif now != then:
        quoted = '"' + head.replace("\\", "\\\\").replace('"', '\\"') + '"'
        yield {"at": f"{at}/{quoted}", "expect": now, **({"remove": True} if then is None else {"set": then})}


def _performers(record: Record, truth: Record) -> Iterator[dict[str, YamlValue]]:
    """Who performs each step; the ids are those of the columns, which are the same by now."""
    names = dict(zip((c.id for c in truth.pelaksana), (c.id for c in record.pelaksana), strict=True))
    for now, then in zip(record.kegiatan, truth.kegiatan, strict=True):
        wanted = [names[name] for name in then.pelaksana]
        if now.pelaksana != wanted:
            yield {"at": f"kegiatan[no={now.no}]/pelaksana", "expect": [*now.pelaksana], "set": [*wanted]}


def paired_rows(now: Sequence[Kegiatan], then: Sequence[Kegiatan]) -> dict[int, int]:
    """Pair steps in order, by what their cells say: {place in then: place in now}."""
    mine, theirs = [_row_words(step) for step in now], [_row_words(step) for step in then]
    like = [[SequenceMatcher(None, a, b, autojunk=False).ratio() for b in mine] for a in theirs]
    best = [[0.0] * (len(mine) + 1) for _ in range(len(theirs) + 1)]
    for i in range(len(theirs)):
        for j in range(len(mine)):
            joined = best[i][j] + max(0.0, like[i][j] - _LEAST_LIKENESS)
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], joined)
    pairs, i, j = {}, len(theirs), len(mine)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs[i] = j
    return pairs


def _row_words(step: Kegiatan) -> str:
    return name_key("".join(filter(None, (step.uraian, step.mutu_baku.kelengkapan, step.mutu_baku.output))))


def _parts(record: Record, truth: Record) -> Iterator[dict[str, YamlValue]]:
    """Parts of durations and citations that do not follow from their text."""
    for place, citation in enumerate(truth.header.dasar_hukum):
        at = f"header/dasar_hukum[nth={place + 1}]"
        yield from _changed_parts(at, record.header.dasar_hukum[place], citation)
    for now, then in zip(record.kegiatan, truth.kegiatan, strict=True):
        if now.mutu_baku.waktu and then.mutu_baku.waktu:
            at = f"kegiatan[no={now.no}]/mutu_baku/waktu"
            yield from _changed_parts(at, now.mutu_baku.waktu, then.mutu_baku.waktu)


def _changed_parts(at: str, now: BaseModel, then: BaseModel) -> Iterator[dict[str, YamlValue]]:
    kept = now.model_dump()
    changed = {key: part for key, part in then.model_dump().items() if part != kept[key]}
    if changed:
        plain = {key: Number(part) if isinstance(part, int | float) else part for key, part in changed.items()}
        yield {"at": at, "set": {**plain}}


def _whole_step(truth: Record, step: Kegiatan) -> YamlValue:
    """All cells of a step, the blank ones too, but its performers, who have their own phase.

    An entry that left out the blank cells would also describe a step that holds more: where such a step stands at the
    new one's place, nothing would be inserted.
    """
    cells = ("kelengkapan", "waktu", "output")
    mutu_baku: dict[str, YamlValue] = {name: yaml_value(truth, getattr(step.mutu_baku, name)) for name in cells}
    words: dict[str, YamlValue] = {name: getattr(step, name) for name in ("nomor", "uraian", "keterangan")}
    return {"no": Number(step.no), **words, "mutu_baku": {**mutu_baku, "lain": {**step.mutu_baku.lain}}}


_PHASES: tuple[Callable[[Record, Record], Iterator[dict[str, YamlValue]]], ...] = (
    _fields,
    _lists,
    _columns,
    _rows,
    _cells,
    _parts,
    _performers,
    lone_connectors,
    symbols,
    edges,
)
