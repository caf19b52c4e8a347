"""The page of results: every benchmark writes its own section only."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import page as results
from bench.__main__ import ALONE, PARTS, Ran, ran, section
from bench.page import GUIDE, SECTIONS, put, sections_of, show, table


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "measured_at", lambda: "today at commit 123")


def test_a_section_replaces_its_like_and_leaves_the_others(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "bench.md"
    put(page, "Speed", "fast")
    put(page, "Accuracy", "### Clean\n\nright")
    put(page, "Speed", "faster")
    text = page.read_text(encoding="utf-8")
    assert sections_of(text) == {
        "Where it falls short": "Every target of the sections below holds.",
        "Accuracy": "### Clean\n\nright\n\nMeasured today at commit 123.",
        "Speed": "faster\n\nMeasured today at commit 123.",
    }
    assert text.startswith("# What is measured\n")
    assert text.index("## Speed") < text.index("## Accuracy")


def test_a_section_is_printed_and_goes_to_a_page_where_one_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "bench.md"
    show("Speed", "fast", None)
    assert not page.exists()
    show("Speed", "fast", page)
    assert "fast" in sections_of(page.read_text(encoding="utf-8"))["Speed"]
    assert capsys.readouterr().out == "fast\nfast\n"


def test_writing_the_same_section_again_changes_no_byte(tmp_path: Path) -> None:
    page = tmp_path / "bench.md"
    put(page, "Speed", "fast\n")
    before = page.read_bytes()
    put(page, "Speed", "fast")
    assert page.read_bytes() == before


def test_a_table_is_markdown() -> None:
    assert table(["a", "b"], [["x", "1"]]) == "| a | b |\n| --- | --: |\n| x | 1 |"


def test_what_falls_short_is_told_at_the_top(tmp_path: Path) -> None:
    page = tmp_path / "bench.md"
    put(page, "Growth", "- memory: 500 MB: **falls short**.\n- time: holds.")
    rows = [["cells", "0.9", "**falls short**"], ["rows", "1", "holds"]]
    put(page, "Scans held out", table(["what", "read", ""], rows))
    assert sections_of(page.read_text(encoding="utf-8"))["Where it falls short"].splitlines() == [
        "- [Growth](#growth): memory: 500 MB: **falls short**.",
        "- [Scans held out](#scans-held-out): what cells, read 0.9, **falls short**",
    ]
    put(page, "Growth", "- memory: 300 MB: holds.")
    assert "Growth" not in sections_of(page.read_text(encoding="utf-8"))["Where it falls short"]


def test_a_section_that_the_page_would_lose_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no section 'Heat'"):
        put(tmp_path / "bench.md", "Heat", "hot")


def test_the_guide_names_sections_and_parts_that_there_are() -> None:
    assert {title for titles, _, _ in GUIDE for title in titles} <= set(SECTIONS)
    assert {part for _, _, parts in GUIDE for part in parts.split()} == {*PARTS, *ALONE}


def test_a_part_that_fails_is_told_and_times_are_held_against_their_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ALONE, "broken", ("bench.no_such_module",))
    broken = ran("broken", [])
    assert broken.code == 1
    text = section([broken, Ran("slow", 700, 0.0, 0)])
    assert "| broken |" in text
    assert "failed |" in text
    assert "12 minutes, the longest slow with 11.7: **falls short**." in text
    assert "10.0: holds" in section([Ran("quick", 600, 0.0, 0)])
