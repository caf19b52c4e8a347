"""The review page in a real Chromium, as a reviewer uses it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_browser import Site, drawn, field, saved, until
from playwright.sync_api import Page, Route, expect
from reviewing import BY

TIME = "/kegiatan/2/mutu_baku/waktu"
HOSTILE = "<script>document.title='broken'</script>\u202e<b onclick=alert(1)>tebal</b>"

pytestmark = pytest.mark.untraced


def test_from_the_queue_to_the_field_beside_its_page(site: Site) -> None:
    page = site.page
    page.goto(site.address)
    page.get_by_label("Kind of field").select_option("header")
    expect(page.locator(".row").first).to_contain_text("tanggal")
    page.wait_for_url("**group=header**")
    page.locator(".row a").first.click()
    expect(page.locator("rect.lit")).to_have_count(1)
    expect(page.locator("textarea:focus")).to_have_count(1)
    page.locator(".sheet img").first.wait_for()
    page.locator(f'.boxes rect[data-of="{"/header/nomor_sop"}"]').click()
    expect(page.locator('[data-path="/header/nomor_sop"] textarea')).to_be_focused()


def test_a_duration_is_checked_while_typed_and_saved_on_leaving(site: Site) -> None:
    page = site.open()
    area = field(page, TIME).locator("textarea")
    area.fill("2 jam")
    expect(field(page, TIME).locator(".check")).to_contain_text("2 jam")
    area.press("Tab")
    saved(page)
    assert site.entries()[0] == {
        "sop": "02",
        "at": "kegiatan[no=3]/mutu_baku/waktu",
        "expect": "15 menit",
        "set": "2 jam",
        "reviewer": BY.reviewer,
        "date": BY.date,
    }
    assert site.record()["kegiatan"][2]["mutu_baku"]["waktu"]["iso8601"] == "PT2H"
    expect(field(page, TIME)).to_have_class("field corrected")


def test_a_performer_is_ticked_and_taken_back(site: Site) -> None:
    page, before = site.open(), site.record()
    page.locator('.step[data-no="3"] .tick', has_text="SKPD").click()
    saved(page)
    assert "skpd" in site.record()["kegiatan"][2]["pelaksana"]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".said")).to_have_text("Taken back.")
    assert site.record() == before
    assert not site.yaml.exists()


def test_a_step_is_inserted_a_list_split_and_an_edge_drawn(site: Site) -> None:
    page = site.open()
    page.locator('[data-do="insert-step"][data-after="3"]').click()
    saved(page)
    assert len(site.record()["kegiatan"]) == 1 + len(page.locator(".step").all()) - 1
    before = site.record()["header"]["peringatan"]
    page.locator('[data-path="/header/peringatan/0"] textarea').evaluate("area => area.setSelectionRange(8, 8)")
    page.locator('[data-list="peringatan"] [data-item="0"] [data-how="split"]').click()
    expect(page.locator('[data-list="peringatan"] [data-item]')).to_have_count(len(before) + 1)
    edges = len(site.record()["flow"]["edges"])
    nodes = page.locator("[data-node]")
    nodes.nth(0).focus()
    page.keyboard.press("Enter")
    nodes.nth(5).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="without words").click()
    expect(page.locator(".edges li")).to_have_count(edges + 1)
    assert len(site.record()["flow"]["edges"]) == edges + 1


def test_all_right_on_this_page(site: Site) -> None:
    page = site.open()
    button = page.get_by_role("button", name="All right on page").first
    name = button.inner_text()
    button.click()
    saved(page)
    expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    assert {tuple(set(entry) & {"confirm", "set"}) for entry in site.entries()} == {("confirm",)}


def test_two_tabs_lose_nothing(site: Site) -> None:
    page = site.open()
    other = page.context.new_page()
    other.goto(page.url)
    field(page, TIME).locator("textarea").fill("2 jam")
    page.keyboard.press("Control+Enter")
    saved(page)
    field(other, "/header/nomor_sop").locator("textarea").fill("9/X")
    other.keyboard.press("Control+Enter")
    other.bring_to_front()
    dialog = other.locator("#conflict")
    expect(dialog).to_contain_text("2 jam")
    expect(dialog).to_contain_text("9/X")
    assert len(site.entries()) == 1
    expect(dialog.get_by_role("button", name="Show what the file says")).to_be_focused()
    dialog.get_by_role("button", name="Write mine as well").click()
    saved(other)
    assert [entry["set"] for entry in site.entries()] == ["2 jam", "9/X"]


def test_what_is_being_typed_stays_while_an_answer_arrives(site: Site) -> None:
    page, held = site.open(), list[Route]()
    page.route("**/set", lambda route: held.append(route), times=1)
    field(page, TIME).locator("textarea").fill("2 jam")
    with page.expect_request("**/set"):
        page.keyboard.press("Control+Enter")
    area = field(page, "/header/nama_sop").locator("textarea")
    area.focus()
    page.keyboard.type("Na")
    held[0].continue_()
    saved(page)
    page.keyboard.type("ma ")
    expect(area).to_have_value("Nama " + area.evaluate("area => area.defaultValue"))
    expect(area).to_be_focused()


def test_with_the_keyboard_alone(site: Site) -> None:
    page = site.open()
    page.keyboard.press("Alt+ArrowDown")
    path = page.evaluate("document.activeElement.closest('[data-path]').dataset.path")
    page.keyboard.press("Alt+Enter")
    saved(page)
    assert "confirm" in site.entries()[0]
    assert page.evaluate("document.activeElement.closest('[data-path]').dataset.path") != path
    page.keyboard.press("Alt+z")
    expect(page.locator(".said")).to_have_text("Taken back.")
    page.keyboard.press("Alt+y")
    expect(page.locator(".said")).to_have_text("Done again.")
    page.keyboard.press("F1")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).not_to_be_visible()


def test_hostile_text_is_text(site: Site) -> None:
    page = site.open()
    for text in (HOSTILE, "x" * 100_000):
        area = field(page, "/kegiatan/0/uraian").locator("textarea")
        area.fill(text)
        with page.expect_response("**/set"):
            page.keyboard.press("Control+Enter")
        saved(page)
        expect(area).to_have_value(text)
        assert site.record()["kegiatan"][0]["uraian"] == text
    page.goto(site.address + "search?q=onclick")
    assert "broken" not in page.title()
    assert page.evaluate("document.body.scrollWidth <= window.innerWidth")


def test_the_search_goes_through_all_sops(site: Site) -> None:
    page = site.page
    page.goto(site.address)
    page.get_by_role("searchbox", name="Search all SOPs").fill("perjanjian kinerja")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")  # the queue has rows with that name too
    expect(page.locator(".row").first).to_contain_text("Perjanjian Kinerja")
    name, row = (page.locator(each).first.bounding_box() for each in (".row strong", ".row"))
    assert name
    assert row
    assert name["width"] > row["width"] / 2
    page.locator(".row a").first.click()
    expect(page.locator("#work")).to_be_visible()


def test_the_page_is_turned_and_zoomed_around_its_middle(site: Site) -> None:
    page = site.open()
    paper = page.locator(".paper").first
    drawn(page)
    upright = paper.bounding_box()
    page.get_by_role("button", name="Turn the page").click()
    turned = paper.bounding_box()
    assert upright
    assert turned
    assert (turned["width"], turned["height"]) == pytest.approx((upright["height"], upright["width"]), abs=1)
    for _ in range(3):
        page.get_by_role("button", name="Turn the page").click()
    mark = page.locator('.boxes rect[data-of="/header/nama_sop"]')
    mark.scroll_into_view_if_needed()
    before = mark.bounding_box()
    assert before
    x, y = before["x"] + before["width"] / 2, before["y"] + before["height"] / 2
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    for least in (105, 115):
        page.mouse.wheel(0, -100)
        until(page, "least => parseFloat(document.querySelector('.sheet').style.width) > least", least)
    page.keyboard.up("Control")
    after = mark.bounding_box()
    assert after
    assert after["width"] > 1.1 * before["width"]
    assert after["x"] < x < after["x"] + after["width"]
    assert after["y"] < y < after["y"] + after["height"]


def test_a_stale_correction_shows_both_readings_and_is_written_anew(site: Site) -> None:
    entry = '{sop: "02", at: header/nomor_sop, expect: LAMA, set: BARU}'
    site.yaml.write_text(f"document: {{file: sop-bintan.pdf}}\ncorrections:\n  - {entry}\n")
    page = site.open()
    stale = page.locator(".stale")
    for words in ("BARU", "LAMA", site.record()["header"]["nomor_sop"]):
        expect(stale).to_contain_text(words)
    stale.get_by_role("button", name="Correct it all the same").click()
    expect(stale).to_have_count(0)
    assert site.record()["header"]["nomor_sop"] == "BARU"


def test_what_was_printed_and_changed_by_rules_is_shown_on_demand(site: Site) -> None:
    page = site.open()
    box = field(page, "/header/tanggal_pengesahan")
    expect(box.get_by_text("08 Desember 2017")).not_to_be_visible()
    box.get_by_text("what was read").click()
    expect(box.get_by_text("08 Desember 2017").first).to_be_visible()
    box.get_by_role("button", name="Right").click()
    saved(page)
    expect(box.get_by_text("08 Desember 2017").first).to_be_visible()


def test_the_language_switches_and_the_view_stays(site: Site) -> None:
    page = site.page
    page.goto(f"{site.address}d/0/2?view=flow")
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(page.get_by_role("button", name="Alir")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="English")).to_be_visible()


@pytest.mark.parametrize("path", ["", "d/0/2", "d/0/2?view=table", "d/0/2?view=flow", "d/0/missed", "search?q=lakip"])
def test_axe_finds_nothing_serious(site: Site, path: str) -> None:
    site.page.goto(site.address + path)
    serious(site.page)
    site.page.keyboard.press("F1")
    expect(site.page.locator("#help")).to_be_visible()
    serious(site.page)


def test_axe_finds_nothing_serious_in_menus_dialogs_and_the_tour(site: Site) -> None:
    page = site.page
    page.goto(site.address)
    page.locator("#tour-invitation").get_by_role("button", name="Start the tour").click()
    expect(page.locator("#tour")).to_be_visible()
    serious(page)
    page.keyboard.press("Escape")
    page.goto(f"{site.address}d/0/2?view=flow")
    page.locator("button.kind").first.click()
    serious(page)
    page.keyboard.press("Escape")
    page.locator("[data-edge-hit]").first.dispatch_event("click")
    expect(page.locator("#edge-menu")).to_be_visible()
    serious(page)
    page.goto(f"{site.address}d/0/2?view=table")
    page.locator('td[data-cell="pelaksana"]').first.dblclick()
    expect(page.locator(".performer-choice")).to_be_visible()
    serious(page)


def serious(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


def test_to_the_next_sop_with_doubts_by_key_with_what_was_typed(site: Site) -> None:
    page = site.open()
    field(page, TIME).locator("textarea").fill("2 jam")
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url("**/d/0/3")
    assert site.entries()[0]["set"] == "2 jam"
    page.locator('[data-view="table"]').click()
    expect(page.locator(".grid-box")).to_be_visible()
    page.get_by_role("link", name="Next SOP with doubts").click()
    page.wait_for_url("**/d/0/4?view=table")
    page.keyboard.press("Alt+PageUp")
    page.wait_for_url("**/d/0/3?view=table")


def test_what_cannot_be_saved_keeps_one_here_and_where_nothing_is_doubted_one_is_led_on(site: Site) -> None:
    page = site.open()
    field(page, "/header/tanggal_efektif").locator("textarea").fill("kapan-kapan")
    page.keyboard.press("Alt+PageDown")
    expect(field(page, "/header/tanggal_efektif")).to_have_class(re.compile("invalid"))
    expect(field(page, "/header/tanggal_efektif").locator("textarea")).to_be_focused()
    assert page.url.endswith("/d/0/2")
    page.keyboard.press("Escape")
    page.evaluate("document.querySelectorAll('[data-doubt]').forEach((one) => one.removeAttribute('data-doubt'))")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-leave=next]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/d/0/3")


def test_a_page_that_comes_after_zooming_is_shown_in_its_best_resolution(site: Site) -> None:
    page, held, plain = site.page, list[Route](), re.compile(r"/page/4$")
    page.route(plain, lambda route: held.append(route))
    with page.expect_request(plain):
        page.goto(f"{site.address}d/0/2", wait_until="domcontentloaded")
    page.get_by_role("button", name="Zoom in").click(click_count=3)
    expect(page.locator(".sheet img").first).to_have_attribute("src", "/d/0/page/4")
    held[0].continue_()
    expect(page.locator(".sheet img").first).to_have_attribute("src", "/d/0/page/4?fine=1")
