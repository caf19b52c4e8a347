"""Words of a text layer that nobody sees are told apart from those that are seen, and are in no field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from pipeline.model.page import Page
from pipeline.readers.pdf import PdfFile
from pipeline.settings import ReadSettings

Paint = Callable[[Canvas], None]


def clipped(canvas: Canvas) -> None:
    """The overflow of a spreadsheet's cell: all is painted, but only its cell shows."""
    canvas.saveState()
    cell = canvas.beginPath()
    cell.rect(100, 390, 28, 20)
    canvas.clipPath(cell, stroke=0)
    canvas.drawString(100, 400, "Surat tersembunyi")
    canvas.restoreState()


def covered(canvas: Canvas) -> None:
    """An old number under a white patch, and the new one on it."""
    canvas.drawString(100, 400, "lama")
    canvas.setFillGray(1)
    canvas.rect(95, 395, 80, 20, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(100, 400, "Surat")


def invisible(canvas: Canvas) -> None:
    canvas.drawString(100, 400, "Surat")
    text = canvas.beginText(100, 420)
    text.setTextRenderMode(3)
    text.textOut("tersembunyi")
    canvas.drawText(text)


def white(canvas: Canvas) -> None:
    """A template's field that was left in, in the colour of the paper."""
    canvas.drawString(100, 400, "Surat")
    canvas.setFillGray(1)
    canvas.drawString(100, 420, "${ttd_pengirim2}")


def tiny(canvas: Canvas) -> None:
    canvas.drawString(100, 400, "Surat")
    canvas.setFont("Helvetica", 0.2)
    canvas.drawString(100, 420, "kecil")


def white_on_dark(canvas: Canvas) -> None:
    """A head of a dark table: white letters on blue."""
    canvas.setFillColorRGB(0.1, 0.2, 0.6)
    canvas.rect(95, 395, 80, 20, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.drawString(100, 400, "Surat")


def white_on_gradient(canvas: Canvas) -> None:
    """White letters on what PDFium tells no colour of."""
    canvas.saveState()
    head = canvas.beginPath()
    head.rect(95, 395, 80, 20)
    canvas.clipPath(head, stroke=0)
    canvas.linearGradient(95, 395, 175, 395, (HexColor("#1f4e79"), HexColor("#2e75b6")))
    canvas.restoreState()
    canvas.setFillGray(1)
    canvas.drawString(100, 400, "Surat")
    canvas.drawString(100, 430, "rahasia")


def on_white_patch(canvas: Canvas) -> None:
    """Cells are often painted white before what stands in them."""
    canvas.setFillGray(1)
    canvas.rect(95, 395, 80, 20, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(100, 400, "Surat")


def under_see_through(canvas: Canvas) -> None:
    """A marker's stroke leaves the words below it to be seen."""
    canvas.drawString(100, 400, "Surat")
    canvas.setFillColorRGB(1, 1, 1, alpha=0.4)
    canvas.rect(95, 395, 80, 20, stroke=0, fill=1)


def marked(canvas: Canvas, size: float, grey: float, degrees: float) -> None:
    """A word, and another one across the page."""
    canvas.drawString(100, 400, "Pengadministrasi")
    canvas.translate(60, 350)
    canvas.rotate(degrees)
    canvas.setFillGray(grey)
    canvas.setFont("Helvetica", size)
    canvas.drawString(0, 0, "DRAFT")


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Paint], Page]:
    def painted(paint: Paint) -> Page:
        canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
        canvas.setFont("Helvetica", 11)
        paint(canvas)
        canvas.save()
        file = PdfFile(tmp_path / "a.pdf", None, ReadSettings())
        try:
            return next(file.pages()).page
        finally:
            file.close()

    return painted


@pytest.mark.parametrize(
    ("paint", "hidden"),
    [
        (clipped, "tersembunyi"),
        (covered, "lam"),  # its last letter is the new number's too, in the same place
        (invisible, "tersembunyi"),
        (white, "${ttd_pengirim2}"),
        (tiny, "kecil"),
        (white_on_dark, None),
        (white_on_gradient, "rahasia"),
        (on_white_patch, None),
        (under_see_through, None),
    ],
)
def test_what_cannot_be_seen_is_kept_apart(read: Callable[[Paint], Page], paint: Paint, hidden: str | None) -> None:
    page = read(paint)
    assert [word.text for word in page.words] == ["Surat"]
    assert [word.text for word in page.hidden_words] == ([hidden] if hidden else [])


@pytest.mark.parametrize(("size", "grey", "degrees"), [(90, 0.8, 45), (90, 0, -30), (11, 0.6, 30), (100, 0.8, 0)])
def test_a_watermark_is_no_text(read: Callable[[Paint], Page], size: float, grey: float, degrees: float) -> None:
    page = read(lambda canvas: marked(canvas, size, grey, degrees))
    assert [word.text for word in page.words] == ["Pengadministrasi"]
    assert sorted("".join(word.text for word in page.hidden_words)) == sorted("DRAFT")


@pytest.mark.parametrize(("size", "grey", "degrees"), [(11, 0, 45), (40, 0.8, 0), (11, 0.8, 90)])
def test_small_dark_writing_on_the_slant_is_text(
    read: Callable[[Paint], Page], size: float, grey: float, degrees: float
) -> None:
    """A spreadsheet's heads may lie so; titles are large, and hints are grey."""
    page = read(lambda canvas: marked(canvas, size, grey, degrees))
    assert sorted("".join(word.text for word in page.words)) == sorted("PengadministrasiDRAFT")
    assert page.hidden_words == ()
