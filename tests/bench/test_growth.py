"""Growth with pages: what is kept, told and drawn, never how fast."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from typeset import sample, typeset

from bench.growth import Point, by_sop, joined, load, panels, save, section
from bench.growth_chart import svg


def ours(pages: int, workers: int, wall: float, peak: float, kind: str = "text") -> Point:
    return Point(kind, "sop", workers, pages, wall, wall, peak, "today")


FOUND = [
    ours(10, 1, 1.0, 150),
    ours(1000, 1, 40.0, 170),
    ours(10, 2, 1.0, 150),
    ours(1000, 2, 20.0, 200),
    ours(10, 1, 8.0, 300, "scan"),
    Point("text", "camelot", 1, 10, 9.0, 9.0, 380.0, "today"),
    Point("text", "PyMuPDF", 1, 10, 0.5, 0.5, 70.0, "today"),
]


def test_points_are_kept_and_a_new_one_takes_the_place_of_its_like(tmp_path: Path) -> None:
    path = tmp_path / "growth.csv"
    assert load(path) == []
    save(path, FOUND)
    assert load(path) == sorted(FOUND)
    newer = ours(10, 1, 2.0, 150)
    again = joined(load(path), [newer])
    assert len(again) == len(FOUND)
    assert newer in again
    assert FOUND[0] not in again


def test_the_section_tells_our_points_and_whether_the_targets_hold() -> None:
    text = section(FOUND, "chart.svg")
    assert "![Seconds and megabytes by pages, text and scans](chart.svg)" in text
    assert text.count("\n| Text pages |") == 4
    assert "camelot" not in text
    assert "workers 1: 170 MB on 1000 pages, 1.13 times that on 10; target 400 MB and 1.2 at most: holds." in text
    assert "workers 2: 200 MB on 1000 pages, 1.33 times that on 10; target 400 MB and 1.2 at most: **falls" in text
    assert "Text pages, 1000 pages, start and writing counted: two workers 2.00 times as fast as one." in text
    assert "Text pages: `sop run` with one worker is **behind** PyMuPDF (0.5 s) on 10 pages (1.0 s)." in text


def test_the_chart_draws_a_line_for_every_tool_in_every_panel_it_is_in() -> None:
    drawn = panels(FOUND)
    assert [panel.head for panel in drawn][:2] == ["Text pages: seconds", "Text pages: megabytes"]
    assert list(drawn[0].lines) == ["sop, 1 worker", "sop, 2 workers", "PyMuPDF", "camelot"]
    picture = ElementTree.fromstring(svg(drawn))
    dots = picture.findall("{http://www.w3.org/2000/svg}circle")
    assert len(dots) == 2 * len(FOUND) + len({name for panel in drawn for name in panel.lines})
    assert svg(drawn) == svg(panels(FOUND[::-1]))


def test_what_takes_longer_stands_higher() -> None:
    picture = ElementTree.fromstring(svg([panels(FOUND)[0]]))
    dots = picture.findall("{http://www.w3.org/2000/svg}circle")
    heights = [float(dot.attrib["cy"]) for dot in dots[:2]]  # one worker, on 10 and on 1,000 pages
    assert heights[1] < heights[0]


@pytest.mark.untraced
def test_a_run_is_measured_from_its_start_to_its_end(tmp_path: Path) -> None:
    typeset(sample(3), tmp_path / "sop.pdf")
    cost = by_sop(tmp_path / "sop.pdf", 1)
    assert cost.wall > 0
    assert cost.cpu > 0
    assert cost.peak > 50
