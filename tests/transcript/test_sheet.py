"""Made-up pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.transcript.sheet import Paragraph, SheetCell, SheetTable, lay_out, text_width, wrapped
from pipeline.transcript.tokens import line_of, text_of

TABLE = SheetTable(
    (50.0, 60.0),
    (
        SheetCell(0, 1, 0, 2, (line_of("PELAKSANA"),)),
        SheetCell(1, 2, 0, 1, (line_of("satu dua"), line_of("tiga"))),
        SheetCell(1, 2, 1, 2),
    ),
)


def test_words_lie_in_their_cells_and_below_the_title() -> None:
    page = lay_out(3, [Paragraph((line_of("SOP Arsip"),)), TABLE], (), 10.0)
    assert (page.number, page.kind) == (3, "transcript")
    top = min(ruling.at for ruling in page.rulings if ruling.axis == "h")
    assert all((word.box.bottom <= top) == (word.text in ("SOP", "Arsip")) for word in page.words)
    assert all(page.box.contains(*word.box.center) for word in page.words)


def test_a_merged_cell_has_no_ruling_inside() -> None:
    page = lay_out(1, [TABLE], (), 10.0)
    edges = sorted(ruling.at for ruling in page.rulings if ruling.axis == "h")
    inner = [ruling for ruling in page.rulings if ruling.axis == "v" and ruling.start > edges[0]]
    assert len(edges) == 3
    assert len(inner) == 1 and (inner[0].start, inner[0].end) == (edges[1], edges[2])


@given(st.lists(st.text("abc", min_size=1, max_size=12), max_size=12), st.floats(10, 80))
def test_wrapping_keeps_all_words_and_the_room(words: list[str], room: float) -> None:
    lines = wrapped(line_of(" ".join(words)), room, 10.0)
    assert " ".join(text_of(line) for line in lines) == " ".join(words)
    assert all(text_width(text_of(line), 10.0) <= room + 0.1 or len(line) == 1 for line in lines)
