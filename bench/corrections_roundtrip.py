"""Can everything that was read wrongly be corrected, and how many corrections does it take?

    python -m bench.corrections_roundtrip GOLD_DIR OUTPUTS_DIR --to DIR

GOLD_DIR/<stem>.gold.json is the truth, OUTPUTS_DIR/<stem>/*.sop.json what `sop run` read without corrections. Every
difference becomes an entry of DIR/corrections/<stem>.yaml; the records corrected by that file go to DIR/outputs, to be
scored like any others. Prints the number of entries for each SOP.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.record_differences import Entries, differences, paired_rows
from pipeline.corrections import Outcome, apply, parse_corrections
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.wording import name_key
from pipeline.corrections.yaml_edit import append_entries, new_file
from pipeline.corrections.yaml_positions import Number, YamlValue
from pipeline.model.draft import DATE_FIELDS, LIST_FIELDS, TEXT_FIELDS
from pipeline.model.record import (
    DasarHukum,
    Flow,
    FlowEdge,
    Header,
    Kegiatan,
    MutuBaku,
    Node,
    Pelaksana,
    Record,
    Source,
)
from pipeline.normalize.lexicon import load_lexicon

Gold = Mapping[str, Any]


@dataclass(frozen=True)
class RoundTrip:
    """One document: its corrections as YAML, what they made of the records, and what became of each entry."""

    text: str
    records: tuple[Record, ...]
    outcomes: tuple[Outcome, ...]


def round_trip(records: Sequence[Record], golds: Sequence[Gold], stem: str, normalizer: Normalizer) -> RoundTrip:
    """The corrections that turn `records` into the truth, applied. The document's records are taken in order."""
    entries = _whole_sops(records, golds)
    with_sops = _applied(records, stem, entries, normalizer)[0]
    for place, gold in enumerate(golds):
        truth = truth_of(gold, with_sops[place], normalizer)
        entries += differences(with_sops[place], truth, f"{place + 1:02d}", normalizer)
    done, outcomes, text = _applied(records, stem, entries, normalizer)
    return RoundTrip(text, done, outcomes)


def _applied(
    records: Sequence[Record], stem: str, entries: Entries, normalizer: Normalizer
) -> tuple[tuple[Record, ...], tuple[Outcome, ...], str]:
    source = records[0].source if records else None
    sha256 = source.sha256 if source else "0" * 64
    text = append_entries(new_file(source.file if source else f"{stem}.pdf", sha256), f"{stem}.yaml", entries)
    done, outcomes = apply(records, parse_corrections(text, f"{stem}.yaml"), normalizer)
    return done, outcomes, text


def _whole_sops(records: Sequence[Record], golds: Sequence[Gold]) -> Entries:
    """SOPs that are none taken out, from the last, and SOPs that were missed put in; paired by their first page."""
    pages = [record.source.pages[0] for record in records]
    wanted = [gold["pages"][0] for gold in golds]
    entries: Entries = [
        {"sop": f"{place + 1:02d}", "at": "sop", "remove": True}
        for place in reversed(range(len(pages)))
        if pages[place] not in wanted
    ]
    for place, gold in enumerate(golds):
        if gold["pages"][0] not in pages:
            pages_of: list[YamlValue] = [Number(page) for page in gold["pages"]]
            entries.append({"sop": f"{place + 1:02d}", "at": "sop", "insert": {"source": {"pages": pages_of}}})
    return entries


