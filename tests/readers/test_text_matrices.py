"""Words of text whose matrix is not quite upright, whose letters are placed one by one, or that stands on end."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipeline import digitize
from pipeline.model.orientation import Orientation
from pipeline.model.page import Page
from pipeline.readers.pdf import PdfFile
from pipeline.settings import ReadSettings

LEVEL = "0.92 {residue} {opposite} 0.92"
ON_END = "{residue} 0.92 -0.92 {residue}"
DOWN = "{residue} -0.92 0.92 {residue}"


def page_with(path: Path, *code: str) -> Page:
    """A page of two lines of text as it is, and what the operators paint."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Helvetica", 11)
    for y in (700, 680):
        canvas.drawString(100, y, "Kepala bidang memeriksa berkas")
    canvas._code += code
    canvas.save()
    file = PdfFile(path, None, ReadSettings())
    try:
        return next(file.pages()).page
    finally:
        file.close()


@pytest.mark.parametrize("residue", ["-0.000000017", "0.000000017", "0.00004"])
@pytest.mark.parametrize("apart", [True, False])
def test_a_residue_in_the_matrix_parts_no_word(residue: str, apart: bool, tmp_path: Path) -> None:
    matrix = LEVEL.format(residue=residue, opposite=residue.lstrip("-"))
    places = [100.0]
    if apart:  # each letter where the one before it ends
        places = [100 + 0.92 * stringWidth("Mengajukan"[:i], "Helvetica", 11) for i in range(10)]
    texts = "Mengajukan" if apart else ["Mengajukan"]
    code = [f"BT /F1 11 Tf {matrix} {x:.3f} 600 Tm ({text}) Tj ET" for x, text in zip(places, texts, strict=True)]
    page = page_with(tmp_path / "a.pdf", *code)
    assert [word.text for word in page.words][-1] == "Mengajukan"


@pytest.mark.parametrize("residue", ["-0.000000017", "0.000000017", "0"])
@pytest.mark.parametrize(
    ("matrix", "orientation"), [(ON_END, Orientation.BOTTOM_TO_TOP), (DOWN, Orientation.TOP_TO_BOTTOM)]
)
def test_a_label_on_end_reads_the_right_way_round(
    matrix: str, orientation: Orientation, residue: str, tmp_path: Path
) -> None:
    code = f"BT /F1 11 Tf {matrix.format(residue=residue)} 300 500 Tm (Pelengkap) Tj ET"
    page = page_with(tmp_path / "a.pdf", code)
    (label,) = [word for word in page.words if word.text == "Pelengkap"]
    assert label.orientation is orientation


def test_words_that_nobody_sees_are_kept_in_the_document(tmp_path: Path) -> None:
    page_with(tmp_path / "a.pdf", "BT 1 1 1 rg /F1 11 Tf 1 0 0 1 100 500 Tm (rahasia) Tj ET")
    (page,) = digitize(tmp_path / "a.pdf").document.pages
    assert page.hidden_text == "rahasia"
    assert "rahasia" not in (page.text or "")


@pytest.mark.parametrize("turned", [True, False])
@pytest.mark.parametrize("in_form", [True, False])
def test_a_ligature_that_stands_for_letters_is_where_it_is_painted(turned: bool, in_form: bool, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    canvas.setFont("Helvetica", 11)
    canvas.drawString(100, 700, "Kepala bidang memeriksa berkas")
    wide = stringWidth("Veri", "Helvetica", 11)
    matrix = "0 1 -1 0 300 500" if turned else "1 0 0 1 300 500"
    code = [f"BT /F1 11 Tf {'1 0 0 1 0 0' if in_form else matrix} Tm (Veri) Tj /Span <</ActualText (fi)>> BDC"]
    code += ["(n) Tj EMC (kator) Tj ET"]
    if in_form:  # as Chromium writes what is turned
        canvas.saveState()
        canvas._code.append(f"{matrix} cm")
        canvas.beginForm("head", 0, -20, 100, 20)
        canvas._code += code
        canvas.endForm()
        canvas.doForm("head")
        canvas.restoreState()
    else:
        canvas._code += code
    canvas.save()
    file = PdfFile(tmp_path / "a.pdf", None, ReadSettings())
    try:
        page = next(file.pages()).page
    finally:
        file.close()
    (word,) = [word for word in page.words if word.text == "Verifikator"]
    assert max(word.box.width, word.box.height) == pytest.approx(wide + stringWidth("nkator", "Helvetica", 11), abs=2)
    assert word.box.contains(300 - 4 * turned, 842 - 500 - 4, 1)
