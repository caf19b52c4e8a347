"""Text that a spreadsheet would take for a formula, made text again."""

from __future__ import annotations

import re

# What opens a formula in Excel, LibreOffice and Google Sheets, also behind white space or in wide letters. A dash that
# stands for "nothing" is none.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
TEXT_MARK = "'"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet that opens a file of text may take `text` for a formula.

    >>> [is_formula(text) for text in ("=1+1", "-2+3", "@SUM(A1)", " =A1", "-", "Rp. 0,-", "1-2 hari")]
    [True, True, True, True, False, False, False]
    """
    return bool(_FORMULA.match(text)) and not _DASHES.fullmatch(text)


def as_text(text: str) -> str:
    """Put an apostrophe, by which spreadsheets know text, before what would be taken for a formula.

    >>> as_text("=1+1"), as_text("Surat")
    ("'=1+1", 'Surat')
    """
    return TEXT_MARK + text if is_formula(text) else text
