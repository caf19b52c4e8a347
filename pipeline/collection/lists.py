"""Lists of SOPs, steps, performers, agencies and laws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.collection.listing import Listing, ListValue
from pipeline.collection.wanted import Wanted
from pipeline.message import Message, msg
from pipeline.model.document import WaktuTotal
from pipeline.model.pointer import is_within, pointer
from pipeline.model.record import Kegiatan, Record
from pipeline.model.text import fold
from pipeline.normalize.duration_sums import calendar_minutes, summed, timed_steps, total
from pipeline.normalize.lexicon import Lexicon

BETWEEN = "; "
TIMES: Mapping[str, Message] = {
    "menit": msg("Minutes"),
    "hari_kerja": msg("Working days"),
    "bulan": msg("Months"),
    "unknown": msg("Without duration"),
}

# Kinds of law of which the state has one of a number and year; ministers and regions count each on their own, and what
# theirs are about tells these apart.
NATIONAL = ("Undang-Undang", "Peraturan Pemerintah", "Peraturan Presiden", "Keputusan Presiden", "Instruksi Presiden")

Lister = Callable[[Sequence[Record], Wanted, Lexicon], Listing]


def sop_list(records: Sequence[Record], wanted: Wanted, lexicon: Lexicon) -> Listing:
    """A row a SOP, with the sums of the longest that its steps may take."""
    heads = {
        "sop_id": msg("SOP"),
        "nomor_sop": msg("Number"),
        "nama_sop": msg("Name"),
        "instansi": msg("Agency"),
        "page_first": msg("Page"),
        "kegiatan": msg("Steps"),
        **TIMES,
        "issues": msg("Issues"),
    }
    rows = [
        (
            record.id,
            record.header.nomor_sop,
            name_of(record),
            agency_of(record),
            record.source.pages[0],
            len(record.kegiatan),
            *_times(total(record)),
            len(record.issues),
        )
        for record in records
    ]
    return Listing(heads, rows)


def step_list(records: Sequence[Record], wanted: Wanted, lexicon: Lexicon) -> Listing:
    """A row a step that is asked for, the longest first where a length is."""
    heads = {
        "sop_id": msg("SOP"),
        "no": msg("Step"),
        "uraian": msg("What is done"),
        "pelaksana": msg("Performers"),
        "waktu": msg("Duration"),
        "output": msg("Output"),
        "page": msg("Page"),
    }
    found = [(record, step) for record in records for step in wanted.steps(record)]
    if wanted.longer_than is not None:
        found.sort(key=lambda pair: -(calendar_minutes(pair[1].mutu_baku.waktu) or 0))
    return Listing(heads, [_step_row(record, step) for record, step in found])


def _step_row(record: Record, step: Kegiatan) -> tuple[ListValue, ...]:
    names = {one.id: one.nama for one in record.pelaksana}
    quality, at = step.mutu_baku, pointer("kegiatan", record.kegiatan.index(step))
    pages = (noted.page for path, noted in record.evidence.items() if is_within(path, at) and noted.page is not None)
    return (
        record.id,
        step.no,
        step.uraian,
        BETWEEN.join(names.get(one, one) for one in step.pelaksana) or None,
        quality.waktu.text if quality.waktu else None,
        quality.output,
        min(pages, default=None),
    )


@dataclass
class _Work:
    """What comes together in a group: names as first seen, SOPs, steps and the sum of their time."""

    names: tuple[str, ...]
    sops: set[str] = field(default_factory=set)
    steps: int = 0
    timed: list[Kegiatan] = field(default_factory=list)

    def add(self, record: Record, steps: Iterable[Kegiatan]) -> None:
        """Take in steps of a SOP; one whose Waktu is a cell that an earlier one has too adds no time."""
        once = {step.no for step in timed_steps(record)}
        given = list(steps)
        self.sops.add(record.id)
        self.steps += len(given)
        self.timed += [step for step in given if step.no in once]

    def row(self) -> tuple[ListValue, ...]:
        """What is listed of the group."""
        return *self.names, len(self.sops), self.steps, *_times(summed(step.mutu_baku.waktu for step in self.timed))


def performer_list(records: Sequence[Record], wanted: Wanted, lexicon: Lexicon) -> Listing:
    """A row a performer of an agency, with its work in all SOPs; a step of several counts in full for each."""
    groups: dict[tuple[str, str], _Work] = {}
    for record in records:
        agency, steps = agency_of(record), wanted.steps(record)
        for one in filter(wanted.takes_performer, record.pelaksana):
            work = groups.setdefault((fold(agency or ""), fold(one.nama)), _Work((one.nama, agency or "")))
            work.add(record, [step for step in steps if one.id in step.pelaksana])
    return _work_listing({"pelaksana": msg("Performer"), "instansi": msg("Agency")}, groups.values())


def agency_list(records: Sequence[Record], wanted: Wanted, lexicon: Lexicon) -> Listing:
    """A row an agency, with the steps of all its SOPs."""
    groups: dict[str, _Work] = {}
    for record in records:
        agency = agency_of(record) or ""
        groups.setdefault(fold(agency), _Work((agency,))).add(record, wanted.steps(record))
    return _work_listing({"instansi": msg("Agency")}, groups.values())


def _work_listing(named: Mapping[str, Message], groups: Iterable[_Work]) -> Listing:
    heads = {**named, "sops": msg("SOPs"), "kegiatan": msg("Steps"), **TIMES}
    rows = [work.row() for work in groups]
    return Listing(heads, sorted(rows, key=lambda row: (-_number(row[len(named) + 1]), str(row[0]))))


def law_list(records: Sequence[Record], wanted: Wanted, lexicon: Lexicon) -> Listing:
    """A row a law that is cited, by what was read of it, with the SOPs that cite it; the most cited first."""
    heads = {"law": msg("Law"), "tentang": msg("About"), "sops": msg("SOPs"), "sop_ids": msg("Cited by")}
    citing: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    shown: dict[tuple[str, ...], tuple[str, str | None]] = {}
    for record in records:
        for law in (one for one in record.header.dasar_hukum if wanted.takes_law(one, lexicon)):
            told = law.jenis and law.nomor and law.tahun
            name = f"{law.jenis} {law.nomor}/{law.tahun}" if told else law.text
            key = (fold(name), fold(law.tentang or "") if told and law.jenis not in NATIONAL else "")
            citing[key][record.id] = None
            shown.setdefault(key, (name, law.tentang if told else None))
    rows = [(*shown[key], len(ids), BETWEEN.join(ids)) for key, ids in citing.items()]
    rows.sort(key=lambda row: (-row[2], row[0]))
    return Listing(heads, rows)


def name_of(record: Record) -> str | None:
    """What a SOP is called."""
    return record.header.nama_sop or record.judul


def agency_of(record: Record) -> str | None:
    """The body and its units, the smallest first; None where none was read."""
    return BETWEEN.join(record.header.instansi) or None


def _times(waktu: WaktuTotal) -> tuple[ListValue, ...]:
    return waktu.menit[1], waktu.hari_kerja[1], waktu.bulan[1], waktu.unknown


def _number(value: ListValue) -> float:
    return value if isinstance(value, (int, float)) else 0.0
