"""Checks that need the other SOPs of the run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from pipeline.model.issue import Issue
from pipeline.model.record_facts import RecordFacts
from pipeline.model.text import squash
from pipeline.settings import ValidateSettings
from pipeline.validate.catalogue import catalogue, issue
from pipeline.validate.cover_checks import nip_fault

# A number that was left open, to be filled in by hand: "060/      /SOP/TUBABA/2018", "061/.../2018".
_OPEN = re.compile(r"/\s*/|_{2,}|\.{3,}|…")

_NIP = "/header/disahkan_oleh/nip"

PlacedIssue = tuple[int, Issue]  # the place of the record in the run, and what is wrong with it
_Places = dict[str, list[int]]  # of each NIP, the places of the records that have it


def numbers(records: Sequence[RecordFacts], settings: ValidateSettings) -> Iterator[PlacedIssue]:
    """Find a nomor SOP that several SOPs have.

    Matrices under one cover share theirs; a SOP that is there twice under the same name is told apart; a number that
    was left open is none.
    """
    by_number: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        nomor = record.nomor_sop or ""
        if (key := squash(nomor)) and not _OPEN.search(nomor):
            by_number.setdefault(key, []).append(place)
    for places in by_number.values():
        for place in places:
            yield from _doubles(records, place, places)


def _doubles(records: Sequence[RecordFacts], place: int, places: Sequence[int]) -> Iterator[PlacedIssue]:
    record = records[place]
    others = [records[p] for p in places if p != place and not _share_cover(records[p], record)]
    same = [other.id for other in others if squash(other.nama_sop or "") == squash(record.nama_sop or "")]
    unlike = [other.id for other in others if other.id not in same]
    if unlike:
        yield place, issue("nomor-sop-double", "/header/nomor_sop", others=", ".join(unlike))
    if same:
        yield place, issue("sop-twice", "", others=", ".join(same))


def titles(records: Sequence[RecordFacts], settings: ValidateSettings) -> Iterator[PlacedIssue]:
    """Find a title above the matrix that is not the cover's name; of several matrices under one, each has its own."""
    shared = {place for place, record in enumerate(records) if _has_twin(records, place, record)}
    for place, record in enumerate(records):
        judul, nama = record.judul, record.nama_sop
        if judul and nama and place not in shared and not _same_title(judul, nama, settings):
            yield place, issue("title-differs", "/judul", judul=judul, nama=nama)


def _has_twin(records: Sequence[RecordFacts], place: int, record: RecordFacts) -> bool:
    beside = (place - 1, place + 1)
    return any(0 <= p < len(records) and _share_cover(records[p], record) for p in beside)


def _share_cover(one: RecordFacts, other: RecordFacts) -> bool:
    return one.file == other.file and one.cover == other.cover


def _same_title(judul: str, nama: str, settings: ValidateSettings) -> bool:
    one, other = _title_words(judul), _title_words(nama)
    return not one or not other or fuzz.token_set_ratio(one, other) >= settings.same_title


def _title_words(text: str) -> str:
    """The words that tell a title from another, casefolded."""
    common = catalogue().title_words
    return " ".join(word for word in re.findall(r"\w+", text.casefold()) if word not in common)


def signatures(records: Sequence[RecordFacts], settings: ValidateSettings) -> Iterator[PlacedIssue]:
    """Find parts of a signature, and bodies, that nearly agree with those of most other SOPs of the same document.

    A NIP that `nips` doubts is told there.
    """
    doubted = {place for place, _ in nips(records, settings)}
    for field in ("nama", "nip", "jabatan", "pangkat", "instansi"):
        told = [(place, record.file, text) for place, record in enumerate(records) if (text := _told(record, field))]
        counts: dict[str, Counter[str]] = {}
        for _, file, text in told:
            counts.setdefault(file, Counter())[text] += 1
        for place, file, text in told:
            often = [(count, other) for other, count in counts[file].items() if count > counts[file][text]]
            near = [pair for pair in often if _nearly(text, pair[1], settings)]
            if near and not (field == "nip" and place in doubted):
                path = "/header/instansi" if field == "instansi" else f"/header/disahkan_oleh/{field}"
                yield place, issue("differs-from-others", path, text=text, other=max(near)[1])


def nips(records: Sequence[RecordFacts], settings: ValidateSettings) -> Iterator[PlacedIssue]:
    """Find a NIP that has another digit than one of the same name elsewhere in the run, or one more or less.

    Of two the one that is none by its own dates is doubted, else the seldomer one, else both.
    """
    by_name: dict[str, _Places] = {}
    for place, record in enumerate(records):
        if record.nip and (name := squash(record.nama or "")):
            by_name.setdefault(name, {}).setdefault(record.nip, []).append(place)
    for places in by_name.values():
        for nip in places:
            if other := _better(nip, places, settings):
                others = ", ".join(records[place].id for place in places[other])
                for place in places[nip]:
                    nama = records[place].nama
                    told = issue("nip-differs", _NIP, nip=nip, nama=nama, other=other, others=others)
                    yield place, told


def _better(nip: str, places: _Places, settings: ValidateSettings) -> str | None:
    """The NIP of the same name that is a digit off and no less likely; None where there is none."""
    near = [other for other in places if OSA.distance(nip, other, score_cutoff=1) == 1]
    best = max(near, key=lambda other: _merit(other, places, settings), default=None)
    return best if best and _merit(best, places, settings) >= _merit(nip, places, settings) else None


def _merit(nip: str, places: _Places, settings: ValidateSettings) -> tuple[bool, int]:
    """What speaks for a NIP: that its dates are sound, and how many SOPs have it."""
    return nip_fault(nip, settings) is None, len(places[nip])


def _told(record: RecordFacts, field: str) -> str:
    """What a cover tells of one part of its signature, or of the body that issues it."""
    return getattr(record, field) or ""


def _nearly(one: str, other: str, settings: ValidateSettings) -> bool:
    """Whether two texts differ, but not by more than a misreading does; capitals and spaces do not count."""
    a, b = squash(one), squash(other)
    begins = len(a) >= settings.signature_start and b.startswith(a)
    return a != b and (begins or fuzz.ratio(a, b) >= settings.same_signature)
