"""Readings spoilt on purpose, so that correcting them measures something: what machines misread, by a seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from pipeline.corrections.apply import apply
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.parse import parse_corrections
from pipeline.corrections.problem import CorrectionsError
from pipeline.corrections.yaml_edit import append_entries, new_file
from pipeline.corrections.yaml_positions import Number, YamlValue
from pipeline.model.record import Record, Review

Entry = dict[str, YamlValue]

MISREAD = {"i": "l", "l": "1", "m": "rn", "n": "m", "u": "v", "e": "c", "a": "o", "g": "q", "d": "cl", "t": "f"}
LISTS = ("kualifikasi_pelaksana", "keterkaitan", "peralatan_perlengkapan", "peringatan", "pencatatan_pendataan")


def spoilt(records: Sequence[Record], normalizer: Normalizer, seed: int, each: int) -> tuple[Record, ...]:
    """Records of one document with `each` damages in every SOP; the same for the same seed."""
    done = tuple(records)
    for place in range(len(done)):
        random = Random(f"{seed} {done[place].id}")
        for kind in random.choices(DAMAGES, k=each):
            entry = kind(done[place], random)
            if entry is not None:
                done = _applied(done, {"sop": f"{place + 1:02d}", **entry}, normalizer)
    clean = {"corrections": [], "review": Review()}
    return tuple(record.model_copy(update=clean) for record in done)


def _applied(records: Sequence[Record], entry: Entry, normalizer: Normalizer) -> tuple[Record, ...]:
    text = append_entries(new_file(records[0].source.file, None), "damage", [entry])
    try:
        after, _ = apply(records, parse_corrections(text, "damage"), normalizer)
    except CorrectionsError:  # a misread word that its field cannot hold
        return tuple(records)
    return tuple(after)


def _misread(text: str, random: Random) -> str:
    places = [place for place, letter in enumerate(text) if letter in MISREAD]
    for place in sorted(random.sample(places, min(2, len(places))), reverse=True):
        text = text[:place] + MISREAD[text[place]] + text[place + 1 :]
    return text


def _words(record: Record, random: Random) -> Entry | None:
    header, step = record.header, random.choice(record.kegiatan) if record.kegiatan else None
    fields = {"header/nama_sop": header.nama_sop, "header/disahkan_oleh/nama": header.disahkan_oleh.nama}
    if step is not None:
        at, quality = f"kegiatan[no={step.no}]", step.mutu_baku
        fields |= {f"{at}/uraian": step.uraian, f"{at}/mutu_baku/kelengkapan": quality.kelengkapan}
        fields |= {f"{at}/mutu_baku/output": quality.output, f"{at}/keterangan": step.keterangan}
        fields |= {f"{at}/mutu_baku/waktu": quality.waktu.text if quality.waktu else None}
    there = [(at, words) for at, words in fields.items() if words]
    if not there:
        return None
    at, words = random.choice(there)
    return {"at": at, "set": _misread(words, random)}


def _blank(record: Record, random: Random) -> Entry | None:
    header = record.header
    there = [name for name in ("tanggal_pembuatan", "tanggal_efektif", "nomor_sop") if getattr(header, name)]
    return {"at": f"header/{random.choice(there)}", "set": None} if there else None


def _list(record: Record, random: Random) -> Entry | None:
    name = random.choice(LISTS)
    items: list[YamlValue] = [*getattr(record.header, name)]
    if len(items) < 2:
        return None
    place = random.randrange(len(items) - 1)
    if random.random() < 0.5:
        return {
            "at": f"header/{name}",
            "set": [*items[:place], f"{items[place]} {items[place + 1]}", *items[place + 2 :]],
        }
    return {"at": f"header/{name}", "set": [*items[:place], *items[place + 1 :]]}


def _performer(record: Record, random: Random) -> Entry | None:
    step, column = random.choice(record.kegiatan), random.choice(record.pelaksana)
    return {"at": f"kegiatan[no={step.no}]/pelaksana", "set": [column.id]} if step.pelaksana != [column.id] else None


def _column(record: Record, random: Random) -> Entry | None:
    column = random.choice(record.pelaksana)
    return {"at": f"pelaksana[id={column.id}]", "set": _misread(column.nama, random)}


def _symbol(record: Record, random: Random) -> Entry | None:
    nodes = [node for node in record.flow.nodes if node.kegiatan is not None]
    if not nodes:
        return None
    node = random.choice(nodes)
    if random.random() < 0.3:
        return {"at": f"flow/nodes[id={node.id}]", "remove": True}
    other = "decision" if node.kind == "process" else "process"
    return {"at": f"flow/nodes[id={node.id}]/kind", "set": other}


def _edge(record: Record, random: Random) -> Entry | None:
    if not record.flow.edges:
        return None
    edge = random.choice(record.flow.edges)
    place = record.flow.edges.index(edge) + 1
    at = f"flow/edges[nth={place}]"
    if edge.label and random.random() < 0.5:
        return {"at": f"{at}/label", "set": None}
    return {"at": at, "remove": True}


def _step(record: Record, random: Random) -> Entry | None:
    if len(record.kegiatan) < 3 or random.random() < 0.5:  # dearer than other damages, and rarer
        return None
    return {"at": f"kegiatan[no={random.choice(record.kegiatan).no}]", "remove": True}


def _pages(record: Record, random: Random) -> Entry | None:
    first, last = record.source.pages
    return {"at": "source/pages", "set": [Number(first), Number(last - 1)]} if last > first else None


DAMAGES: tuple[Callable[[Record, Random], Entry | None], ...] = (
    _words,
    _words,
    _words,
    _words,
    _blank,
    _list,
    _performer,
    _column,
    _symbol,
    _symbol,
    _edge,
    _edge,
    _step,
    _pages,
)
"""What can go wrong, about as often as it does on faint scans."""
