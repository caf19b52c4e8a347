from __future__ import annotations

import pytest

from pipeline.model.draft import Value
from pipeline.normalize.numerals import acting_post, number_numerals, rank_numerals


def read(text: str, confidence: float | None = 0.9) -> Value[str]:
    return Value(text, text, 1, None, confidence)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Pembina Tingkat 1", "Pembina Tingkat I"),
        ("Penata Tk. l", "Penata Tk. I"),
        ("Pembina Tk.1 (lV/b)", "Pembina Tk.I (IV/b)"),
        ("Penata Muda, 111/a", "Penata Muda, III/a"),
        ("Pengatur", "Pengatur"),
    ],
)
def test_a_rank_has_roman_numerals(text: str, mended: str) -> None:
    value = rank_numerals(read(text))
    assert value.clean == mended
    assert [change.rule for change in value.changes] == (["numeral"] if text != mended else [])
    assert rank_numerals(read(text, None)).clean == text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Pit. Kepala Dinas", "Plt. Kepala Dinas"),
        ("PIh Sekretaris", "Plh. Sekretaris"),
        ("Plt. Kepala", "Plt. Kepala"),
        ("Pitung", "Pitung"),
    ],
)
def test_who_acts_for_another(text: str, mended: str) -> None:
    assert acting_post(read(text)).clean == mended


@pytest.mark.parametrize(
    ("text", "month", "mended"),
    [
        ("09/SOP/Vlll/2019", None, "09/SOP/VIII/2019"),
        ("03/SOP/1/2018", 1, "03/SOP/I/2018"),
        ("03/SOP/11/2018", 2, "03/SOP/II/2018"),
        ("03/SOP/1/2018", 5, "03/SOP/1/2018"),
        ("03/SOP/1/2018", None, "03/SOP/1/2018"),
        ("11/SOP-1/2018", 3, "11/SOP-1/2018"),
        ("060/12/ORG/2018", 12, "060/12/ORG/2018"),
    ],
)
def test_the_month_in_a_number_is_roman(text: str, month: int | None, mended: str) -> None:
    assert number_numerals(read(text), month).clean == mended
