from __future__ import annotations

import weakref
from collections.abc import Iterator

from pipeline.model.draft import Draft, HeaderDraft
from pipeline.model.page import CellText
from pipeline.normalize.language import language_of, own_words, whole_words
from pipeline.normalize.lexicon import load_lexicon
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


def test_no_cells_are_held_while_a_language_is_learned(cell: Cells) -> None:
    """A long document's drafts are packed, and made anew each time one goes through them."""

    class Tracked(CellText):
        """A cell that can be referred to weakly."""

    made: list[weakref.ref[CellText]] = []
    most = 0

    class Fresh(list[Draft]):
        def __iter__(self) -> Iterator[Draft]:
            nonlocal most
            for number in range(20):
                plain = cell(f"Surat nomor{number} masuk")
                tracked = Tracked(plain.page, plain.box, plain.lines)
                made.append(weakref.ref(tracked))
                most = max(most, sum(reference() is not None for reference in made))
                yield Draft((number, number), "text", None, HeaderDraft((number,), fields={"nama_sop": tracked}))

    language = language_of(Fresh(), load_lexicon(None), SETTINGS)
    assert language.printed["surat"] == 20
    assert most <= 3
