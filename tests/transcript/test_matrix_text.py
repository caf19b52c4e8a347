"""Rows under the columns they fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.lexicon import load_headings
from pipeline.settings import TranscriptSettings
from pipeline.transcript.known_words import KnownWords, load_known_words
from pipeline.transcript.matrix_text import Aligner, is_number_row, is_step, merged_number_row

KINDS = ["no", "kegiatan", "pelaksana", "pelaksana", "pelaksana", "kelengkapan", "waktu", "output", "keterangan"]
FULL = ("8.", "Menerima surat yang sudah ditandatangani", "", "", "", "Surat", "5 menit", "Tanda terima", "")
SETTINGS = TranscriptSettings()
ALIGNER = Aligner(load_known_words(load_headings()), SETTINGS.alignment)


def test_a_row_that_fits_stays() -> None:
    assert ALIGNER.realigned(FULL, KINDS) == FULL


@pytest.mark.parametrize("lost", [2, 3, 4])
def test_a_row_that_lost_an_empty_cell_is_put_right(lost: int) -> None:
    shorter = FULL[:lost] + FULL[lost + 1 :]
    assert ALIGNER.realigned(shorter, KINDS) == FULL
    assert ALIGNER.realigned((*shorter, ""), KINDS) == FULL


def test_a_row_that_gained_empty_cells_is_put_right() -> None:
    assert ALIGNER.realigned((*FULL[:3], "", "", *FULL[3:]), KINDS) == FULL


def test_symbols_stay_in_their_own_column() -> None:
    row = ("5", "Konsep surat dinaikkan ke Asisten", "", "◇", "ya", "Surat", "120 menit", "Surat", "")
    assert ALIGNER.realigned(row, KINDS) == row


def test_a_document_that_is_called_a_document_is_none_of_the_symbols() -> None:
    row = ("5", "Merekap hasil penyusunan SOP", "", "", "→", "Dokumen", "7 Hari", "Penetapan", "")
    assert ALIGNER.realigned(row, KINDS) == row


@given(st.lists(st.sampled_from(["", "5 menit", "Proses", "Surat masuk ke bagian umum", "3.", "◇"]), max_size=12))
def test_no_text_is_lost(cells: list[str]) -> None:
    placed = ALIGNER.realigned(tuple(cells), KINDS)
    assert len(placed) == len(KINDS)
    assert " ".join(placed).split() == " ".join(cells).split()


def test_number_rows() -> None:
    assert is_number_row(("1", "2", "3", "4", ""), SETTINGS)
    assert not is_number_row(("1", "Surat masuk", "3"), SETTINGS)
    assert not is_number_row(("1", "2"), SETTINGS)


def test_a_number_row_run_into_the_first_step_is_parted() -> None:
    row = ("1", "2 Surat Edaran", "3", "4", "5", "Mulai", "SE Menpan", "0", "9 Surat diterima")
    numbers, step = merged_number_row(row, SETTINGS) or ((), ())
    assert numbers == tuple("123456789")
    assert step == ("1", "Surat Edaran", "", "", "", "Mulai", "SE Menpan", "0", "Surat diterima")


def test_a_step_is_no_number_row() -> None:
    assert merged_number_row(FULL, SETTINGS) is None
    assert is_step(FULL)
    assert not is_step(("", "3. Kebutuhan surat"))


def test_durations(known: KnownWords) -> None:
    for text in ("20 menit", "1 Jam", "2 x 24 jam", "3 Hari", "0"):
        assert known.duration.fullmatch(text), text
    for text in ("Surat 5", "Nota dinas", ""):
        assert not known.duration.fullmatch(text), text
