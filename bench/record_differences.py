"""The corrections that make one record read like another: what a reviewer would write who knows the truth.

The phases build on each other: who performs what is compared once the columns and rows are the same, edges once the
symbols are. Each is worked out upon what the entries before it leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from pydantic import BaseModel

from pipeline.corrections.apply import apply
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.parse import parse_corrections
from pipeline.corrections.plain import plain_of, symbol_name, symbol_words
from pipeline.corrections.tree import get
from pipeline.corrections.wording import name_key
from pipeline.corrections.yaml_edit import appended, new_file
from pipeline.corrections.yaml_positions import Number, Path, Plain
from pipeline.model.draft import DATE_FIELDS, LIST_FIELDS, SIGNATURE_FIELDS, TEXT_FIELDS
from pipeline.model.record import Kegiatan, Node, Record

Entries: TypeAlias = list[dict[str, Plain]]
Way: TypeAlias = tuple[str, str, str | None]  # a connector: from symbol, to symbol, words

_LEAST_LIKENESS = 0.3  # rows less alike than this are different rows
_CELLS = ("nomor", "uraian", "mutu_baku/kelengkapan", "mutu_baku/waktu", "mutu_baku/output", "keterangan")


def differences(record: Record, truth: Record, sop: str, normalizer: Normalizer) -> Entries:
    """The entries, in their order, that turn `record` into `truth`, both being SOP number `sop` of their document.

    Symbol ids, evidence and issues are no part of what is compared.
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
    text = appended(new_file(record.source.file, None), "differences", entries)
    alone = [record.model_copy(update={"id": f"{n:02d}"}) for n in range(1, int(sop))]
    done, outcomes = apply([*alone, record], parse_corrections(text, "differences"), normalizer)
    failed = [outcome for outcome in outcomes if outcome.failed]
    if failed:
        raise AssertionError(f"{failed[0].entry.given}: {failed[0].status} {failed[0].detail}")
    return done[-1]


def _set(record: Record, truth: Record, at: str, path: Path) -> Iterator[dict[str, Plain]]:
    """The entry for one field, if it reads differently."""
    now, then = plain_of(record, get(record, path)), plain_of(truth, get(truth, path))
    if now != then:
        yield {"at": at, "expect": now, "set": then}


def _fields(record: Record, truth: Record) -> Iterator[dict[str, Plain]]:
    yield from _set(record, truth, "source/pages", ("source", "pages"))
    yield from _set(record, truth, "judul", ("judul",))
    for name in (*TEXT_FIELDS, *DATE_FIELDS):
        yield from _set(record, truth, f"header/{name}", ("header", name))
    for name in SIGNATURE_FIELDS:
        yield from _set(record, truth, f"header/disahkan_oleh/{name}", ("header", "disahkan_oleh", name))


def _lists(record: Record, truth: Record) -> Iterator[dict[str, Plain]]:
    for name in ("instansi", *LIST_FIELDS):
        now = [plain_of(record, item) for item in get(record, ("header", name))]
        then = [plain_of(truth, item) for item in get(truth, ("header", name))]
        yield from _list(f"header/{name}", now, then)


def _list(at: str, now: list[Plain], then: list[Plain]) -> Iterator[dict[str, Plain]]:
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


def _columns(record: Record, truth: Record) -> Iterator[dict[str, Plain]]:
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


def _rows(record: Record, truth: Record) -> Iterator[dict[str, Plain]]:
    """Steps taken out, from the last to the first, and then put in, from the first to the last."""
    pairs = paired_rows(record.kegiatan, truth.kegiatan)
    for place in reversed(range(len(record.kegiatan))):
        if place not in pairs.values():
            step = record.kegiatan[place]
            yield {"at": f"kegiatan[no={step.no}]", "expect": {"uraian": step.uraian}, "remove": True}
    for place, step in enumerate(truth.kegiatan):
        if place not in pairs:
            yield {"at": "kegiatan", "insert": _whole_step(truth, step), "after": Number(place)}


def _cells(record: Record, truth: Record) -> Iterator[dict[str, Plain]]:
    for place, step in enumerate(truth.kegiatan):
        base, at = ("kegiatan", place), f"kegiatan[no={step.no}]"
        for name in _CELLS:
            yield from _set(record, truth, f"{at}/{name}", (*base, *name.split("/")))
        now, then = record.kegiatan[place].mutu_baku.lain, step.mutu_baku.lain
        for head in [*now, *(head for head in then if head not in now)]:
            yield from _other(f"{at}/mutu_baku/lain", head, now.get(head), then.get(head))


