"""The report of a run: what it shows, how much of it, and that it is the same each time."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

import fakes
import pytest
from hostile_records import HOSTILE, hostile_record
from reviewing import SAMPLE, run_sample

from pipeline.message import msg
from pipeline.model.document import Digitized
from pipeline.model.geometry import Box
from pipeline.model.issue import Issue
from pipeline.model.record import Evidence, Record
from pipeline.review.page_parts import Crop, place_of
from pipeline.review.page_pictures import PagePictures
from pipeline.review.report import both, report_html, report_of, within
from pipeline.settings import Settings
from pipeline.settings.review_page import ReportSettings, ReviewSettings

PLAIN = ReportSettings()


def doubted(count: int, name: str = "a") -> Digitized:
    made = fakes.digitized(name)
    issues = [Issue.of("words-unsure", "warning", msg("no date"), "/kegiatan/0/uraian")] * count
    return Digitized(made.document, (made.records[0].model_copy(update={"issues": issues}),))


def test_a_run_writes_the_queue_its_crops_and_its_flows_in_both_languages(place: Path) -> None:
    page = (place / "outputs" / "report.html").read_text()
    assert page.index("peringatan") < page.index('<span lang="en" dir="auto">warning')
    assert page.index("warning</span>") < page.index("info</span>")
    pictures = [b64decode(found) for found in re.findall(r'src="data:image/jpeg;base64,([^"]+)"', page)]
    assert len(pictures) > 10
    assert all(picture[:2] == b"\xff\xd8" for picture in pictures)
    written = (Record.model_validate_json(path.read_bytes()) for path in (place / "outputs").rglob("*.sop.json"))
    assert page.count('<path class="node') == sum(len(record.flow.nodes) for record in written) > 50
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_the_same_run_gives_the_same_bytes_and_draws_nothing_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = place / "outputs" / "report.html"
    before = file.read_bytes()
    file.unlink()
    monkeypatch.setattr(PagePictures, "parts", None)
    assert run_sample(place) == 0
    assert file.read_bytes() == before


def test_a_thousand_documents_give_a_bounded_file_that_tells_where_it_was_cut() -> None:
    documents = [doubted(30, f"d{place:04}") for place in range(1000)]
    report = report_of(documents, PLAIN)
    assert (len(report.rows), report.doubts) == (PLAIN.rows, 30_000)
    assert (len(report.documents), report.all_documents) == (PLAIN.documents, 1000)
    page = report_html(report, {}, PLAIN)
    assert len(page) < 1_000_000
    assert "400 of 30000" in page
    assert "400 dari 30000" in page
    assert "300 of 1000 documents" in page


def test_pictures_and_diagrams_end_where_the_file_would_grow_too_large() -> None:
    crops = [Crop("a", "0", page, Box(0, 0, 9, 9)) for page in (1, 2, 3, 4)]
    assert list(within(crops, dict.fromkeys(crops[1:], b"12345"), 11)) == crops[1:3]
    assert list(within([crops[1], *crops], dict.fromkeys(crops, b"12345"), 11)) == [crops[1], crops[0]]
    run = [Digitized(fakes.digitized(name).document, (hostile_record("x", name),)) for name in "abc"]
    assert len(report_of(run, PLAIN).diagrams) == 3
    assert len(report_of(run, ReportSettings(diagrams=2)).diagrams) == 2
    assert len(report_of(run, ReportSettings(diagram_characters=1)).diagrams) == 0


def test_where_something_stands_is_its_own_place_that_of_its_parts_or_its_step() -> None:
    boxes = {"/kegiatan/0/uraian": (10, 20, 30, 40), "/kegiatan/0/mutu_baku/waktu": (50, 25, 60, 35)}
    evidence = {path: Evidence(page=2, box=box) for path, box in boxes.items()}
    record = fakes.record().model_copy(update={"evidence": evidence})
    assert place_of(record, "/kegiatan/0/uraian") == (2, Box(10, 20, 30, 40))
    for path in ("/kegiatan/0", "/kegiatan/0/pelaksana"):
        assert place_of(record, path) == (2, Box(10, 20, 60, 40))
    assert place_of(record, "/header/nomor_sop") is None
    assert place_of(record, "") is None


def test_records_kept_from_another_file_have_no_pictures() -> None:
    made = doubted(1)
    record: Record = made.records[0]
    record = record.model_copy(update={"evidence": {"/kegiatan/0/uraian": Evidence(page=1, box=(1, 1, 5, 5))}})
    assert len(report_of([Digitized(made.document, (record,))], PLAIN).crops) == 1
    old = made.document.model_copy(update={"kept_from": "1" * 64})
    assert report_of([Digitized(old, (record,))], PLAIN).crops == []


def test_a_part_of_a_page_is_drawn_framed_and_no_larger_than_told() -> None:
    drawer = PagePictures(Settings(), ReviewSettings())
    small, large = drawer.parts(SAMPLE, 4, [Box(100, 100, 140, 112), Box(0, 0, 2000, 2000)], PLAIN) or (b"", b"")
    assert small[:2] == large[:2] == b"\xff\xd8"
    assert len(large) < 60_000
    assert drawer.parts(SAMPLE, 99, [Box(0, 0, 9, 9)], PLAIN) is None
    assert drawer.parts(SAMPLE, 4, [Box(9, 9, 0, 0)], PLAIN) is None  # no box, and no end of the run either
    drawer.close()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_escaped_and_cut(text: str) -> None:
    made = Digitized(fakes.digitized().document, (hostile_record(text, "a"),))
    page = report_html(report_of([made], PLAIN), {}, PLAIN)
    assert len(page) < 40_000
    assert "<script" not in page
    assert "<img" not in page
    assert ">49<" not in page


def test_what_is_alike_in_both_languages_is_said_once() -> None:
    assert both("a<b") == "<bdi>a&lt;b</bdi>"
    assert str(both(msg("warning"))).count("<span") == 2
