from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from pipeline.model.geometry import Box
from pipeline.ocr.crops import Crop, RecognizedCrop
from pipeline.ocr.page_pixels import PagePixels
from pipeline.ocr.protocol import RecognitionRequest, RecognizedWord
from pipeline.ocr.second_reader import SecondReader, lacks_day
from pipeline.settings import SecondReaderSettings

WORDS = frozenset(["surat", "keputusan", "kepala", "menerima", "oktober", "biro", "umum", "tahun"])
EM = 20.0


@dataclass
class Told:
    """An engine that gives one answer after the other, and keeps what it was shown."""

    answers: list[tuple[str, float]]
    name: str = "told"
    shown: list[RecognitionRequest] = field(default_factory=list)

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        self.shown += requests
        return [self._answer(*self.answers.pop(0)) for _ in requests]

    def _answer(self, text: str, sure: float) -> tuple[RecognizedWord, ...]:
        return tuple(
            RecognizedWord(word, Box(40 * place, 0, 40 * place + 30, 20), sure, 0, (sure,) * len(word))
            for place, word in enumerate(text.split())
        )


def word(text: str, x0: float, confidence: float = 0.96, line: int = 0, x1: float | None = None) -> RecognizedWord:
    top = 10 + 30.0 * line
    return RecognizedWord(text, Box(x0, top, x1 or x0 + 10.0 * len(text), top + 20), confidence, line)


def crop(*words: RecognizedWord) -> RecognizedCrop:
    return RecognizedCrop(Crop(np.full((80, 400), 255, np.uint8), 0.0, 0.0, 1.0), words)


def page() -> PagePixels:
    return PagePixels(
        np.full((80, 400), 255, np.uint8), 1.0, EM, np.zeros((80, 400), np.uint8), np.zeros((80, 400), np.uint16)
    )


def reader(engine: Told, every_line: bool = False) -> SecondReader:
    return SecondReader(engine, lambda word: word.casefold() in WORDS, every_line, SecondReaderSettings())


def texts(found: Sequence[RecognizedCrop]) -> list[str]:
    return [word.text for crop in found for word in crop.words]


def test_only_what_is_doubtful_is_read_again() -> None:
    engine = Told([("hasil", 1.0)])
    found = reader(engine).read([crop(word("Surat", 0), word("hasii", 250), word("Keputusan", 310))], page())
    assert texts(found) == ["Surat", "hasil", "Keputusan"]
    assert found[0].rejected == {1: ("hasii",)}
    assert len(engine.shown) == 1
    assert engine.shown[0].mode == "line"
    assert engine.shown[0].pixels.shape[1] < 100


def test_signs_that_bullets_are_taken_for_are_doubted() -> None:
    engine = Told([("•", 0.95)])
    assert texts(reader(engine).read([crop(word("@", 0), word("Surat", 40))], page())) == ["@", "Surat"]
    assert len(engine.shown) == 1


def test_a_quotation_mark_that_the_second_reader_sees_as_a_bullet_is_one() -> None:
    engine = Told([("•", 0.6), ("•", 0.6)])
    assert texts(reader(engine).read([crop(word("“", 0, 0.5), word("Surat", 200))], page())) == ["•", "Surat"]


def test_a_mark_before_a_number_may_be_a_sign_that_the_second_reader_does_not_see() -> None:
    for after, kept in (("10", ["&", "10"]), ("menit", ["menit"])):
        engine = Told([(after, 0.98)])
        assert texts(reader(engine).read([crop(word("&", 0, 0.3), word(after, 40, 0.3))], page())) == kept


def test_numbers_that_begin_as_a_stroke_does_are_doubted() -> None:
    engine = Told([("1", 0.98), ("13", 0.98)])
    found = reader(engine).read([crop(word("11", 0), word("15", 150), word("13", 350))], page())
    assert texts(found) == ["1", "15", "13"]


def test_every_line_is_read_where_that_is_asked_for() -> None:
    engine = Told([("Surat Keputusan", 1.0), ("Kepala", 1.0)])
    words = word("Surat", 0), word("Keputusan", 80), word("Kepala", 0, line=1)
    found = reader(engine, every_line=True).read([crop(*words)], page())
    assert [word.confidence for word in found[0].words] == [0.99, 0.99, 0.99]


