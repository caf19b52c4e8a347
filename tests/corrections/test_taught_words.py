"""Words put into the reviewers' lexicon."""

from __future__ import annotations

import pytest

from pipeline.corrections.parse import parse_overlay
from pipeline.corrections.taught_words import taught_in, with_taught_word
from pipeline.errors import PipelineError

BLOCK = "# ours\nunits: {mnt: menit}\nwords:\n  Satv: Satu  # seen\n  Dva: Dua\n"
FLOW = "words: {Satv: Satu}\npelaksana: {KASUBAG: Kasubbag}\n"


@pytest.mark.parametrize("text", [None, "", "units: {mnt: menit}", BLOCK, FLOW, "words: {Satv: Satu,}\n"])
def test_a_word_comes_in_and_all_else_stays(text: str | None) -> None:
    done = with_taught_word(text, "lexicon.yaml", "Perdayagunaan", "Pendayagunaan")
    before = parse_overlay(text or "", "a").model_dump()
    after = parse_overlay(done, "a").model_dump()
    assert after == {**before, "words": {**before["words"], "Perdayagunaan": "Pendayagunaan"}}
    assert [part for part in ("# ours", "# seen", "Dva: Dua") if part in (text or "") and part not in done] == []
    again = with_taught_word(done, "lexicon.yaml", "true", "#1:yes")
    assert parse_overlay(again, "a").words["true"] == "#1:yes"


@pytest.mark.parametrize(
    ("printed", "meant"), [("", "a"), ("a b", "c"), ("a", "b\nc"), ("a", "a"), ("x" * 81, "y"), ("Satv", "S")]
)
def test_what_is_no_word_or_known_is_refused(printed: str, meant: str) -> None:
    with pytest.raises(PipelineError):
        with_taught_word(BLOCK, "lexicon.yaml", printed, meant)


def test_a_heading_without_words_is_left_to_the_hand() -> None:
    with pytest.raises(PipelineError):
        with_taught_word("words:\n  # none yet\n", "lexicon.yaml", "a", "b")


def test_only_whole_words_would_change() -> None:
    words = "Bagian Perdayagunaan;\nPerdayagunaanya\nperdayagunaan"
    assert list(taught_in(words, "Perdayagunaan", "X")) == [("Bagian Perdayagunaan;", "Bagian X;")]
    assert list(taught_in("a.b axb", "a.b", "\\1")) == [("a.b axb", "\\1 axb")]
