"""The review page as a web server: which request is answered by what."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.review import lexicon_pages, missed_pages, queue_pages, sop_actions, sop_pages
from pipeline.review.page_requests import LANGUAGE_COOKIE, REVIEWER_COOKIE, Answer, ReviewPage
from pipeline.review.page_templates import static_files
from pipeline.review.safety import Guard
from pipeline.translation import LANGUAGES

YEAR_SECONDS = 365 * 86400
NAME_LENGTH = 80  # characters of a reviewer's name


def review_app(page: ReviewPage, host: str, token: str | None = None) -> Guard:
    """The whole server: its pages behind their guard.

    Args:
        page: What answers.
        host: What the server is bound to.
        token: What must be known to see anything; None where only this machine can ask.
    """

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> Any:
        page.pictures.warm_up()
        yield
        page.pictures.close()

    routes = [
        Route("/", page.answered(queue_pages.queue)),
        Route("/search", page.answered(queue_pages.search)),
        Route("/taught", page.answered(lexicon_pages.taught)),
        Route("/taught", page.acted(lexicon_pages.teach), methods=["POST"]),
        Route("/check", page.answered(sop_pages.check)),
        Route("/d/{document:int}/{sop:int}", page.answered(sop_pages.sop)),
        Route("/d/{document:int}/page/{page:int}", page.answered(sop_pages.picture)),
        Route("/d/{document:int}/missed", page.answered(missed_pages.missed)),
        Route("/d/{document:int}/missed", page.acted(missed_pages.read_missed), methods=["POST"]),
        Route("/d/{document:int}/{sop:int}/{action}", page.acted(sop_actions.edit), methods=["POST"]),
        Route("/remember", _remember, methods=["POST"]),
        Route("/static/{name}", _static(static_files())),
    ]
    return Guard(Starlette(routes=routes, lifespan=lifespan), host, page.folder.limits.body_bytes, token)


async def _remember(request: Request) -> Response:
    """Remember the reviewer's name or language in a cookie, and go back to the page."""
    form = await request.form()
    back = str(form.get("back", "/"))
    answer = RedirectResponse(back if back.startswith("/") and not back.startswith("//") else "/", 303)
    if form.get("language") in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, str(form["language"]), YEAR_SECONDS, httponly=True, samesite="strict")
    name = " ".join(str(form.get("reviewer", "")).split())[:NAME_LENGTH]
    if name:
        encoded = name.encode().hex()  # a cookie holds no spaces, and no letters beyond ASCII
        answer.set_cookie(REVIEWER_COOKIE, encoded, YEAR_SECONDS, httponly=True, samesite="strict")
    return answer


def _static(files: Mapping[str, tuple[bytes, str]]) -> Answer:
    def answer(request: Request) -> Response:
        if (found := files.get(request.path_params["name"])) is None:
            raise HTTPException(404)
        return Response(found[0], media_type=found[1], headers={"Cache-Control": "no-cache"})

    return answer
