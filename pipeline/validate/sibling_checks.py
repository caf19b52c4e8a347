"""Checks that hold a scanned cover against the other SOPs of its document: same signer, same dates, running numbers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.model.draft import DATE_FIELDS
from pipeline.model.pointer import pointer
from pipeline.model.record_facts import NUMBER, RecordFacts
from pipeline.model.text import squash
from pipeline.settings import ValidateSettings
from pipeline.validate.catalogue import issue
from pipeline.validate.run_checks import PlacedIssue


def dates_of_signer(records: Sequence[RecordFacts], settings: ValidateSettings) -> Iterator[PlacedIssue]:
    """Find a scanned date that differs in its day, month or year alone from that of nearly all SOPs of its signer."""
    for places in _documents(records, lambda record: squash(record.nama or "")).values():
        for at, name in enumerate(DATE_FIELDS):
            told = {place: date for place in places if (date := records[place].dates[at])}
            usual, count = max(Counter(told.values()).items(), key=lambda item: item[1], default=("", 0))
            if count < max(settings.sibling_dates, settings.sibling_share * len(told)):
                continue
            for place, date in told.items():
                path = pointer("header", name)
                if path in records[place].scanned and _differ_in_one_part(date, usual):
                    yield place, issue("date-differs", path, date=date, other=usual)


def running_numbers(records: Sequence[RecordFacts], settings: ValidateSettings) -> Iterator[PlacedIssue]:
    """Find a scanned number that alone is out of the run which those of the SOPs before and behind it are in."""
    for places in _documents(records, lambda record: "document").values():
        counts = {place: _counts(records[place].nomor_sop or "") for place in places}
        for at in _running(list(counts.values()), settings):
            for before, place, after in zip(places, places[1:], places[2:], strict=False):
                first, mine, last = (counts[p] for p in (before, place, after))
                if min(map(len, (first, mine, last))) <= at or first[at] + 2 != last[at] or mine[at] == first[at] + 1:
                    continue
                if NUMBER in records[place].scanned:
                    nomor = records[place].nomor_sop
                    yield place, issue("number-out-of-run", NUMBER, nomor=nomor, expected=first[at] + 1)


def _documents(
    records: Sequence[RecordFacts], key: Callable[[RecordFacts], str]
) -> Mapping[tuple[str, str], list[int]]:
    """The places of records of one document, in their order, by what they have in common."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, record in enumerate(records):
        if common := key(record):
            found.setdefault((record.file, common), []).append(place)
    return found


def _differ_in_one_part(date: str, other: str) -> bool:
    one, two = date.split("-"), other.split("-")
    return len(one) == len(two) and sum(a != b for a, b in zip(one, two, strict=True)) == 1


def _counts(nomor: str) -> list[int]:
    """The numbers in a SOP's number: of "061/Org/57" 61 and 57."""
    return [int(digits) for digits in re.findall(r"\d+", nomor)]


def _running(counts: Sequence[Sequence[int]], settings: ValidateSettings) -> list[int]:
    """Which of the numbers in them grow by one from nearly each SOP to the next, by their place."""
    found = []
    for at in range(max(map(len, counts), default=0)):
        steps = [b[at] - a[at] for a, b in itertools.pairwise(counts) if min(len(a), len(b)) > at]
        ones = steps.count(1)
        if ones >= max(settings.sibling_dates, settings.sibling_steps * (len(counts) - 1)):
            found.append(at)
    return found
