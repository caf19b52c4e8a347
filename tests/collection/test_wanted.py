from __future__ import annotations

import pytest
from collection.collected import COLLECTION

from pipeline.collection.wanted import Wanted
from pipeline.normalize.lexicon import load_lexicon

LEXICON = load_lexicon()
DAY = 1440.0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["a/01", "a/02", "b/01", "b/02"]),
        (Wanted(performer="KASUB"), ["a/01", "b/01"]),
        (Wanted(performer="subbag"), []),  # no word begins so
        (Wanted(agency="dinas b"), ["b/01"]),
        (Wanted(law="UU 25/2009"), ["a/01", "a/02"]),
        (Wanted(law="Undang-Undang Nomor 25 Tahun 2009"), ["a/01", "a/02"]),
        (Wanted(law="UU 25/2010"), []),
        (Wanted(law="Perbup 25"), ["a/02"]),
        (Wanted(law="publik"), ["a/02"]),
        (Wanted(longer_than=3 * DAY), ["a/01", "b/01"]),
        (Wanted(longer_than=5 * DAY), []),
        (Wanted(performer="staf", longer_than=60), ["a/01", "a/02", "b/01"]),
        (Wanted(performer="kasubbag", agency="dinas a", law="uu 25"), ["a/01"]),
    ],
)
def test_what_is_asked_for(wanted: Wanted, found: list[str]) -> None:
    assert [record.id for record in wanted.of(COLLECTION, LEXICON)] == found


def test_only_the_steps_that_are_asked_for() -> None:
    assert [step.no for step in Wanted(longer_than=60).steps(COLLECTION[0])] == [2]
    assert [step.no for step in Wanted(performer="kasubbag").steps(COLLECTION[0])] == [2]
