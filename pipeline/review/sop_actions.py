"""What a reviewer does on the page of a SOP: entries of its corrections file, taken back and settled."""

from __future__ import annotations

import difflib
import re
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pipeline.corrections import CorrectionsError, Outcome
from pipeline.corrections.commands import rebase
from pipeline.corrections.yaml_edit import remove_entries
from pipeline.errors import PipelineError
from pipeline.message import Message, msg
from pipeline.review.editing import Editing, Form, RefusedCell
from pipeline.review.edits import edited
from pipeline.review.opened import ConflictError, Opened, version_of
from pipeline.review.page_requests import ReviewPage, number_in
from pipeline.review.sop_pages import sop_context

_SHIFTS = re.compile(r"\b(insert|remove):")  # keys of entries after which others have other numbers


def edit(review: ReviewPage, request: Request, form: Form) -> Response:
    """Do what a reviewer asks for, and show the SOP as it is then."""
    place, number = review.place_in(request), request.path_params["sop"]
    refused: list[RefusedCell] = []
    try:
        opened, said = _acted(review, request, place, number, form, refused)
    except ConflictError as conflict:
        return _conflict(review, request, conflict, form)
    except CorrectionsError as error:
        return _refused(review, request, error.problems[0].message)
    except PipelineError as error:
        return _refused(review, request, error.message, error.advice)
    record = opened.record(number)
    if record is None:
        return HTMLResponse("", headers={"HX-Redirect": "/"})
    context = sop_context(review, opened, record, number, form.get("view", ""), said, refused)
    return review.html(request, "work.html", context)


def _acted(
    review: ReviewPage, request: Request, place: int, number: int, form: Form, refused: list[RefusedCell]
) -> tuple[Opened, Message]:
    action, version = request.path_params["action"], form.get("version", "")
    if action == "undo":
        return review.folder.undo(place, version), msg("Taken back.")
    if action == "redo":
        return review.folder.redo(place, version), msg("Done again.")
    if action in ("rebase", "drop"):
        change = partial(_stale_settled, line=number_in(form.get("line", "")), action=action)
        return review.folder.rewrite(place, version, change), msg("Saved.")
    by = review.signature_of(request)

    def act(editing: Editing) -> Editing:
        done = edited(editing, number, action, form)
        refused.extend(done.refused)
        return done

    return review.folder.edit(place, version, by, act), msg("Saved.")


def _stale_settled(opened: Opened, line: int, action: str) -> str:
    """The corrections file with a failed entry rewritten to what is read now, or taken out."""
    ends: list[Outcome] = [end for end in opened.outcomes if end.entry.line == line and end.failed]
    if opened.text is None or not ends:
        raise PipelineError(msg("the page asked for something that is not there"), msg("Load it anew."))
    entry = ends[0].entry
    if action == "drop":
        return remove_entries(opened.text, entry.file, [entry])
    return rebase(opened.text, opened.outcomes, line, entry.file)


def _refused(review: ReviewPage, request: Request, message: Message | str, advice: Message | str = "") -> Response:
    headers = {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"}
    context = {"message": message, "advice": advice}
    return review.html(request, "refused.html", context, 422, headers)


def _conflict(review: ReviewPage, request: Request, conflict: ConflictError, form: Form) -> Response:
    """Both sides of a conflict: what the file says now, and what was about to be written."""
    mine = {name: value for name, value in form.items() if name != "version"}
    before = (review.folder.text_of(form.get("version", "")) or "").splitlines()
    changes = [(line[0], line[2:]) for line in difflib.ndiff(before, (conflict.text or "").splitlines())]
    headers = {"HX-Retarget": "#dialog", "HX-Reswap": "innerHTML"}
    context = {
        "changes": [change for change in changes if change[0] != "?"],
        "mine": mine,
        "version": version_of(conflict.text),
        # what was about to be written names steps and items by numbers that may be those of others by now
        "shifted": any(mark in "+-" and _SHIFTS.search(line) for mark, line in changes),
    }
    return review.html(request, "conflict.html", context, 409, headers)
