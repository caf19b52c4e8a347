"""What needs eyes: in which order, and where it leads."""

from __future__ import annotations

import fakes
import pytest

from pipeline.message import msg
from pipeline.model.document import Digitized
from pipeline.model.issue import Issue, Severity
from pipeline.model.record import Evidence, Record
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
