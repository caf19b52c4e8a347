"""The pages of `sop review`, and what is written when somebody acts on them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.batch.inputs import Input
from pipeline.corrections import CorrectionsError, Outcome
from pipeline.corrections.commands import can_rebase, rebase
from pipeline.corrections.entry import STATUSES
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.problem import InvalidValueError
from pipeline.corrections.taught_words import taught_in
from pipeline.corrections.yaml_edit import remove_entries, value_in_words
from pipeline.errors import PipelineError
from pipeline.export.diagram import OUTLINES
from pipeline.message import Message, counted, msg
from pipeline.model.record import Record, Waktu
from pipeline.review.editing import Editing, RefusedCell, Signature
from pipeline.review.edits import edited
from pipeline.review.fields import LISTS, SURENESS, SYMBOLS, box_text, doubtful_targets, record_view
from pipeline.review.folder import ReviewFolder
from pipeline.review.missed_sops import SelectionReader, inserted_sop, place_of_new, selection_asked
from pipeline.review.opened import ConflictError, Opened, version_of
from pipeline.review.overview import open_beside
from pipeline.review.page_pictures import PagePictures
from pipeline.review.queue import GROUPS, SEVERITIES, QueueFilter, worst_first
from pipeline.review.safety import Guard
from pipeline.review.table_edits import said_of
from pipeline.review.table_view import column_label, table_of
from pipeline.translation import ENGLISH, INDONESIAN, LANGUAGES, shown, speaking, spoken, translate
from pipeline.validate import catalogue

LANGUAGE_COOKIE, REVIEWER_COOKIE = "sop_review_language", "sop_review_name"
YEAR_SECONDS = 365 * 86400
NAME_LENGTH = 80
STATIC_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "txt": "text/plain"}

_IMPORT = re.compile(r'^import .* from "\./([\w.]+)";', re.MULTILINE)
_SHIFTS = re.compile(r"\b(insert|remove):")  # keys of entries after which others have other numbers
VIEWS = ("fields", "table", "flow")  # of a SOP beside its pages
BESIDE = {"previous": -1, "next": 1}  # SOPs that are doubted, seen from one

Answer = Callable[[Request], Response]


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

    # --- the queue ---------------------------------------------------------------------------------------------------

    def queue(self, request: Request) -> Response:
        """What needs eyes, worst first."""
        names = ("document", "group", "severity", "code", "text")
        wanted = QueueFilter(**{name: request.query_params.get(name, "").strip() for name in names})
        overviews = self.folder.overviews
        every = [item for overview in overviews for item in overview.items]
        found = worst_first(item for item in every if wanted.takes(item))
        rows = self.folder.limits.queue_rows
        page = max(0, _number(request.query_params.get("from", "0")))
        context = {
            "items": found[page : page + rows],
            "first": page,
            "told": counted("{n} place to look at", "{n} places to look at", len(found)),
            "more": page + rows if page + rows < len(found) else None,
            "less": max(0, page - rows) if page else None,
            "wanted": wanted,
            "link": partial(_queue_link, wanted),
            "documents": sorted({item.doubt.document for item in every}),
            "codes": sorted({item.doubt.issue.code for item in every}),
            "groups": GROUPS,
            "fields": sum(overview.fields for overview in overviews),
            "seen": sum(overview.seen for overview in overviews),
            "entries": list(zip(self.folder.entries, overviews, strict=True)),
        }
        partial_page = request.headers.get("hx-request") == "true"
        return self._html(request, "queue_rows.html" if partial_page else "queue.html", context)

    def search(self, request: Request) -> Response:
        """The SOPs that say something, whatever is doubted of them."""
        asked = request.query_params.get("q", "").strip()
        found: list[tuple[int, int, str, str]] = []
        for place, overview in enumerate(self.folder.overviews):
            for sop, words in enumerate(overview.words, 1):
                at = words.casefold().find(asked.casefold()) if asked else -1
                if at >= 0:
                    found.append((place, sop, overview.names[sop - 1], _around(words, at, len(asked))))
        told = counted("{n} SOP says so", "{n} SOPs say so", len(found))
        context = {"asked": asked, "found": found[: self.folder.limits.search_rows], "told": told}
        return self._html(request, "search.html", context)

    def taught(self, request: Request) -> Response:
        """A word to be taught to all documents, and what that would change."""
        asked = request.query_params
        return self._taught(request, asked.get("printed", "").strip(), asked.get("meant", "").strip())

    def _taught(
        self, request: Request, printed: str, meant: str, said: Message | str = "", status: int = 200
    ) -> Response:
        found = [
            (place, sop, overview.names[sop - 1], before, after)
            for place, overview in enumerate(self.folder.overviews if printed and meant else ())
            for sop, words in enumerate(overview.words, 1)
            for before, after in taught_in(words, printed, meant)
        ]
        context = {
            "printed": printed,
            "meant": meant,
            "said": said,
            "done": bool(said) and status == 200,
            "found": found[: self.folder.limits.search_rows],
            "told": counted("{n} line would read otherwise", "{n} lines would read otherwise", len(found)),
            "version": version_of(self.folder.lexicon_text()),
        }
        return self._html(request, "teach.html", context, status)

    async def teach(self, request: Request) -> Response:
        """Teach a word to all documents."""
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        return await run_in_threadpool(self._spoken, partial(self._teach, form=form), request)

    def _teach(self, request: Request, form: Mapping[str, str]) -> Response:
        printed, meant = form.get("printed", "").strip(), form.get("meant", "").strip()
        try:
            self.folder.teach(form.get("version", ""), printed, meant)
        except ConflictError:
            return self._taught(
                request, printed, meant, msg("the lexicon was changed meanwhile: look, and ask again"), 409
            )
        except PipelineError as error:
            return self._taught(request, printed, meant, error.message, 422)
        return self._taught(request, printed, meant, msg("Taught. Records follow with the next run."))

    # --- one SOP -----------------------------------------------------------------------------------------------------

    def sop(self, request: Request) -> Response:
        """The pages of a SOP beside its fields."""
        place, number = self._place(request), request.path_params["sop"]
        try:
            opened = self.folder.open(place)
        except CorrectionsError as error:
            return self._html(request, "broken.html", {"problems": error.problems}, 200)
        record = opened.record(number)
        if record is None:
            raise HTTPException(404)
        context = self._context(opened, record, number, request.query_params.get("view", ""))
        partial_page = request.headers.get("hx-request") == "true"
        return self._html(request, "work.html" if partial_page else "sop.html", context)

    def picture(self, request: Request) -> Response:
        """The picture of a page, in one of two resolutions."""
        path, limits = self.folder.path(self._place(request)), self.folder.limits
        dpi = limits.fine_dpi if request.query_params.get("fine") else limits.dpi
        made = self.pictures.picture(path, request.path_params["page"], dpi) if path else None
        if made is None:
            raise HTTPException(404)
        return Response(made, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})

    def check(self, request: Request) -> Response:
        """How a duration or date that is being typed would be read."""
        kind, value = request.query_params.get("kind", ""), request.query_params.get("value", "")[:NAME_LENGTH]
        said, good = _reading(self.folder.normalizer(), kind, value)
        return self._html(request, "check.html", {"said": said, "good": good})

    def missed(self, request: Request, fault: Message | str = "", status: int = 200) -> Response:
        """All pages of a document, on which a SOP that was missed is shown to the machine."""
        opened = self.folder.open(self._place(request))
        context = {
            "opened": opened,
            "entry": self.folder.entries[opened.place],
            "pages": opened.now.document.pages,
            "names": self.folder.overviews[opened.place].names,
            "fault": fault,
        }
        return self._html(request, "missed.html", context, status)

    async def read_missed(self, request: Request) -> Response:
        """Read pages again, as a SOP by itself, and go to what that gives."""
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        return await run_in_threadpool(self._spoken, partial(self._read_missed, form=form), request)

    def _read_missed(self, request: Request, form: Mapping[str, str]) -> Response:
        place = self._place(request)
        try:
            number = self._insert_missed(request, place, form)
        except ConflictError:
            return self.missed(request, msg("the corrections were changed meanwhile: look, and ask again"), 409)
        except PipelineError as error:
            return self.missed(request, error.message, 422)
        return RedirectResponse(f"/d/{place}/{number}", 303)

    def _insert_missed(self, request: Request, place: int, form: Mapping[str, str]) -> int:
        opened, path = self.folder.open(place), self.folder.path(place)
        if self.reader is None or path is None:
            raise PipelineError(msg("{file} is not there any more", file=self.folder.entries[place].file))
        selection = selection_asked(form, len(opened.now.document.pages))
        entry = self.folder.entries[place]
        self.reader.read(Input(path, entry.file, entry.name), selection, self.folder.taught())
        by, number = Signature(self._reviewer(request), self.today().isoformat()), place_of_new(opened.now, selection)
        insert = partial(inserted_sop, document=opened.now.document, number=number, selection=selection)
        self.folder.edit(place, form.get("version", ""), by, insert)
        return number

    async def edit(self, request: Request) -> Response:
        """Do what a reviewer asks for, and show the SOP as it is then."""
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        return await run_in_threadpool(self._spoken, partial(self._edited, form=form), request)

    def _edited(self, request: Request, form: Mapping[str, str]) -> Response:
        place, number = self._place(request), request.path_params["sop"]
        refused: list[RefusedCell] = []
        try:
            opened, said = self._acted(request, place, number, form, refused)
        except ConflictError as conflict:
            return self._conflict(request, conflict, form)
        except CorrectionsError as error:
            return self._refused(request, error.problems[0].message)
        except PipelineError as error:
            return self._refused(request, error.message, error.advice)
        record = opened.record(number)
        if record is None:
            return HTMLResponse("", headers={"HX-Redirect": "/"})
        context = self._context(opened, record, number, form.get("view", ""), said, refused)
        return self._html(request, "work.html", context)

    def _acted(
        self, request: Request, place: int, number: int, form: Mapping[str, str], refused: list[RefusedCell]
    ) -> tuple[Opened, Message]:
        action, version = request.path_params["action"], form.get("version", "")
        if action == "undo":
            return self.folder.undo(place, version), msg("Taken back.")
        if action == "redo":
            return self.folder.redo(place, version), msg("Done again.")
        if action in ("rebase", "drop"):
            change = partial(_stale_settled, line=_number(form.get("line", "")), action=action)
            return self.folder.rewrite(place, version, change), msg("Saved.")
        by = Signature(self._reviewer(request), self.today().isoformat())

        def act(editing: Editing) -> Editing:
            done = edited(editing, number, action, form)
            refused.extend(done.refused)
            return done

        return self.folder.edit(place, version, by, act), msg("Saved.")

    def _refused(self, request: Request, message: Message | str, advice: Message | str = "") -> Response:
        headers = {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"}
        context = {"message": message, "advice": advice}
        return self._html(request, "refused.html", context, 422, headers)

    def _conflict(self, request: Request, conflict: ConflictError, form: Mapping[str, str]) -> Response:
        """Both sides of a conflict: what the file says now, and what was about to be written."""
        mine = {name: value for name, value in form.items() if name != "version"}
        before = (self.folder.text_of(form.get("version", "")) or "").splitlines()
        changes = [(line[0], line[2:]) for line in difflib.ndiff(before, (conflict.text or "").splitlines())]
        headers = {"HX-Retarget": "#dialog", "HX-Reswap": "innerHTML"}
        context = {
            "changes": [change for change in changes if change[0] != "?"],
            "mine": mine,
            "version": version_of(conflict.text),
            # what was about to be written names steps and items by numbers that may be those of others by now
            "shifted": any(mark in "+-" and _SHIFTS.search(line) for mark, line in changes),
        }
        return self._html(request, "conflict.html", context, 409, headers)

    def _context(
        self,
        opened: Opened,
        record: Record,
        number: int,
        asked_view: str,
        said: Message | str = "",
        refused: Sequence[RefusedCell] = (),
    ) -> dict[str, Any]:
        """What the templates of a SOP show; `asked_view` is one of `VIEWS`, or the first is meant."""
        limits = self.folder.limits
        view = record_view(record, opened.outcomes, limits)
        shown_as = asked_view if asked_view in VIEWS else VIEWS[0]
        first, last = record.source.pages
        texts = {page.number: page.text or "" for page in opened.now.document.pages}
        undo, redo = self.folder.steps(opened.place)
        overview, doubtful = self.folder.overviews[opened.place], doubtful_targets(record)
        beside = {name: open_beside(self.folder.overviews, (opened.place, number), by) for name, by in BESIDE.items()}
        return {
            "opened": opened,
            "entry": self.folder.entries[opened.place],
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
            "has_picture": record.source.kind != "transcript" and self.folder.path(opened.place) is not None,
        }

    # --- the reviewer ------------------------------------------------------------------------------------------------

    async def remember(self, request: Request) -> Response:
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

    def _reviewer(self, request: Request) -> str:
        try:
            return bytes.fromhex(request.cookies.get(REVIEWER_COOKIE, "")).decode() or self.reviewer
        except ValueError:
            return self.reviewer

    # --- help --------------------------------------------------------------------------------------------------------

    def answered(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that answers in the language of who asks, off the server's own thread."""

        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(self._spoken, answer, request)

        return endpoint

    def _spoken(self, answer: Answer, request: Request) -> Response:
        asked = request.cookies.get(LANGUAGE_COOKIE, INDONESIAN)
        with speaking(asked if asked in LANGUAGES else INDONESIAN):
            return answer(request)

    def _place(self, request: Request) -> int:
        place = int(request.path_params["document"])
        if place >= len(self.folder.entries):
            raise HTTPException(404)
        return place

    def _html(
        self,
        request: Request,
        name: str,
        context: Mapping[str, Any],
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        common = {
            "language": spoken(),
            "other_language": ENGLISH if spoken() == INDONESIAN else INDONESIAN,
            "reviewer": self._reviewer(request),
            "back": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        }
        text = _environment().get_template(name).render({**common, **context})
        return HTMLResponse(text, status, dict(headers or {}))


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
        Route("/", page.answered(page.queue)),
        Route("/search", page.answered(page.search)),
        Route("/taught", page.answered(page.taught)),
        Route("/taught", page.teach, methods=["POST"]),
        Route("/check", page.answered(page.check)),
        Route("/d/{document:int}/{sop:int}", page.answered(page.sop)),
        Route("/d/{document:int}/page/{page:int}", page.answered(page.picture)),
        Route("/d/{document:int}/missed", page.answered(page.missed)),
        Route("/d/{document:int}/missed", page.read_missed, methods=["POST"]),
        Route("/d/{document:int}/{sop:int}/{action}", page.edit, methods=["POST"]),
        Route("/remember", page.remember, methods=["POST"]),
        Route("/static/{name}", _static(_static_files())),
    ]
    return Guard(Starlette(routes=routes, lifespan=lifespan), host, page.folder.limits.body_bytes, token)


