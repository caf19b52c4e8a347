"""Digits, Roman numerals and letters that look alike on a scan, told apart by what stands in such a place."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model.draft import Change, Value

_STROKES = str.maketrans("1l|!", "IIII")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_GRADE = re.compile(r"\b(Tk\.?|Tingkat)(\s*)([1l|!I]{1,3})(?![\w])")
_CLASS = re.compile(r"(?<![\w/])([1lI|!V]{1,3})\s*/\s*([a-e])(?!\w)")
_ACTING = re.compile(r"^P(?:[1iI|!]t|l[tl]|1[hn]|[iI|!]h)\.?(?=\s)")
_MONTHS = {"I": 1, "II": 2, "III": 3}  # those that are all strokes: a IV is known by its V


def rank_numerals(value: Value[str]) -> Value[str]:
    """Write the grade and class of a rank in Roman numerals, in which they are printed.

    Before: "Pembina Tingkat 1 (lV/b)", "Penata Tk. l"; after: "Pembina Tingkat I (IV/b)", "Penata Tk. I".
    """
    text = _GRADE.sub(lambda found: found[1] + found[2] + found[3].translate(_STROKES), value.clean)
    text = _CLASS.sub(lambda found: f"{found[1].translate(_STROKES)}/{found[2]}", text)
    return _changed(value, text)


def acting_post(value: Value[str]) -> Value[str]:
    """Write the abbreviation of one who acts for another: "Pit. Kepala Dinas" -> "Plt. Kepala Dinas"."""
    text = _ACTING.sub(lambda found: "Plh." if found[0].rstrip(".")[-1] in "hn" else "Plt.", value.clean)
    return _changed(value, text)


def number_numerals(value: Value[str], month: int | None) -> Value[str]:
    """Write a SOP's number with Roman numerals where it has some, and where it has the month that the SOP was made in.

    Before: "09/SOP/Vlll/2019", "03/SOP/1/2018" of January; after: "09/SOP/VIII/2019", "03/SOP/I/2018".

    Args:
        value: The number as read.
        month: The month, 1..12, in which the SOP was made; None where nobody knows.
    """
    parts = re.split(r"([/\-. ]+)", value.clean)
    years = [place for place, part in enumerate(parts) if re.fullmatch(r"(?:19|20)\d\d", part)]
    for place, part in enumerate(parts):
        before_year = any(place + 2 == year for year in years)
        numeral = part.translate(_STROKES)
        mixed = bool(re.search(r"[IVX]", part)) and part != numeral
        is_month = before_year and re.fullmatch(r"[1lI|!]+", part) is not None and _MONTHS.get(numeral) == month
        if part and _ROMAN.fullmatch(numeral) and (mixed or is_month):
            parts[place] = numeral
    return _changed(value, "".join(parts))


def _changed(value: Value[str], text: str) -> Value[str]:
    if text == value.clean or value.confidence is None:
        return value
    return replace(value, clean=text, changes=(*value.changes, Change("numeral", value.clean, text)))
