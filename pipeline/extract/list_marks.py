"""List marks: numbers, letters and bullets at the head of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.model.geometry import Box
from pipeline.model.page import Line

MarkStyle = Literal["number", "letter", "roman", "bullet"]

ITEM_NUMBER = re.compile(r"[\(\[]?(\d{1,2})[.)\],]+(?=\D|$)")
BARE_NUMBER = re.compile(r"(\d{1,2})$")
LETTER = re.compile(r"\(?([a-z])[.)]+(?=\S|$)", re.IGNORECASE)
ROMAN = re.compile(r"\(?(x{0,3}(?:ix|iv|v?i{0,3}))[.)]+", re.IGNORECASE)
ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}
BULLET = re.compile(r"([-–—•·▪◦●○■□♦➢►✓√*~]+|o$|§$)(?=\s|\S|$)")
ROUND_SIGNS = frozenset("@©®¢¤°#")
ROUND_LETTERS = frozenset("eoO")


@dataclass(frozen=True)
class ItemMark:
    """A list mark: its style, its value (0 for a bullet), and how many characters of the line's text it takes."""

    style: MarkStyle
    value: int
    length: int


def mark_of(line: Line) -> ItemMark | None:
    """The mark at the head of a line, None where it has none. A bare number only counts when words follow it."""
    first = line.words[0].text
    if (found := ITEM_NUMBER.match(first)) and (len(first) == found.end() or not first[found.end()].isdigit()):
        return ItemMark("number", int(found[1]), found.end())
    if (found := BARE_NUMBER.match(first)) and len(line.words) > 1 and line.words[1].text[:1].isupper():
        return ItemMark("number", int(found[1]), found.end())
    if (roman := _roman(first)) and len(roman[0]) > 1:
        return ItemMark("roman", roman[1], len(first))
    if (found := LETTER.match(first)) and (len(line.words) > 1 or len(first) > found.end()):
        return ItemMark("letter", ord(found[1].lower()) - ord("a") + 1, found.end())
    if (found := BULLET.match(first)) and (len(line.words) > 1 or len(first) > found.end()):
        return ItemMark("bullet", 0, found.end())
    return ItemMark("bullet", 0, 1) if _is_misread_bullet(line) else None


def counted_in_roman(line: Line, mark: ItemMark | None) -> ItemMark | None:
    """A line's mark in a list that counts in Roman numerals: its "i." is no letter."""
    roman = _roman(line.words[0].text) if mark and mark.style == "letter" else None
    return ItemMark("roman", roman[1], len(line.words[0].text)) if roman else mark


def _roman(word: str) -> tuple[str, int] | None:
    """The Roman numeral that a mark is, and its value; None of any other."""
    found = ROMAN.fullmatch(word)
    if not found or not found[1]:
        return None
    values = [ROMAN_DIGITS[digit] for digit in found[1].lower()]
    return found[1], sum(-v if after > v else v for v, after in zip(values, (*values[1:], 0), strict=True))


def _is_misread_bullet(line: Line) -> bool:
    """Whether a scanned line begins with a bullet that was read as something round: "@ Meja", "e Komunikatif"."""
    first = line.words[0]
    if first.confidence is None or len(line.words) == 1:
        return False
    return first.text in ROUND_SIGNS or (first.text in ROUND_LETTERS and line.words[1].text[0].isupper())


def lone_number(text: str) -> int | None:
    """The number that a word is, with or without the marks of a list's number; None where it is none."""
    found = ITEM_NUMBER.fullmatch(text) or BARE_NUMBER.fullmatch(text)
    return int(found[1]) if found else None


def without_mark(line: Line, length: int) -> Line:
    """The line without its first `length` characters."""
    first, *others = line.words
    if length >= len(first.text):
        return Line(tuple(others)) if others else Line((replace(first, text=""),))
    cut = first.box.x0 + first.box.width * length / len(first.text)
    box = Box(cut, first.box.top, first.box.x1, first.box.bottom)
    return Line((replace(first, text=first.text[length:], box=box), *others))
