"""What the queue and the search need of a document: its doubts, its words, and how much of it a reviewer has seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.corrections import Outcome
from pipeline.kept_results import KeptResults
from pipeline.model.document import Digitized
from pipeline.model.record import Record
from pipeline.review.fields import field_paths, search_words, seen_paths
from pipeline.review.queue import QueueItem, queue_items


@dataclass(frozen=True)
class Overview:
    """What the queue needs of a document: its doubts, how many of its fields there are, how many a reviewer saw."""

    items: tuple[QueueItem, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    fields: int = 0
    seen: int = 0
    reviewed: tuple[bool, ...] = ()


def overview_of(place: int, now: Digitized, outcomes: Sequence[Outcome], kept: KeptResults) -> Overview:
    """What the queue needs of a document.

    Args:
        place: Of the document in the folder, from 0.
        now: The document after corrections and checks.
        outcomes: How the entries of its corrections ended.
        kept: What was worked out before of records that are as they were.
    """
    records = now.records
    paths = {record.id: kept.once(partial(field_paths, record), (record,), "fields") for record in records}
    return Overview(
        items=tuple(queue_items(place, now.document, records)),
        names=tuple(record.header.nama_sop or record.judul or record.id for record in records),
        words=tuple(kept.once(partial(search_words, record), (record,), "words") for record in records),
        reviewed=tuple(record.review.status == "reviewed" for record in records),
        fields=sum(len(found) for found in paths.values()),
        seen=sum(_seen(record, paths[record.id], outcomes, kept) for record in records),
    )


def _seen(record: Record, paths: Sequence[str], outcomes: Sequence[Outcome], kept: KeptResults) -> int:
    ends = tuple(outcome.paths for outcome in outcomes if outcome.record == record.id and not outcome.failed)
    return kept.once(lambda: len(seen_paths(paths, record.id, outcomes)), (record,), ("seen", ends))
