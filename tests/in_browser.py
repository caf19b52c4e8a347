"""What the tests of the review page in a browser share: the browser, a running server, and looking at a page."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import Locator, Page, expect

from pipeline.corrections import parse_corrections

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
PATIENCE = 60_000.0  # milliseconds that what is expected of a page, or asked of it, may take on a busy machine


@dataclass(frozen=True)
class Site:
    """A running server, its folders, and a page in the browser."""

    address: str
    place: Path
    page: Page

    def open(self, sop: int = 2) -> Page:
        self.page.goto(f"{self.address}d/0/{sop}")
        return self.page

    @property
    def yaml(self) -> Path:
        return self.place / "corrections" / "sop-bintan.yaml"

    def entries(self) -> list[dict[str, Any]]:
        return [dict(entry.given) for entry in parse_corrections(self.yaml.read_text(), "a").entries]

    def record(self, sop: int = 2) -> dict[str, Any]:
        path = next((self.place / "outputs" / "sop-bintan").glob(f"{sop:02d}-*.sop.json"))
        content: dict[str, Any] = json.loads(path.read_bytes())
        return content


def saved(page: Page) -> None:
    expect(page.locator(".said")).to_have_text("Saved.")


def until(page: Page, expression: str, arg: Any = None) -> None:
    """Wait until an expression holds; Playwright's own wait evaluates it in the page, which its policy forbids."""
    end = monotonic() + PATIENCE / 1000
    while not page.evaluate(expression, arg):
        assert monotonic() < end, expression
        page.wait_for_timeout(20)


def drawn(page: Page) -> None:
    """Wait until the pictures of all pages of a SOP have come, which may scroll, and their boxes are drawn."""
    page.evaluate("document.querySelectorAll('.sheet img').forEach(img => { img.loading = 'eager'; })")
    until(page, "[...document.querySelectorAll('.sheet .boxes')].every(one => one.hasAttribute('viewBox'))")


def field(page: Page, path: str) -> Locator:
    return page.locator(f'[data-path="{path}"]').first
