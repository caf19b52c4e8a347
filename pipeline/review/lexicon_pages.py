"""The page on which a reviewer teaches a word to all documents."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from pipeline.corrections.taught_words import taught_in
from pipeline.errors import PipelineError
from pipeline.message import Message, counted, msg
from pipeline.review.editing import Form
from pipeline.review.opened import ConflictError, version_of
from pipeline.review.page_requests import ReviewPage


def taught(review: ReviewPage, request: Request) -> Response:
    """A word to be taught to all documents, and what that would change."""
    asked = request.query_params
    return _teach_page(review, request, asked.get("printed", "").strip(), asked.get("meant", "").strip())


def teach(review: ReviewPage, request: Request, form: Form) -> Response:
    """Teach a word to all documents."""
    printed, meant = form.get("printed", "").strip(), form.get("meant", "").strip()
    try:
        review.folder.teach(form.get("version", ""), printed, meant)
    except ConflictError:
        return _teach_page(
            review, request, printed, meant, msg("the lexicon was changed meanwhile: look, and ask again"), 409
        )
    except PipelineError as error:
        return _teach_page(review, request, printed, meant, error.message, 422)
    return _teach_page(review, request, printed, meant, msg("Taught. Records follow with the next run."))


def _teach_page(
    review: ReviewPage, request: Request, printed: str, meant: str, said: Message | str = "", status: int = 200
) -> Response:
    found = [
        (place, sop, overview.names[sop - 1], before, after)
        for place, overview in enumerate(review.folder.overviews if printed and meant else ())
        for sop, words in enumerate(overview.words, 1)
        for before, after in taught_in(words, printed, meant)
    ]
    context = {
        "printed": printed,
        "meant": meant,
        "said": said,
        "done": bool(said) and status == 200,
        "found": found[: review.folder.limits.search_rows],
        "told": counted("{n} line would read otherwise", "{n} lines would read otherwise", len(found)),
        "version": version_of(review.folder.lexicon_text()),
    }
    return review.html(request, "teach.html", context, status)
