"""Where vectors leave a row open the picture is read as well, and what only one of the two tells is doubted."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.flowchart import read_flow
from pipeline.model.draft import FlowDraft, MatrixDraft, RowDraft
from pipeline.model.geometry import Box
from pipeline.model.page import Picture
from pipeline.settings import FlowSettings

from .vector_parts import VectorSheet

SCALE = 150 / 72


def read_both(sheet: VectorSheet, *boxes: Box) -> FlowDraft:
    """The flowchart of a sheet whose picture shows only these boxes."""
    pixels = np.full((round(595 * SCALE), round(842 * SCALE)), 255, np.uint8)
    for box in boxes:
        low, high = (round(box.x0 * SCALE), round(box.top * SCALE)), (round(box.x1 * SCALE), round(box.bottom * SCALE))
        cv2.rectangle(pixels, low, high, 0, 2)
    part = sheet.part()
    rows = tuple(RowDraft(band.no, {}) for band in part.bands)
    return read_flow(MatrixDraft((), rows, (part,)), lambda _page: Picture(pixels, SCALE), FlowSettings())


def test_a_connector_that_the_picture_does_not_show_is_doubted() -> None:
    sheet = VectorSheet(rows=3)
    first, goal = sheet.box(0, 0), sheet.box(1, 0)
    sheet.arrow((first.center[0], first.bottom), (goal.center[0], goal.top))
    flow = read_both(sheet, first, goal)
    (edge,) = flow.edges
    assert edge.contested
    paths = {issue.path for issue in flow.issues if issue.code == "flow-sources-differ"}
    assert f"edge:{edge.source}-{edge.target}" in paths


def test_sources_that_agree_are_not_doubted() -> None:
    sheet = VectorSheet(rows=3)
    first, goal = sheet.box(0, 0), sheet.box(1, 0)
    flow = read_both(sheet, first, goal)
    assert not [issue for issue in flow.issues if issue.code == "flow-sources-differ"]


def test_a_symbol_that_only_one_source_shows_is_doubted_in_its_row() -> None:
    sheet = VectorSheet(rows=3)
    first, goal = sheet.box(0, 0), sheet.box(1, 0)
    x, y = sheet.center(2, 1)
    flow = read_both(sheet, first, goal, Box(x - 17, y - 10, x + 17, y + 10))
    paths = {issue.path for issue in flow.issues if issue.code == "flow-sources-differ"}
    assert "/kegiatan/2/pelaksana" in paths
