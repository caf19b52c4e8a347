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

    @property
    def open_sops(self) -> tuple[int, ...]:
        """The SOPs, by their place from 1, of which something is doubted and nobody has said that they are reviewed."""
        doubted = {item.sop for item in self.items if item.group != "document"}
        return tuple(sop for sop, done in enumerate(self.reviewed, 1) if sop in doubted and not done)


SopPlace = tuple[int, int]
"""A document's place in the folder, from 0, and a SOP's in the document, from 1."""


def open_beside(overviews: Sequence[Overview], here: SopPlace, by: int) -> SopPlace | None:
    """The next SOP that is doubted, or the one before; after the last comes the first.

    Args:
        overviews: Of all documents.
        here: The SOP from which it is looked for.
        by: 1 for the next, -1 for the one before.

    Returns:
        None where no other SOP is doubted.
    """
    place, sop = here
    for step in range(len(overviews) + 1):
        document = (place + step * by) % len(overviews)
        found = overviews[document].open_sops[::by]
        if step == 0:
            found = tuple(other for other in found if (other - sop) * by > 0)
        elif document == place:
            found = tuple(other for other in found if other != sop)
        if found:
            return document, found[0]
    return None


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
