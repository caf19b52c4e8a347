"""Words as lines."""

from __future__ import annotations

import pytest

from pipeline.layout.text_lines import title_lines
from pipeline.model.geometry import Box
from pipeline.model.page import Line, Word


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("SOP SURAT MASUK",), ("SOP SURAT MASUK",)),
        (("Drs. BUDI", "NIP. 19650909 199310 1 002", "SOP SURAT", "MASUK"), ("SOP SURAT", "MASUK")),
        (("- 3 -", "SOP SURAT MASUK"), ("SOP SURAT MASUK",)),
        (("SOP SURAT MASUK", "3"), ("SOP SURAT MASUK",)),
        (("Halaman 2 dari 3", "SOP SURAT MASUK"), ("SOP SURAT MASUK",)),
        (("19650909 199310 1 002",), ()),
        ((), ()),
    ],
)
def test_a_title_begins_with_neither_a_signature_nor_a_page_number(
    lines: tuple[str, ...], title: tuple[str, ...]
) -> None:
    box = Box(0.0, 0.0, 10.0, 10.0)
    printed = [Line(tuple(Word(text, box, 10.0) for text in line.split())) for line in lines]
    assert tuple(line.text for line in title_lines(printed)) == title
