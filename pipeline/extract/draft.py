"""One SOP of the document, from where it stands to what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from pipeline.extract.header import read_header
from pipeline.extract.matrix import read_matrix
from pipeline.flowchart import read_flow
from pipeline.flowchart.text_marks import read_flow_text
from pipeline.layout.regions import SopRegion
from pipeline.model.draft import Draft, FlowDraft, MatrixDraft
from pipeline.model.headings import Headings
from pipeline.model.page import Page
from pipeline.settings import Settings

Kind = Literal["text", "scan", "mixed", "transcript"]


def extract(region: SopRegion, pages: Mapping[int, Page], headings: Headings, settings: Settings) -> Draft:
    """The draft of a region: header, matrix and flow, with the kind of pages they came from."""
    matrix = read_matrix(region.parts) if region.parts else None
    last = region.parts[-1] if region.parts else None
    below = last.box.bottom if last else 0.0
    header = read_header(region.cover, last.page if last else None, below, headings) if region.cover else None
    if matrix and header and matrix.judul is None and region.parts[0].page.number in region.cover_pages:
        matrix = replace(matrix, judul=header.title)
    flow = _flow(matrix, settings) if matrix else FlowDraft()
    numbers = {part.page.number for part in region.parts} | set(region.cover.pages if region.cover else ())
    used = [pages[number] for number in sorted(numbers)]
    return Draft(
        pages=region.pages,
        kind=kind_of(used),
        matrix=matrix,
        header=header,
        flow=flow,
        transforms={page.number: page.transform for page in used},
        issues=region.issues + tuple(issue for page in used for issue in page.issues),
    )


def _flow(matrix: MatrixDraft, settings: Settings) -> FlowDraft:
    """The flowchart, from the pictures of the matrix's pages; from its words where nobody can look at them."""
    if all(part.page.picture is None for part in matrix.parts):
        return read_flow_text(matrix, settings.transcript)
    return read_flow(matrix, settings.flow)


def kind_of(pages: Sequence[Page]) -> Kind:
    """text, scan or transcript where all pages are; mixed otherwise."""
    kinds = {page.kind for page in pages if page.kind != "blank"}
    pure: tuple[Kind, ...] = ("text", "scan", "transcript")
    for kind in pure:
        if kinds == {kind}:
            return kind
    return "mixed" if kinds else "text"
