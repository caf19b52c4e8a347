from __future__ import annotations

from pipeline.normalize.language import Language
from pipeline.normalize.rules.taught import taught_words

from ..conftest import Sentences, Taught


def test_the_reviewers_word_wins_inside_its_punctuation(sentence: Sentences, taught: Taught) -> None:
    language = taught({"words": {"Perdayagunaan": "Pendayagunaan"}})
    done = taught_words(sentence("Menteri Perdayagunaan; Aparatur", None), language)
    assert done.text == "Menteri Pendayagunaan; Aparatur"
    assert [(c.rule, c.before, c.after) for c in done.changes] == [("taught-word", "Perdayagunaan;", "Pendayagunaan;")]


def test_nothing_taught_changes_nothing(sentence: Sentences, language: Language) -> None:
    before = sentence("Menteri Perdayagunaan")
    assert taught_words(before, language) is before
