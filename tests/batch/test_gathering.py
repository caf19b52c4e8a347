"""What is left of a divided document is halved where most of it is left, and nothing is read by nobody."""

from __future__ import annotations

from pathlib import Path

from pipeline.batch.division import PartRead
from pipeline.batch.gathering import Gathering
from pipeline.model.part import Part


def read(part: Part, drafts: bytes = b"") -> PartRead:
    return PartRead(part, "", b"", drafts, ())


def test_the_later_half_of_what_most_is_left_of_becomes_a_part(tmp_path: Path) -> None:
    gathering = Gathering([Part(1, 99), Part(100, 200)], tmp_path)
    slow, fast = (gathering.frontier_of(part) for part in gathering.parts)
    assert slow
    assert fast
    slow.reach(59)
    fast.reach(170)
    assert gathering.left() == 40
    assert gathering.halved() == Part(80, 99)
    assert gathering.parts == [Part(1, 79), Part(80, 99), Part(100, 200)]
    assert slow.last == 79
    assert gathering.left() == 30
    gathering.take(read(Part(100, 200)))
    assert gathering.left() == 20  # of those that are not read
    gathering.take(read(Part(1, 79)))
    gathering.take(read(Part(80, 99)))
    assert gathering.is_read
    assert gathering.left() == 0
    assert list(tmp_path.iterdir()) == []


def test_parts_come_in_order_and_as_they_were_read_in_the_end(tmp_path: Path) -> None:
    gathering = Gathering([Part(1, 20)], tmp_path)
    assert gathering.halved() == Part(11, 20)
    gathering.take(read(Part(11, 20), b"some"))
    assert not gathering.is_read
    gathering.take(read(Part(1, 20), b"most"))  # told too late that it ends at 10
    assert [part for part, _ in gathering.analyses] == [Part(1, 20), Part(11, 20)]


def test_what_has_most_drafts_comes_first(tmp_path: Path) -> None:
    parts = [Part(1, 9), Part(10, 19), Part(20, 29)]
    gathering = Gathering(parts)
    for part, drafts in zip(parts, (b"12", b"1", b"123"), strict=True):
        gathering.take(read(part, drafts))
    assert [found.part.first for found in gathering.largest_first] == [20, 1, 10]


def test_without_a_folder_that_workers_see_nothing_is_halved() -> None:
    gathering = Gathering([Part(1, 99), Part(100, 200)])
    assert gathering.left() == 0
    assert [gathering.frontier_of(part) for part in gathering.parts] == [None, None]


def test_closing_leaves_nothing_behind(tmp_path: Path) -> None:
    gathering = Gathering([Part(1, 99), Part(100, 200)], tmp_path)
    gathering.halved()
    assert len(list(tmp_path.iterdir())) == 3
    gathering.close()
    assert list(tmp_path.iterdir()) == []
