"""The signature block: who approved, as office (jabatan), name, rank (pangkat) and NIP, the civil servant's number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.model.draft import NIP_DIGITS
from pipeline.model.geometry import Box, union
from pipeline.model.headings import Headings
from pipeline.model.page import CellText, Line
from pipeline.settings import ExtractSettings

NIP = re.compile(r"\bN\s*(?:[I1l]\s*P(?:\s*P\s*K)?|R\s*P)\b\s*[.:,]*", re.IGNORECASE)
DIGITS = re.compile(r"[\d\s.]+")
LONG_NUMBER = re.compile(r"^[\W_]*(?:\d[\s.]*){12,}$")
DEGREE = re.compile(
    r"^(?:Drs|Dra|Dr|Ir|Prof|H|Hj|dr|drg|KH|Hj)\b\.?|,\s*(?:S|M|SH|SE|SIP|MM|MH|MSi|Ph|A)\b|,\s*[SMA]\.\s*\w"
)
DEGREES = re.compile(
    r"\W*(?:(?:[A-Z]\.?[A-Za-z]{0,3}\.?)?[A-Z]\.?[A-Za-z]{0,2}[.,\s]*){1,4}"
)  # "MSc. PhD", not "Penata"
SIGNED = re.compile(r"\W*(?:t\.?\s?t\.?\s?d|d\.?\s?t\.?\s?o|cap\s*(?:/|dan)?\s*ttd|tanda\s+tangan)\W*", re.IGNORECASE)
BY_COMPUTER = re.compile(
    r"\W*(?:di\s?tanda\s?tangani(?:\s+secara)?(?:\s+(?:elektronik|digital))?|(?:secara\s+)?(?:elektronik|digital))"
    r"(?:\s+oleh)?\W*",
    re.IGNORECASE,
)
"""What stands where a signature made by computer would stand, or a line of it."""
LABEL = re.compile(r"(?:nama|jabatan|pangkat|gol(?:ongan)?)\b[\w\s./()-]{0,20}:\s*", re.IGNORECASE)
DAY = re.compile(r"\W*(?:\w+\s*,\s*)?\d{1,2}\s+[^\W\d]+\s+\d{4}\W*")


def read_signature(text: CellText, headings: Headings, settings: ExtractSettings) -> dict[str, CellText]:
    """Read who approved from a block of lines.

    The office stands above the room left for the signature, name and rank below it; or the name above the office, and
    the day that it was signed on below both.

    Returns:
        The lines by SIGNATURE_FIELDS; a field that is not there has no key.
    """
    whole = [part for line in text.lines if (part := _without_label(line)) and re.search(r"\w", part.text)]
    lines = [part for line in whole for part in _rank_and_number(line)]
    lines = [line for line in lines if not SIGNED.fullmatch(line.text) and not BY_COMPUTER.fullmatch(line.text)]
    lines = _with_whole_number(lines)
    nip = next(filter(_is_number, lines), None)
    others = [line for line in lines if line is not nip]
    office, person = _office_and_person(others, nip is not None, headings, settings)
    first = max((n for n, line in enumerate(person) if _is_name(line, headings)), default=0) + 1
    ranked = (n for n, line in enumerate(person) if n >= first and not _is_rest_of_name(line, headings))
    named = next(ranked, len(person))
    found = {"jabatan": office, "nama": person[:named], "pangkat": person[named:], "nip": [nip] if nip else []}
    return {name: _cell(text, part) for name, part in found.items() if part}


def _is_number(line: Line) -> bool:
    """Whether a line holds the number of a civil servant or of one in uniform."""
    return bool(NIP.search(line.text) or LONG_NUMBER.match(line.text))


def _without_label(line: Line) -> Line | None:
    """A line without the label before its value: "Pangkat/Gol. : Pembina"; None where nothing else stands there."""
    label = LABEL.match(line.text)
    if label is None:
        return line
    end = 0
    for n, word in enumerate(line.words):
        if end >= label.end():
            return Line(line.words[n:])
        end += len(word.text) + 1
    return None


def _with_whole_number(lines: Sequence[Line]) -> list[Line]:
    """The lines, the number of a civil servant as one, where a narrow cell breaks it or parts it from its label."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined and NIP.search(joined[-1].text) else None
        digits = [c for part in (last, line) if part for c in part.text if c.isdigit()]
        if last and len(digits) <= NIP_DIGITS and DIGITS.fullmatch(line.text):
            joined[-1] = Line((*last.words, *line.words))
        else:
            joined.append(line)
    return joined