def _other(at: str, head: str, now: str | None, then: str | None) -> Iterator[dict[str, Plain]]:
    if now is None and then is not None:
        yield {"at": at, "insert": {head: then}}
    elif now != then:
        quoted = '"' + head.replace("\\", "\\\\").replace('"', '\\"') + '"'
        yield {"at": f"{at}/{quoted}", "expect": now, **({"remove": True} if then is None else {"set": then})}


def _performers(record: Record, truth: Record) -> Iterator[dict[str, Plain]]:
    """Who performs each step; the ids are those of the columns, which are the same by now."""
    names = dict(zip((c.id for c in truth.pelaksana), (c.id for c in record.pelaksana), strict=True))
    for now, then in zip(record.kegiatan, truth.kegiatan, strict=True):
        wanted = [names[name] for name in then.pelaksana]
        if now.pelaksana != wanted:
            yield {"at": f"kegiatan[no={now.no}]/pelaksana", "expect": [*now.pelaksana], "set": [*wanted]}


def _lone_connectors(record: Record, truth: Record) -> Iterator[dict[str, Plain]]:
    """Off-page connectors that stand in no step, taken out where the truth joined them and put in where it did not."""
    wanted = [node for node in truth.flow.nodes if node.kegiatan is None]
    lone = [node for node in record.flow.nodes if node.kegiatan is None]
    for node in lone[len(wanted) :]:
        yield {"at": f"flow/nodes[id={node.id}]", "remove": True}


def _symbols(record: Record, truth: Record) -> Iterator[dict[str, Plain]]:
    """The symbols of each cell: their number, kinds and labels."""
    for place, name in _cells_of(record, truth):
        now, then = _in_cell(record, place), _in_cell(truth, name)
        for extra in reversed(now[len(then) :]):
            yield {"at": f"flow/nodes[{symbol_words(record, extra.id)}]", "remove": True}
        yield from _kinds(now, then)
        for order, missing in list(enumerate(then))[len(now) :]:
            node = {"kegiatan": Number(place[0]), "pelaksana": place[1], "kind": missing.kind}
            label = {"label": missing.label} if missing.label else {}
            likes = [n for n in then[:order] if n.kind == missing.kind and missing.label in (None, n.label)]
            nth = {"nth": Number(len(likes) + 1)} if likes else {}
            yield {"at": "flow/nodes", "insert": {**node, **label, **nth}}


def _kinds(now: Sequence[Node], then: Sequence[Node]) -> Iterator[dict[str, Plain]]:
    """The symbols that stay in a cell, told apart by their order where they are several."""
    several = min(len(now), len(then)) > 1
    for order, (node, wanted) in enumerate(zip(now, then, strict=False), 1):
        changed = {k: getattr(wanted, k) for k in ("kind", "label") if getattr(wanted, k) != getattr(node, k)}
        if changed:
            words = f"{node.kegiatan},{node.pelaksana}" + (f",{order}" if several else "")
            expect = {key: getattr(node, key) for key in changed}
            yield {"at": f"flow/nodes[{words}]", "expect": {**expect}, "set": {**changed}}


def _cells_of(record: Record, truth: Record) -> Iterator[tuple[tuple[int, str], tuple[int, str]]]:
    """Every cell of the flowchart, as the record and as the truth name it."""
    for step in truth.kegiatan:
        for mine, theirs in zip(record.pelaksana, truth.pelaksana, strict=True):
            yield (step.no, mine.id), (step.no, theirs.id)


def _in_cell(record: Record, cell: tuple[int, str]) -> list[Node]:
    return [node for node in record.flow.nodes if (node.kegiatan, node.pelaksana) == cell]


def _edges(record: Record, truth: Record) -> Iterator[dict[str, Plain]]:
    """Connectors turned round, led elsewhere, relabelled, taken out and put in."""
    names: dict[str, str] = {}
    for mine, theirs in _cells_of(record, truth):
        pairs = zip(_in_cell(record, mine), _in_cell(truth, theirs), strict=True)
        names.update({then.id: now.id for now, then in pairs})
    left = [(names.get(e.source, ""), names.get(e.target, ""), e.label) for e in truth.flow.edges]
    state: list[Way] = [(edge.source, edge.target, edge.label) for edge in record.flow.edges]
    wrong = [place for place, way in enumerate(state) if not _taken(left, way)]
    for place in reversed(wrong):
        wanted = _nearest(state[place], left)
        yield _changed_way(record, state, place, wanted)
        state[place : place + 1] = [wanted] if wanted else []
    for way in left:
        likes = state.count(way)
        state.append(way)
        yield {"at": "flow/edges", "insert": {**_told(record, way), **({"nth": Number(likes + 1)} if likes else {})}}


