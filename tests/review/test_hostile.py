"""Hostile text in every field of a record: shown as text by the page and the report, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from hostile_records import HOSTILE, hostile_record
from in_browser import PATIENCE
from playwright.sync_api import Browser, Page

from pipeline.export.json import index_of
from pipeline.model.document import Digitized, Document, PageEntry
from pipeline.review.app import review_app
from pipeline.review.fields import field_paths
from pipeline.review.folder import ReviewFolder
from pipeline.review.page_pictures import PagePictures
from pipeline.review.page_requests import ReviewPage
from pipeline.review.report import part_of
from pipeline.review.report_file import write_report
from pipeline.review.serve import bound
from pipeline.settings import Settings
from pipeline.settings.review_page import ReportSettings
from pipeline.store.index_file import write_index
from pipeline.store.outputs import write_document

WATCH = """window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));"""

pytestmark = pytest.mark.untraced


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that watches for faults, violations of its policy, and requests to elsewhere."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []
    opened = context.new_page()
    opened.add_init_script(WATCH)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("dialog", lambda dialog: faults.append(dialog.message))
    opened.on(
        "request", lambda r: faults.append(r.url) if not r.url.startswith(("http://127.", "file:", "data:")) else None
    )
    yield opened
    context.close()
    assert faults == []


def written(text: str, out: Path) -> Digitized:
    """A run whose one document has a hostile record, and says hostile things of itself."""
    pages = [PageEntry(number=1, kind="text", role="matrix", sops=["a/01"], text=text)]
    document = Document(name="a", file="a.pdf", sha256="0" * 64, kind="text", message=text, pages=pages)
    made = Digitized(document, (hostile_record(text, "a"),))
    write_document(out, made)
    write_index(out, index_of([made]))
    return made


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path, pictures: PagePictures) -> Iterator[str]:
    """A server over a run with hostile text in every field."""
    written(request.param, tmp_path / "out")
    folder = ReviewFolder(tmp_path / "out", tmp_path / "corrections", {}, Settings())
    review = ReviewPage(folder, pictures, "budi", lambda: date(2026, 3, 4))
    where = bound("127.0.0.1", 0, exact=True)
    server = uvicorn.Server(uvicorn.Config(review_app(review, "127.0.0.1"), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([where.listener],), daemon=True)
    thread.start()
    yield where.address
    server.should_exit = True
    thread.join(10)


def unharmed(page: Page) -> None:
    assert page.evaluate("[window.broken, document.querySelectorAll('main img[src=x], main b[onclick]').length]") == [
        None,
        0,
    ]
    assert page.evaluate("window.violations") == []
    assert page.evaluate("document.body.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("address", "text"), [(t, t) for t in HOSTILE.values()], ids=HOSTILE, indirect=["address"])
def test_the_page_shows_every_field_as_text(page: Page, address: str, text: str) -> None:
    page.goto(address)
    assert page.locator(".row").count() == 6
    unharmed(page)
    page.goto(f"{address}search?q={text[:20]}")
    unharmed(page)
    page.goto(f"{address}d/0/1")
    fields = page.evaluate(
        "[...document.querySelectorAll('#work textarea')].map(a => [a.closest('[data-path]').dataset.path, a.value])"
    )
    typed = (path for path in field_paths(hostile_record(text, "a")) if not path.startswith("/flow/"))
    assert {path for path, _ in fields} == {path for path in typed if not path.endswith("/pelaksana")}
    assert {value for _, value in fields} == {text}
    unharmed(page)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_report_shows_it_as_text(page: Page, tmp_path: Path, text: str) -> None:
    limits = ReportSettings()
    path = write_report(
        tmp_path / "out", [part_of(written(text, tmp_path / "out"), limits)], {}, Settings(), limits=limits
    )
    page.goto(path.as_uri())
    shown = text if len(text) <= limits.text else text[: limits.text - 1] + "…"
    said = page.evaluate("[...document.querySelectorAll('.rows strong')].map(one => one.textContent)")
    assert said.count(shown) >= 5
    assert len(said) == 6
    unharmed(page)
    page.check("#speak-en")
    assert page.locator("h1").inner_text() == "What needs eyes"
