"""Of the outlines seen of one symbol, the one that is drawn."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from flow_parts import flow_of

from pipeline.flowchart.outlines import suppress_overlaps
from pipeline.flowchart.shapes import Outline, outline_of
from pipeline.imaging.morphology import Contour, Mask
from pipeline.settings import FlowSettings

from .sheet import Sheet, matrix_of

SCALE = 200 / 72
SETTINGS = FlowSettings()


def box(x: int, y: int, width: int, height: int, filled: bool) -> Outline:
    right, bottom = x + width - 1, y + height - 1
    hull: Contour = np.array([[[x, y]], [[right, y]], [[right, bottom]], [[x, bottom]]], np.int32)
    return outline_of(hull, 0.98, SCALE, filled, SETTINGS.shapes)


def ink_of(side: str) -> Mask:
    """A filled box's faint outline, with a line across it that is dotted, or drawn."""
    ink = np.zeros((80, 160), np.uint8)
    ink[20, 30:100] = ink[54, 30:100] = 1
    ink[20:55, 30] = ink[20:55, 99] = 1
    ink[20 : 55 : 1 if side == "drawn" else 8, 55] = 1
    return ink


AREA, PART = box(29, 19, 72, 37, filled=True), box(56, 21, 43, 33, filled=False)


@pytest.mark.parametrize(("side", "kept"), [("dotted", AREA), ("drawn", PART)])
def test_grain_in_a_filled_box_does_not_halve_it(side: str, kept: Outline) -> None:
    assert suppress_overlaps([AREA, PART], ink_of(side), SETTINGS.outlines) == [kept]


def test_a_box_drawn_within_a_shaded_cell_is_the_symbol() -> None:
    inner = box(45, 28, 40, 20, filled=False)
    assert inner in suppress_overlaps([AREA, inner], ink_of("dotted"), SETTINGS.outlines)


def test_a_loop_of_connectors_that_two_decisions_return_by_is_no_symbol() -> None:
    """Its corners are where symbols stand, and its hull leads through them."""
    p = Sheet(lanes=4, rows=4, width=62, height=39)
    cells = [(0, 0), (1, 1), (2, 2), (3, 3)]
    kinds = ("capsule", "diamond", "diamond", "capsule")
    boxes = [p.symbol(kind, p.center(*cell), 34, 16) for kind, cell in zip(kinds, cells, strict=True)]
    for a, b in itertools.pairwise(boxes):
        p.line((a.x1, a.center[1]), (b.center[0], a.center[1]), (b.center[0], b.top), head=5.0)
    lane = boxes[0].x0 - 11
    for box_ in boxes[1:3]:
        p.line((box_.x0, box_.center[1]), (lane, box_.center[1]), (lane, boxes[0].center[1]))
    p.line((lane, boxes[0].center[1]), (boxes[0].x0, boxes[0].center[1]), head=5.0)
    flow = flow_of(matrix_of(p.part(noise=3.0, blur=0.8, kind="scan")))
    at = {s.id: (s.no, s.column) for s in flow.symbols}
    assert [(s.no, s.column, s.kind) for s in flow.symbols] == [
        (1, 2, "start"),
        (2, 3, "decision"),
        (3, 4, "decision"),
        (4, 5, "end"),
    ]
    assert {(at[e.source], at[e.target]) for e in flow.edges} >= {((1, 2), (2, 3)), ((2, 3), (3, 4)), ((3, 4), (4, 5))}
