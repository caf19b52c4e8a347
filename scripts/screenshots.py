"""Draw the pictures of docs/review.md anew: each view of the review page over the samples, in both languages.

.venv/bin/python scripts/screenshots.py          # all of them, into docs/review/
.venv/bin/python scripts/screenshots.py flow-id  # those whose names are given
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.cli import exit_code
from pipeline.review.app import review_app
from pipeline.review.folder import ReviewFolder
from pipeline.review.page_pictures import PagePictures
from pipeline.review.page_requests import LANGUAGE_COOKIE, ReviewPage
from pipeline.review.serve import bound
from pipeline.settings import Settings

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "review"
SAMPLE = ROOT / "inputs" / "sop-bintan.pdf"
LAPTOP, TABLET = (1366, 768), (768, 1024)
SOP = "d/0/2"


def _seen(page: Page) -> None:
    page.locator(".sheet rect").first.wait_for()
    page.wait_for_load_state("networkidle")


def _queue(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#tour-invitation [data-tour=decline]").click()


def _sop(page: Page, address: str) -> None:
    page.goto(f"{address}{SOP}#/header/tanggal_efektif")
    _seen(page)


def _table(page: Page, address: str) -> None:
    page.goto(f"{address}{SOP}?view=table")
    _seen(page)
    page.locator('tr[data-no="2"] td[data-cell="kelengkapan"]').click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")


def _flow(page: Page, address: str) -> None:
    page.goto(f"{address}{SOP}?view=flow")
    _seen(page)
    page.locator("[data-node][data-kind=decision]").first.click()
    page.locator("[data-node][aria-label^='6.']").first.click()


def _tour(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#tour-invitation [data-tour=start]").click()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**/d/**")
    _seen(page)
    page.locator("#tour").wait_for()
    page.keyboard.press("ArrowRight")


def _missed(page: Page, address: str) -> None:
    page.goto(f"{address}d/0/missed")
    page.wait_for_load_state("networkidle")


def _help(page: Page, address: str) -> None:
    _sop(page, address)
    page.keyboard.press("F1")


VIEWS: Mapping[str, tuple[tuple[int, int], Callable[[Page, str], None]]] = {
    "queue": (LAPTOP, _queue),
    "sop": (LAPTOP, _sop),
    "table": (LAPTOP, _table),
    "flow": (LAPTOP, _flow),
    "tour": (LAPTOP, _tour),
    "missed": (LAPTOP, _missed),
    "help": (LAPTOP, _help),
    "tablet": (TABLET, _sop),
}


@contextmanager
def _server(place: Path) -> Iterator[str]:
    """A review page over the sample, read into `place`; its address."""
    folders = {"--out": place / "outputs", "--corrections": place / "corrections"}
    (place / "corrections").mkdir()
    exit_code(["run", str(SAMPLE), "--jobs", "1", *(str(part) for pair in folders.items() for part in pair)])
    folder = ReviewFolder(place / "outputs", place / "corrections", {SAMPLE.stem: SAMPLE}, Settings())
    page = ReviewPage(folder, PagePictures(Settings(), folder.limits), "Bagian Organisasi", date.today)
    where = bound("127.0.0.1", 0, exact=True)
    server = uvicorn.Server(uvicorn.Config(review_app(page, "127.0.0.1"), log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, args=([where.listener],), daemon=True)
    thread.start()
    yield where.address
    server.should_exit = True
    thread.join(10)


def _draw(browser: Browser, address: str, name: str) -> None:
    view, _, language = name.rpartition("-")
    (width, height), opened = VIEWS[view]
    touch = (width, height) == TABLET
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch)
    context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": address}])
    page = context.new_page()
    opened(page, address)
    page.wait_for_timeout(500)  # scrolling and fonts come to rest
    page.screenshot(path=PICTURES / f"{name}.png")
    context.close()


def main(names: list[str]) -> None:
    """Draw the pictures with these names, or all."""
    wanted = names or [f"{view}-{language}" for view in VIEWS for language in ("id", "en")]
    chromium = shutil.which("chromium")
    with tempfile.TemporaryDirectory() as place, _server(Path(place)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in wanted:
            _draw(browser, address, name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
