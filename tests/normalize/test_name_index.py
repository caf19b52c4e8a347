"""What is looked up by an index of names is what comparing with each of them finds."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from pipeline.normalize import name_index
from pipeline.normalize.name_index import NameIndex

LIKENESS = (100.0, 92.0, 85.0, 66.0, 30.0)
PIECES = ("surat ", "masuk ", "penerbitan ", "izin ", "a", "aan", "i", " ", "é", "1")
WORDS = ("penerbitan", "izin", "usaha", "surat", "masuk", "keluar", "rekomendasi", "kecamatan", "laporan", "kinerja")
TEXT = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)


def edited(text: str, edits: list[tuple[int, str]]) -> str:
    """A text with a letter taken out, or put in, at each of some places."""
    for place, letter in edits:
        at = place % (len(text) + 1)
        text = text[:at] + (letter + text[at:] if letter else text[at + 1 :])
    return text


@st.composite
def names_and_text(draw: st.DrawFn) -> tuple[list[str], str]:
    """Names, among them some that differ from a text by about as many letters as names may that are like it."""
    text = draw(TEXT)
    edits = st.lists(st.tuples(st.integers(0, 99), st.sampled_from(["", "a", "n", "x"])), max_size=len(text) // 5 + 1)
    near = [edited(text, one) for one in draw(st.lists(edits, max_size=6))]
    return list(dict.fromkeys([*near, *draw(st.lists(TEXT, max_size=12))])), text


def by_comparing_with_each(names: list[str], text: str, likeness: float) -> list[float]:
    found = process.extract(text, names, scorer=fuzz.ratio, score_cutoff=likeness, limit=3)
    return [score for _, score, _ in found]


@pytest.fixture(autouse=True)
def _by_all_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have few names told apart by as many letters as a million are."""
    monkeypatch.setattr(name_index, "TOLD_APART", 2.0)


@given(names_and_text(), st.sampled_from(LIKENESS) | st.floats(50.0, 100.0))
def test_the_same_is_found_as_by_comparing_with_each(given_: tuple[list[str], str], likeness: float) -> None:
    names, text = given_
    found = NameIndex(names, likeness, few=0).like(text)
    assert [score for _, score in found] == by_comparing_with_each(names, text, likeness)
    assert all(score == fuzz.ratio(text, name) for name, score in found)


@pytest.mark.parametrize("edits", range(8))
def test_a_name_is_found_up_to_the_very_limit(edits: int) -> None:
    name = "penerbitan izin usaha kecamatan bintan utara barat"
    inserted, removed = name + "q" * edits, name[edits:]
    for text in (inserted, removed, removed + "q" * edits):
        score = fuzz.ratio(text, name)
        assert NameIndex([name, "surat"], score - 0.001, few=0).like(text) == ((name, score),)
        assert not edits or NameIndex([name, "surat"], score + 0.001, few=0).like(text) == ()


def test_a_letter_may_stand_in_a_name_more_often_than_is_counted() -> None:
    names = ["a" * 400, "a" * 390 + "b" * 10, "a" * 200]
    assert [name for name, _ in NameIndex(names, 92.0, few=0).like("a" * 396)] == names[:2]


def test_no_names_are_like_nothing() -> None:
    assert NameIndex([], 92.0).like("surat masuk") == ()


@pytest.mark.parametrize("few", [0, 50])
def test_many_names_of_few_words_are_told_apart_exactly(few: int) -> None:
    rng = random.Random(16)
    drawn = [" ".join(sorted(rng.choices(WORDS, k=rng.randrange(2, 6)))) for _ in range(2000)]
    names = list(dict.fromkeys(drawn))
    index = NameIndex(names, 92.0, few)
    texts = [
        edited(rng.choice(names), [(rng.randrange(60), rng.choice("ainx ")) for _ in range(4)]) for _ in range(200)
    ]
    for text in texts:
        assert [score for _, score in index.like(text)] == by_comparing_with_each(names, text, 92.0)
