"""Texts as a reviewer compares them: when two wordings say the same, and how a value of the record reads as one."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from pipeline.model.record import DasarHukum, Pelaksana, Waktu
from pipeline.model.text import one_line, squash


def same_words(one: str, other: str) -> bool:
    r"""Whether two texts are the same but for spaces and line ends.

    >>> same_words("15  menlt", "15\nmenlt"), same_words("15 menlt", "15 menit")
    (True, False)
    """
    return _spaced(one) == _spaced(other)


@lru_cache(maxsize=4096)
def _spaced(text: str) -> str:
    return one_line(unicodedata.normalize("NFC", text))


def name_key(name: str) -> str:
    """Strip the name of a role of what does not count when names are compared: case, spaces and punctuation.

    >>> name_key("Kasubbag. Tata-Laksana")
    'kasubbagtatalaksana'
    """
    return squash(unicodedata.normalize("NFKC", name))


def value_text(value: Any) -> str | None:
    """Write a value as one would in `expect`: its text, its digits, its name.

    Returns:
        None where the value is blank, or a thing of several parts.

    >>> value_text(Waktu(text="15 menit", value=15, unit="menit")), value_text(2014), value_text("")
    ('15 menit', '2014', None)
    """
    if isinstance(value, Waktu | DasarHukum):
        return value.text or None
    if isinstance(value, Pelaksana):
        return value.label
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value) or None


def is_blank(value: Any) -> bool:
    """Whether nothing is there: null, no words, no items.

    >>> is_blank(None), is_blank(" "), is_blank([]), is_blank("-")
    (True, True, True, False)
    """
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip())
