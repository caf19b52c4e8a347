"""What is drawn on a page, placed where it is displayed: the same as pdfplumber tells of it."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from typeset import Cover, SopSpec, Style, chain, typeset

from bench.hostile_files import PAGE, TEXT, page_pdf
from pipeline.model.orientation import Orientation
from pipeline.readers.pdf_plumber import DisplayedArea, PlumberFile

KINDS = ("char", "line", "rect", "curve", "image")


@pytest.mark.parametrize("style", [Style(), Style(rotate=90), Style(crop=(20, 40, 30, 10)), Style(user_unit=2.5)])
def test_objects_are_pdfplumbers_own_in_displayed_coordinates(style: Style, tmp_path: Path) -> None:
    typeset(SopSpec(Cover(), (chain(4),)), tmp_path / "sop.pdf", style)
    with pdfplumber.open(tmp_path / "sop.pdf") as pdf:
        for page in pdf.pages:
            sheet = DisplayedArea.of(page)
            things = sheet.things(page)
            assert set(things) == set(page.objects)
            assert len(things["char"]) > 50
            for kind in KINDS:
                theirs = [sheet.placed(thing) for thing in page.objects.get(kind, ())]
                ours = things.get(kind, [])
                assert ours == [{key: whole[key] for key in own} for own, whole in zip(ours, theirs, strict=True)]


def test_a_page_whose_dictionary_is_broken_is_told_by_none(tmp_path: Path) -> None:
    broken = PAGE.replace(b"/Resources<<", b"/Resources<</ExtGState<</G3 6 0 R /G4>>")
    (tmp_path / "broken.pdf").write_bytes(page_pdf(TEXT, page=broken))
    file = PlumberFile(tmp_path / "broken.pdf", None)
    assert (file.page_count(), file.unit(0), file.image_attributes(0)) == (0, 1.0, [])
    assert len(file.characters(0, Orientation.UPRIGHT)[0]) == 0
    file.close()
