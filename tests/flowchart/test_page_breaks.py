"""Connectors over page breaks: which bottom exit goes on in which top one, and which off-page connectors vanish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.flowchart.connectors import Connector, PageExit, PageSide, Terminal
from pipeline.flowchart.drawing import Shape
from pipeline.flowchart.edges import FlowPosition
from pipeline.flowchart.page_breaks import join_over_pages, page_continuations, resolve_off_page
from pipeline.flowchart.placement import PlacedShape
from pipeline.model.geometry import Box
from pipeline.settings import PageBreakSettings

SETTINGS = PageBreakSettings()


def connector(page: int, *ends: Terminal) -> Connector:
    return Connector(page, ends)


def at(symbol: str, head: float = 0.0) -> Terminal:
    return Terminal((0, 0), head, symbol)


def leaves(page: int, side: PageSide, x: float, label: str | None = None) -> Terminal:
    return Terminal((x, 0), 0.0, None, PageExit(page, side, x, label))


def symbols_of(connectors: Iterable[Connector]) -> set[frozenset[str]]:
    return {frozenset(t.symbol for t in n.terminals if t.symbol) for n in connectors}


def test_as_many_bottom_as_top_exits_go_on_in_order() -> None:
    connectors = [
        connector(1, at("a"), leaves(1, "bottom", 100)),
        connector(1, at("b"), leaves(1, "bottom", 200)),
        connector(2, leaves(2, "top", 150), at("c", 0.8)),
        connector(2, leaves(2, "top", 300), at("d", 0.8)),
    ]
    found, left = join_over_pages(connectors, [1, 2])
    assert symbols_of(found) == {frozenset("ac"), frozenset("bd")}
    assert left == []


def test_labels_come_before_order() -> None:
    connectors = [
        connector(1, at("a"), leaves(1, "bottom", 100, "A")),
        connector(1, at("b"), leaves(1, "bottom", 200, "B")),
        connector(2, leaves(2, "top", 100, "b"), at("c", 0.8)),
        connector(2, leaves(2, "top", 200, "a"), at("d", 0.8)),
    ]
    assert symbols_of(join_over_pages(connectors, [1, 2])[0]) == {frozenset("ad"), frozenset("bc")}


def test_a_half_without_the_other_is_told() -> None:
    found, left = join_over_pages([connector(1, at("a"), leaves(1, "bottom", 100))], [1, 2])
    assert [e.side for e in left] == ["bottom"]
    assert len(found) == 1


def test_a_line_may_pass_a_whole_page() -> None:
    connectors = [
        connector(1, at("a"), leaves(1, "bottom", 100)),
        connector(2, leaves(2, "top", 100), leaves(2, "bottom", 100)),
        connector(3, leaves(3, "top", 100), at("b", 0.8)),
    ]
    assert symbols_of(join_over_pages(connectors, [1, 2, 3])[0]) == {frozenset("ab")}


def test_a_line_that_goes_on_joins_symbols_of_two_pages() -> None:
    """A ruling taken for a line to the next page leads to no symbol there: what it leaves open is not its own end."""
    joined = connector(1, at("a"), leaves(2, "top", 250))
    positions = {"a": FlowPosition(1, 1, 100), "b": FlowPosition(2, 2, 100), "c": FlowPosition(2, 3, 100)}
    left = [PageExit(2, "top", 250, None)]
    (made,) = page_continuations([], left, [joined], positions, [1, 2], SETTINGS)
    assert made.key == ("a", "b")


def pentagon(
    id_: str, page: int, outside: PageSide | None = None, label: str | None = None, last: bool = False
) -> PlacedShape:
    shape = Shape("pentagon", 0.9)
    return PlacedShape(id_, page, Box(90, 0, 110, 20), shape, label, 1, 2, outside, False, last)


def test_a_pentagon_below_the_rows_is_an_exit_at_its_bottom() -> None:
    connectors, gone = resolve_off_page(
        [connector(1, at("a"), at("p", 0.8))], [pentagon("p", 1, "bottom")], [1, 2], SETTINGS
    )
    assert gone == {"p"}
    assert [t.exit.side for t in connectors[0].terminals if t.exit] == ["bottom"]


def test_a_pentagon_with_lines_in_and_out_is_a_step() -> None:
    connectors, gone = resolve_off_page(
        [connector(1, at("a"), at("p", 0.8)), connector(1, at("p"), at("b", 0.8))],
        [pentagon("p", 1, last=True)],
        [1, 2],
        SETTINGS,
    )
    assert gone == set()
    assert all(t.exit is None for n in connectors for t in n.terminals)


def test_trapezoids_with_the_numbers_of_their_rows_are_steps() -> None:
    connectors = [connector(1, at("a"), at("p", 0.8)), connector(1, at("p"), at("b", 0.8))]
    connectors += [connector(1, at("b"), at("q", 0.8))]
    steps = [
        replace(pentagon(id_, 1, label=str(row)), shape=Shape("trapezoid", 0.9), no=row, in_last_row=row == 4)
        for id_, row in (("p", 3), ("other", 3), ("q", 4))
    ]
    assert resolve_off_page(connectors, steps, [1, 2], SETTINGS) == (connectors, set())


def test_two_circles_of_one_label_are_one_place() -> None:
    connectors = [connector(1, at("a"), at("p", 0.8)), connector(1, at("q"), at("b", 0.8))]
    changed, gone = resolve_off_page(
        connectors, [pentagon("p", 1, label="A"), pentagon("q", 1, label="A")], [1], SETTINGS
    )
    assert gone == {"p", "q"}
    assert {t.exit.side for n in changed for t in n.terminals if t.exit} == {"bottom", "top"}
