"""Forms that the browser sends by itself, without the page's script."""

from __future__ import annotations

import pytest
from in_browser import Site
from playwright.sync_api import expect

pytestmark = [pytest.mark.untraced, pytest.mark.xdist_group("browser")]


def test_the_language_is_switched_with_the_button(site: Site) -> None:
    page = site.page
    page.goto(site.address)
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    expect(page.locator("h1")).to_have_text("Yang perlu dilihat")
