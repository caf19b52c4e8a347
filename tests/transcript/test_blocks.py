"""Text to paragraphs and tables."""

from __future__ import annotations

import pytest

from pipeline.transcript.blocks import plain, split_blocks
from pipeline.transcript.known_words import KnownWords


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<u>Drs. ADI</u>, M.M", "Drs. ADI, M.M"),
        ("NOMOR****TAHUN 2018**", "NOMOR TAHUN 2018"),
        ("dalam <i>hardcopy</i><br>dan", "dalam hardcopy dan"),
        (r"\Diamond", "◇"),
        (r"$\bigvee$", "\N{N-ARY LOGICAL OR}"),
        (r"\(\) ;", ";"),
        ("\\", "\\"),
        ("Rp 5 $", "Rp 5 $"),
    ],
)
def test_markup_comes_off(raw: str, clean: str, known: KnownWords) -> None:
    assert plain(raw, known.words.commands) == clean


def test_tables_and_paragraphs_are_parted(known: KnownWords) -> None:
    text = "# Judul\n\nNomor SOP\t12\nNama SOP\tSurat\n \nDasar Hukum:\n- a. Satu\n- b. Dua\n"
    title, table, prose = split_blocks(text, known.words.commands)
    assert title.lines == ("Judul",)
    assert table.rows == (("Nomor SOP", "12"), ("Nama SOP", "Surat"))
    assert prose.lines == ("Dasar Hukum:", "a. Satu", "b. Dua")


def test_a_markdown_table_is_a_table(known: KnownWords) -> None:
    (table,) = split_blocks("| No | Kegiatan |\n|---|:---:|\n| 1 | Surat masuk |\n", known.words.commands)
    assert table.rows == (("No", "Kegiatan"), ("1", "Surat masuk"))


def test_a_page_break_ends_a_table(known: KnownWords) -> None:
    assert len(split_blocks("1\ta\n\f2\tb\n", known.words.commands)) == 2
