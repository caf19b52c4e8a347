"""The pages over all documents: what needs eyes, and what holds some words."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from pipeline.message import counted
from pipeline.review.page_requests import ReviewPage, number_in
from pipeline.review.queue import GROUPS, QueueFilter, worst_first


def queue(review: ReviewPage, request: Request) -> Response:
    """What needs eyes, worst first."""
    names = ("document", "group", "severity", "code", "text")
    wanted = QueueFilter(**{name: request.query_params.get(name, "").strip() for name in names})
    overviews = review.folder.overviews
    every = [item for overview in overviews for item in overview.items]
    found = worst_first(item for item in every if wanted.takes(item))
    rows = review.folder.limits.queue_rows
    first = max(0, number_in(request.query_params.get("from", "0")))
    context = {
        "items": found[first : first + rows],
        "first": first,
        "told": counted("{n} place to look at", "{n} places to look at", len(found)),
        "more": first + rows if first + rows < len(found) else None,
        "less": max(0, first - rows) if first else None,
        "wanted": wanted,
        "link": partial(_queue_link, wanted),
        "documents": sorted({item.doubt.document for item in every}),
        "codes": sorted({item.doubt.issue.code for item in every}),
        "groups": GROUPS,
        "fields": sum(overview.fields for overview in overviews),
        "seen": sum(overview.seen for overview in overviews),
        "entries": list(zip(review.folder.entries, overviews, strict=True)),
    }
    partial_page = request.headers.get("hx-request") == "true"
    return review.html(request, "queue_rows.html" if partial_page else "queue.html", context)


def search(review: ReviewPage, request: Request) -> Response:
    """The SOPs that say something, whatever is doubted of them."""
    asked = request.query_params.get("q", "").strip()
    found: list[tuple[int, int, str, str]] = []
    for place, overview in enumerate(review.folder.overviews):
        for sop, words in enumerate(overview.words, 1):
            at = words.casefold().find(asked.casefold()) if asked else -1
            if at >= 0:
                found.append((place, sop, overview.names[sop - 1], _around(words, at, len(asked))))
    told = counted("{n} SOP says so", "{n} SOPs say so", len(found))
    context = {"asked": asked, "found": found[: review.folder.limits.search_rows], "told": told}
    return review.html(request, "search.html", context)


def _around(words: str, at: int, length: int) -> str:
    start, end = max(0, at - 60), at + length + 60
    return ("…" if start else "") + " ".join(words[start:end].split()) + ("…" if end < len(words) else "")


def _queue_link(wanted: QueueFilter, **changed: object) -> str:
    asked = {name: getattr(wanted, name) for name in ("document", "group", "severity", "code", "text")}
    given = {name: value for name, value in {**asked, **changed}.items() if value not in ("", None)}
    return "/?" + urlencode(given)
