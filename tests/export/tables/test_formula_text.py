from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.tables.formula_text import as_text, is_formula


@pytest.mark.parametrize(
    "text", ["=1+1", "+62 21", "-2+3", "- Surat", "@SUM(A1)", " =A1", "\t=A1", "\n=A1", "\uff1d1", "=cmd|' /C calc'!A0"]
)
def test_what_a_spreadsheet_takes_for_a_formula_is_marked_as_text(text: str) -> None:
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-", " – ", "Surat", "1-2 hari", "'=1", "Rp. 0,-", "a=b", "3 + 4"])
def test_other_text_stays(text: str) -> None:
    assert as_text(text) == text


@given(st.text(alphabet="=+-@' \t1aB", max_size=6))
def test_what_was_marked_is_no_formula_any_more(text: str) -> None:
    assert not is_formula(as_text(text))
