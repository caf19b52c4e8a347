"""Which shapes are symbols: those in the Pelaksana columns that are no letter and no cell of the table."""

from __future__ import annotations

import pytest

from pipeline.flowchart.drawing import DrawnShape, Shape
from pipeline.flowchart.placement import is_symbol, joined_text
from pipeline.model.draft import Band, Lane, MatrixPart
from pipeline.model.geometry import Box
from pipeline.model.page import Page, Word
from pipeline.settings import FlowSettings

SETTINGS = FlowSettings().placement
PART = MatrixPart(
    page=Page(1, 400.0, 300.0, "scan", (), ()),
    box=Box(40.0, 40.0, 360.0, 160.0),
    bands=(Band(1, 60.0, 100.0), Band(2, 100.0, 160.0)),
    lanes=(Lane(2, 120.0, 180.0), Lane(3, 180.0, 240.0)),
)


def symbol(box: Box) -> bool:
    return is_symbol(DrawnShape(Shape("box", 0.9), box), PART, (), SETTINGS)


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(Box(120.8, 61.0, 179.2, 99.0), id="one"),
        pytest.param(Box(181.0, 101.0, 239.0, 159.0), id="another"),
        pytest.param(Box(121.0, 61.0, 239.0, 159.0), id="several"),
    ],
)
def test_what_doubled_rulings_enclose_is_a_cell(box: Box) -> None:
    assert not symbol(box)


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(Box(130.0, 70.0, 170.0, 90.0), id="inside"),
        pytest.param(Box(130.0, 61.0, 170.0, 99.0), id="as high as its row"),
        pytest.param(Box(121.0, 70.0, 179.0, 90.0), id="as wide as its column"),
    ],
)
def test_a_box_with_room_around_it_is_a_symbol(box: Box) -> None:
    assert symbol(box)


def test_what_a_ruling_cuts_through_is_one_word() -> None:
    def word(text: str, x0: float, x1: float, top: float = 10.0) -> Word:
        return Word(text, Box(x0, top, x1, top + 6.0), 6.0)

    cut = [word("ak", 17.0, 22.0), word("tid", 10.0, 17.0)]
    assert joined_text(cut) == "tidak"
    assert joined_text([*cut, word("setuju", 23.7, 40.0)]) == "tidak setuju"
    assert joined_text([*cut, word("ya", 10.0, 16.0, top=20.0)]) == "tidak ya"
    assert joined_text([]) is None
