"""Confidences beside the truth: what counts as right, how it is binned, and what is told."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typeset import chain, typeset
from typeset.spec import Cover, SopSpec

from bench.curve import svg
from bench.degrade import Scan
from bench.judged_fields import Field, Flags, item_key, judged, pairs, worded
from bench.reliability import GROUPS, Task, bins_of, curves, fields_of, off_by, records_of, section, way_of

Json = dict[str, Any]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Json]]:
    path = tmp_path_factory.mktemp("reliability") / "sop.pdf"
    return path, list(typeset(SopSpec(Cover(), (chain(4, decision=2),)), path))


@pytest.fixture(scope="module")
def record(known: tuple[Path, list[Json]]) -> Json:
    (record,) = records_of(known[0])
    return dict(record)


def wrong(truth: Json, record: Json) -> list[str]:
    return [field.path for field in judged(truth, record) if not field.right]


def test_every_field_of_a_text_pdf_is_right(known: tuple[Path, list[Json]], record: Json) -> None:
    fields = list(judged(known[1][0], record))
    assert {field.group for field in fields} == set(GROUPS)
    assert [field.path for field in fields if not field.right] == []
    assert not any(field.scanned for field in fields)


def test_what_is_changed_is_wrong_and_nothing_else(known: tuple[Path, list[Json]], record: Json) -> None:
    bad = deepcopy(record)
    bad["header"]["nama_sop"] = "Lain"
    bad["header"]["dasar_hukum"][0]["text"] = "Peraturan Lain"
    bad["kegiatan"][1]["mutu_baku"]["output"] = None
    bad["flow"]["nodes"][2]["kind"] = "document"
    bad["flow"]["edges"][0]["to"] = bad["flow"]["edges"][0]["from"]
    assert wrong(known[1][0], bad) == [
        "/header/nama_sop",
        "/kegiatan/1/mutu_baku/output",
        "/header/dasar_hukum/0",
        "/flow/nodes/2",
        "/flow/edges/0",
    ]


def test_a_cell_needs_its_spaces_a_header_only_its_letters(known: tuple[Path, list[Json]], record: Json) -> None:
    bad = deepcopy(record)
    bad["header"]["nama_sop"] = bad["header"]["nama_sop"].replace(" ", "")
    bad["kegiatan"][0]["uraian"] = bad["kegiatan"][0]["uraian"].replace(" ", "")
    assert wrong(known[1][0], bad) == ["/kegiatan/0/uraian"]


def test_lists_that_the_truth_does_not_tell_of_are_not_judged(known: tuple[Path, list[Json]], record: Json) -> None:
    truth = deepcopy(known[1][0])
    del truth["header"]["dasar_hukum"]
    assert not any("dasar_hukum" in field.path for field in judged(truth, record))


def test_the_mark_of_an_item_is_no_part_of_it() -> None:
    assert item_key("a. Alat Komunikasi;") == item_key("- Alat  komunikasi") == "alatkomunikasi"
    assert item_key("SOP Surat Masuk") == "sopsuratmasuk"


def test_sops_are_paired_by_their_first_page() -> None:
    truths: list[Any] = [{"pages": [1, 2]}, {"pages": [3, 4]}]
    records: list[Any] = [{"source": {"pages": [3, 3]}}]
    assert list(pairs(truths, records)) == [(truths[1], records[0])]


def test_a_field_is_flagged_from_above_and_below() -> None:
    flags = Flags(["/header/nama_sop", "/kegiatan/1", "/kegiatan/2/mutu_baku/waktu", ""])
    assert flags.at("/header/nama_sop")
    assert flags.at("/kegiatan/1/uraian")
    assert flags.at("/kegiatan/2/mutu_baku")
    assert not flags.at("/kegiatan/10/uraian")
    assert not flags.at("/header/nomor_sop")


@pytest.mark.parametrize(("text", "words"), [("Surat  masuk;", "surat masuk"), (None, ""), ("-", ""), ("a\nb", "a b")])
def test_words(text: str | None, words: str) -> None:
    assert worded(text) == words


def field(confidence: float | None, right: bool, flagged: bool = False, group: str = "cells") -> Field:
    return Field(group, "/x", confidence, right, flagged, "scan")


def test_bins_hold_every_scored_field_once() -> None:
    fields = [field(score, score > 0.6) for score in (0.0, 0.5, 0.65, 0.99, 1.0)] + [field(None, True)]
    bins = bins_of(fields)
    assert [(b.low, b.count, b.actual) for b in bins] == [(0.0, 1, 0.0), (0.5, 2, 0.5), (0.99, 2, 1.0)]
    assert bins[-1].predicted == pytest.approx(0.995)
    assert off_by(bins) == pytest.approx((0.0 + 2 * 0.075 + 2 * 0.005) / 5)


def test_the_section_and_its_curve_tell_all_groups() -> None:
    fields = [field(0.97, True, False, group) for group in GROUPS] + [field(0.4, False, True)]
    text = section(fields, ["a.pdf"], ["office:1"], "reliability.svg")
    assert all(f"| {group} |" in text for group in GROUPS)
    assert "wrong fields flagged" in text
    assert "1.000 of 1 and 0.000 of 2: holds." in text
    root = ElementTree.fromstring(svg(curves(fields)))
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) == 3 + 2  # three dots and two keys


def test_a_way_to_scan_is_named_by_kind_and_strength() -> None:
    assert way_of("office:2") == Scan("office", 2)
    for bad in ("office:4", "smoke:1"):
        with pytest.raises(ValueError, match="no way to scan"):
            way_of(bad)


@pytest.fixture
def no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")


@pytest.mark.usefixtures("no_threads")
def test_a_scanned_document_has_scored_fields(known: tuple[Path, list[Json]]) -> None:
    pytest.importorskip("tesserocr")
    fields = fields_of(Task(known[0], [*known[1]], Scan("clean")))
    assert all(f.scanned for f in fields)
    assert any(f.confidence is not None and f.group == "cells" for f in fields)
