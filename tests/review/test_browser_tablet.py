"""The review page on a tablet, with fingers instead of a mouse, and on a small laptop: nothing is cut off."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_browser import Site, drawn, field, saved, until
from playwright.sync_api import CDPSession, Locator, Page, expect

pytestmark = pytest.mark.untraced

VIEWS = ["", "d/0/2?view=fields", "d/0/2?view=table", "d/0/2?view=flow", "d/0/missed", "search?q=lakip"]
TARGET_SIZE = {"runOnly": {"type": "rule", "values": ["target-size"]}}
CUT_OFF = """() => [...document.querySelectorAll("button, input, select, textarea, a")].filter(one => {
    const box = one.getBoundingClientRect();
    const scrolls = one.closest("#work, .sheets, .grid-box, .scroll, .diagram, dialog, [popover], .queue-page, .skip");
    return box.width && !scrolls && (box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight);
}).map(one => one.outerHTML)"""


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(CUT_OFF) == []


def touch(session: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    given = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given})


def middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_nothing_is_cut_off_and_all_is_large_enough_for_a_finger(tablet: Site) -> None:
    page = tablet.page
    for view in VIEWS:
        page.goto(tablet.address + view)
        fits(page)
        drawn(page)
        page.evaluate("document.querySelector('#work')?.scrollTo(0, 0)")  # what is half under the bar counts as small
        found = Axe().run(page, options=TARGET_SIZE).response["violations"]
        assert [node["html"] for each in found for node in each["nodes"]] == []
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, select, summary, textarea")].filter(one => {
                const box = one.getBoundingClientRect();
                return box.width && (box.height < 24 || box.width < 24);
            }).map(one => one.outerHTML)"""
        )
        assert small == []


def test_nothing_is_cut_off_on_a_small_laptop(site: Site) -> None:
    for view in VIEWS:
        site.page.goto(site.address + view)
        fits(site.page)


def test_a_field_is_found_and_corrected_with_the_finger(tablet: Site) -> None:
    page = tablet.open()
    drawn(page)
    box = page.locator('.boxes rect[data-of="/header/nomor_sop"]')
    box.scroll_into_view_if_needed()
    box.tap()
    area = field(page, "/header/nomor_sop").locator("textarea")
    expect(area).to_be_focused()
    area.fill("1/X/2026")
    page.locator('[data-path="/header/nama_sop"] textarea').tap()
    saved(page)
    assert tablet.record()["header"]["nomor_sop"] == "1/X/2026"
    page.get_by_role("button", name="Undo").tap()
    expect(page.locator(".said")).to_have_text("Taken back.")


def test_two_fingers_zoom_and_one_scrolls(tablet: Site) -> None:
    page = tablet.open()
    sheets = page.locator(".sheets")
    drawn(page)
    before = page.locator(".sheet").first.bounding_box()
    assert before
    session = page.context.new_cdp_session(page)
    x, y = middle(sheets)
    touch(session, "touchStart", (x - 30, y), (x + 30, y))
    for apart in (40, 50, 60, 75, 90):
        touch(session, "touchMove", (x - apart, y), (x + apart, y))
    touch(session, "touchEnd")
    wide = "width => document.querySelector('.sheet').getBoundingClientRect().width > width"
    until(page, wide, 2 * before["width"])
    expect(page.locator(".sheet img").first).to_have_attribute("src", "/d/0/page/4?fine=1")
    start = sheets.evaluate("one => [one.scrollLeft, one.scrollTop]")
    touch(session, "touchStart", (x, y))
    for moved in (20, 60, 100):
        touch(session, "touchMove", (x - moved, y - moved))
    touch(session, "touchEnd")
    until(page, "([x, y]) => document.querySelector('.sheets').scrollTop > y", start)


def test_an_item_is_dragged_with_the_finger(tablet: Site) -> None:
    page = tablet.open()
    before = tablet.record()["header"]["pencatatan_pendataan"]
    items = page.locator('[data-list="pencatatan_pendataan"] [data-item]')
    items.nth(0).evaluate("one => one.scrollIntoView({block: 'center'})")
    session = page.context.new_cdp_session(page)
    x, y = middle(items.nth(0).locator(".handle"))
    box = items.nth(1).bounding_box()
    assert box
    touch(session, "touchStart", (x, y))
    for share in (0.3, 0.7, 1):
        touch(session, "touchMove", (x, y + share * (box["y"] + box["height"] - 4 - y)))
    expect(page.locator(".drop-line")).to_be_visible()
    touch(session, "touchEnd")
    saved(page)
    assert tablet.record()["header"]["pencatatan_pendataan"] == [before[1], before[0], *before[2:]]


def test_the_table_with_the_finger(tablet: Site) -> None:
    page = tablet.page
    page.goto(f"{tablet.address}d/0/2?view=table")
    cell = page.locator('tr[data-no="1"] td[data-cell="output"]')
    cell.tap()
    expect(cell).to_be_focused()
    cell.tap()
    page.locator(".typing textarea").fill("Surat masuk")
    page.locator('tr[data-no="2"] td[data-cell="uraian"]').tap()
    saved(page)
    assert tablet.record()["kegiatan"][0]["mutu_baku"]["output"] == "Surat masuk"


def test_the_bar_between_pages_and_fields_moves(tablet: Site) -> None:
    page = tablet.open()
    wide = page.locator("#pages").bounding_box()
    page.locator(".splitter").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    wider = page.locator("#pages").bounding_box()
    assert wide
    assert wider
    assert wider["width"] * wider["height"] > 1.1 * wide["width"] * wide["height"]
    page.reload()
    assert page.locator("#pages").bounding_box() == wider
