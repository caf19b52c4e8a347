"""Durations as SOPs print them: "1,5 jam", "2 x 24 jam", "1 (satu) hari", "1-2 hari", "15 menlt"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from pipeline.model.draft import Change
from pipeline.model.record import Unit, Waktu, WaktuBagian
from pipeline.model.text import fold
from pipeline.normalize.duration_kinds import is_limit, kind_of
from pipeline.normalize.lexicon import Lexicon
from pipeline.settings import LanguageSettings

# Minutes of calendar time in a unit: a month counts 30 days, a year 365.
MINUTES: dict[Unit, float] = {
    "menit": 1.0,
    "jam": 60.0,
    "hari": 1440.0,
    "hari kerja": 1440.0,
    "minggu": 10080.0,
    "bulan": 43200.0,
    "tahun": 525600.0,
}
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_ISO = {"menit": "PT{}M", "jam": "PT{}H", "hari": "P{}D", "minggu": "P{}W", "bulan": "P{}M", "tahun": "P{}Y"}
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_TO = r"(?:-|s\s*[./]?\s*d\.?(?![a-z])|sampai(?:\s+dengan)?|hingga|to)"
_NUMBER = r"\d+(?:[.,]\d+)?"
# What stands before a number that counts no time: a date, a clock, an interval of repetition.
_NOT_A_LENGTH = re.compile(r"(?:tanggal|tgl|pukul|jam|ke-?|setiap|tiap|per|minggu|kali|\b[hH])\s*[-.+]?\s*$")
_SO_OFTEN = re.compile(r"\s*sekali\b", re.IGNORECASE)  # behind an interval of repetition
_BETWEEN_PARTS = re.compile(r"\s*(?:[;\n+&]|,(?!\d)|\b(?:dan|atau|serta)\b)\s*", re.IGNORECASE)
_LEAST_ONE_OF = 7  # letters of a misspelt word for one of a unit ("semingu"): shorter ones come near to other words
# Letters Tesseract puts where a digit stands.
_DIGIT_LOOKALIKES = str.maketrans("lI|!OoSBZ", "111100582")


@dataclass(frozen=True, slots=True)
class Duration:
    """One length of time found in a text: `low` to `high` units, printed at text[start:end]."""

    low: float
    high: float | None
    unit: Unit
    start: int
    end: int


def read_duration(
    text: str, lexicon: Lexicon, settings: LanguageSettings, unit: Unit | None = None
) -> tuple[Waktu, tuple[Change, ...]]:
    """Read what a Waktu cell says, and the misreadings mended in it; `unit` is printed in the column's head.

    "15 menlt" -> text "15 menit", value 15, unit menit, PT15M, one change; "2 bulan; 5 hari kerja" -> two parts;
    "Sesuai jadwal" -> its kind alone.
    """
    mended, changes = mend_units(text, lexicon, settings)
    spelled, respelled = _spelled_right(mended, lexicon)
    spans = find_durations(spelled, lexicon)
    if not spans and unit is not None:
        spans = _bare_number(mended, unit)
    found = _one_length(spans, mended)
    if found is not None:
        read = waktu(mended, found.low, found.unit, found.high)
        return read.model_copy(
            update={"jenis": "batas" if is_limit(mended, lexicon) else "durasi"}
        ), changes + respelled
    if len(spans) > 1:
        parts = _parts(spelled, spans, lexicon)
        return Waktu(text=mended, jenis="beberapa", bagian=parts), changes + respelled
    return Waktu(text=mended, jenis=kind_of(mended, lexicon)), changes


def waktu(text: str, value: float, unit: Unit, most: float | None = None) -> Waktu:
    """Build a Waktu, whole numbers as int; `iso8601` tells `value`, the least of a range, None for hari kerja."""
    form = _ISO.get(unit)
    iso = form.format(_plain(value)) if form else None
    most = None if most is None else _whole(most)
    return Waktu(text=text, value=_whole(value), unit=unit, max=most, iso8601=iso, jenis="durasi")


def find_durations(text: str, lexicon: Lexicon) -> list[Duration]:
    """Find every length of time in `text`, left to right, in lexicon units.

    "1 jam 30 menit" -> 1 jam, 30 menit; "2 x 24 jam" -> 48 jam; "tanggal 3 bulan berjalan" -> none.
    """
    plain = _plain_numbers(text, lexicon)
    spans: list[Duration] = []
    for match in _length_of((*lexicon.units, *lexicon.multiples)).finditer(plain):
        start = spans[-1].end if spans else 0
        if _NOT_A_LENGTH.search(plain[start : match.start()].casefold()) or _SO_OFTEN.match(plain, match.end()):
            continue
        count, unit = _span_of(fold(match["unit"]), lexicon)
        low = float(match["times"]) * _number(match["each"]) if match["times"] else _number(match["low"])
        high = _number(match["high"]) * count if match["high"] else None
        spans.append(Duration(low * count, high, unit, match.start(), match.end()))
    return _joined_ranges(spans, plain)


def mend_units(text: str, lexicon: Lexicon, settings: LanguageSettings) -> tuple[str, tuple[Change, ...]]:
    """Mend the misread number and unit of a bare duration; return the text and the changes made.

    "15 menlt" -> "15 menit"; "l5 menit" -> "15 menit"; "1ljam" -> "1 jam"; "Sesuai jadwal" and "15 mnt" stay.
    """
    match = re.fullmatch(r"\s*([\dlI|!OoSBZ]{1,4})\s*([^\W\d_]{2,8}\.?)\s*", text)
    if match is None:
        return text, ()
    number, word = match.groups()
    number = _without_stroke(number, text)
    unit = _unit_like(word, lexicon, settings)
    if unit is None or not (number.isdigit() or any(c.isdigit() for c in number) or number in "lIO"):
        return text, ()
    changes = []
    digits = number if number.isdigit() else number.translate(_DIGIT_LOOKALIKES)
    if digits != match[1]:
        changes.append(Change("number", match[1], digits))
    if unit != word:
        changes.append(Change("unit", word, unit))
    return (f"{digits} {unit}" if changes else text), tuple(changes)


def _without_stroke(number: str, text: str) -> str:
    """A number without the stroke between it and a unit that stands right at it: no digit, but the room between."""
    glued = re.fullmatch(r"\s*(\d+)[lI|!](?=[^\W\d_]).*", text, re.DOTALL)
    return glued[1] if glued and len(glued[1]) + 1 == len(number) else number


@lru_cache(maxsize=64)
def _length_of(units: tuple[str, ...]) -> re.Pattern[str]:
    """What finds a number, a product or a range before one of the units."""
    forms = "|".join(sorted((re.escape(form).replace(r"\ ", r"[\s.]+") for form in units), key=len, reverse=True))
    length = rf"(?P<times>\d+)\s*[x×*]\s*(?P<each>{_NUMBER})|(?P<low>{_NUMBER})(?:\s*{_TO}\s*(?P<high>{_NUMBER}))?"
    return re.compile(rf"(?<![\w.,/])(?:{length})\s*(?P<unit>{forms})(?![^\W\d_])", re.IGNORECASE)


def _span_of(form: str, lexicon: Lexicon) -> tuple[float, Unit]:
    """How many of which unit a printed unit is: "mnt" -> 1 menit, "semester" -> 6 bulan."""
    return lexicon.multiples[form] if form in lexicon.multiples else (1.0, lexicon.units[form])


def _spelled_right(text: str, lexicon: Lexicon) -> tuple[str, tuple[Change, ...]]:
    """The text with a misspelt word for one of a unit put right, to read it by: "semingu" -> "seminggu"."""
    changes = []
    for word in re.findall(rf"\b[^\W\d_]{{{_LEAST_ONE_OF},}}\b", text):
        near = {name for name in lexicon.one_of if OSA.distance(word.casefold(), name) == 1}
        if len(near) == 1 and word.casefold() not in lexicon.zipf:
            changes.append(Change("unit", word, near.pop()))
    for change in changes:
        text = text.replace(change.before, change.after)
    return text, tuple(changes)


def _parts(text: str, spans: Sequence[Duration], lexicon: Lexicon) -> list[WaktuBagian]:
    """Several lengths of time, each with its words: those between the marks that part them, else its own alone."""
    plain = _plain_numbers(text, lexicon)
    words = _BETWEEN_PARTS.split(text)
    if [len(find_durations(word, lexicon)) for word in words] != [1] * len(spans):
        words = [plain[span.start : span.end] for span in spans]
    read = [waktu(word.strip(), span.low, span.unit, span.high) for word, span in zip(words, spans, strict=True)]
    return [WaktuBagian.model_validate(part.model_dump(exclude={"jenis", "bagian"})) for part in read]


def _unit_like(word: str, lexicon: Lexicon, settings: LanguageSettings) -> str | None:
    """The unit a word is, or is a misreading of by one letter ("menlt", "harl"); None where it is neither."""
    if fold(word) in lexicon.units:
        return word
    near = {unit for unit in lexicon.units.values() if " " not in unit and OSA.distance(fold(word), unit) == 1}
    return near.pop() if len(near) == 1 and len(word) >= settings.least_unit else None


def _plain_numbers(text: str, lexicon: Lexicon) -> str:
    """The same with numbers as digits: "1 (satu) hari" -> "1 hari", "sehari" -> "1 hari", "1½ jam" -> "1.5 jam"."""
    text = re.sub(r"(\d)\s*([½¼¾])", lambda m: m[1] + _FRACTIONS[m[2]], text)
    text = re.sub(r"[½¼¾]", lambda m: "0" + _FRACTIONS[m[0]], text)
    text = re.sub(r"(?<!\d)1\s*/\s*2(?=\s+[^\W\d])", "0.5", text)
    text = _DASHES.sub("-", text)
    text = re.sub(r"(?<=\d)\s*\([^()\d]*\)", "", text)
    text = re.sub(r"\(\s*(\d+)\s*\)", r"\1", text) if not re.search(r"\d\s*\(", text) else text
    one_of, numbers = tuple(lexicon.one_of.items()), tuple(lexicon.numbers.items())
    if _spelled_word(one_of, numbers).search(text):
        for pattern, number in _spelled(one_of, numbers):
            text = pattern.sub(number, text)
    return text


@lru_cache(maxsize=64)
def _spelled_word(one_of: tuple[tuple[str, Unit], ...], numbers: tuple[tuple[str, float], ...]) -> re.Pattern[str]:
    """What finds any of the words that `_spelled` has a number for."""
    words = "|".join(word for word, _ in (*one_of, *numbers))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@lru_cache(maxsize=64)
def _spelled(
    one_of: tuple[tuple[str, Unit], ...], numbers: tuple[tuple[str, float], ...]
) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What stands for spelled numbers, in turn: a number before its own digits goes."""
    found = [(rf"(?<![x×*])(?<![x×*]\s)\b{word}\b", f"1 {unit}") for word, unit in one_of]
    for words, number in sorted(numbers, key=lambda n: len(n[0]), reverse=True):
        found += [(rf"\b{words}\b\s*(?=\d)", ""), (rf"\b{words}\b", _plain(number))]
    return tuple((re.compile(form, re.IGNORECASE), number) for form, number in found)


