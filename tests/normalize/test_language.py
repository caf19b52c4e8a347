from __future__ import annotations

from pipeline.normalize.language import own_words, whole_words
from pipeline.settings import LanguageSettings

from .conftest import Cells

SETTINGS = LanguageSettings()


def test_words_at_a_lines_end_may_be_pieces(cell: Cells) -> None:
    found = [word for word, _ in whole_words(cell("Srt. LAKIP diregis", "trasi OPD"), SETTINGS)]
    assert found == ["srt", "lakip", "opd"]


def test_a_scan_must_show_a_word_twice(cell: Cells) -> None:
    once = cell("Surat infiensi baru", confidence=0.93)
    assert own_words([once], SETTINGS) == set()
    assert "infiensi" in own_words([once, once], SETTINGS)
    assert "infiensi" in own_words([cell("Surat infiensi baru")], SETTINGS)


def test_a_doubted_word_is_no_evidence(cell: Cells) -> None:
    assert list(whole_words(cell("Surat infiensi baru", confidence=0.5), SETTINGS)) == []
