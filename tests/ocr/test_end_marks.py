"""The mark at a word's end is told by its ink where the engine cannot write it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.model.geometry import Box
from pipeline.ocr.crops import Crop, RecognizedCrop
from pipeline.ocr.end_marks import with_semicolons
from pipeline.ocr.protocol import RecognizedWord
from pipeline.settings import ScanSettings

SIZE = 30.0  # pixels


def line_read(printed: list[str], read: list[str], fold: float = 0.0) -> RecognizedCrop:
    """A printed line, slanted by `fold`, and what an engine that cannot write every mark reads in it."""
    font = ImageFont.load_default(SIZE)
    picture = Image.new("L", (200 * len(printed) + 20, 80), 255)
    draw, x, words = ImageDraw.Draw(picture), 20.0, []
    for text, wrong in zip(printed, read, strict=True):
        draw.text((x, 50), text, fill=0, font=font, anchor="ls")
        left, top, right, bottom = draw.textbbox((x, 50), text, font=font, anchor="ls")
        words.append(RecognizedWord(wrong, Box(left, top, right, bottom), 0.9, 0))
        x = right + 0.3 * SIZE
    slanted = picture.transform(picture.size, Image.Transform.AFFINE, (1, fold, -50 * fold, 0, 1, 0), fillcolor=255)
    return RecognizedCrop(Crop(np.asarray(slanted, dtype=np.uint8), 0.0, 0.0, 1.0), tuple(words))


@pytest.mark.parametrize("slant", [0.0, 0.2])
@pytest.mark.parametrize("misread", [":", ",", "."])
def test_a_dot_with_a_comma_below_is_a_semicolon(misread: str, slant: float) -> None:
    crop = line_read(["surat", "pegawai;", "masuk"], ["surat", "pegawai" + misread, "masuk"], slant)
    seen = with_semicolons(crop, ScanSettings())
    assert [word.text for word in seen.words] == ["surat", "pegawai;", "masuk"]
    assert seen.rejected == {1: ("pegawai" + misread,)}


@pytest.mark.parametrize("slant", [0.0, 0.2])
@pytest.mark.parametrize(
    "word", ["tugas:", "pegawai,", "berkas,", "masuk,", "hari.", "yang:", "i.", "Hj.", "bidang:", "1,"]
)
def test_other_marks_stay(word: str, slant: float) -> None:
    crop = line_read(["Surat", word, "data"], ["Surat", word, "data"], slant)
    assert with_semicolons(crop, ScanSettings()) == crop


def test_a_semicolon_of_its_own_is_told_by_the_words_of_its_line() -> None:
    crop = line_read(["Surat", ";"], ["Surat", ":"])
    assert [word.text for word in with_semicolons(crop, ScanSettings()).words] == ["Surat", ";"]