def _bare_number(text: str, unit: Unit) -> list[Duration]:
    """The number of a cell whose unit stands in the column's head: "15" or "10-15"."""
    match = re.fullmatch(rf"\s*({_NUMBER})(?:\s*{_TO}\s*({_NUMBER}))?\s*", _DASHES.sub("-", text))
    if match is None:
        return []
    return [Duration(_number(match[1]), _number(match[2]) if match[2] else None, unit, 0, len(text))]


def _joined_ranges(spans: list[Duration], text: str) -> list[Duration]:
    """Spans with "1 hari - 2 hari" made one range; other units are taken over where the lengths allow it."""
    joined: list[Duration] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.high is None and re.fullmatch(rf"\s*{_TO}\s*", text[last.end : span.start], re.IGNORECASE):
            high = span.low * MINUTES[span.unit] / MINUTES[last.unit] if span.unit != last.unit else span.low
            joined[-1] = Duration(last.low, high, last.unit, last.start, span.end)
        else:
            joined.append(span)
    return joined


def _one_length(spans: list[Duration], text: str) -> Duration | None:
    """The one length a text tells: its only span, or a sum ("1 jam 30 menit"); None where it has more."""
    if len(spans) < 2:
        return spans[0] if spans else None
    fixed = all(span.high is None and span.unit in ("menit", "jam") for span in spans)
    beside = all(not text[a.end : b.start].strip(" ,") for a, b in pairwise(spans) if b.start >= a.end)
    if not (fixed and beside):
        return None
    least = spans[-1]
    total = sum(span.low * MINUTES[span.unit] for span in spans) / MINUTES[least.unit]
    return Duration(total, None, least.unit, spans[0].start, least.end)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 4)


def _plain(value: float) -> str:
    return str(_whole(value))
