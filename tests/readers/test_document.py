"""Which pages of a file are recognised, and what is told where they are not."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from scanned import Silent, paper, printed, ruled, seen, sop, tesseract

from bench.degrade import Scan, degrade
from pipeline.model.page import Page
from pipeline.ocr.protocol import Engine, OcrMissingError
from pipeline.readers import document
from pipeline.readers.document import open_document
from pipeline.settings import Settings

AUTO = Settings()
NEVER = replace(AUTO, ocr=replace(AUTO.ocr, when="never"))
FORCE = replace(AUTO, ocr=replace(AUTO.ocr, when="force"))

Use = Callable[[Engine | None], None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Lets documents be read with an engine, or with none installed."""

    def use_engine(engine: Engine | None) -> None:
        def opened(_: object) -> Engine:
            if engine is None:
                raise OcrMissingError("Tesseract is not installed", "tesseract-ocr")
            return engine

        monkeypatch.setattr(document, "engine_for", opened)

    return use_engine


def pages_of(path: Path, settings: Settings = AUTO) -> list[Page]:
    with open_document(path, settings) as opened:
        return list(opened.pages())


def told(page: Page) -> list[tuple[str, str]]:
    return [(issue.code, issue.message) for issue in page.issues]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A SOP of two typed pages."""
    return sop(tmp_path)


@pytest.fixture
def scan(text: Path) -> Path:
    """The same, scanned."""
    return degrade(text, text.with_name("scan.pdf"), Scan())


@pytest.fixture
def image(text: Path) -> Path:
    """The second page of it as a picture."""
    path = text.with_name("page.png")
    Image.fromarray(seen(text, 2)).save(path, dpi=(200, 200))
    return path


@pytest.fixture
def pasted(tmp_path: Path) -> Path:
    """A typed page with the picture of a table pasted on it."""
    table = ruled(paper(300, 200), (10.0, 150.0, 290.0), (10.0, 60.0, 190.0))
    for row in range(4):
        printed(table, "Menerima surat", 16, 80 + 20 * row)
    picture = io.BytesIO()
    Image.fromarray(table).save(picture, "PNG")
    canvas = Canvas(str(tmp_path / "pasted.pdf"), pagesize=(600, 800))
    for line in range(8):
        canvas.drawString(60, 740 - 14 * line, "Standar operasional prosedur yang digambarkan di bawah ini")
    canvas.drawImage(ImageReader(picture), 100, 200, 400, 267)
    canvas.save()
    return tmp_path / "pasted.pdf"


def test_typed_pages_need_no_engine(text: Path, use: Use) -> None:
    use(None)
    pages = pages_of(text)
    assert [page.kind for page in pages] == ["text", "text"]
    assert all(page.words and not page.issues for page in pages)


def test_scanned_pages_are_recognised(scan: Path, use: Use) -> None:
    use(Silent())
    assert [page.kind for page in pages_of(scan)] == ["scan", "scan"]
    assert {word.text for page in pages_of(scan) for word in page.words} == {"kata"}


def test_a_picture_is_a_scanned_page(image: Path, use: Use) -> None:
    use(Silent())
    with open_document(image, AUTO) as opened:
        assert len(opened) == 1
        (page,) = opened.pages()
        assert page.kind == "scan"
        assert {word.text for word in page.words} == {"kata"}
        picture = opened.picture(1)
        assert picture is not None
        assert picture.pixels.shape[1] / picture.scale == pytest.approx(page.width, abs=1)
        opened.keep(())
        assert opened.picture(1) is None


def test_the_picture_of_a_scanned_page_that_was_let_go_is_rendered_again(scan: Path, use: Use) -> None:
    use(Silent())
    with open_document(scan, AUTO) as opened:
        list(opened.pages())
        kept = opened.picture(1)
        opened.keep(())
        rendered = opened.picture(1)
    assert kept is not None
    assert rendered is not None
    assert kept.pixels.shape[1] / kept.scale == pytest.approx(rendered.pixels.shape[1] / rendered.scale, abs=2)


def test_typed_pages_are_recognised_too_where_that_is_forced(text: Path, use: Use) -> None:
    use(Silent())
    pages = pages_of(text, FORCE)
    assert [page.kind for page in pages] == ["scan", "scan"]
    assert {word.text for page in pages for word in page.words} == {"kata"}


def test_with_recognition_switched_off_scans_stay_unread_and_say_so(scan: Path, image: Path, text: Path) -> None:
    (page,) = pages_of(image, NEVER)
    for unread in (*pages_of(scan, NEVER), page):
        assert (unread.kind, unread.words) == ("scan", ())
        assert told(unread) == [
            ("page-not-read", f"page {unread.number} is a scan: recognition is switched off"),
        ]
    assert page.height == pytest.approx(pages_of(text, NEVER)[1].height, abs=1)
    assert all(page.words for page in pages_of(text, NEVER))


def test_without_an_engine_a_scanned_page_stays_unread_and_says_so(scan: Path, use: Use) -> None:
    use(None)
    first, _ = pages_of(scan)
    assert first.words == ()
    assert told(first) == [
        (
            "page-not-read",
            "page 1 is a scan: Tesseract is not installed: apt-get install tesseract-ocr",
        )
    ]


def test_without_an_engine_a_picture_cannot_be_read(image: Path, use: Use) -> None:
    use(None)
    with pytest.raises(OcrMissingError):
        pages_of(image)


def test_a_table_pasted_as_a_picture_is_recognised_on_its_typed_page(pasted: Path, use: Use) -> None:
    use(Silent())
    (page,) = pages_of(pasted)
    assert page.kind == "mixed"
    assert {"Standar", "kata"} <= {word.text for word in page.words}
    assert len(page.rulings) >= 6


def test_without_an_engine_a_pasted_table_is_told(pasted: Path, use: Use) -> None:
    use(None)
    (page,) = pages_of(pasted)
    assert {word.text for word in page.words} >= {"Standar"}
    assert told(page) == [
        ("page-not-read", "page 1: Tesseract is not installed: apt-get install tesseract-ocr"),
    ]
    (page,) = pages_of(pasted, NEVER)
    assert told(page) == []


def test_a_scan_with_a_point_for_a_pixel_is_a_sheet_of_paper(tmp_path: Path, text: Path, use: Use) -> None:
    """As phones and picture tools save it: 23 x 32 inches, of which every part would be rendered and gone through."""
    use(tesseract())
    usual, odd = tmp_path / "usual.pdf", tmp_path / "odd.pdf"
    picture = Image.fromarray(seen(text, 1))
    for path, shown in ((usual, (595.0, 842.0)), (odd, picture.size)):
        canvas = Canvas(str(path), pagesize=shown)
        canvas.drawImage(ImageReader(picture), 0, 0, *shown)
        canvas.save()
    (page,), (large,) = pages_of(usual), pages_of(odd)
    assert (large.width, large.height) == pytest.approx((page.width, page.height), abs=1.0)
    words, same = (Counter(word.text for word in found.words) for found in (page, large))
    assert (words & same).total() > 0.9 * words.total()
    factor = picture.size[0] / 595
    label, same_label = (next(word for word in found.words if word.text == "Nomor") for found in (page, large))
    box = large.transform.displayed(same_label.box)
    assert box.x0 == pytest.approx(label.box.x0 * factor, abs=3 * factor)
    assert box.bottom == pytest.approx(label.box.bottom * factor, abs=3 * factor)


@pytest.fixture
def garbled(tmp_path: Path) -> Path:
    """A typed page whose text layer holds the numbers of glyphs."""
    said = "Menerima dan memeriksa kelengkapan berkas permohonan lalu meneruskan kepada kepala bagian"
    canvas = Canvas(str(tmp_path / "garbled.pdf"))
    for row in range(3):
        line = " ".join("".join(chr(ord(letter) - 29) for letter in word) for word in said.split())
        canvas.drawString(60, 700 - 20 * row, line)
    canvas.save()
    return tmp_path / "garbled.pdf"


def test_a_page_whose_text_says_no_words_is_recognised(garbled: Path, use: Use) -> None:
    use(Silent())
    (page,) = pages_of(garbled)
    assert page.kind == "scan"
    assert told(page)[-1] == ("text-undecodable", "page 1: the text layer says no words")


@pytest.mark.parametrize("settings", [AUTO, NEVER])
def test_without_an_engine_its_text_stays(garbled: Path, use: Use, settings: Settings) -> None:
    use(None)
    (page,) = pages_of(garbled, settings)
    assert page.kind == "text"
    assert page.words
