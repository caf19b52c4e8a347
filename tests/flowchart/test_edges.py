"""How sure the ends and the direction of an edge are: by its arrowheads, by the way it leads, by the flow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.flowchart.connectors import Connector, Terminal
from pipeline.flowchart.drawing import LineSegment
from pipeline.flowchart.edges import DirectedEdge, EdgeKey, FlowPosition, directed_edges
from pipeline.settings import FlowSettings

SETTINGS = FlowSettings()
SURE, SURE_ENDS = SETTINGS.edges.sure_direction, SETTINGS.edges.sure_ends


def found(*connectors: Connector, **positions: FlowPosition) -> dict[EdgeKey, DirectedEdge]:
    return {edge.key: edge for edge in directed_edges(connectors, positions, SETTINGS)}


def joins(passed: tuple[str, ...] = (), **heads: float) -> Connector:
    """A connector between symbols, with the strengths of its arrowheads there."""
    return Connector(1, tuple(Terminal((0, 0), head, id_) for id_, head in heads.items()), (), passed)


def at(row: int, column: int = 2, decision: bool = False) -> FlowPosition:
    return FlowPosition(1, row, 60.0 * column, decision, column)


def test_without_an_arrowhead_a_line_leads_on_to_the_later_row_and_that_is_sure() -> None:
    """Also where nothing leads to the first step yet, and the second one leads nowhere."""
    edges = found(joins(a=0.0, b=0.0), joins(a=0.9, c=0.0), a=at(2), b=at(3), c=at(1))
    assert edges.keys() == {("c", "a"), ("a", "b")}
    assert edges["a", "b"].direction >= SURE
    places = {"a": at(1), "b": at(2), "c": at(3)}
    assert ("a", "b") in found(joins(a=0.0, b=0.0), joins(a=0.0, c=0.9), **places)


def test_without_an_arrowhead_within_a_row_the_direction_is_unsure() -> None:
    [edge] = found(joins(a=0.0, b=0.0), a=at(1, 2), b=at(1, 3)).values()
    assert edge.key == ("a", "b")
    assert edge.direction < SURE


def test_without_an_arrowhead_a_decision_that_lacks_a_way_out_leads_back_and_that_is_unsure() -> None:
    edges = found(joins(b=0.0, c=0.9), joins(a=0.0, c=0.0), a=at(1), b=at(2), c=at(3, 2, decision=True))
    assert edges["c", "a"].direction < SURE


@pytest.mark.parametrize(("weaker", "is_sure"), [(0.9, True), (0.75, False)])
def test_arrowheads_at_both_ends_are_sure_where_they_are_alike(weaker: float, is_sure: bool) -> None:
    edges = found(joins(a=weaker, b=0.92), a=at(1, 2), b=at(1, 3))
    assert {key: edge.direction >= SURE for key, edge in edges.items()} == {("a", "b"): is_sure, ("b", "a"): is_sure}


@pytest.mark.parametrize("goal", [1, 5])
def test_only_a_decision_is_sure_to_lead_back_or_past_rows(goal: int) -> None:
    for decision in (False, True):
        [edge] = found(joins(a=0.0, b=0.95), a=at(3, 2, decision), b=at(goal), other=at(4)).values()
        assert (edge.ends >= SURE_ENDS) is decision


def test_a_row_without_a_symbol_is_none_to_lead_past() -> None:
    [edge] = found(joins(a=0.0, b=0.95), a=at(3), b=at(5)).values()
    assert edge.ends >= SURE_ENDS


def test_a_connector_that_vectors_tell_apart_may_lead_anywhere() -> None:
    for goal in (at(1), at(5), at(3)):
        [edge] = found(replace(joins(a=0.0, b=0.95), painted_apart=True), a=at(3), b=goal, other=at(4)).values()
        assert edge.ends >= SURE_ENDS


def test_a_connector_between_two_symbols_of_one_cell_is_unsure_unless_one_begins_or_ends_the_flow() -> None:
    for is_round in (False, True):
        goal = replace(at(3), is_round=is_round)
        [edge] = found(joins(a=0.0, b=0.95), a=at(3), b=goal).values()
        assert (edge.ends >= SURE_ENDS) is is_round


def test_what_else_is_seen_at_a_symbol_that_two_connectors_run_through_parts_them_none_the_less() -> None:
    """A letter beside the line was taken for a third end, at the very symbol that the line runs through."""
    both = joins(("middle",), step=0.0, middle=0.0, asks=0.6)
    edges = found(both, step=at(1, 2), middle=at(2, 3), asks=at(2, 4, decision=True))
    assert edges.keys() == {("middle", "asks"), ("asks", "step")}


def test_two_edges_whose_lines_meet_exchange_their_targets_where_only_so_neither_is_unusual() -> None:
    """The lines of a (row 1) and b (row 2) run on one line between them; c stands in row 2, d in row 3."""
    places = {"a": at(1, 3), "b": at(2, 3), "c": at(2, 2), "d": at(3, 2)}
    for x, expected in ((150, {("a", "c"), ("b", "d")}), (90, {("a", "d"), ("b", "c")})):
        down = replace(joins(a=0.0, d=0.9), segments=(LineSegment((x, 50), (x, 300)),))
        level = replace(joins(b=0.0, c=0.9), segments=(LineSegment((160, 150), (130, 150)),))
        edges = found(down, level, **places)
        assert edges.keys() == expected
        assert edges[next(key for key in expected if key[0] == "a")].ends < SURE_ENDS
