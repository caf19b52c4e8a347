"""The table of a SOP as a grid in a real Chromium: keyboard, typing, copy from and paste into a spreadsheet."""

from __future__ import annotations

from typing import Any

import pytest
from in_browser import Site, saved
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.untraced


def table(site: Site) -> Page:
    site.page.goto(f"{site.address}d/0/2?view=table")
    return site.page


def cell(page: Page, no: int, column: str) -> Locator:
    return page.locator(f'tr[data-no="{no}"] td[data-cell="{column}"]')


def paste(page: Page, text: str, html: str | None = None) -> None:
    """Put something on the clipboard, as a spreadsheet would, and paste it."""
    page.evaluate(
        """([text, html]) => navigator.clipboard.write([new ClipboardItem({
             "text/plain": new Blob([text], {type: "text/plain"}),
             ...(html ? {"text/html": new Blob([html], {type: "text/html"})} : {})})])""",
        [text, html],
    )
    page.keyboard.press("Control+V")


def steps(site: Site) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = site.record()["kegiatan"]
    return found


def test_the_table_is_a_view_of_its_own_that_a_reload_keeps(site: Site) -> None:
    page = site.open()
    page.get_by_role("button", name="Table", exact=True).click()
    expect(page.get_by_role("grid")).to_be_visible()
    page.reload()
    expect(page.get_by_role("columnheader")).to_have_text(
        ["No", "Activity", "Performers", "Requirements", "Time", "Output", "Remarks"]
    )
    page.get_by_role("button", name="Fields", exact=True).click()
    expect(page.get_by_role("heading", name="Cover")).to_be_visible()


def test_the_keyboard_moves_types_and_leaves_as_it_was(site: Site) -> None:
    page = table(site)
    cell(page, 1, "uraian").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(page, 2, "pelaksana")).to_be_focused()
    page.keyboard.press("Control+End")
    expect(cell(page, len(steps(site)), "keterangan")).to_be_focused()
    page.keyboard.press("Control+Home")
    expect(cell(page, 1, "no")).to_be_focused()
    cell(page, 3, "waktu").click()
    expect(page.locator("rect.lit")).to_have_count(1)
    page.keyboard.type("2 jam")
    expect(page.locator(".typing .check")).to_contain_text("2 jam")
    page.keyboard.press("Escape")
    expect(cell(page, 3, "waktu")).to_have_text("15 menit")
    page.keyboard.type("2 jam")
    page.keyboard.press("Enter")
    expect(cell(page, 4, "waktu")).to_be_focused()
    saved(page)
    assert steps(site)[2]["mutu_baku"]["waktu"]["iso8601"] == "PT2H"
    assert [(entry["at"], entry["set"]) for entry in site.entries()] == [("kegiatan[no=3]/mutu_baku/waktu", "2 jam")]
    page.keyboard.press("Alt+Enter")
    expect(cell(page, 4, "waktu")).to_have_class("cell confirmed")


def test_typing_goes_on_while_an_answer_arrives(site: Site) -> None:
    page, held = table(site), list[Route]()
    page.route("**/table", lambda route: held.append(route), times=1)
    cell(page, 1, "output").click()
    page.keyboard.type("Surat masuk")
    with page.expect_request("**/table"):
        page.keyboard.press("Tab")
    page.keyboard.type("Ke")
    held[0].continue_()
    saved(page)
    page.keyboard.type("terangan")
    page.keyboard.press("Enter")
    expect(cell(page, 1, "keterangan")).to_have_class("cell corrected")
    first = steps(site)[0]
    assert (first["mutu_baku"]["output"], first["keterangan"]) == ("Surat masuk", "Keterangan")


def test_the_table_stays_where_it_was_scrolled_to(site: Site) -> None:
    page = table(site)
    cell(page, 11, "keterangan").click()
    there = page.locator(".grid-box").evaluate("box => { box.scrollTo(0, 300); return box.scrollTop; }")
    assert there > 0
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    saved(page)
    assert page.locator(".grid-box").evaluate("box => box.scrollTop") >= there
    expect(cell(page, 12, "keterangan")).to_be_focused()


def test_performers_are_ticked_in_their_cell(site: Site) -> None:
    page = table(site)
    cell(page, 3, "pelaksana").click()
    page.keyboard.press("Enter")
    page.locator(".performer-choice").get_by_label("SKPD").check()
    page.keyboard.press("Enter")
    saved(page)
    assert "skpd" in steps(site)[2]["pelaksana"]
    expect(cell(page, 3, "pelaksana")).to_contain_text("SKPD")


def test_a_block_is_copied_as_text_and_as_a_table(site: Site) -> None:
    page = table(site)
    cell(page, 2, "kelengkapan").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("td.picked")).to_have_count(4)
    page.keyboard.press("Control+C")
    expect(page.locator("#notice")).to_have_text("Copied: 2 × 2 cells.")
    rows = [(s["mutu_baku"]["kelengkapan"], s["mutu_baku"]["waktu"]["text"]) for s in steps(site)[1:3]]
    assert page.evaluate("navigator.clipboard.readText()") == "\n".join("\t".join(row) for row in rows)
    html = page.evaluate(
        "navigator.clipboard.read().then(items => items[0].getType('text/html')).then(blob => blob.text())"
    )
    assert "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows) in html


