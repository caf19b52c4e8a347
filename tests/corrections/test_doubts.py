"""What `sop check` says of each issue: where, what was read, and the target that confirms it."""

from __future__ import annotations

import pytest
from corrected import normalizer, sample

from pipeline.corrections import apply, confirmed_paths, parse_corrections
from pipeline.corrections.correction_base import CorrectionBase
from pipeline.corrections.doubts import Doubt, DoubtFilter, doubts_of, page_range
from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.request import correct
from pipeline.corrections.yaml_edit import new_file
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.document import Document
from pipeline.model.issue import Issue
from pipeline.model.record import Record
from pipeline.settings import Settings
from pipeline.validate import check_record, validate

DOCUMENT = Document(
    name="sop-bintan",
    file="sop-bintan.pdf",
    sha256="",
    issues=[Issue.of("page-unreadable", "warning", msg("page {page}: {why}", page=9, why=msg("broken content")))],
)


def checked() -> Record:
    """The sample with what the checks find in it."""
    record = sample()
    steps = [record.kegiatan[0].model_copy(update={"nomor": "1. 2."}), *record.kegiatan[1:]]
    nodes = [*record.flow.nodes[:2], record.flow.nodes[2].model_copy(update={"kind": "process"})]
    flow = record.flow.model_copy(update={"nodes": nodes})
    record = record.model_copy(update={"kegiatan": steps, "flow": flow})
    return record.model_copy(update={"issues": [*record.issues, *check_record(record, Settings().validate)]})


def found() -> list[Doubt]:
    return list(doubts_of(DOCUMENT, [checked()]))


def test_a_doubt_says_where_and_what_was_read() -> None:
    by_path = {doubt.issue.path: doubt for doubt in found() if doubt.record}
    waktu = by_path["/kegiatan/1/mutu_baku/waktu"]
    assert (waktu.record, waktu.pages, waktu.target) == ("sop-bintan/01", (4, 4), "kegiatan[no=2]/mutu_baku/waktu")
    assert waktu.read == "15 menlt"
    edge = by_path["/flow/edges/1"]
    assert (edge.target, edge.pages) == ("flow/edges[2->3]", (4, 4))
    assert by_path["/kegiatan/0"].pages == (3, 5)  # no part of it has evidence: the SOP's pages
    page = next(doubt for doubt in found() if not doubt.record)
    assert (page.document, page.pages, page.target, page.read) == ("sop-bintan", (9, 9), None, None)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (DoubtFilter(), "all"),
        (DoubtFilter(document="sop-bintan"), "all"),
        (DoubtFilter(document="sop-bintan.pdf"), "all"),
        (DoubtFilter(document="sop-bintan/01"), "records"),
        (DoubtFilter(document="sop"), 0),
        (DoubtFilter(code="page-unreadable"), 1),
        (DoubtFilter(pages=(9, 10)), 1),
        (DoubtFilter(pages=(1, 2)), 0),
        (DoubtFilter(severity="error"), 0),
    ],
)
def test_doubts_are_chosen(wanted: DoubtFilter, count: int | str) -> None:
    every = found()
    numbers = {"all": len(every), "records": len(every) - 1}
    assert len([doubt for doubt in every if wanted.takes(doubt)]) == numbers.get(str(count), count)


def test_a_severity_takes_what_is_graver() -> None:
    every = found()
    grave = [doubt for doubt in every if DoubtFilter(severity="warning").takes(doubt)]
    assert grave == [doubt for doubt in every if doubt.issue.severity != "info"]
    assert 0 < len(grave) < len(every)


def test_page_ranges() -> None:
    assert (page_range("4"), page_range("4-6")) == ((4, 4), (4, 6))
    for text in ("", "x", "4-", "6-4"):
        with pytest.raises(PipelineError):
            page_range(text)


def test_confirming_what_a_doubt_names_makes_it_vanish() -> None:
    assert {"rows-merged", "no-end", "low-confidence", "edge-direction-unsure"} <= {d.issue.code for d in found()}
    for doubt in found():
        if doubt.target is None:
            continue
        wish = CorrectionRequest(doubt.target, "confirm")
        done = correct(CorrectionBase([checked()], "a", normalizer()), "sop-bintan/01", wish, new_file("a.pdf", None))
        records, outcomes = apply([checked()], parse_corrections(done.text, "a"), normalizer())
        (record,) = validate(records, Settings().validate, confirmed_paths(outcomes))
        assert doubt.issue not in record.issues, doubt.target


def test_a_step_that_was_confirmed_is_doubted_again_once_it_reads_otherwise() -> None:
    wish = CorrectionRequest("kegiatan[no=1]", "confirm")
    done = correct(CorrectionBase([checked()], "a", normalizer()), "sop-bintan/01", wish, new_file("a.pdf", None))
    other = checked()
    steps = [other.kegiatan[0].model_copy(update={"uraian": "Menolak surat"}), *other.kegiatan[1:]]
    moved = other.model_copy(update={"kegiatan": steps})
    assert apply([moved], parse_corrections(done.text, "a"), normalizer())[1][0].status == "stale"
