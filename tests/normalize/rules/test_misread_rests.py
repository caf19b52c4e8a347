from __future__ import annotations

import pytest

from pipeline.normalize.cells import clean_cell

from ..conftest import LETTER


@pytest.mark.parametrize(
    ("lines", "letters", "text"),
    [
        (("Monitorin", "8 Pelayanan"), 9, "Monitoring Pelayanan"),
        (("BUPA", "Ti"), 4, "BUPATI"),
        (("ORGA", "NISAS", "l"), 5, "ORGANISASI"),
        (("Keputusan", "8 Surat"), 9, "Keputusan 8 Surat"),  # a word needs no rest
    ],
)
def test_a_rest_is_known_by_what_it_completes(cell, language, lines, letters, text) -> None:
    assert clean_cell(cell(*lines, letters=letters, confidence=0.8), language, LETTER).clean == text


def test_a_text_layers_digit_stays(cell, language) -> None:
    assert clean_cell(cell("Monitorin", "8 Pelayanan", letters=9), language, LETTER).clean == "Monitorin 8 Pelayanan"
