from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.confidence import on_curve, sentence_confidence, together, word_confidence
from pipeline.normalize.language import Language
from pipeline.normalize.sentence import CellWord, Sentence
from pipeline.settings import Curve, LanguageSettings

from .conftest import Sentences

SETTINGS = LanguageSettings()
CURVES = (SETTINGS.trust_known, SETTINGS.trust_unknown, SETTINGS.trust_code, SETTINGS.trust_number, SETTINGS.trust_mark)


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(CURVES))
def test_surer_readings_are_never_trusted_less(a: float, b: float, curve: Curve) -> None:
    low, high = sorted((a, b))
    assert 0 <= on_curve(low, curve) <= on_curve(high, curve) <= 1


def test_a_curve_is_straight_between_its_points() -> None:
    assert on_curve(0.5, ((0.0, 0.0), (1.0, 0.8))) == 0.4
    assert on_curve(2.0, ((0.0, 0.0), (1.0, 0.8))) == 0.8


def test_a_word_is_trusted_more_than_a_string_that_is_none(language: Language) -> None:
    known, unknown = (word_confidence(CellWord(text, 0.8), language) for text in ("keputusan", "kepvtusna"))
    assert known is not None
    assert unknown is not None
    assert known > unknown


def test_mended_words_and_the_rules_own_doubt_count(language: Language) -> None:
    plain = word_confidence(CellWord("keputusan", 0.96), language)
    mended = word_confidence(CellWord("keputusan", 0.96, mended=True), language)
    assert plain is not None
    assert mended is not None
    assert mended < plain
    assert word_confidence(CellWord("keputusan", sure=0.6), language) == 0.6
    assert word_confidence(CellWord("keputusan"), language) is None


def test_a_list_items_mark_is_left_out(language: Language) -> None:
    words = (CellWord("Surat", 0.96), CellWord("tugas", 0.96))
    marked = Sentence((CellWord("-", 0.3), *words))
    assert sentence_confidence(marked, language) == sentence_confidence(Sentence(words), language)


def test_nothing_scored_is_none() -> None:
    assert together([None, None]) is None
    assert together([0.5, None, 0.5]) == 0.25


def test_a_scanned_sentence_that_ends_amid_is_doubted(sentence: Sentences, language: Language) -> None:
    whole, cut = (sentence_confidence(sentence(t, 0.96), language) for t in ("Form validasi", "Form validasi dan"))
    item = sentence_confidence(sentence("Form validasi; dan", 0.96), language)
    assert whole is not None
    assert cut is not None
    assert item is not None
    assert cut < 0.7 < 0.95 < min(whole, item)
