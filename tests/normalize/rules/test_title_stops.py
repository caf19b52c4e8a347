"""Titles before a name end with a full stop, whatever was read for it."""

from __future__ import annotations

import pytest

from pipeline.model.draft import Value
from pipeline.normalize.rules.title_stops import title_stops


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("Drs, ADI PRIHANTARA, M.M", "Drs. ADI PRIHANTARA, M.M"),
        ("Prof, Dr. Muh Saerozi, M.Ag.", "Prof. Dr. Muh Saerozi, M.Ag."),
        ("Prof. Dr Muh Saerozi, M.Ag.", "Prof. Dr. Muh Saerozi, M.Ag."),
        ("Prof, Dr, Ir Sutrisno, M.T.", "Prof. Dr. Ir. Sutrisno, M.T."),
        ("Ir , Budi Santoso", "Ir. Budi Santoso"),
        ("Dr Budi Santoso, M.Si", "Dr Budi Santoso, M.Si"),  # nobody knows whether a full stop was printed
        ("Budi Santoso, Dr., M.Si", "Budi Santoso, Dr., M.Si"),
        ("Ahmad H Nasution, S.H", "Ahmad H Nasution, S.H"),
        ("Irwan, S.H., M.H", "Irwan, S.H., M.H"),
        ("Hadi, S.E", "Hadi, S.E"),
        ("", ""),
    ],
)
def test_a_full_stop_stands_after_titles(read: str, name: str) -> None:
    found = title_stops(Value(read, read, 1, None, 0.9))
    assert found.clean == name
    assert [change.rule for change in found.changes] == (["title-stop"] if read != name else [])


def test_a_text_layer_stays() -> None:
    printed = Value("Drs, ADI PRIHANTARA", "Drs, ADI PRIHANTARA", 1)
    assert title_stops(printed) is printed
