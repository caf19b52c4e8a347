from __future__ import annotations

import pytest

from pipeline.normalize.language import Language
from pipeline.normalize.rules.letter_spacing import spaced_letters
from pipeline.normalize.sentence import CellWord, Sentence


def spaced(text: str, narrow: float = 0.3, wide: float = 0.9) -> Sentence:
    """Letters with a narrow gap before each, and a wide one where the text has several spaces."""
    words: list[CellWord] = []
    for part in text.split("   "):
        for place, word in enumerate(part.split()):
            words.append(CellWord(word, gap=None if not words else narrow if place else wide))
    return Sentence(tuple(words))


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("P E M E R I N T A H   K A B U P A T E N", "PEMERINTAH KABUPATEN"),
        ("P E M E R I N T A H   K O T A   T E G A L", "PEMERINTAH KOTA TEGAL"),
        ("P E M E R I N T A H   Provinsi Papua", "PEMERINTAH Provinsi Papua"),
        ("D I N A S", "DINAS"),
        ("S E K R E T A R I A T D A E R A H", "SEKRETARIAT DAERAH"),
        ("P E M E R I N T A H K A B U P A T E N", "PEMERINTAH KABUPATEN"),
        ("K O T A .", "KOTA."),
    ],
)
def test_letters_set_apart_are_words(text: str, joined: str, language: Language) -> None:
    found = spaced_letters(spaced(text), language)
    assert found.text == joined
    assert [change.rule for change in found.changes] == ["spaced-letters"]


@pytest.mark.parametrize("text", ["A B C D", "S O P", "Bagian A dan B", "1 2 3 4 5", "golongan I I I d"])
def test_other_single_letters_stay(text: str, language: Language) -> None:
    assert spaced_letters(spaced(text), language) == spaced(text)


def test_a_line_ends_a_word(language: Language) -> None:
    first, second = spaced("D I N A S"), spaced("K O T A")
    below = [CellWord("K", new_line=True, room=9.0), *second.words[1:]]
    assert spaced_letters(Sentence((*first.words, *below)), language).text == "DINAS KOTA"
