"""A part of a document ends earlier where it is told so in time, and else where it was to end."""

from __future__ import annotations

from pathlib import Path

from pipeline.batch.frontier import Frontier, PartInWork
from pipeline.model.part import Part

PART = Part(11, 40)


def test_both_sides_see_how_far_a_part_is_and_where_it_ends(tmp_path: Path) -> None:
    frontier = Frontier.of(PART, tmp_path)
    assert (frontier.reached, frontier.last) == (10, 40)
    frontier.reach(17)
    frontier.end_at(29)
    assert (frontier.reached, frontier.last) == (17, 29)
    assert (Frontier(frontier.path).reached, Frontier(frontier.path).last) == (17, 29)


def test_a_part_ends_earlier_from_the_page_on_at_which_it_is_told(tmp_path: Path) -> None:
    frontier = Frontier.of(PART, tmp_path)
    work = PartInWork(PART, frontier)
    assert work.after(11) == PART
    assert frontier.reached == 11
    frontier.end_at(29)
    assert work.after(12) == work.part == Part(11, 29)
    frontier.end_at(20)
    assert work.after(20) == work.part == Part(11, 20)


def test_a_part_that_is_past_its_new_end_keeps_the_old_one(tmp_path: Path) -> None:
    frontier = Frontier.of(PART, tmp_path)
    work = PartInWork(PART, frontier)
    frontier.end_at(20)
    assert work.after(21) == work.part == PART


def test_a_part_nobody_shares_or_waits_for_keeps_its_end(tmp_path: Path) -> None:
    assert PartInWork(PART, None).after(11) == PART
    frontier = Frontier.of(PART, tmp_path)
    work = PartInWork(PART, frontier)
    frontier.end_at(29)
    frontier.remove()
    frontier.remove()
    assert work.after(11) == PART
    assert list(tmp_path.iterdir()) == []
