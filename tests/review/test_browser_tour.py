"""The newcomer's tour in a real Chromium."""

from __future__ import annotations

import pytest
from in_browser import Site
from playwright.sync_api import expect

pytestmark = pytest.mark.untraced


def test_from_the_queue_to_the_fields_and_to_its_end(site: Site) -> None:
    page = site.page
    page.goto(site.address)
    page.locator("#tour-invitation").get_by_role("button", name="Start the tour").click()
    card, count = page.locator("#tour"), page.locator(".tour-count")
    titles = []
    for number in range(1, 10):
        expect(count).to_have_text(f"{number} / 9")
        expect(card.locator("[data-tour=next]")).to_be_focused()
        expect(page.locator(".spot")).to_be_visible()
        titles.append(card.get_by_role("heading").inner_text())
        if number == 3:
            page.keyboard.press("ArrowLeft")
            expect(count).to_have_text("2 / 9")
            page.keyboard.press("ArrowRight")
            expect(count).to_have_text("3 / 9")
        page.keyboard.press("Enter")
    assert len(set(titles)) == 9
    expect(card).not_to_be_visible()
    expect(page.locator(".spot")).to_have_count(0)
    page.goto(site.address)
    expect(page.locator(".row").first).to_be_visible()
    expect(page.locator("#tour-invitation")).not_to_be_visible()


def test_it_is_declined_skipped_and_found_again_on_the_help_card(site: Site) -> None:
    page = site.page
    page.goto(site.address)
    page.get_by_role("button", name="Not now").click()
    page.goto(f"{site.address}d/0/2")
    expect(page.locator("#tour")).not_to_be_visible()
    page.keyboard.press("F1")
    page.locator("#help").get_by_role("button", name="Start the tour").click()
    expect(page).to_have_url(site.address)
    expect(page.locator(".tour-count")).to_have_text("1 / 9")
    page.keyboard.press("Escape")
    expect(page.locator("#tour")).not_to_be_visible()
    page.reload()
    expect(page.locator(".row").first).to_be_visible()
    expect(page.locator("#tour")).not_to_be_visible()
