"""What `python -m bench.fuzz` found in the reading of files, each as small as it can be."""

from __future__ import annotations

from pathlib import Path

from bench.hostile_files import FONT, TEXT, page_pdf, stream, with_forms
from pipeline import digitize
from pipeline.model.orientation import Orientation
from pipeline.readers.pdf_plumber import PlumberFile
from pipeline.settings import OcrSettings, Settings

WITHOUT_OCR = Settings(ocr=OcrSettings(when="never"))
FONT_WITH_MAP = FONT.replace(b">>", b"/ToUnicode 6 0 R>>")
IMAGE = b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"


def shown(content: bytes) -> bytes:
    """A page that shows an image of 8 x 8 pixels by that content."""
    image = stream(bytes(64), IMAGE, packed=True)
    return page_pdf(content, image, page=with_forms(b"/X 6 0 R"))


def test_an_image_of_which_no_pixel_lies_on_the_page(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    path.write_bytes(shown(b"q 900000 0 0 900000 0 0 cm /X Do Q " + TEXT))
    assert digitize(path, WITHOUT_OCR).document.status == "not-read"


def test_letters_of_no_size_that_the_second_reader_finds_are_seen_by_nobody(tmp_path: Path) -> None:
    path = tmp_path / "tiny.pdf"
    path.write_bytes(page_pdf(b"BT /F 12 Tf 72 700 Td (Mutu) Tj 0 0 0 0 72 600 Tm (Baku) Tj ET"))
    file = PlumberFile(path, None)
    found, _ = file.characters(0, Orientation.UPRIGHT, WITHOUT_OCR.read.text.tiny)
    file.close()
    assert "".join(found.texts) == "MutuBaku"
    assert "".join(found.where(found.are_seen).texts) == "Mutu"


def test_a_font_whose_run_lengths_end_too_early(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(page_pdf(TEXT, stream(b"\x05ab", b"/Filter/RunLengthDecode")).replace(FONT, FONT_WITH_MAP))
    file = PlumberFile(path, None)
    assert file.soft_hyphens(0) == []
    file.close()
