"""When two wordings say the same, and how a value of the record reads as one."""

from __future__ import annotations

import unicodedata
from typing import Any

from pipeline.model.record import DasarHukum, Pelaksana, Waktu
from pipeline.model.text import one_line, squash


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for spaces and line ends.

    >>> same_words("15  menlt", "15\\nmenlt"), same_words("15 menlt", "15 menit")
    (True, False)
    """
    return _spaced(one) == _spaced(other)


def name_key(name: str) -> str:
    """What is left of a role's name where case, spaces and marks do not count.

    >>> name_key("Kasubbag. Tata-Laksana")
    'kasubbagtatalaksana'
    """
    return squash(unicodedata.normalize("NFKC", name))


def text_of(value: Any) -> str | None:
    """A value as one would write it into `expect`: its text, its digits, its name; None where it is blank or has none.

    >>> text_of(Waktu(text="15 menit", value=15, unit="menit")), text_of(2014), text_of("")
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


def _spaced(text: str) -> str:
    return one_line(unicodedata.normalize("NFC", text))
