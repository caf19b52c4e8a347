"""The page of one SOP: its pages beside its fields, the table or the flow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from pipeline.corrections import CorrectionsError
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.problem import InvalidValueError
from pipeline.message import Message, msg
from pipeline.model.record import Record, Waktu
from pipeline.review.editing import RefusedCell
from pipeline.review.fields import doubtful_targets, record_view
from pipeline.review.opened import Opened
from pipeline.review.overview import open_beside
from pipeline.review.page_requests import ReviewPage
from pipeline.review.table_edits import said_of
from pipeline.review.table_view import column_label, table_of

VALUE_LENGTH = 80  # characters of a typed value of which it is told how it would be read
VIEWS = ("fields", "table", "flow")  # of a SOP beside its pages
BESIDE = {"previous": -1, "next": 1}  # SOPs that are doubted, seen from one


def sop(review: ReviewPage, request: Request) -> Response:
    """The pages of a SOP beside its fields."""
    place, number = review.place_in(request), request.path_params["sop"]
    try:
        opened = review.folder.open(place)
    except CorrectionsError as error:
        return review.html(request, "broken.html", {"problems": error.problems}, 200)
    record = opened.record(number)
    if record is None:
        raise HTTPException(404)
    context = sop_context(review, opened, record, number, request.query_params.get("view", ""))
    partial_page = request.headers.get("hx-request") == "true"
    return review.html(request, "work.html" if partial_page else "sop.html", context)


def picture(review: ReviewPage, request: Request) -> Response:
    """The picture of a page, in one of two resolutions."""
    path, limits = review.folder.path(review.place_in(request)), review.folder.limits
    dpi = limits.fine_dpi if request.query_params.get("fine") else limits.dpi
    made = review.pictures.picture(path, request.path_params["page"], dpi) if path else None
    if made is None:
        raise HTTPException(404)
    return Response(made, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})


def check(review: ReviewPage, request: Request) -> Response:
    """How a duration or date that is being typed would be read."""
    kind, value = request.query_params.get("kind", ""), request.query_params.get("value", "")[:VALUE_LENGTH]
    said, good = _reading(review.folder.normalizer(), kind, value)
    return review.html(request, "check.html", {"said": said, "good": good})


def sop_context(
    review: ReviewPage,
    opened: Opened,
    record: Record,
    number: int,
    asked_view: str,
    said: Message | str = "",
    refused: Sequence[RefusedCell] = (),
) -> dict[str, Any]:
    """What the templates of a SOP show; `asked_view` is one of `VIEWS`, or the first is meant."""
    limits = review.folder.limits
    view = record_view(record, opened.outcomes, limits)
    shown_as = asked_view if asked_view in VIEWS else VIEWS[0]
    first, last = record.source.pages
    texts = {page.number: page.text or "" for page in opened.now.document.pages}
    undo, redo = review.folder.steps(opened.place)
    overview, doubtful = review.folder.overviews[opened.place], doubtful_targets(record)
    beside = {name: open_beside(review.folder.overviews, (opened.place, number), by) for name, by in BESIDE.items()}
    return {
        "opened": opened,
        "entry": review.folder.entries[opened.place],
        "view": view,
        "shown_as": shown_as,
        "table": table_of(view) if shown_as == "table" else None,
        "refused": [(cell, said_of(cell, column_label(cell.column))) for cell in refused],
        "record": record,
        "number": number,
        "pages": range(first, last + 1),
        "texts": texts,
        "left": {page: len(doubtful.get(page, ())) for page in range(first, last + 1)},
        "targets": {page: _lines(doubtful.get(page, [])) for page in range(first, last + 1)},
        "undo": undo,
        "redo": redo,
        "overview": overview,
        "beside": beside,
        "said": said,
        "has_picture": record.source.kind != "transcript" and review.folder.path(opened.place) is not None,
    }


def _reading(normalizer: Normalizer, kind: str, value: str) -> tuple[Message | str, bool]:
    """How a typed value would be read, and whether it is what its field wants."""
    if not value.strip():
        return "", True
    try:
        read = normalizer.date(value) if kind == "date" else normalizer.waktu(value, None)
    except InvalidValueError as error:
        return error.message, False
    if isinstance(read, Waktu):
        if read.value is None:
            return msg("kept as text: it says no length of time"), read.jenis is not None
        most = f"-{read.max:g}" if read.max is not None else ""
        return f"{read.value:g}{most} {read.unit}", True
    return (read, True) if read else (msg("no date"), False)


def _lines(targets: list[tuple[str, str]]) -> str:
    """As the action `confirm-page` takes them: a line each."""
    return "\n".join(f"{target}\t{path}" for target, path in targets)
