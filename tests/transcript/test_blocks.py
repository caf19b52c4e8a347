"""Text to paragraphs and tables."""

from __future__ import annotations

import pytest

from pipeline.transcript.blocks import plain, split_blocks
from pipeline.transcript.known_words import Vocabulary


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<u>Drs. ADI</u>, M.M", "Drs. ADI, M.M"),
        ("NOMOR****TAHUN 2018**", "NOMOR TAHUN 2018"),
        ("dalam <i>hardcopy</i><br>dan", "dalam hardcopy dan"),
        (r"\Diamond", "◇"),
        (r"$\bigvee$", "⋁"),
        (r"\(\) ;", ";"),
        ("\\", "\\"),
        ("Rp 5 $", "Rp 5 $"),
    ],
)
def test_markup_comes_off(raw: str, clean: str, vocabulary: Vocabulary) -> None:
    assert plain(raw, vocabulary.words.commands) == clean


def test_tables_and_paragraphs_are_parted(vocabulary: Vocabulary) -> None:
    text = "# Judul\n\nNomor SOP\t12\nNama SOP\tSurat\n \nDasar Hukum:\n- a. Satu\n- b. Dua\n"
    title, table, prose = split_blocks(text, vocabulary.words.commands)
    assert title.lines == ("Judul",)
    assert table.rows == (("Nomor SOP", "12"), ("Nama SOP", "Surat"))
    assert prose.lines == ("Dasar Hukum:", "a. Satu", "b. Dua")


def test_a_markdown_table_is_a_table(vocabulary: Vocabulary) -> None:
    (table,) = split_blocks("| No | Kegiatan |\n|---|:---:|\n| 1 | Surat masuk |\n", vocabulary.words.commands)
    assert table.rows == (("No", "Kegiatan"), ("1", "Surat masuk"))


def test_a_page_break_ends_a_table(vocabulary: Vocabulary) -> None:
    assert len(split_blocks("1\ta\n\f2\tb\n", vocabulary.words.commands)) == 2
