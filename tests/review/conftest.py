"""A folder in which a run over the sample of Bintan has been."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from in_browser import CHROMIUM, PATIENCE, Site
from playwright.sync_api import Browser, expect, sync_playwright
from reviewing import page_at, run_sample

from pipeline.review.app import review_app
from pipeline.review.page_pictures import PagePictures
from pipeline.review.page_requests import LANGUAGE_COOKIE
from pipeline.review.serve import bound
from pipeline.settings import Settings
from pipeline.settings.review_page import ReviewSettings


@pytest.fixture(scope="session")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders of a run over the sample, read once."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "corrections").mkdir()
    assert run_sample(folder) == 0
    return folder


@pytest.fixture
def place(run_once: Path, tmp_path: Path) -> Path:
    """A copy of these folders, to be changed."""
    shutil.copytree(run_once, tmp_path / "place")
    return tmp_path / "place"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium that the tests of a module share; each has a profile of its own.

    Not those of all modules: while Playwright is started nothing else in the process can run an event loop.
    """
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("there is no Chromium here: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=2 * PATIENCE)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def pictures() -> Iterator[PagePictures]:
    """The process that draws pages, which all tests share: it takes longer to start than to draw."""
    drawn = PagePictures(Settings(), ReviewSettings())
    yield drawn
    drawn.close()


@pytest.fixture
def address(place: Path, pictures: PagePictures) -> Iterator[str]:
    """Where a server answers that shows the folders of `place`."""
    review, where = replace(page_at(place), pictures=pictures), bound("127.0.0.1", 0, exact=True)
    server = uvicorn.Server(uvicorn.Config(review_app(review, "127.0.0.1"), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([where.listener],), daemon=True)
    thread.start()
    yield where.address
    server.should_exit = True
    thread.join(10)


@contextmanager
def visit(browser: Browser, address: str, place: Path, **options: Any) -> Iterator[Site]:
    """A page that is open in a profile of its own; faults of scripts and requests elsewhere fail the test."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_cookies([{"name": LANGUAGE_COOKIE, "value": "en", "url": address}])
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda r: faults.append(r.url) if not r.url.startswith(address) else None)
    yield Site(address, place, page)
    context.close()
    assert faults == []


@pytest.fixture
def site(place: Path, browser: Browser, address: str) -> Iterator[Site]:
    """The page on a small laptop."""
    with visit(browser, address, place, viewport={"width": 1366, "height": 768}) as opened:
        yield opened


@pytest.fixture(params=[(1024, 768), (768, 1024)], ids=["landscape", "portrait"])
def tablet(place: Path, browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Site]:
    """The page on a tablet, held both ways."""
    width, height = request.param
    size = {"width": width, "height": height}
    with visit(browser, address, place, viewport=size, has_touch=True, is_mobile=True) as opened:
        yield opened
