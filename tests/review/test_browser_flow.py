"""Lists, steps and the flow changed with mouse, keys and finger in a real Chromium."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from in_browser import Site, drawn, field, saved
from playwright.sync_api import Locator, Page, ViewportSize, expect

pytestmark = pytest.mark.untraced

TALL = ViewportSize(width=1366, height=2400)  # near no edge of it, where the fields scroll on by the clock


def flow_view(site: Site) -> Page:
    site.page.goto(f"{site.address}d/0/2?view=flow")
    return site.page


def flow(site: Site) -> Any:
    return site.record()["flow"]


def drag(page: Page, handle: Locator, below: Locator) -> None:
    """Take a handle with the mouse and let go in the lower half of something."""
    page.set_viewport_size(TALL)
    handle.evaluate("one => one.scrollIntoView({block: 'center'})")
    start, end = handle.bounding_box(), below.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 8, start["y"] + 20)
    page.mouse.move(end["x"] + 40, end["y"] + end["height"] - 6, steps=4)
    expect(page.locator(".drop-line")).to_be_visible()
    page.mouse.up()


def texts(site: Site, name: str) -> Sequence[str]:
    found: Sequence[str] = site.record()["header"][name]
    return found


def test_an_item_is_dragged_to_another_place_and_moved_back_with_keys(site: Site) -> None:
    page, before = site.open(), texts(site, "pencatatan_pendataan")
    items = page.locator('[data-list="pencatatan_pendataan"] [data-item]')
    drag(page, items.nth(0).locator(".handle"), items.nth(1))
    saved(page)
    assert texts(site, "pencatatan_pendataan") == [before[1], before[0], *before[2:]]
    expect(items.nth(1).locator(".handle")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(items.nth(0).locator(".handle")).to_be_focused()
    assert texts(site, "pencatatan_pendataan") == before


def test_a_drag_that_ends_where_it_began_or_is_given_up_changes_nothing(site: Site) -> None:
    page = site.open()
    items = page.locator('[data-list="peralatan_perlengkapan"] [data-item]')
    drag(page, items.nth(0).locator(".handle"), items.nth(0))
    box = items.nth(0).locator(".handle").bounding_box()
    assert box
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 8, box["y"] + 150, steps=3)
    page.keyboard.press("Escape")
    expect(page.locator(".drop-line")).to_have_count(0)
    page.mouse.up()
    assert not site.yaml.exists()


def test_a_step_is_dragged_with_its_symbols(site: Site) -> None:
    page, before = site.open(), site.record()["kegiatan"]
    steps = page.locator("article.step")
    drag(page, steps.nth(0).locator(".handle"), steps.nth(1))
    saved(page)
    after = site.record()["kegiatan"]
    assert [step["uraian"] for step in after[:2]] == [before[1]["uraian"], before[0]["uraian"]]
    assert after[1]["pelaksana"] == before[0]["pelaksana"]
    expect(steps.nth(1).locator(".handle")).to_be_focused()


def test_steps_are_split_at_the_cursor_and_joined(site: Site) -> None:
    page, before = site.open(), site.record()["kegiatan"]
    area = field(page, "/kegiatan/1/uraian").locator("textarea")
    area.evaluate("area => { area.focus(); area.setSelectionRange(12, 12); }")
    page.locator('.step[data-no="2"] [data-do="split-step"]').click()
    expect(page.locator("article.step")).to_have_count(len(before) + 1)
    whole = before[1]["uraian"]
    assert [s["uraian"] for s in site.record()["kegiatan"][1:3]] == [whole[:12].strip(), whole[12:].strip()]
    page.locator('.step[data-no="2"] [data-do="merge-step"]').click()
    expect(page.locator("article.step")).to_have_count(len(before))
    assert site.record()["kegiatan"][1]["uraian"] == f"{whole[:12].strip()} {whole[12:].strip()}"


def test_a_kind_is_chosen_by_its_picture(site: Site) -> None:
    page = flow_view(site)
    node = page.locator("[data-node][data-kind=process]").first
    path = node.get_attribute("data-symbol") or ""
    button = field(page, path).locator("button.kind")
    button.click()
    menu = page.locator("#kind-menu")
    expect(menu.get_by_role("menuitemradio")).to_have_count(7)
    expect(menu.get_by_role("menuitemradio", name="process")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    saved(page)
    place = int(path.rpartition("/")[2])
    assert flow(site)["nodes"][place]["kind"] == "decision"
    page.locator(f'[data-symbol="{path}"]').click()
    expect(page.locator(".flow-bar [data-kind=decision]")).to_have_attribute("aria-pressed", "true")
    page.locator(".flow-bar [data-kind=document]").click()
    expect(page.locator(f'[data-symbol="{path}"]')).to_have_attribute("data-kind", "document")
    assert flow(site)["nodes"][place]["kind"] == "document"


def test_a_connector_is_drawn_between_two_symbols_with_its_words(site: Site) -> None:
    page, before = flow_view(site), flow(site)["edges"]
    nodes = page.locator("[data-node]")
    first, second = (nodes.nth(place).get_attribute("data-node") for place in (0, 5))
    nodes.nth(0).click()
    expect(nodes.nth(0)).to_have_attribute("aria-pressed", "true")
    nodes.nth(5).click()
    page.locator("#edge-menu").get_by_text("tidak", exact=True).click()
    expect(page.locator(".edges li")).to_have_count(len(before) + 1)
    assert flow(site)["edges"][-1] == {"from": first, "to": second, "label": "tidak"}
    expect(page.locator("path.edge")).to_have_count(len(before) + 1)
    page.locator("[data-edge-hit]").last.dispatch_event("click")
    page.locator("#edge-menu").get_by_label("other words").fill("bila lengkap")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator(".edge-label").last).to_have_text("bila lengkap")
    assert flow(site)["edges"][-1]["label"] == "bila lengkap"
    page.locator("[data-edge-hit]").last.dispatch_event("click")
    page.get_by_role("button", name="Remove the connector").last.click()
    expect(page.locator(".edges li")).to_have_count(len(before))
    assert flow(site)["edges"] == before


def test_connectors_are_drawn_on_the_page_itself(site: Site) -> None:
    page, before = flow_view(site), flow(site)["edges"]
    drawn(page)
    page.get_by_role("button", name="Draw connectors").click()
    marks = page.locator('.sheet[data-page="5"] rect[data-of^="/flow/nodes/"]')
    marks.nth(0).click()
    marks.nth(3).click()
    page.locator("#edge-menu").get_by_text("without words").click()
    saved(page)
    assert len(flow(site)["edges"]) == len(before) + 1
    expect(page.locator('.sheet[data-page="5"] path.way')).not_to_have_count(0)


def test_a_symbol_is_put_into_an_empty_place_and_taken_out(site: Site) -> None:
    page, before = flow_view(site), len(flow(site)["nodes"])
    taken = {(n["kegiatan"], n["pelaksana"]) for n in flow(site)["nodes"]}
    assert (1, "skpd") not in taken
    page.locator('[data-row="1"][data-performer="skpd"]').click(position={"x": 8, "y": 8})
    page.locator("#kind-menu [data-pick=document]").click()
    expect(page.locator("[data-node]")).to_have_count(before + 1)
    assert "skpd" in site.record()["kegiatan"][0]["pelaksana"]
    page.locator("[data-node][aria-label^='1. SKPD']").focus()
    page.keyboard.press("Delete")
    expect(page.locator("[data-node]")).to_have_count(before)


def test_the_diagram_with_the_keyboard(site: Site) -> None:
    page, before = flow_view(site), len(flow(site)["edges"])
    page.locator("[data-node]").nth(2).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#edge-menu")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".edges li")).to_have_count(before + 1)
    assert flow(site)["edges"][-1]["label"] == "ya"
