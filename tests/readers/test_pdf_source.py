"""Damaged PDFs: whatever any parser sees of them gets an entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject, RectangleObject
from typeset import typeset
from typeset.samples import chain
from typeset.spec import Cover, SopSpec

from bench.hostile_files import contents
from pipeline.model.document import DocumentError
from pipeline.model.page import Page
from pipeline.readers import pdf_source
from pipeline.readers.document import open_document
from pipeline.readers.pdf_plumber import PlumberFile
from pipeline.settings import ReadSettings, Settings

SPEC = SopSpec(Cover(), (chain(4),))


@pytest.fixture
def sop(tmp_path: Path) -> Path:
    """A SOP of two pages, all its objects uncompressed but the pages' content."""
    typeset(SPEC, tmp_path / "sop.pdf")
    return tmp_path / "sop.pdf"


def pages_of(path: Path, settings: Settings | None = None) -> list[Page]:
    with open_document(path, settings or Settings()) as document:
        return list(document.pages())


def told(pages: list[Page]) -> list[str]:
    return [issue.message for page in pages for issue in page.issues if issue.code == "page-mended"]


def test_a_file_that_is_whole_is_not_mended(sop: Path) -> None:
    pages = pages_of(sop)
    assert len(pages) == 2
    assert told(pages) == []


def test_a_file_that_is_cut_off_keeps_the_pages_that_are_there(sop: Path) -> None:
    content = sop.read_bytes()
    whole = pages_of(sop)
    sop.write_bytes(content[: content.rindex(b"xref") - 10])
    pages = pages_of(sop)
    assert [len(page.words) for page in pages] == [len(page.words) for page in whole]
    sop.write_bytes(content[: len(content) // 10])
    with pytest.raises(DocumentError) as fault:
        pages_of(sop)
    assert fault.value.status == "truncated"


def test_pages_that_pdfium_does_not_count_are_there(sop: Path) -> None:
    """Its tree says one page where it holds two: PDFium believes the count."""
    content = sop.read_bytes()
    counted = re.sub(rb"/Count 2", b"/Count 1", content)
    assert counted != content
    sop.write_bytes(counted)
    pages = pages_of(sop)
    assert len(pages) == 2
    assert all(page.words for page in pages)


def test_a_page_that_pdfium_cannot_load_is_mended_or_told(sop: Path) -> None:
    """The first page says that it is none."""
    content = sop.read_bytes()
    broken = re.sub(rb"/Type /Page\b", b"/Type /Pagf", content, count=1)
    assert broken != content
    sop.write_bytes(broken)
    pages = pages_of(sop)
    assert len(pages) == 2
    assert pages[1].words
    assert pages[0].words or pages[0].issues


@pytest.mark.parametrize(
    ("media", "crop"),
    [((0, 0, 0, 0), None), ((0, 0, 5, 5), None), ((0, 0, 612, 0), None), (None, (5000, 5000, 6000, 6000))],
)
def test_a_box_that_shows_nothing_is_replaced_and_told(
    tmp_path: Path, sop: Path, media: tuple[int, ...] | None, crop: tuple[int, ...] | None
) -> None:
    writer = PdfWriter(clone_from=PdfReader(sop))
    for key, box in (("/MediaBox", media), ("/CropBox", crop)):
        if box:
            writer.pages[0][NameObject(key)] = RectangleObject(box)
    writer.write(tmp_path / "boxed.pdf")
    pages = pages_of(tmp_path / "boxed.pdf")
    assert [len(page.words) > 0 for page in pages] == [True, True]
    (message,) = told(pages)
    assert message.startswith("page 1: its box shows nothing")


@pytest.mark.parametrize("unit", [0, -3, 10**9])
def test_a_unit_that_makes_no_page_is_not_believed(tmp_path: Path, sop: Path, unit: int) -> None:
    writer = PdfWriter(clone_from=PdfReader(sop))
    writer.pages[0][NameObject("/UserUnit")] = NumberObject(unit)
    writer.write(tmp_path / "unit.pdf")
    first, second = pages_of(tmp_path / "unit.pdf")
    assert (first.width, first.height) == (second.height, second.width)


def test_no_page_is_rendered_larger_than_any_sheet_needs(tmp_path: Path, sop: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(sop))
    writer.pages[0].mediabox = RectangleObject((0, 0, 14_000, 14_000))
    writer.write(tmp_path / "large.pdf")
    settings = Settings(read=ReadSettings(render_megapixels=4.0))
    with open_document(tmp_path / "large.pdf", settings) as document:
        list(document.pages())
        picture = document.picture(1)
    assert picture is not None
    rows, columns = picture.pixels.shape[:2]
    assert rows * columns <= 4.1e6
    assert picture.scale == pytest.approx(columns / 14_000, rel=0.01)


def test_a_page_that_only_pdfplumber_sees_has_an_entry(sop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sop.write_bytes(re.sub(rb"/Count 2", b"/Count 1", sop.read_bytes()))
    monkeypatch.setattr(pdf_source, "mended", lambda *_: None)
    monkeypatch.setattr(PlumberFile, "page_count", lambda _: 3)
    pages = pages_of(sop)
    assert [page.number for page in pages] == [1, 2, 3]
    assert pages[0].words
    assert [issue.code for issue in pages[2].issues] == ["page-unreadable"]


def test_a_file_that_nothing_can_mend_is_damaged(sop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sop.write_bytes(b"%PDF-1.7\n1 0 obj nonsense endobj\ntrailer<</Root 1 0 R>>\n%%EOF")
    monkeypatch.setattr(pdf_source, "mended", lambda *_: b"%PDF-1.7 nothing")
    with pytest.raises(DocumentError) as fault:
        pages_of(sop)
    assert fault.value.status in ("damaged", "zero-pages")


def test_a_file_whose_pages_another_parser_cannot_follow_is_closed_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "words.pdf"
    broken = contents()["box-words.pdf"]
    assert isinstance(broken, bytes)
    path.write_bytes(broken)
    plumber = PlumberFile(path, None)
    assert plumber.page_count() == 0
    plumber.close()
