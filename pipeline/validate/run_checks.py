"""Checks that need the other SOPs of the run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from pipeline.message import Param, msg
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
_Cover = tuple[str, str]  # the file of a document, and what records under one of its covers agree in
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
        yield from _doubles(records, places, settings)


def _doubles(
    records: Sequence[RecordFacts], places: Sequence[int], settings: ValidateSettings
) -> Iterator[PlacedIssue]:
    """Tell of each of some records that have one number which others have it, those of its own name apart."""
    marks = {place: (squash(records[place].nama_sop or ""), _cover(records[place])) for place in places}
    count = Counter(marks.values())
    names, covers = Counter[str](), Counter[_Cover]()
    for (name, cover), several in count.items():
        names[name] += several
        covers[cover] += several
    stretches = [(mark, list(group)) for mark, group in groupby(places, key=marks.__getitem__)]
    for place, (name, cover) in marks.items():
        same = names[name] - count[name, cover]
        unlike = len(places) - covers[cover] - same
        if unlike:
            found = (p for (other, under), group in stretches if other != name and under != cover for p in group)
            others = _listed(records, found, unlike, settings)
            yield place, issue("nomor-sop-double", "/header/nomor_sop", others=others)
        if same:
            found = (p for (other, under), group in stretches if other == name and under != cover for p in group)
            yield place, issue("sop-twice", "", others=_listed(records, found, same, settings))


def _listed(records: Sequence[RecordFacts], places: Iterable[int], count: int, settings: ValidateSettings) -> Param:
    """The ids of the records at `count` places: of very many the first, and how many more there are."""
    ids = ", ".join(records[place].id for place in islice(places, settings.listed_sops))
    more = count - settings.listed_sops
    return ids if more <= 0 else msg("{ids} and {n} more", ids=ids, n=more)


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
    return _cover(one) == _cover(other)


def _cover(record: RecordFacts) -> _Cover:
    return record.file, record.cover


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
        texts = dict.fromkeys((file, text) for _, file, text in told)
        usual = {(file, text): _usual(text, counts[file], settings) for file, text in texts}
        for place, file, text in told:
            other = usual[file, text]
            if other is not None and not (field == "nip" and place in doubted):
                path = "/header/instansi" if field == "instansi" else f"/header/disahkan_oleh/{field}"
                yield place, issue("differs-from-others", path, text=text, other=other)


def _usual(text: str, counts: Counter[str], settings: ValidateSettings) -> str | None:
    """The most frequent of the texts that a text nearly agrees with and that are more frequent; None without any."""
    often = [(count, other) for other, count in counts.items() if count > counts[text]]
    return max((pair for pair in often if _nearly(text, pair[1], settings)), default=(0, None))[1]


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
                others = _listed(records, places[other], len(places[other]), settings)
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
