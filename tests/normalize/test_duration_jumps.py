"""Durations of scans that have a digit more than those of the other rows."""

from __future__ import annotations

import pytest

from pipeline.model.draft import Value
from pipeline.model.pointer import pointer
from pipeline.model.record import Kegiatan, MutuBaku, Waktu
from pipeline.normalize.duration_jumps import with_jumps_doubted
from pipeline.settings import LanguageSettings

SETTINGS = LanguageSettings()


def doubted(texts: str, confidence: float | None = 0.998) -> list[tuple[str, float | None]]:
    """The steps whose Waktu is doubted, of times parted by commas, and how sure they still are."""
    rows, noted = [], {}
    for place, text in enumerate(texts.split(",")):
        number, unit = text.split()
        waktu = Waktu.model_validate({"text": text, "value": int(number), "unit": unit})
        rows.append(Kegiatan(no=place + 1, mutu_baku=MutuBaku(waktu=waktu)))
        noted[pointer("kegiatan", place, "mutu_baku", "waktu")] = Value(text, text, confidence=confidence)
    lowered, issues = with_jumps_doubted(rows, noted, SETTINGS)
    changed = {path for path, value in lowered.items() if value.confidence != noted[path].confidence}
    assert changed == {issue.path for issue in issues}
    assert {issue.code for issue in issues} <= {"duration-jump"}
    return [(issue.path, lowered[issue.path].confidence) for issue in issues]


def test_the_usual_time_with_a_digit_more_is_doubted_however_sure_it_is() -> None:
    assert doubted("1 jam,1 jam,11 jam,1 jam") == [("/kegiatan/2/mutu_baku/waktu", 0.998 * SETTINGS.jump_trust)]


@pytest.mark.parametrize("texts", ["5 hari,31 hari,1 hari,7 hari,2 hari", "10 menit,120 menit,20 menit,15 menit"])
def test_a_longer_number_is_doubted_where_it_was_read_unsurely(texts: str) -> None:
    assert [path for path, _ in doubted(texts, confidence=0.93)] == ["/kegiatan/1/mutu_baku/waktu"]
    assert doubted(texts) == []


@pytest.mark.parametrize(
    "texts",
    [
        "2 jam,20 jam",  # too few rows to tell
        "1 jam,20 menit,1 jam,1 jam",  # another unit
        "1 jam,24 jam,1 jam,1 jam,12 jam",  # two of that length
        "10 menit,15 menit,120 menit,12 jam,14 hari,110 menit",  # even, by fives, dozens and weeks
        "11 hari,11 hari",  # two rows have it
        "9 jam,8 jam,7 jam,1 jam",
    ],
)
def test_what_is_no_jump(texts: str) -> None:
    assert doubted(texts, confidence=0.93) == []


@pytest.mark.parametrize("texts", ["30 menit,11 jam,2 hari", "13 hari,10 menit", "5 menit,10 menit,15 menit,17 menit"])
def test_an_uneven_number_that_begins_with_a_stroke_is_doubted_unless_two_readers_agree(texts: str) -> None:
    assert len(doubted(texts, confidence=0.997)) == 1
    assert doubted(texts, confidence=0.9985) == []


def test_a_number_that_is_only_one_of_the_others_with_a_digit_more_may_be_right() -> None:
    assert doubted("2 hari,3 hari,3 hari,30 hari,7 hari") == []


def test_what_no_recogniser_scored_is_not_doubted() -> None:
    assert doubted("1 jam,1 jam,11 jam,1 jam", confidence=None) == []