def test_a_block_is_pasted_in_one_action_and_one_undo_takes_it_back(site: Site) -> None:
    page, before = table(site), site.record()
    cell(page, 2, "kelengkapan").click()
    paste(page, 'Surat\t10 menit\n"Dua\nbaris ""kutip"""\t1 hari\n')
    saved(page)
    told = [(s["mutu_baku"]["kelengkapan"], s["mutu_baku"]["waktu"]["iso8601"]) for s in steps(site)[1:3]]
    assert told == [("Surat", "PT10M"), ('Dua\nbaris "kutip"', "P1D")]
    assert len(site.entries()) == 4
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".said")).to_have_text("Taken back.")
    assert site.record() == before


def test_a_table_of_a_word_processor_is_pasted_and_refused_cells_are_told(site: Site) -> None:
    page = table(site)
    cell(page, 1, "pelaksana").click()
    html = "<table><tr><td><p>SKPD;\n Sekda</p></td><td>a<br>b</td></tr><tr><td>Gubernur</td><td>c</td></tr></table>"
    paste(page, "SKPD; Sekda\ta b\nGubernur\tc", html)
    expect(page.locator(".refused li")).to_have_count(1)
    expect(page.locator(".refused li")).to_contain_text("Step 2, Performers: pelaksana 'Gubernur'")
    expect(cell(page, 2, "pelaksana")).to_have_class("cell read invalid")
    first, second = steps(site)[:2]
    assert (first["pelaksana"], first["mutu_baku"]["kelengkapan"]) == (["skpd", "sekda"], "a\nb")
    assert second["mutu_baku"]["kelengkapan"] == "c"


def test_more_rows_than_steps_are_inserted_after_asking(site: Site) -> None:
    page, before = table(site), len(steps(site))
    cell(page, before, "uraian").click()
    block = "Langkah akhir\tSKPD\nLangkah baru\tSKPD\tSurat\t15 menit\nLangkah lagi\tGubernur"
    for name, steps_then in (("Cancel", before), ("Paste only what fits", before), ("Insert the steps", before + 2)):
        paste(page, block)
        expect(page.locator("#more-rows")).to_contain_text("does not have yet: 2.")
        page.get_by_role("button", name=name).click()
        expect(page.locator(".cells tbody tr")).to_have_count(steps_then)
        if name == "Cancel":
            assert not site.yaml.exists()
        else:
            expect(cell(page, before, "uraian")).to_have_text("Langkah akhir")
        expect(cell(page, before, "uraian")).to_be_focused()
    expect(page.locator(".refused li")).to_contain_text(f"Step {before + 2}, Performers")
    new, other = steps(site)[before:]
    assert (new["uraian"], new["pelaksana"], new["mutu_baku"]["waktu"]["iso8601"]) == (
        "Langkah baru",
        ["skpd"],
        "PT15M",
    )
    assert (other["uraian"], other["pelaksana"]) == ("Langkah lagi", [])


def test_rows_are_inserted_joined_moved_and_removed(site: Site) -> None:
    page, before = table(site), [step["uraian"] for step in steps(site)]
    cell(page, 2, "uraian").click()
    page.keyboard.press("Alt+Shift+ArrowDown")
    saved(page)
    expect(cell(page, 3, "uraian")).to_be_focused()
    assert [step["uraian"] for step in steps(site)] == [before[0], before[2], before[1], *before[3:]]
    page.get_by_role("button", name="Remove row").click()
    expect(page.locator(".cells tbody tr")).to_have_count(len(before) - 1)
    page.get_by_role("button", name="Row below").click()
    expect(page.locator(".cells tbody tr")).to_have_count(len(before))
    page.get_by_role("button", name="Join with next").click()
    expect(page.locator(".cells tbody tr")).to_have_count(len(before) - 1)


def test_hostile_text_in_a_pasted_table_is_text(site: Site) -> None:
    page = table(site)
    cell(page, 1, "uraian").click()
    hostile = "<img src=x onerror=document.title='broken'>\u202e<script>alert(1)</script>"
    paste(page, hostile, f"<table><tr><td>{hostile.replace('<', '&lt;')}</td></tr></table><script>alert(1)</script>")
    saved(page)
    expect(cell(page, 1, "uraian").locator(".text")).to_have_text(hostile)
    assert "broken" not in page.title()


def test_after_the_last_doubtful_cell_comes_what_is_doubted_elsewhere(site: Site) -> None:
    page = site.page
    page.goto(f"{site.address}d/0/2?view=table")
    path = page.locator("#state").get_attribute("data-beside") or ""
    assert path
    assert page.locator(f'[data-path="{path}"]').count() == 0
    for _ in range(page.locator("td[data-doubt]").count()):  # it begins at the first
        page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(f'[data-path="{path}"] :focus')).to_have_count(1)
