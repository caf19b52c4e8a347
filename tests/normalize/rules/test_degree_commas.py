from __future__ import annotations

import pytest

from pipeline.model.draft import Value
from pipeline.normalize.rules.degree_commas import degree_commas


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("Drs. ADI PRIHANTARA. M.M", "Drs. ADI PRIHANTARA, M.M"),
        ("Muh Saerozi. M.Ag.", "Muh Saerozi, M.Ag."),
        ("Drs. ADI PRIHANTARA, M.M", "Drs. ADI PRIHANTARA, M.M"),
        ("Moh. Ali", "Moh. Ali"),
    ],
)
def test_a_comma_stands_before_degrees(read: str, name: str) -> None:
    assert degree_commas(Value(read, read, 1, None, 0.9)).clean == name


def test_a_text_layer_stays() -> None:
    printed = Value("ADI PRIHANTARA. M.M", "", 1)
    assert degree_commas(printed) is printed