def _rank_and_number(line: Line) -> tuple[Line, ...]:
    """A line that ends with the label of a number and the number in two: "AKBP" and "NRP 78050913"."""
    for n, word in enumerate(line.words):
        if n and NIP.match(word.text) and re.search(r"\d", Line(line.words[n:]).text):
            return Line(line.words[:n]), Line(line.words[n:])
    return (line,)


def _office_and_person(
    lines: Sequence[Line], signed: bool, headings: Headings, settings: ExtractSettings
) -> tuple[list[Line], list[Line]]:
    """The lines of the office and those of the person, who begins with the last group or the first name-like line."""
    post = next((i for i, line in enumerate(lines) if _begins(line.text, headings.posts)), 0)
    names = [i for i, line in enumerate(lines) if _is_name(line, headings)]
    if names and max(names) < post:
        end = next((i for i, line in enumerate(lines) if i > post and DAY.fullmatch(line.text)), len(lines))
        return list(lines[post:end]), list(lines[:post])
    for i, line in enumerate(lines):
        if i and _is_name(line, headings):
            return list(lines[:i]), list(lines[i:])
    gaps = [b.box.top - a.box.bottom for a, b in pairwise(lines)]
    height = min((line.box.height for line in lines), default=0.0)
    wide = [i for i, gap in enumerate(gaps) if gap > settings.signature_room * height]
    if wide:
        cut = wide[-1] + 1
        if cut > 1 and _begins(lines[cut].text, headings.ranks):
            cut -= 1
        return list(lines[:cut]), list(lines[cut:])
    if signed and len(lines) > 1:
        rank = 1 if _begins(lines[-1].text, headings.ranks) else 0
        cut = max(len(lines) - 1 - rank, 0)
        return list(lines[:cut]), list(lines[cut:])
    return list(lines), []


def _is_name(line: Line, headings: Headings) -> bool:
    return bool(DEGREE.search(line.text)) and not _begins(line.text, headings.posts)


def _is_rest_of_name(line: Line, headings: Headings) -> bool:
    """Whether a line below a name is more of its degrees: "MSc. PhD", not "Penata" or "AKP"."""
    return bool(DEGREES.fullmatch(line.text)) and not _begins(line.text, headings.ranks)


def _begins(text: str, starts: Sequence[str]) -> bool:
    low = text.casefold().lstrip()
    return any(low.startswith(start.casefold()) for start in starts)


def find_below(lines: Sequence[Line], page: int, headings: Headings, settings: ExtractSettings) -> CellText | None:
    """The signature block among lines of a page that no table claims; None where no line begins with an office.

    It ends with the NIP, or where there is room a second time: that above the name is left for the signature.
    """
    start = next((i for i, line in enumerate(lines) if _begins(line.text, headings.posts)), None)
    if start is None:
        return None
    left = lines[start].box.x0 - settings.signature_left * lines[start].box.height
    middle, slack = lines[start].box.center[0], settings.signature_centred * lines[start].box.height
    own = [line for line in lines[start:] if line.box.x0 >= left or abs(line.box.center[0] - middle) <= slack]
    block = _with_whole_number(own)[: settings.signature_lines]
    block = block[: _end_of_block(block, settings)]
    around = union(line.box for line in block)
    return CellText(page, Box(around.x0, around.top, around.x1, around.bottom), tuple(block))


def _end_of_block(lines: Sequence[Line], settings: ExtractSettings) -> int:
    """How many of the lines below an office, itself among them, belong to its signature block."""
    for n, line in enumerate(lines, 1):
        if _is_number(line):
            return n
    room = [n for n, (a, b) in enumerate(pairwise(lines), 1) if _is_room(a, b, settings)]
    return room[1] if len(room) > 1 else len(lines)


def _is_room(above: Line, below: Line, settings: ExtractSettings) -> bool:
    """Whether two lines stand as far apart as where a signature goes."""
    return below.box.top - above.box.bottom > settings.signature_room * min(above.box.height, below.box.height)


def _cell(text: CellText, lines: Sequence[Line]) -> CellText:
    around = union(line.box for line in lines)
    return CellText(text.page, Box(text.box.x0, around.top, text.box.x1, around.bottom), tuple(lines))
