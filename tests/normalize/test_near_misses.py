"""A scanned string that is a letter away from a word is doubted, however surely it was read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from pipeline.normalize.confidence import sentence_confidence
from pipeline.normalize.language import Language
from pipeline.normalize.near_misses import is_near_miss

from .conftest import Sentences


def printing(language: Language, **counts: int) -> Language:
    return replace(language, printed=Counter(counts))


@pytest.mark.parametrize("word", ["aporan", "diterina", "venfikasi", "nformasi", "Mengitimkan"])
def test_a_word_with_a_letter_misread_is_a_near_miss(word: str, language: Language) -> None:
    assert is_near_miss(word, word[0].isupper(), printing(language, **{word.casefold(): 1}))


@pytest.mark.parametrize(("word", "other"), [("ment", "menit"), ("kc", "ke")])
def test_a_rare_or_short_string_is_one_where_the_document_has_the_other_word(
    word: str, other: str, language: Language
) -> None:
    assert is_near_miss(word, False, printing(language, **{word: 1, other: 5}))
    assert not is_near_miss(word, False, printing(language, **{word: 1, other: 1}))


@pytest.mark.parametrize("word", ["laporan", "menit", "Prihantara", "Dusak", "SIRTII", "tiyuhh", "2017", "e-mail"])
def test_words_names_and_codes_are_none(word: str, language: Language) -> None:
    assert not is_near_miss(word, False, printing(language, **{word.casefold(): 1}))


def test_what_the_document_prints_as_often_as_the_word_is_its_own(language: Language) -> None:
    assert is_near_miss("eksekutlf", False, printing(language, eksekutlf=2, eksekutif=3))
    assert not is_near_miss("eksekutlf", False, printing(language, eksekutlf=2, eksekutif=2))
    assert is_near_miss("mbauan", False, printing(language, mbauan=8, imbauan=20))


@pytest.mark.parametrize("word", ["infromasi", "mendokumendasikan", "tentatip", "kompter", "intruksi"])
def test_what_authors_misspell_looks_otherwise(word: str, language: Language) -> None:
    assert not is_near_miss(word, False, printing(language, **{word: 1, "informasi": 9, "instruksi": 2, "komputer": 2}))


def test_a_field_with_a_near_miss_is_less_probable(sentence: Sentences, language: Language) -> None:
    own = printing(language, laporan=4, aporan=1)
    right, wrong = (sentence_confidence(sentence(text, 0.99), own) for text in ("Draft laporan", "Draft aporan"))
    assert right is not None
    assert wrong is not None
    assert wrong < language.settings.doubt_cell < right
    assert sentence_confidence(sentence("Draft aporan", None), own) is None
