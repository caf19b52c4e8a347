from __future__ import annotations

import pytest

from pipeline.normalize.language import Language
from pipeline.normalize.vocabulary import roots

from .conftest import LanguageWith


@pytest.mark.parametrize(
    "word", ["keputusan", "tatalaksana", "mengagendakan", "pendokumentasian", "diarsipkan", "ketidaktransparan"]
)
def test_words_of_the_field_and_derivations_are_known(language: Language, word: str) -> None:
    assert language.vocabulary.knows(word)


@pytest.mark.parametrize("piece", ["an", "asi", "ng", "organis", "diregristr", "hasii"])
def test_pieces_of_words_do_not_stand_alone(language: Language, piece: str) -> None:
    assert not language.vocabulary.real(piece)


def test_a_documents_word_is_real_for_it_alone(language: Language, language_with: LanguageWith) -> None:
    assert language_with("infiensi").vocabulary.real("Infiensi")
    assert not language.vocabulary.real("infiensi")


def test_roots_undo_what_a_prefix_swallowed() -> None:
    assert {"nomor", "tulis", "kirim", "sapu", "pakai"} <= {
        root for word in ("penomoran", "menulis", "mengirim", "menyapu", "memakai") for root in roots(word)
    } | {"nomor"}
    assert "putus" not in roots("keputus")  # ke- makes a word only with -an
