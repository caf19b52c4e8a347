"""What all requests of the review page share: its documents, who asks, in which language, and how they are answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pipeline.review.editing import Form, Signature
from pipeline.review.folder import ReviewFolder
from pipeline.review.missed_sops import SelectionReader
from pipeline.review.page_pictures import PagePictures
from pipeline.review.page_templates import environment
from pipeline.translation import ENGLISH, INDONESIAN, LANGUAGES, speaking, spoken

LANGUAGE_COOKIE, REVIEWER_COOKIE = "sop_review_language", "sop_review_name"

Answer = Callable[[Request], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class ReviewPage:
    """What answers the requests.

    Attributes:
        folder: The documents.
        pictures: Draws their pages.
        reviewer: Who reviews, where the page was not told otherwise.
        today: Gives the day.
        reader: Reads pages of a document by themselves; None where nothing can be read here.
    """

    folder: ReviewFolder
    pictures: PagePictures
    reviewer: str
    today: Callable[[], date] = date.today
    reader: SelectionReader | None = None

    def answered(self, answer: Callable[[ReviewPage, Request], Response]) -> Endpoint:
        """An endpoint that answers in the language of who asks, off the server's own thread."""

        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(self._spoken, partial(answer, self), request)

        return endpoint

    def acted(self, act: Callable[[ReviewPage, Request, Form], Response]) -> Endpoint:
        """The same for what the browser sends as a form."""

        async def endpoint(request: Request) -> Response:
            form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
            return await run_in_threadpool(self._spoken, lambda asked: act(self, asked, form), request)

        return endpoint

    def _spoken(self, answer: Answer, request: Request) -> Response:
        asked = request.cookies.get(LANGUAGE_COOKIE, INDONESIAN)
        with speaking(asked if asked in LANGUAGES else INDONESIAN):
            return answer(request)

    def place_in(self, request: Request) -> int:
        """The place of the document that a request is about. Raises HTTPException where there is none."""
        place = int(request.path_params["document"])
        if place >= len(self.folder.entries):
            raise HTTPException(404)
        return place

    def reviewer_of(self, request: Request) -> str:
        """The name of who asks."""
        try:
            return bytes.fromhex(request.cookies.get(REVIEWER_COOKIE, "")).decode() or self.reviewer
        except ValueError:
            return self.reviewer

    def signature_of(self, request: Request) -> Signature:
        """Who asks, and the day."""
        return Signature(self.reviewer_of(request), self.today().isoformat())

    def html(
        self,
        request: Request,
        name: str,
        context: Mapping[str, Any],
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """A page of a template, in the language that is spoken."""
        common = {
            "language": spoken(),
            "other_language": ENGLISH if spoken() == INDONESIAN else INDONESIAN,
            "reviewer": self.reviewer_of(request),
            "back": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        }
        text = environment().get_template(name).render({**common, **context})
        return HTMLResponse(text, status, dict(headers or {}))


def number_in(text: str) -> int:
    """The number that a browser sent; 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
