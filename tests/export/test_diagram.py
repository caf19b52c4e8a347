"""Where the diagram of a flow draws what."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from random_records import records

from pipeline.export.diagram import HALF_HEIGHT, OUTLINES, diagram_of
from pipeline.model.record import Record


@settings(max_examples=30, deadline=None)
@given(records())
def test_every_symbol_stands_in_its_cell_and_every_connector_is_drawn(record: Record) -> None:
    diagram = diagram_of(record)
    assert [symbol.node for symbol in diagram.symbols] == record.flow.nodes
    assert [edge.edge for edge in diagram.edges] == record.flow.edges
    names = [column.id for column in record.pelaksana]
    for symbol in diagram.symbols:
        assert 0 < symbol.x < diagram.width
        assert 0 < symbol.y < diagram.height
        if symbol.node.pelaksana in names:
            heading = diagram.columns[names.index(symbol.node.pelaksana)]
            assert heading.start < symbol.x < heading.start + heading.size
        if symbol.node.kegiatan:
            row = diagram.rows[symbol.node.kegiatan - 1]
            assert row.start < symbol.y < row.start + row.size
    assert len({(symbol.x, symbol.y) for symbol in diagram.symbols}) == len(diagram.symbols)


def test_a_connector_goes_around_a_symbol_between_its_own() -> None:
    names = ["tu", "kabag", "sekda"]
    record = Record.model_validate(
        {
            "id": "a/01",
            "source": {"file": "a.pdf", "sha256": "ab", "pages": [1, 1], "kind": "text"},
            "pelaksana": [{"id": name, "nama": name, "label": name} for name in names],
            "kegiatan": [{"no": 1, "pelaksana": names}],
            "flow": {
                "nodes": [
                    {"id": f"n{i}", "kegiatan": 1, "pelaksana": name, "kind": "process"} for i, name in enumerate(names)
                ],
                "edges": [{"from": "n0", "to": "n2", "label": "tidak"}],
            },
        }
    )
    diagram = diagram_of(record)
    points = [tuple(map(float, point.split())) for point in diagram.edges[0].way.removeprefix("M").split("L")]
    assert len(points) == 4
    assert abs(points[1][1] - diagram.symbols[1].y) > HALF_HEIGHT


@pytest.mark.parametrize("kind", OUTLINES)
def test_an_outline_is_around_its_middle(kind: str) -> None:
    path = OUTLINES[kind](100.0, 50.0)  # type: ignore[index]
    first = re.match(r"M([\d.]+) ([\d.]+)", path)
    assert first
    assert abs(float(first[1]) - 100) <= 18
    assert abs(float(first[2]) - 50) <= 14
    assert path.endswith("z")
