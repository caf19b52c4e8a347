"""What needs eyes: in which order, and where it leads."""

from __future__ import annotations

from dataclasses import replace

import fakes
import pytest

from pipeline.message import msg
from pipeline.model.document import Digitized
from pipeline.model.issue import Issue, Severity
from pipeline.model.record import Evidence, Record
from pipeline.review.overview import Overview, SopPlace, open_beside
from pipeline.review.queue import QueueFilter, queue_items, worst_first


def doubted(*issues: tuple[Severity, str], document_issue: bool = False) -> Digitized:
    """A document whose record is doubted at some paths, read there more surely from one to the next."""
    made = fakes.digitized()
    evidence = {path: Evidence(page=1, raw="x", confidence=0.5 + 0.1 * at) for at, (_, path) in enumerate(issues)}
    found = [Issue.of("words-unsure", severity, msg("no date"), path) for severity, path in issues]
    record: Record = made.records[0].model_copy(update={"issues": found, "evidence": evidence})
    own = [Issue.of("page-mended", "info", msg("no date"))] if document_issue else []
    return Digitized(made.document.model_copy(update={"issues": own}), (record,))


def test_graver_ones_come_first_then_those_read_less_surely() -> None:
    made = doubted(("info", "/header/nomor_sop"), ("warning", "/header/nama_sop"), ("info", "/kegiatan/0/uraian"))
    items = worst_first(reversed(queue_items(0, made.document, made.records)))
    assert [item.doubt.issue.path for item in items] == ["/header/nama_sop", "/header/nomor_sop", "/kegiatan/0/uraian"]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (QueueFilter(), 2),
        (QueueFilter(severity="warning"), 1),
        (QueueFilter(group="step"), 1),
        (QueueFilter(document="a"), 2),
        (QueueFilter(document="b"), 0),
        (QueueFilter(code="words-unsure", text="UJI"), 2),
        (QueueFilter(text="nothing of the kind"), 0),
    ],
)
def test_filters(wanted: QueueFilter, count: int) -> None:
    made = doubted(("warning", "/header/nama_sop"), ("info", "/kegiatan/0/uraian"))
    assert sum(map(wanted.takes, queue_items(0, made.document, made.records))) == count


def test_what_is_said_of_a_document_leads_to_its_first_sop_or_nowhere() -> None:
    made = doubted(document_issue=True)
    assert [item.sop for item in queue_items(0, made.document, made.records)] == [1]
    assert [item.sop for item in queue_items(0, made.document, ())] == [0]


def overview(place: int, *sops: str) -> Overview:
    """A document whose SOPs are doubted, reviewed with doubts left, or sure."""
    made = doubted(("info", "/header/nomor_sop"), document_issue=True)
    items = queue_items(place, made.document, made.records)
    found = [replace(item, sop=sop) for item in items for sop, how in enumerate(sops, 1) if how != "sure"]
    whole = [item for item in items if item.group == "document"]
    return Overview(items=(*whole, *found), reviewed=tuple(how == "reviewed" for how in sops))


@pytest.mark.parametrize(
    ("here", "by", "found"),
    [
        ((0, 1), 1, (0, 3)),
        ((0, 3), 1, (2, 1)),
        ((2, 1), 1, (0, 3)),
        ((0, 3), -1, (2, 1)),
        ((1, 1), -1, (0, 3)),
        ((2, 1), -1, (0, 3)),
        ((0, 2), -1, (2, 1)),
    ],
)
def test_from_a_sop_to_the_next_that_is_doubted(here: SopPlace, by: int, found: SopPlace) -> None:
    folder = [overview(0, "sure", "reviewed", "doubted"), overview(1, "sure"), overview(2, "doubted")]
    assert open_beside(folder, here, by) == found


def test_where_no_other_sop_is_doubted_there_is_none_to_go_to() -> None:
    assert open_beside([overview(0, "sure"), overview(1, "doubted", "sure")], (1, 1), 1) is None
