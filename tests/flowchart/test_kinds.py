"""start and end by shape, text and place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.flowchart.connectors import Connector
from pipeline.flowchart.drawing import ShapeKind
from pipeline.flowchart.edges import DirectedEdge
from pipeline.flowchart.kinds import ShapedSymbol, with_kinds
from pipeline.model.draft import Symbol, SymbolKind
from pipeline.model.geometry import Box
from pipeline.settings import KindSettings

SETTINGS = KindSettings()


def shaped(id_: str, no: int, shape: ShapeKind, label: str | None = None) -> ShapedSymbol:
    return ShapedSymbol(Symbol(id_, 1, no, 2, "process", Box(0, no * 10, 10, no * 10 + 5), label, 0.9), shape)


def edge(a: str, b: str) -> DirectedEdge:
    return DirectedEdge(a, b, 1.0, 1.0, Connector(1, ()))


def kinds(symbols: Sequence[ShapedSymbol], *edges: str) -> dict[str, SymbolKind]:
    return {s.id: s.kind for s in with_kinds(symbols, [edge(*e) for e in edges], SETTINGS)}


def test_rounded_shapes_begin_and_end() -> None:
    found = kinds([shaped("a", 1, "round"), shaped("b", 2, "box"), shaped("c", 3, "round")], "ab", "bc")
    assert found == {"a": "start", "b": "process", "c": "end"}


def test_a_start_that_a_loop_leads_back_to_is_still_the_start() -> None:
    found = kinds([shaped("a", 1, "round"), shaped("b", 2, "diamond"), shaped("c", 3, "round")], "ab", "ba", "bc")
    assert found == {"a": "start", "b": "decision", "c": "end"}


def test_boxes_begin_and_end_where_nothing_else_does() -> None:
    symbols = [shaped("a", 1, "box"), shaped("b", 2, "box"), shaped("c", 3, "box")]
    found = with_kinds(symbols, [edge("a", "b"), edge("b", "c")], SETTINGS)
    assert [s.kind for s in found] == ["start", "process", "end"]
    assert (found[0].confidence or 1.0) < 0.6


def test_boxes_stay_steps_where_rounded_shapes_are_drawn() -> None:
    symbols = [shaped("a", 1, "round"), shaped("x", 1, "box"), shaped("b", 2, "box"), shaped("c", 3, "round")]
    assert kinds(symbols, "ab", "xb", "bc")["x"] == "process"


@pytest.mark.parametrize(("label", "kind"), [("Mulai", "start"), ("SELESAI", "end"), ("Proses", "process")])
def test_the_text_inside_decides(label: str, kind: SymbolKind) -> None:
    symbols = [shaped("a", 1, "round"), shaped("b", 2, "box", label), shaped("c", 3, "round")]
    assert kinds(symbols, "ab", "bc")["b"] == kind


def test_rounded_boxes_in_mid_flow_are_steps() -> None:
    found = kinds([shaped(str(i), i, "round") for i in range(1, 5)], "12", "23", "34")
    assert found == {"1": "start", "2": "process", "3": "process", "4": "end"}


def test_other_shapes_keep_their_kind() -> None:
    shapes: dict[ShapeKind, SymbolKind] = {
        "document": "document",
        "triangle": "archive",
        "pentagon": "connector",
        "circle": "connector",
    }
    for shape, kind in shapes.items():
        assert kinds([shaped("a", 1, "round"), shaped("b", 2, shape), shaped("c", 3, "round")], "ab", "bc")["b"] == kind