def test_pieces_of_a_broken_word_are_none_to_doubt() -> None:
    engine = Told([])
    reader(engine).read([crop(word("Kepu", 0), word("tusan", 0, line=1))], page())
    assert not engine.shown


def test_a_reading_that_is_not_sure_is_asked_for_anew_without_what_crosses_the_letters() -> None:
    engine = Told([("hasll", 0.5), ("hasil", 0.95)])
    assert texts(reader(engine).read([crop(word("hasii", 50))], page())) == ["hasil"]


def test_a_word_that_only_the_second_reader_parts_or_joins() -> None:
    engine = Told([("surat keputusan", 1.0), ("Menerima", 1.0)])
    words = word("suratkeputusan", 0), word("Me", 0, line=1), word("nerima", 30, line=1)
    found = reader(engine).read([crop(*words)], page())
    assert texts(found) == ["surat", "keputusan", "Menerima"]
    first, second, joined = found[0].words
    assert first.box.x1 < second.box.x0
    assert joined.box.x0 == 0
    assert joined.box.x1 == 90


def test_a_wide_space_and_one_before_digits_stay() -> None:
    engine = Told([("Pembuatan15", 1.0), ("Kepa1la2", 1.0)])
    words = word("Pemkuatan", 0), word("15", 100, 0.8), word("Kepa1", 0, line=1), word("la2", 100, line=1)
    assert texts(reader(engine).read([crop(*words)], page())) == ["Pembuatan", "15", "Kepa1", "la2"]


def test_readings_that_have_nothing_in_common() -> None:
    words = word("(x", 0, 0.4), word("Qv—", 40, 0.3)
    told = Told([("188.44/765", 0.95)])
    assert texts(reader(told).read([crop(*words)], page())) == ["188.44/765"]
    told = Told([("MW", 0.4), ("", 0.0)])
    found = reader(told).read([crop(*words)], page())
    assert texts(found) == ["(x", "Qv—"]
    assert found[0].rejected == {0: ("MW",)}


def test_a_sure_word_is_not_doubted_for_what_stands_across_it() -> None:
    told = Told([("MW", 0.4), ("MW", 0.4)])
    found = reader(told).read([crop(word("gn", 0, 0.2), word("Surat", 40))], page())
    assert found[0].words[-1].confidence == 0.96


def test_a_stroke_that_only_one_reader_saw_is_left_of_a_line() -> None:
    told = Told([("H", 0.02), ("", 0.0), ("", 0.0), ("", 0.0)])
    found = reader(told).read([crop(word("Kepala", 0), word("l", 200, 0.7))], page())
    assert texts(found) == ["Kepala"]
    assert found[0].rejected == {0: ("l",)}
    assert texts(reader(told).read([crop(word("l", 200, 0.7))], page())) == ["l"]


def test_where_the_first_reader_saw_nothing_the_second_must_be_sure() -> None:
    low = RecognizedCrop(Crop(np.full((30, 80), 255, np.uint8), 10.0, 10.0, 1.0), ())
    high = RecognizedCrop(Crop(np.full((79, 80), 255, np.uint8), 10.0, 0.0, 1.0), ())
    found = reader(Told([("4", 0.95)])).read([low, high], page())
    assert texts(found) == ["4"]
    assert found[0].words[0].confidence == 0.8
    assert texts(reader(Told([("xQ", 0.95)])).read([low], page())) == []


def test_a_month_and_a_year_are_read_up_to_the_rulings_beside() -> None:
    assert lacks_day(["Oktober", "2024"])
    assert not lacks_day(["4", "Oktober", "2024"])
    engine = Told([("4 Oktober 2024", 0.99)])
    picture = page()
    picture.lines[:, 60:62] = 1
    found = reader(engine).read([crop(word("Oktober", 150), word("2024", 230))], picture)
    assert texts(found) == ["4", "Oktober", "2024"]
    assert engine.shown[0].pixels.shape[1] == pytest.approx(390 - 62, abs=2)


def test_what_is_shown_ends_at_the_letters_of_another_region() -> None:
    engine = Told([("PELAKS", 0.99)])
    picture = page()
    picture.labels[10:30, 60:120] = 1
    picture.labels[10:30, 126:180] = 2
    reader(engine).read([crop(word("PELAK", 60, x1=120))], picture)
    assert engine.shown[0].pixels.shape[1] == pytest.approx(126 - 54, abs=2)
