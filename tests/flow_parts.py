"""Parts of a matrix with their pictures, and the flowchart that is read from them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.flowchart import read_flow
from pipeline.model.draft import FlowDraft, MatrixDraft, MatrixPart
from pipeline.model.page import Picture
from pipeline.settings import FlowSettings


@dataclass(frozen=True)
class DrawnPart(MatrixPart):
    """The matrix on a page that was drawn, and the page's picture."""

    picture: Picture


def flow_of(matrix: MatrixDraft, settings: FlowSettings | None = None) -> FlowDraft:
    """The flowchart read from the pictures of a matrix's drawn parts."""
    pictures = {part.page.number: part.picture for part in matrix.parts if isinstance(part, DrawnPart)}
    return read_flow(matrix, pictures.get, settings or FlowSettings())