def truth_of(gold: Gold, record: Record, normalizer: Normalizer) -> Record:
    """The record as it should be: the truth's words where they differ, the record's own where the truth is silent."""
    columns = _columns(gold, record, normalizer)
    ids = {name_key(name): column.id for name, column in zip(gold["pelaksana"], columns, strict=True)}
    steps = _steps(gold, record, ids, normalizer)
    source = record.source.model_dump() | ({"pages": tuple(gold["pages"])} if "pages" in gold else {})
    return record.model_copy(
        update={
            "source": Source.model_validate(source),
            "header": _header(gold["header"], record.header, normalizer),
            "pelaksana": columns,
            "kegiatan": steps,
            "flow": _flow(gold, record, ids),
        }
    )


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two texts are the same but for spaces, case and closing marks; a dash is nothing."""
    return _loose(one) == _loose(other)


def _loose(text: str | None) -> str:
    words = " ".join((text or "").split()).casefold().strip(" .;:,")
    return "" if words in ("-", "–") else words


def _better(now: str | None, then: str) -> str | None:
    return now if _alike(now, then) else then or None


def _header(gold: Gold, header: Header, normalizer: Normalizer) -> Header:
    fields: dict[str, Any] = {name: _better(getattr(header, name), gold[name]) for name in TEXT_FIELDS if name in gold}
    fields |= {name: normalizer.date(gold[name]) for name in DATE_FIELDS if name in gold}
    if gold.get("instansi"):
        same = name_key("".join(header.instansi)) == name_key("".join(gold["instansi"]))
        fields["instansi"] = header.instansi if same else gold["instansi"]
    signed = {key: value for key, value in (gold.get("disahkan_oleh") or {}).items() if value}
    if "nip" in signed:
        signed["nip"] = re.sub(r"\D", "", signed["nip"])
    kept = header.disahkan_oleh.model_dump()
    better = {key: kept[key] if key != "nip" and _alike(kept[key], value) else value for key, value in signed.items()}
    fields["disahkan_oleh"] = header.disahkan_oleh.model_copy(update=better)
    fields |= {name: _items(gold[name], name, header, normalizer) for name in LIST_FIELDS if name in gold}
    return header.model_copy(update=fields)


def _items(golds: Sequence[str], name: str, header: Header, normalizer: Normalizer) -> list[Any]:
    """The truth's items, in the record's own words where those are alike."""
    now: list[str | DasarHukum] = getattr(header, name)
    known = {_loose(item if isinstance(item, str) else item.text): item for item in now}
    citations = name == "dasar_hukum"
    made = [known.get(_loose(text)) or (normalizer.citation(text) if citations else text) for text in golds]
    return [item for item in made if item]


def _columns(gold: Gold, record: Record, normalizer: Normalizer) -> list[Pelaksana]:
    known = {name_key(column.nama): column for column in record.pelaksana}
    columns: list[Pelaksana] = []
    for name in gold["pelaksana"]:
        made = normalizer.pelaksana(name, [column.id for column in columns]).model_copy(update={"nama": name})
        columns.append(known.get(name_key(name)) or made)
    return columns


def _steps(gold: Gold, record: Record, ids: Mapping[str, str], normalizer: Normalizer) -> list[Kegiatan]:
    bare = [_step(step, Kegiatan(no=step["no"]), {}, normalizer) for step in gold["kegiatan"]]
    pairs = paired_rows(record.kegiatan, bare)
    known = [record.kegiatan[pairs[i]] if i in pairs else Kegiatan(no=step.no) for i, step in enumerate(bare)]
    return [_step(step, now, ids, normalizer) for step, now in zip(gold["kegiatan"], known, strict=True)]


def _step(gold: Gold, now: Kegiatan, ids: Mapping[str, str], normalizer: Normalizer) -> Kegiatan:
    quality = now.mutu_baku
    given = {name: gold[name] for name in ("kelengkapan", "output") if name in gold}
    cells: dict[str, Any] = {name: _better(getattr(quality, name), text) for name, text in given.items()}
    if "waktu" in gold:
        waktu = quality.waktu
        same = _alike(waktu.text if waktu else None, gold["waktu"])
        cells["waktu"] = waktu if same else normalizer.waktu(gold["waktu"], None)
    words = {name: _better(getattr(now, name), gold[name]) for name in ("uraian", "keterangan") if name in gold}
    named = {ids[name_key(name)] for name in gold["pelaksana"]} if ids else set()
    who = [name for name in ids.values() if name in named]  # left to right, in whatever order the truth names them
    mutu_baku = MutuBaku.model_validate({**quality.model_dump(), **{k: v for k, v in cells.items() if k != "waktu"}})
    mutu_baku = mutu_baku.model_copy(update={"waktu": cells.get("waktu", quality.waktu)})
    return now.model_copy(update={"no": gold["no"], "pelaksana": who, "mutu_baku": mutu_baku, **words})


def _flow(gold: Gold, record: Record, ids: Mapping[str, str]) -> Flow:
    """The truth's symbols and connectors; a connector keeps the words that the record read beside it."""
    nodes: list[Node] = []
    read = {(n.kegiatan, n.pelaksana, n.kind): n.label for n in reversed(record.flow.nodes)}
    for step in gold["kegiatan"]:
        kinds = step.get("kinds") or [(name, "process") for name in step["pelaksana"]]
        for name, kind in sorted(kinds, key=lambda pair: list(ids).index(name_key(pair[0]))):
            cell = (step["no"], ids[name_key(name)])
            label = read.get((*cell, kind))  # of which the truth says nothing
            nodes.append(Node(id=f"n{len(nodes) + 1}", kegiatan=cell[0], pelaksana=cell[1], kind=kind, label=label))
    if "edges" not in gold:
        return record.flow
    first = {(node.kegiatan, node.pelaksana): node.id for node in reversed(nodes)}
    edges = [_edge(edge, first, ids) for edge in gold["edges"]]
    return Flow(nodes=nodes, edges=edges)


def _edge(edge: Sequence[Any], first: Mapping[tuple[int | None, str | None], str], ids: Mapping[str, str]) -> FlowEdge:
    (source, who), (target, whom), *rest = edge
    ends = {"from": first[(source, ids[name_key(who)])], "to": first[(target, ids[name_key(whom)])]}
    label = (rest[0] if rest else None) or None
    if label and label.casefold() in ("ya", "tidak"):  # as the record calls them, however they are printed
        label = label.casefold()
    return FlowEdge.model_validate({**ends, "label": label})


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("outputs", type=Path)
    arguments.add_argument("--to", type=Path, required=True)
    given = arguments.parse_args()
    normalizer = Normalizer(load_lexicon())
    for path in sorted(given.gold.glob("*.gold.json")):
        stem = path.name.removesuffix(".gold.json")
        found = sorted((given.outputs / stem).glob("*.sop.json"))
        if found:
            records = [Record.model_validate_json(file.read_bytes()) for file in found]
            done = round_trip(records, json.loads(path.read_text(encoding="utf-8")), stem, normalizer)
            _write(given.to, stem, done)
            print(f"{stem}: {_told(done)}")


def _write(folder: Path, stem: str, done: RoundTrip) -> None:
    corrections, outputs = folder / "corrections" / f"{stem}.yaml", folder / "outputs" / stem
    corrections.parent.mkdir(parents=True, exist_ok=True)
    outputs.mkdir(parents=True, exist_ok=True)
    corrections.write_text(done.text, encoding="utf-8")
    for place, record in enumerate(done.records, 1):
        text = json.dumps(record.as_json(), ensure_ascii=False, indent=2)
        (outputs / f"{place:02d}-corrected.sop.json").write_text(text, encoding="utf-8")


def _told(done: RoundTrip) -> str:
    counts = [sum(o.record == record.id for o in done.outcomes) for record in done.records]
    ends = sorted({outcome.status for outcome in done.outcomes})
    return f"{len(done.outcomes)} entries ({', '.join(ends)}) for {len(done.records)} SOPs: {counts}"


if __name__ == "__main__":
    main()