def _taken(left: list[Way], way: Way) -> bool:
    """Whether a way is one of those wanted, which is then no longer wanted."""
    if way not in left:
        return False
    left.remove(way)
    return True


def _nearest(way: Way, left: list[Way]) -> Way | None:
    """Take from `left` the way that differs from this one least: by its words, its direction, one of its ends.

    None where all are other ways.
    """
    tests: tuple[Callable[[Way], bool], ...] = (
        lambda other: other[:2] == way[:2],
        lambda other: other[:2] == (way[1], way[0]),
        lambda other: other[0] == way[0] or other[1] == way[1],
    )
    found = next((other for test in tests for other in left if test(other)), None)
    if found is not None:
        left.remove(found)
    return found


def _changed_way(record: Record, state: list[Way], place: int, wanted: Way | None) -> dict[str, Plain]:
    way = state[place]
    beside = [index for index, other in enumerate(state) if other[:2] == way[:2]]
    at = f"flow/edges[from={symbol_words(record, way[0])}][to={symbol_words(record, way[1])}]"
    at += f"[nth={1 + beside.index(place)}]" if len(beside) > 1 else ""
    if wanted is None:
        return {"at": at, "remove": True}
    if wanted[:2] == way[:2]:
        return {"at": f"{at}/label", "expect": way[2], "set": wanted[2]}
    changed = {"from": symbol_name(record, wanted[0]), "to": symbol_name(record, wanted[1])}
    for key, now, then in (("from", way[0], wanted[0]), ("to", way[1], wanted[1])):
        if now == then:
            del changed[key]
    return {"at": at, "set": {**changed, **({"label": wanted[2]} if wanted[2] != way[2] else {})}}


def _told(record: Record, way: Way) -> dict[str, Plain]:
    ends = {"from": symbol_name(record, way[0]), "to": symbol_name(record, way[1])}
    return {**ends, **({"label": way[2]} if way[2] else {})}


def paired_rows(now: Sequence[Kegiatan], then: Sequence[Kegiatan]) -> dict[int, int]:
    """Which step of `now` is which of `then`, in order, by what their cells say: {place in then: place in now}."""
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


def _parts(record: Record, truth: Record) -> Iterator[dict[str, Plain]]:
    """Parts of durations and citations that do not follow from their text."""
    for place, citation in enumerate(truth.header.dasar_hukum):
        at = f"header/dasar_hukum[nth={place + 1}]"
        yield from _changed_parts(at, record.header.dasar_hukum[place], citation)
    for now, then in zip(record.kegiatan, truth.kegiatan, strict=True):
        if now.mutu_baku.waktu and then.mutu_baku.waktu:
            at = f"kegiatan[no={now.no}]/mutu_baku/waktu"
            yield from _changed_parts(at, now.mutu_baku.waktu, then.mutu_baku.waktu)


def _changed_parts(at: str, now: BaseModel, then: BaseModel) -> Iterator[dict[str, Plain]]:
    kept = now.model_dump()
    changed = {key: part for key, part in then.model_dump().items() if part != kept[key]}
    if changed:
        plain = {key: Number(part) if isinstance(part, int | float) else part for key, part in changed.items()}
        yield {"at": at, "set": {**plain}}


def _whole_step(truth: Record, step: Kegiatan) -> Plain:
    """All cells of a step, the blank ones too, but its performers, who have their own phase.

    An entry that left out the blank cells would also describe a step that holds more: where such a step stands at the
    new one's place, nothing would be inserted.
    """
    cells = ("kelengkapan", "waktu", "output")
    mutu_baku: dict[str, Plain] = {name: plain_of(truth, getattr(step.mutu_baku, name)) for name in cells}
    words: dict[str, Plain] = {name: getattr(step, name) for name in ("nomor", "uraian", "keterangan")}
    return {"no": Number(step.no), **words, "mutu_baku": {**mutu_baku, "lain": {**step.mutu_baku.lain}}}


_PHASES: tuple[Callable[[Record, Record], Iterator[dict[str, Plain]]], ...] = (
    _fields,
    _lists,
    _columns,
    _rows,
    _cells,
    _parts,
    _performers,
    _lone_connectors,
    _symbols,
    _edges,
)
