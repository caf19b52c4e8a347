"""Covers and matrices of a transcript as regions and drafts, each value from the cell that the transcript gave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.header_values import legible, without_colon
from pipeline.extract.list_items import split_items
from pipeline.extract.matrix_draft import read_matrix
from pipeline.extract.signature import find_below, read_signature
from pipeline.flowchart.text_marks import read_flow_text
from pipeline.layout.cover_labels import CoverLabel, CoverTable
from pipeline.layout.label_matching import column_kind
from pipeline.layout.matrix_head import columns_of, is_matrix_head
from pipeline.layout.matrix_rows import MatrixBody
from pipeline.layout.regions import SopFinder, SopRegion
from pipeline.layout.ruled_tables import Table
from pipeline.layout.sop_tables import MatrixTable
from pipeline.layout.text_lines import flat
from pipeline.model.draft import Column, Draft, FlowDraft, HeaderDraft
from pipeline.model.geometry import Box
from pipeline.model.grid import Grid
from pipeline.model.headings import Headings
from pipeline.model.page import CellText, Line
from pipeline.settings import ExtractSettings, LayoutSettings, Settings
from pipeline.transcript.column_heads import HeadText
from pipeline.transcript.cover_text import CoverText
from pipeline.transcript.page_tables import BODY, LABEL, VALUE, box_places, group_columns, head_rows
from pipeline.transcript.page_texts import MatrixPageText, PageText
from pipeline.transcript.typesetting import PlacedPage

APPROVAL = "disahkan_oleh"


@dataclass(frozen=True)
class PlacedCover:
    """A cover on its page: the texts of its identity fields and boxes by name, and the issuing bodies."""

    table: CoverTable
    fields: Mapping[str, CellText]
    boxes: Mapping[str, CellText]
    instansi: CellText


def drafts_of(
    page_texts: Sequence[PageText], pages: Sequence[PlacedPage], headings: Headings, settings: Settings
) -> tuple[tuple[SopRegion, ...], tuple[Draft, ...]]:
    """Group the pages of a transcript into SOPs.

    Args:
        page_texts: What each page says.
        pages: The same pages with their words in place.
        headings: The known labels.
        settings: Every threshold.

    Returns:
        Where each SOP stands, and its draft, in order.
    """
    finder = SopFinder(headings, settings.layout)
    covers: dict[int, PlacedCover] = {}
    regions: list[SopRegion] = []
    for page_text, page in zip(page_texts, pages, strict=True):
        if page.grid is None:
            continue
        if isinstance(page_text, CoverText):
            cover = placed_cover(page_text, page, page.grid)
            covers[page.page.number] = cover
            regions += finder.take([cover.table], [])
        elif isinstance(page_text, MatrixPageText):
            matrix = placed_matrix(page_text, page, page.grid, finder.matrix, headings, settings.layout)
            regions += finder.take([], [matrix] if matrix else [])
    regions += finder.finish()
    below = {page.page.number: [line for lines in page.below for line in lines] for page in pages}
    return tuple(regions), tuple(_draft_of(region, covers, below, headings, settings) for region in regions)


def placed_cover(cover: CoverText, page: PlacedPage, grid: Grid) -> PlacedCover:
    """A cover whose labels and values stand in the cells of `grid`."""
    labels: list[CoverLabel] = []
    fields: dict[str, CellText] = {}
    boxes: dict[str, CellText] = {}
    for row, name in enumerate(cover.fields):
        labels.append(CoverLabel(name, False, grid.at(row, LABEL), (), True))
        value = page.text(grid.at(row, VALUE))
        fields[name] = replace(value, lines=without_colon(value.lines))
    for place in box_places(cover):
        labels.append(CoverLabel(place.name, True, grid.at(place.row, place.columns.start), (), True))
        boxes[place.name] = page.text(grid.at(place.row + 1, place.columns.start))
    table = CoverTable(page.page, grid, page.texts, tuple(labels), grid.box)
    return PlacedCover(table, fields, boxes, page.text(grid.at(0, BODY)))


def placed_matrix(
    page_text: MatrixPageText,
    page: PlacedPage,
    grid: Grid,
    before: MatrixTable | None,
    headings: Headings,
    settings: LayoutSettings,
) -> MatrixTable | None:
    """A table of a matrix whose steps stand in the rows of `grid`; None where it has no head and goes on with none.

    `before` is the table that one without a head may go on with.
    """
    head, number = page_text.table.head, page.page.number
    columns = _columns(head, page, grid, headings, settings) if head else _continued(before, number, grid)
    if not columns:
        return None
    body = _body(page, grid, head_rows(page_text.table), columns)
    table = Table(number, grid.box, ())
    title = _title(page, grid, settings.title_lines) if head else None
    return MatrixTable(page.page, table, columns, grid.xs, body, head is not None, title)


def _columns(
    head: HeadText, page: PlacedPage, grid: Grid, headings: Headings, settings: LayoutSettings
) -> tuple[Column, ...]:
    """The columns that a head names; none where it is no head of a matrix."""
    groups = group_columns(head)
    row = 1 if groups else 0
    texts = [page.text(grid.at(row, col)) for col in range(grid.columns)]
    spans = [next((name for name, span in groups.items() if col in span), None) for col in range(grid.columns)]
    kinds = {kind for text in texts if (kind := column_kind(flat(text), headings, settings.likeness))}
    return columns_of(texts, spans, headings, settings) if is_matrix_head(kinds | set(groups)) else ()


def _continued(before: MatrixTable | None, number: int, grid: Grid) -> tuple[Column, ...]:
    """The columns of the table on the page before, where it has as many."""
    near = before is not None and number - before.page.number == 1 and len(before.columns) == grid.columns
    return before.columns if before and near else ()


def _body(page: PlacedPage, grid: Grid, first: int, columns: Sequence[Column]) -> MatrixBody:
    """The steps in the rows from `first`; a row without words outside the Pelaksana columns belongs to that above."""
    bands: list[tuple[float, float]] = []
    texts: list[dict[int, CellText]] = []
    for row in range(first, grid.rows):
        cells = {col: page.text(grid.at(row, col)) for col in range(grid.columns)}
        blank = not any(cells[column.index].lines for column in columns if column.kind != "pelaksana")
        if bands and blank:
            bands[-1] = (bands[-1][0], grid.ys[row + 1])
        else:
            bands.append((grid.ys[row], grid.ys[row + 1]))
            texts.append(cells)
    return MatrixBody(tuple(bands), tuple(texts))


def _title(page: PlacedPage, grid: Grid, most: int) -> CellText | None:
    """The last lines of the paragraph just above a matrix."""
    area = Box(0.0, 0.0, page.page.width, grid.box.top)
    return CellText(page.page.number, area, page.above[-1][-most:]) if page.above else None


def _draft_of(
    region: SopRegion,
    covers: Mapping[int, PlacedCover],
    below: Mapping[int, Sequence[Line]],
    headings: Headings,
    settings: Settings,
) -> Draft:
    """The draft of a region; `covers` and the lines `below` matrices are by the number of their page."""
    matrix = read_matrix(region.parts) if region.parts else None
    last = region.parts[-1].page.number if region.parts else None
    found = [covers[number] for number in region.cover_pages]
    issues = (issue for page in region.pages_used for issue in page.issues)
    return Draft(
        pages=region.pages,
        kind="transcript",
        matrix=matrix,
        header=_header(found, last, below.get(last, ()) if last else (), headings, settings.extract) if found else None,
        flow=read_flow_text(matrix, settings.transcript) if matrix else FlowDraft(),
        issues=(*region.issues, *issues),
    )


def _header(
    covers: Sequence[PlacedCover],
    last: int | None,
    below: Sequence[Line],
    headings: Headings,
    settings: ExtractSettings,
) -> HeaderDraft:
    """The fields of a cover, over one or more pages; the signature may stand `below` the matrix on the `last` page."""
    fields = _first_of(cover.fields for cover in covers)
    boxes = _first_of(cover.boxes for cover in covers)
    approval = legible(fields.pop(APPROVAL), settings) if APPROVAL in fields else None
    bodies = [body for cover in covers if (body := legible(cover.instansi, settings)).lines]
    if bodies:
        fields["instansi"] = bodies[0]
    return HeaderDraft(
        pages=tuple(cover.table.page.number for cover in covers),
        fields=fields,
        signature=_signature(approval, last, below, headings, settings),
        lists={name: split_items(text, headings, settings) for name, text in boxes.items()},
    )


def _first_of(texts: Iterable[Mapping[str, CellText]]) -> dict[str, CellText]:
    """Texts by name; of several of one name the first that says something."""
    found: dict[str, CellText] = {}
    for name, text in (item for some in texts for item in some.items()):
        if name not in found or not found[name].lines:
            found[name] = text
    return found


def _signature(
    approval: CellText | None, last: int | None, below: Sequence[Line], headings: Headings, settings: ExtractSettings
) -> dict[str, CellText]:
    """Who approved the SOP: by the cover, and where that names nobody, by the lines below the matrix."""
    own = read_signature(approval, headings, settings) if approval and approval.lines else {}
    if "nama" in own or last is None:
        return own
    block = find_below(below, last, headings, settings)
    return (read_signature(block, headings, settings) if block else {}) | own
