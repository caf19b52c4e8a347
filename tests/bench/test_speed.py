"""The speed benchmark on a document of two pages: what it tells, never how fast."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from typeset import sample, typeset

from bench import stage_costs
from bench.degrade import Scan, degrade
from bench.peers import has_text
from bench.speed import Measured, measured, ratios, speed
from bench.stage_costs import STAGES, Cost, Watch, digitized
from pipeline import Settings

SETTINGS = Settings()


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("speed") / "sop.pdf"
    typeset(sample(3), path)
    return path


def test_stages_are_timed_without_those_inside_them_and_no_more_than_the_whole(text: Path) -> None:
    done, watch, whole = digitized(text, SETTINGS)
    assert len(done.records) == 1
    assert len(watch.matrices) == 1
    assert set(watch.costs) == set(STAGES)
    assert all(watch.costs[name].wall > 0 for name in ("read", "layout", "picture", "extract", "flow", "normalize"))
    assert watch.costs["ocr"] == Cost()
    assert sum(cost.wall for cost in watch.costs.values()) <= whole.wall


def test_a_stage_inside_another_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([Cost(0, 0), Cost(1, 1), Cost(6, 3), Cost(8, 4)])
    monkeypatch.setattr(stage_costs, "now", lambda: next(times))
    watch = Watch()
    with watch.stage("read"), watch.stage("ocr"):
        pass
    assert (watch.costs["read"], watch.costs["ocr"]) == (Cost(3, 2), Cost(5, 2))


def test_what_a_stage_yields_is_timed_one_by_one() -> None:
    watch = Watch()
    values = watch.timing("layout", lambda: (sum(range(100_000)) for _ in (1, 2)))()
    before = watch.costs["layout"].wall
    assert len(list(values)) == 2
    assert watch.costs["layout"].wall > before


def test_ratios_are_medians_over_the_rounds() -> None:
    ours, bare = [Cost(2, 4), Cost(10, 10), Cost(4, 4)], [Cost(1, 1), Cost(1, 1), Cost(3, 3)]
    assert ratios(ours, bare) == (0.5, 0.25)


def test_the_section_tells_every_part_of_a_text_pdf(text: Path) -> None:
    section = speed([text], 1, SETTINGS)
    assert "### The flowchart" in section
    assert "### Whole documents" in section
    assert "### Scans beside" not in section
    assert "Target: 40 ms a page" in section
    assert next(line for line in section.splitlines() if line.startswith("| sop.pdf")).count("|") == 5


@pytest.mark.skipif(not find_spec("tesserocr"), reason="tesserocr is not installed")
def test_a_scan_is_read_by_both(text: Path, tmp_path: Path) -> None:
    from bench.speed import BareTesseract, scan_part

    scan = degrade(text, tmp_path / "scan.pdf", Scan())
    assert has_text(text)
    assert not has_text(scan)
    bare = BareTesseract(SETTINGS)
    found: Measured = measured(scan, 1, bare, SETTINGS)
    assert found.pages == 2
    assert len(found.ours) == len(found.bare) == 1
    assert found.watch.costs["ocr"].wall > 0
    lines = scan_part([found])
    assert sum(line.startswith("| scan.pdf | 2 |") for line in "\n".join(lines).splitlines()) == 1
    assert lines[-1].startswith("Target: a ratio of 0.7 at least.")
