"""The page of results: every benchmark writes its own section only."""

from __future__ import annotations

from pathlib import Path

from bench.page import put, sections_of, table


def test_a_section_replaces_its_like_and_leaves_the_others(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "bench.md"
    put(page, "Speed", "fast")
    put(page, "Accuracy", "### Clean\n\nright")
    put(page, "Speed", "faster")
    text = page.read_text(encoding="utf-8")
    assert sections_of(text) == {"Accuracy": "### Clean\n\nright", "Speed": "faster"}
    assert text.startswith("# What is measured\n")
    assert text.index("## Accuracy") < text.index("## Speed")


def test_writing_the_same_section_again_changes_no_byte(tmp_path: Path) -> None:
    page = tmp_path / "bench.md"
    put(page, "Speed", "fast\n")
    before = page.read_bytes()
    put(page, "Speed", "fast")
    assert page.read_bytes() == before


def test_a_table_is_markdown() -> None:
    assert table(["a", "b"], [["x", "1"]]) == "| a | b |\n| --- | --: |\n| x | 1 |"