def _static_files() -> dict[str, tuple[bytes, str]]:
    """The package's own scripts and styles by name, read once: no request's path reaches the disk."""
    folder = resources.files("pipeline.review") / "static"
    return {
        file.name: (file.read_bytes(), STATIC_TYPES.get(file.name.rpartition(".")[2], "application/octet-stream"))
        for file in folder.iterdir()
    }


def _modules() -> tuple[str, ...]:
    """The scripts that `review.js` imports, and those imports: named to the browser, it fetches all of them at once."""
    texts = {name: content.decode() for name, (content, _) in _static_files().items() if name.endswith(".js")}
    found, left = list[str](), ["review.js"]
    while left:
        imported = [name for name in _IMPORT.findall(texts[left.pop(0)]) if name not in found]
        found += imported
        left += imported
    return tuple(found)


def _static(files: Mapping[str, tuple[bytes, str]]) -> Answer:
    def answer(request: Request) -> Response:
        if (found := files.get(request.path_params["name"])) is None:
            raise HTTPException(404)
        return Response(found[0], media_type=found[1], headers={"Cache-Control": "no-cache"})

    return answer


@cache
def _environment() -> Environment:
    """The templates, whatever they show escaped; made once."""
    made = Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        _=translate,
        shown=shown,
        severities=SEVERITIES,
        statuses=STATUSES,
        sureness=SURENESS,
        symbols=SYMBOLS,
        outlines=OUTLINES,
        list_names=LISTS,
        box_text=box_text,
        modules=_modules(),
        can_rebase=can_rebase,
        value_in_words=value_in_words,
        doubt_of=lambda code: catalogue().doubt_of(code),
    )
    return made


def _stale_settled(opened: Opened, line: int, action: str) -> str:
    """The corrections file with a failed entry rewritten to what is read now, or taken out."""
    ends: list[Outcome] = [end for end in opened.outcomes if end.entry.line == line and end.failed]
    if opened.text is None or not ends:
        raise PipelineError(msg("the page asked for something that is not there"), msg("Load it anew."))
    entry = ends[0].entry
    if action == "drop":
        return remove_entries(opened.text, entry.file, [entry])
    return rebase(opened.text, opened.outcomes, line, entry.file)


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
    return "\n".join(f"{target}\t{path}" for target, path in targets)


def _around(words: str, at: int, length: int) -> str:
    start, end = max(0, at - 60), at + length + 60
    return ("…" if start else "") + " ".join(words[start:end].split()) + ("…" if end < len(words) else "")


def _queue_link(wanted: QueueFilter, **changed: object) -> str:
    asked = {name: getattr(wanted, name) for name in ("document", "group", "severity", "code", "text")}
    given = {name: value for name, value in {**asked, **changed}.items() if value not in ("", None)}
    return "/?" + urlencode(given)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
