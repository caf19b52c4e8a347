"""Where the diagram of a flow draws what."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from random_records import records

from pipeline.export.diagram import COLUMN, OUTLINES, ROW, diagram_of
from pipeline.model.record import Record


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
            assert heading.start < symbol.x < heading.start + COLUMN
        if symbol.node.kegiatan:
            row = diagram.rows[symbol.node.kegiatan - 1]
            assert row.start < symbol.y < row.start + ROW
    assert len({(symbol.x, symbol.y) for symbol in diagram.symbols}) == len(diagram.symbols)


@pytest.mark.parametrize("kind", OUTLINES)
def test_an_outline_is_around_its_middle(kind: str) -> None:
    path = OUTLINES[kind](100.0, 50.0)  # type: ignore[index]
    first = re.match(r"M([\d.]+) ([\d.]+)", path)
    assert first
    assert abs(float(first[1]) - 100) <= 18
    assert abs(float(first[2]) - 50) <= 14
    assert path.endswith("z")
