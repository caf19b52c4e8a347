"""The page on which a SOP that was missed is shown to the machine."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.batch.inputs import Input
from pipeline.errors import PipelineError
from pipeline.message import Message, msg
from pipeline.review.editing import Form
from pipeline.review.missed_sops import inserted_sop, place_of_new, selection_asked
from pipeline.review.opened import ConflictError
from pipeline.review.page_requests import ReviewPage


def missed(review: ReviewPage, request: Request, fault: Message | str = "", status: int = 200) -> Response:
    """All pages of a document, on which a SOP that was missed is shown to the machine."""
    opened = review.folder.open(review.place_in(request))
    context = {
        "opened": opened,
        "entry": review.folder.entries[opened.place],
        "pages": opened.now.document.pages,
        "names": review.folder.overviews[opened.place].names,
        "fault": fault,
    }
    return review.html(request, "missed.html", context, status)


def read_missed(review: ReviewPage, request: Request, form: Form) -> Response:
    """Read pages again, as a SOP by itself, and go to what that gives."""
    place = review.place_in(request)
    try:
        number = _insert_missed(review, request, place, form)
    except ConflictError:
        return missed(review, request, msg("the corrections were changed meanwhile: look, and ask again"), 409)
    except PipelineError as error:
        return missed(review, request, error.message, 422)
    return RedirectResponse(f"/d/{place}/{number}", 303)


def _insert_missed(review: ReviewPage, request: Request, place: int, form: Form) -> int:
    opened, path = review.folder.open(place), review.folder.path(place)
    if review.reader is None or path is None:
        raise PipelineError(msg("{file} is not there any more", file=review.folder.entries[place].file))
    selection = selection_asked(form, len(opened.now.document.pages))
    entry = review.folder.entries[place]
    review.reader.read(Input(path, entry.file, entry.name), selection, review.folder.taught())
    by, number = review.signature_of(request), place_of_new(opened.now, selection)
    insert = partial(inserted_sop, document=opened.now.document, number=number, selection=selection)
    review.folder.edit(place, form.get("version", ""), by, insert)
    return number
