"""Whole documents: every case of the field comes out as its truth says, whatever the house style."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas
from typeset import Bundle, Cover, Matter, SopSpec, Style, chain, typeset
from typeset.cases import BLANK, LAW, cases
from typeset.strategies import FEW, sops, styles

from bench.degrade import Scan, degrade
from bench.facts import compared, of_record, of_truth
from pipeline import Digitized, Record, Settings, digitize
from pipeline.model.pointer import split_pointer

CASES = cases()


def read(path: Path) -> Digitized:
    return digitize(path, Settings(), name=path.stem)


def wrong(truth: list[dict[str, Any]], done: Digitized) -> dict[str, tuple[int, int, int]]:
    """The groups of facts that do not agree: how many agree, were expected, were found."""
    counts = compared([of_truth(sop) for sop in truth], [of_record(record.as_json()) for record in done.records])
    return {group: count for group, count in counts.items() if len(set(count)) > 1}


@pytest.mark.parametrize("name", CASES)
def test_the_records_say_what_was_typeset(tmp_path: Path, name: str) -> None:
    spec, style = CASES[name]
    truth = typeset(spec, tmp_path / "sop.pdf", style)
    assert wrong(truth, read(tmp_path / "sop.pdf")) == {}


@FEW
@given(sops(max_rows=8), styles())
def test_the_text_of_a_random_sop_comes_out_whole(tmp_path: Path, spec: SopSpec, style: Style) -> None:
    truth = typeset(spec, tmp_path / "sop.pdf", style)
    done = read(tmp_path / "sop.pdf")
    flow = ("performers", "symbols", "edges")  # random graphs cross in ways that nobody would draw
    assert {group: count for group, count in wrong(truth, done).items() if group not in flow} == {}


@FEW
@given(sops(max_rows=8), styles())
def test_records_are_valid_and_their_evidence_lies_on_the_page(tmp_path: Path, spec: SopSpec, style: Style) -> None:
    typeset(spec, tmp_path / "sop.pdf", style)
    done = read(tmp_path / "sop.pdf")
    for record in done.records:
        plain = json.loads(json.dumps(record.as_json(), ensure_ascii=False))
        assert Record.model_validate(plain) == record
        for pointer, evidence in record.evidence.items():
            resolved(plain, pointer)
            if evidence.box and evidence.page:
                x0, top, x1, bottom = evidence.box
                assert -1 <= x0 <= x1 <= 1010, pointer
                assert -1 <= top <= bottom <= 1010, pointer
                assert record.source.pages[0] <= evidence.page <= record.source.pages[1]


def resolved(value: Any, pointer: str) -> Any:
    """What a JSON pointer leads to; KeyError or IndexError where it leads nowhere."""
    for step in split_pointer(pointer):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def test_every_page_keeps_its_words_and_says_who_claims_it(tmp_path: Path) -> None:
    typeset(Bundle((LAW, SopSpec(Cover(), (chain(3),)), BLANK, Matter(("Ditetapkan di Tarempa",)))), tmp_path / "a.pdf")
    pages = read(tmp_path / "a.pdf").document.pages
    assert [page.role for page in pages] == ["other", "cover", "matrix", "blank", "other"]
    assert [page.sops for page in pages] == [[], ["a/01"], ["a/01"], [], []]
    assert "Mengingat : 1. Undang-Undang Nomor 25 Tahun 2009" in (pages[0].text or "")
    assert "Kualifikasi Pelaksana" in (pages[1].text or "")
    assert pages[3].text is None
    assert pages[4].text == "Ditetapkan di Tarempa"


def test_a_document_without_a_sop_says_so(tmp_path: Path) -> None:
    typeset(Bundle((LAW, LAW)), tmp_path / "a.pdf")
    done = read(tmp_path / "a.pdf")
    assert done.document.status == "no-sop"
    assert done.document.message == "no page of it holds a SOP"
    assert done.records == ()


def test_a_scan_that_was_not_to_be_recognised_is_told_as_unread(tmp_path: Path) -> None:
    typeset(SopSpec(Cover(), (chain(3),)), tmp_path / "a.pdf")
    degrade(tmp_path / "a.pdf", tmp_path / "scan.pdf", Scan())
    settings = Settings()
    done = digitize(tmp_path / "scan.pdf", replace(settings, ocr=replace(settings.ocr, when="never"))).document
    assert done.status == "not-read"
    assert done.message == "nothing of it was read: page 1 is a scan: recognition is switched off"


def test_a_document_of_which_a_part_was_not_read_says_which(tmp_path: Path) -> None:
    typeset(Bundle((LAW,)), tmp_path / "law.pdf")
    degrade(tmp_path / "law.pdf", tmp_path / "scan.pdf", Scan())
    both = PdfWriter()
    for name in ("law.pdf", "scan.pdf"):
        both.append(tmp_path / name)
    both.write(tmp_path / "both.pdf")
    settings = Settings()
    done = digitize(tmp_path / "both.pdf", replace(settings, ocr=replace(settings.ocr, when="never"))).document
    assert done.status == "no-sop"
    assert done.message == (
        "no page of it holds a SOP; 1 of its 2 pages were not read: page 2 is a scan: recognition is switched off"
    )


def test_a_page_with_the_words_of_the_form_looks_like_a_sop(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for place, label in enumerate(("Kegiatan", "Pelaksana", "Kelengkapan", "Mutu Baku", "Keterkaitan")):
        canvas.drawString(72 + 31 * place, 700 - 130 * place, label)
    canvas.save()
    done = read(tmp_path / "a.pdf").document
    assert done.status == "no-sop"
    assert str(done.message).startswith('page 1 looks like a SOP, it has "Keterkaitan", "Pelaksana", "Mutu Baku"')


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    typeset(SopSpec(Cover(), (chain(9, decision=3),)), tmp_path / "a.pdf")
    first, second = (read(tmp_path / "a.pdf") for _ in range(2))
    assert first.document == second.document
    assert [record.as_json() for record in first.records] == [record.as_json() for record in second.records]
