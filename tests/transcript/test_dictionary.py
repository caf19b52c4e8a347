"""What a document tells about its own words."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.transcript.dictionary import Dictionary


def test_a_way_the_document_writes_wins(dictionary_of: Callable[[str], Dictionary]) -> None:
    words = dictionary_of("Drs. ADI PRIHANTARA, M.M")
    assert words.joined("M", "l.M") == "M.M"


def test_a_line_with_an_unknown_word_is_read_as_the_document_has_it(dictionary_of: Callable[[str], Dictionary]) -> None:
    words = dictionary_of("SEKRETARIS DAERAH\tSEKRETARIS QAERAH\tKepala Bagian")
    assert words.agreed("SEKRETARIS QAERAH") == "SEKRETARIS DAERAH"
    assert words.agreed("Kepala Bagian") is None


def test_broken_words_are_noticed(dictionary: Dictionary) -> None:
    assert dictionary.breaks("Keputus an tim")
    assert not dictionary.breaks("ASS I")
    assert not dictionary.breaks("Draft surat tugas")
