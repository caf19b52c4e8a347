"""Dates as the identity of a SOP prints them, as ISO 8601 at the precision printed."""

from __future__ import annotations

import re
from datetime import date

from rapidfuzz.distance import OSA

from pipeline.model.draft import Change
from pipeline.normalize.lexicon import Lexicon
from pipeline.settings import LanguageSettings

LEFT_OVER = "left-over"  # the rule that notes digits before a date which it could not take for its day

_LONGEST_ABBREVIATION = 4  # letters: "Sept"
_DAY = r"(?P<day>\d{1,2})"
_MISREAD_DAY = r"(?P<day>(?<![^\W_])[\dOoQlI|!ZSsB$]{1,2})"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_SEPARATOR = r"\s*[./-]\s*"


def read_date(text: str, lexicon: Lexicon, settings: LanguageSettings) -> tuple[str | None, tuple[Change, ...]]:
    """Read a date; a new way of writing one is one more pattern in `_named_month` or `_numeric`.

    "08 Desember 2017" -> "2017-12-08"; "Januari 2018" -> "2018-01"; "08 Desemher 2017" and "8 Nopember 2017" are dates
    with a change.

    Returns:
        ISO 8601 at the precision printed, None where the text is blank, tells no date, or one that no calendar has;
        and the misreadings mended.
    """
    if text.strip(" :").casefold() in lexicon.blanks:
        return None, ()
    return _named_month(text, lexicon, settings) or _numeric(text) or (None, ())


def is_blank(text: str, lexicon: Lexicon) -> bool:
    """Whether a printed value stands for no value: "", "-", "...", "Tidak ada"."""
    return text.strip(" :").casefold() in lexicon.blanks or not re.search(r"\w", text)


def month_number(word: str, lexicon: Lexicon, settings: LanguageSettings) -> int | None:
    """Tell the month that a printed word names, 1..12, a few letters of a long one misread: "Sepfember" -> 9."""
    word = word.casefold().strip(".")
    if word in lexicon.months:
        return lexicon.months[word]
    allowed = sum(len(word) >= least for least in settings.month_letters)
    names = [name for name in lexicon.months if len(name) >= settings.least_month]
    near = {lexicon.months[name] for name in names if OSA.distance(word, name) <= allowed}
    return near.pop() if len(near) == 1 else None


def _named_month(text: str, lexicon: Lexicon, settings: LanguageSettings) -> tuple[str, tuple[Change, ...]] | None:
    """A date whose month is a word: "08 Desember 2017", "December 8, 2017", "Januari 2018"."""
    day_first = rf"(?:{_MISREAD_DAY}(?:st|nd|rd|th)?[\s.,/-]*)?(?<![^\W\d_])(?P<month>[^\W\d_]{{3,10}})[\s.,/-]*{_YEAR}"
    month_first = rf"\b(?P<month>[^\W\d_]{{3,10}})\b[\s.]*{_DAY}\s*,\s*{_YEAR}"
    for pattern in (month_first, day_first):
        for match in re.finditer(pattern, text, re.IGNORECASE):
            month = month_number(match["month"], lexicon, settings)
            day = "".join(lexicon.misread_digits.get(c, c) for c in match["day"] or "") or None
            found = month and _iso(match["year"], month, day)
            if found:
                left = text[: match.start()].strip()
                changes = [Change("number", match["day"], day)] if day and day != match["day"] else []
                changes += _misread(match["month"], month or 0, lexicon)
                changes += [Change(LEFT_OVER, left, "")] if day is None and re.search(r"\d", left) else []
                return found, tuple(changes)
    return None


def _misread(word: str, month: int, lexicon: Lexicon) -> tuple[Change, ...]:
    """The change of a month's name that is not printed as such: misread, misspelt, old or foreign; none of "Nov"."""
    name = next(name for name, number in lexicon.months.items() if number == month)
    printed = word.casefold().strip(".")
    abbreviated = printed in lexicon.months and len(printed) < min(len(name), _LONGEST_ABBREVIATION + 1)
    return () if printed == name or abbreviated else (Change("month", word, name.capitalize()),)


def _numeric(text: str) -> tuple[str, tuple[Change, ...]] | None:
    """A date in digits: "08/12/2017", "2017-12-08", "08.12.17", "12/2017", "2018"; Indonesia writes the day first."""
    patterns = (
        rf"{_YEAR}{_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}{_DAY}",
        rf"{_DAY}{_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}{_YEAR}",
        rf"{_DAY}{_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<short>\d{{2}})",
        rf"(?P<month>\d{{1,2}}){_SEPARATOR}{_YEAR}",
        _YEAR,
    )
    for pattern in patterns:
        if match := re.fullmatch(rf"\D*?{pattern}\D*", text.strip()):
            parts = match.groupdict()
            year = parts.get("year") or "20" + parts["short"]
            found = _iso(year, int(parts["month"]) if parts.get("month") else None, parts.get("day"))
            return (found, ()) if found else None
    return None


def _iso(year: str, month: int | None, day: str | None) -> str | None:
    """Write the parts there are as ISO 8601; None for a month or day that the calendar does not have."""
    if month is None:
        return year
    try:
        found = date(int(year), month, int(day or 1)).isoformat()
    except ValueError:
        return None
    return found if day else found[: len("2018-01")]
