from __future__ import annotations

import io

import numpy as np
from PIL import Image

from pipeline.export.draw import CELL, RULING, SYMBOLS, edge_line, png, symbol_text, title
from pipeline.model.draft import Band, Edge, Lane, Symbol
from pipeline.model.geometry import Box
from pipeline.model.grid import Cell, Grid
from pipeline.model.page import Page, Picture, Ruling, Word
from pipeline.model.view import PageView

START = Symbol("n1", 1, 1, 2, "start", Box(110, 60, 130, 80), "Mulai", 0.934)
END = Symbol("n2", 1, 2, 2, "end", Box(110, 110, 130, 130))


def page() -> Page:
    return Page(
        number=4,
        width=300.0,
        height=200.0,
        kind="text",
        words=(Word("Surat", Box(20, 60, 60, 70), 10.0), Word("kabur", Box(20, 100, 60, 110), 10.0, 0.3)),
        rulings=(Ruling("h", 100.0, 10.0, 290.0), Ruling("v", 90.0, 50.0, 150.0)),
    )


def view(scale: float | None = 2.0) -> PageView:
    cell = Cell(0, 1, 0, 1, Box(10, 50, 90, 100))
    return PageView(
        page=page(),
        role="matrix",
        picture=None if scale is None else Picture(np.full((400, 600, 3), 255, np.uint8), scale),
        sops=("a/01",),
        grids=(Grid(4, (10, 90), (50, 100), (cell,)),),
        regions=(("judul", Box(10, 30, 200, 45)),),
        bands=(Band(1, 50, 100), Band(2, 100, 150)),
        lanes=(Lane(2, 90, 150),),
        symbols=(START, END),
        edges=(Edge("n1", "n2", 4, START.box, "ya"), Edge("n2", "n9", 4, END.box), Edge("n8", "n9", 4, END.box)),
        connectors=(((120, 80), (120, 110)),),
        arrowheads=(Box(117, 105, 123, 110),),
    )


def drawn(shown: PageView) -> Image.Image:
    return Image.open(io.BytesIO(png(shown))).convert("RGB")


def test_the_picture_has_the_size_of_the_page() -> None:
    assert drawn(view()).size == (600, 400)
    assert drawn(view(scale=None)).size == (300, 200)


def test_what_was_found_stands_where_it_was_found() -> None:
    image = drawn(view())
    assert image.getpixel((500, 200)) == RULING
    assert image.getpixel((22, 150)) == CELL
    assert image.getpixel((220, 140)) == SYMBOLS["start"]


def test_drawn_twice_it_is_the_same_to_the_byte() -> None:
    assert png(view()) == png(view())


def test_what_is_written_on_it() -> None:
    assert title(view()) == "page 4: text, matrix, a/01"
    assert symbol_text(START) == 'n1 start "Mulai" 0.93'
    assert symbol_text(END) == "n2 end"


def test_an_edge_that_leaves_the_page_ends_at_its_rim() -> None:
    places = {"n1": START}
    assert edge_line(Edge("n1", "n9", 4, START.box), places, 200.0) == ((120, 70), (120, 198))
    assert edge_line(Edge("n9", "n1", 4, START.box), places, 200.0) == ((120, 2), (120, 70))
    assert edge_line(Edge("n8", "n9", 4, START.box), places, 200.0) == ()


def test_a_blank_page_can_be_drawn() -> None:
    blank = Page(1, 100.0, 100.0, "blank", (), ())
    assert drawn(PageView(blank, "blank")).size == (100, 100)
