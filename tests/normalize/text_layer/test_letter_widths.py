from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.page import Word
from pipeline.normalize.text_layer import LetterWidths, letter_widths
from pipeline.settings import TextDoubtSettings

from .conftest import typeset_word

TEXT = (
    "Menerima dan mencatat surat masuk pada buku agenda Meneliti kelengkapan dan membuat lembar disposisi "
    "Memeriksa memberi arahan atas Menyusun konsep jawaban sesuai pimpinan Memaraf Menandatangani nomor kepada "
    "pemohon Mengarsipkan beserta bukti pengiriman laporan hasil rapat tugas dinas pegawai bagian umum sekretaris "
    "daerah kabupaten undangan peserta kegiatan berkas permohonan rekomendasi teknis kepala seksi bidang "
)
WORDS = TEXT.split()


@pytest.fixture(scope="module")
def widths() -> LetterWidths:
    return letter_widths([typeset_word(text, 0, 0) for text in WORDS], TextDoubtSettings())


def test_the_letters_of_a_font_are_measured_by_its_words(widths: LetterWidths) -> None:
    assert widths.by_font["Helvetica"]["a"] == pytest.approx(0.556, abs=0.01)
    assert widths.by_font["Helvetica"]["i"] == pytest.approx(0.222, abs=0.01)
    assert "j" not in widths.by_font["Helvetica"]  # in one word only


@pytest.mark.parametrize(
    ("said", "shown"), [("Menrima", "Menerima"), ("disposism", "disposisi"), ("agendai", "agenda")]
)
def test_a_word_that_says_other_letters_than_it_shows_does_not_fit(said: str, shown: str, widths: LetterWidths) -> None:
    assert widths.is_odd(typeset_word(said, 0, 0, shown))


@pytest.mark.parametrize("word", ["Menrima", "surat", "kelengkpan"])
def test_what_is_printed_so_fits_misspelt_or_not(word: str, widths: LetterWidths) -> None:
    assert not widths.is_odd(typeset_word(word, 0, 0))


def test_a_full_stop_may_stand_far_under_the_capital_before_it() -> None:
    words = [typeset_word(text, 0, 0) for text in (*WORDS, "NIK", "PIN", "NIP", "Kep.", "No.", "Tgl.", "hal.")]
    widths = letter_widths(words, replace(TextDoubtSettings(), letter_words=2))
    stop = typeset_word("NIP.", 0, 0)
    kerned = replace(stop, box=replace(stop.box, x1=stop.box.x1 - 0.14 * stop.size))
    assert not widths.is_odd(kerned)
    assert widths.is_odd(replace(stop, box=replace(stop.box, x1=stop.box.x1 - 0.4 * stop.size)))
    assert widths.is_odd(replace(kerned, text="NIK."))


def test_nothing_is_said_of_other_fonts_and_of_scanned_words(widths: LetterWidths) -> None:
    word = typeset_word("Menrima", 0, 0, "Menerima")
    assert widths.misfit(replace(word, font="Times")) is None
    assert widths.misfit(replace(word, confidence=0.9)) is None


def test_a_few_wrong_words_do_not_lead_the_measure_astray() -> None:
    words: list[Word] = [typeset_word(text, 0, 0) for text in WORDS]
    for n in range(0, len(words), 12):
        words[n] = typeset_word(WORDS[n][1:], 0, 0, WORDS[n])
    widths = letter_widths(words, TextDoubtSettings())
    assert {word.text for word in words if widths.is_odd(word)} <= {WORDS[n][1:] for n in range(0, len(words), 12)}
    assert sum(map(widths.is_odd, words)) >= 5
    assert not widths.confirm(words)


def test_a_text_is_confirmed_by_words_that_fit(widths: LetterWidths) -> None:
    assert widths.confirm([typeset_word(text, 0, 0) for text in WORDS])
    assert not widths.confirm([replace(typeset_word(text, 0, 0), font="Times") for text in WORDS])
    assert not widths.confirm([])
