"""The letterhead of a cover, in its table or above it: the body that issues the SOP, without its logo's caption."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from statistics import median

from rapidfuzz import fuzz

from pipeline.extract.header_values import legible
from pipeline.layout.cover_labels import CoverTable
from pipeline.layout.text_lines import lines_of, parted_line, words_in
from pipeline.model.clustering import split_between
from pipeline.model.geometry import Box, overlap, union
from pipeline.model.grid import Cell
from pipeline.model.headings import Headings
from pipeline.model.page import CellText, Line
from pipeline.model.text import fold, squash
from pipeline.settings import ExtractSettings

TITLE = re.compile(
    r"\W*(?:(?:standar[dt]?\s+operasional\s+prosedur|prosedur\s+operasional\s+standar|standard\s+operating\s+procedures?)"
    r"(?:\s+administrasi\s+pemerintahan)?\W*(?:\bsop\b(?:\W*ap\b)?)?|sop(?:\W*ap)?)\W*",
    re.IGNORECASE,
)


def issuing_body(
    tables: Sequence[CoverTable], used: Set[Cell], headings: Headings, settings: ExtractSettings
) -> CellText | None:
    """The body that issues the SOP: the largest text of the identity fields' table that no label claims.

    It stands left of the labels, which goes first, at the right of their values, where it has to name a body, or above
    them. A cell with the address or a title alone is none.
    """
    best: tuple[int, CellText] | None = None
    for table in tables:
        fields = [label.cell for label in table.labels if not label.box]
        if not fields:
            continue
        end = min((label.cell.row for label in table.labels if label.box), default=table.grid.rows)
        first = min(cell.row for cell in fields)
        for cell, printed in table.texts.items():
            in_table = cell not in used and cell.row < end and cell.box.bottom <= table.box.bottom + 1
            left, right = _is_left_of_labels(cell, fields), _is_right_of_labels(cell, fields)
            if not in_table or not (left or right or cell.row_end <= first):
                continue
            drawings = [box for box in table.page.drawings if box.intersection(cell.box)]
            text = _without_titles(without_logo(printed, drawings, settings))
            if _starts_with(text.text, headings.addresses) or (right and not _names_body(text, headings)):
                continue
            place = 2 * left + right
            if text.lines and (best is None or (place, len(text.text)) > (best[0], len(best[1].text))):
                best = place, text
    return best[1] if best else None


def body_above(tables: Sequence[CoverTable], headings: Headings, settings: ExtractSettings) -> CellText | None:
    """The body that issues the SOP by a letterhead above the first table; None where there is none.

    Its lines are in capitals; they begin with a kind of body, and end at an address, a title or a gap. What recognition
    made of the logo beside or above it is none of it.
    """
    table = min(tables, key=lambda t: (t.page.number, t.box.top))
    page, area = table.page, Box(0.0, 0.0, table.page.width, table.box.top)
    lines: Sequence[Line] = lines_of(words_in(page.words, area))
    if page.kind != "text":
        text = without_logo(CellText(page.number, area, tuple(lines)), page.drawings, settings)
        lines = [part for line in text.lines for part in parted_line(line, settings.letterhead_part)]
    begin = next((n for n, line in enumerate(lines) if _begins(line, headings.bodies)), None)
    if begin is None:
        return None
    within = [line for line in lines[begin:] if overlap(*line.box.x_range(), *lines[begin].box.x_range()) > 0]
    others = (*headings.addresses, *headings.titles)
    (body, *_) = split_between(within, lambda line, below: _ends(line, below, others, settings))
    return CellText(page.number, union(line.box for line in body), tuple(body))


def _without_titles(text: CellText) -> CellText:
    """A text without the lines that are a title such as "Standar Operasional Prosedur (SOP)": they name no body."""
    kept = tuple(line for line in text.lines if not TITLE.fullmatch(line.text))
    return text if len(kept) == len(text.lines) else replace(text, lines=kept)


def _names_body(text: CellText, headings: Headings) -> bool:
    """Whether one of a text's lines begins with a kind of body."""
    return any(_starts_with(line.text, headings.bodies) for line in text.lines)


def _begins(line: Line, starts: Sequence[str]) -> bool:
    """Whether a line in capitals begins with one of some words."""
    return line.text.isupper() and _starts_with(line.text, starts)


def _starts_with(text: str, starts: Sequence[str]) -> bool:
    """Whether a text's first words are one of `starts`, whatever their case."""
    return f"{fold(text)} ".startswith(tuple(f"{fold(start)} " for start in starts))


def _ends(line: Line, below: Line, others: Sequence[str], settings: ExtractSettings) -> bool:
    """Whether a letterhead's body ends with a line: the next one is not in capitals, far below, or something else."""
    gap = below.box.top - line.box.bottom
    return gap > settings.letterhead_gap * line.box.height or not below.text.isupper() or _begins(below, others)


def _is_left_of_labels(cell: Cell, labels: Sequence[Cell]) -> bool:
    """Whether a cell stands left of all labels beside it, one at least."""
    beside = [label.box.x0 for label in _beside(cell, labels)]
    return bool(beside) and cell.box.x0 < min(beside) - 1


def _is_right_of_labels(cell: Cell, labels: Sequence[Cell]) -> bool:
    """Whether a cell stands right of all labels beside it, two at least."""
    beside = [label.box.x1 for label in _beside(cell, labels)]
    return len(beside) > 1 and cell.box.x0 > max(beside) + 1


def _beside(cell: Cell, labels: Sequence[Cell]) -> list[Cell]:
    """The labels that share a row with a cell."""
    return [label for label in labels if label.row < cell.row_end and cell.row < label.row_end]


def without_logo(printed: CellText, drawings: Sequence[Box], settings: ExtractSettings) -> CellText:
    """A letterhead without what its logo says in it, and below it.

    Words in a drawing are another reading of the letterhead. Where they can be read and are no part of what it says,
    its first line is unsure: it may go on in what was taken for a drawing.
    """
    inside, outside = _words_in(printed, drawings), _words_in(printed, drawings, beside=True)
    text = without_captions(outside, legible(outside, settings), drawings, settings)
    told = legible(inside, settings).lines
    if not told:
        return text
    if not text.lines:  # what seemed to be a drawing is a frame around all of it
        return without_captions(printed, legible(printed, settings), (), settings)
    whole = squash(text.text)
    is_known = all(fuzz.partial_ratio(squash(line.text), whole) >= settings.caption_likeness for line in told)
    first, *others = text.lines
    return replace(text, lines=_beside_captions([first if is_known else _unsure(first, settings), *others], told))


def _words_in(text: CellText, drawings: Sequence[Box], *, beside: bool = False) -> CellText:
    """Of a text the words whose middle is in one of the drawings, or those of which it is in none."""
    lines = (
        tuple(word for word in line.words if any(box.contains(*word.box.center) for box in drawings) != beside)
        for line in text.lines
    )
    return replace(text, lines=tuple(Line(words) for words in lines if words))


def without_captions(printed: CellText, text: CellText, drawn: Sequence[Box], settings: ExtractSettings) -> CellText:
    """A scanned letterhead without the lines that are its logo's: a caption below a drawing.

    A line that is no wider than the drawing right above it may be its caption and is unsure. Where it says a part of
    another line again, as captions do, it is one, and is kept as another reading of the letterhead. Saying it again
    tells nothing alone: "Inspektorat Jenderal" stands above "Sekretariat Inspektorat Jenderal".

    Args:
        printed: All that was recognised, with what recognition made of the logo.
        text: The legible lines of it.
        drawn: The drawings of the page.
        settings: The thresholds.
    """
    if len(text.lines) < 2 or any(word.confidence is None for word in text.words):
        return text
    drawings = [*drawn, *_drawings(printed, text, settings)]
    below = [line for line in text.lines if _is_below(line, drawings, settings)]
    captions = [line for line in below if _is_said_again(line, text.lines, settings)]
    kept = [_unsure(line, settings) if line in below else line for line in text.lines if line not in captions]
    return replace(text, lines=_beside_captions(kept, captions))


def _beside_captions(lines: Sequence[Line], captions: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a letterhead, whose first word tells what was read for its captions."""
    if not captions:
        return tuple(lines)
    first, *others = lines[0].words
    told = replace(first, readings=(*first.readings, *(line.text for line in captions)))
    return (Line((told, *others)), *lines[1:])


def _drawings(printed: CellText, text: CellText, settings: ExtractSettings) -> list[Box]:
    """The places of illegible words that are much higher than the legible ones: no line of text is."""
    legible_words = {word.box for word in text.words}
    least = settings.logo_height * median(word.box.height for word in text.words)
    return [word.box for word in printed.words if word.box not in legible_words and word.box.height > least]


def _is_below(line: Line, drawings: Sequence[Box], settings: ExtractSettings) -> bool:
    """Whether a line stands right below a drawing, or in it, and is no wider."""
    box = line.box
    parts = [part for part in drawings if overlap(*part.x_range(), *box.x_range()) > 0 and part.top < box.top]
    if not parts:
        return False
    drawing, slack = union(parts), settings.caption_slack * box.height
    narrow = drawing.x0 - slack <= box.x0 and box.x1 <= drawing.x1 + slack
    return narrow and box.top - drawing.bottom <= settings.caption_gap * box.height


def _is_said_again(line: Line, lines: Sequence[Line], settings: ExtractSettings) -> bool:
    """Whether a longer one of the `lines` holds all words of a line, or nearly so: captions are small and misread."""

    def holds(other: Line, own: str) -> bool:
        return any(fuzz.ratio(own, squash(word.text)) >= settings.caption_likeness for word in other.words)

    longer = [other for other in lines if len(other.words) > len(line.words)]
    return any(all(holds(other, squash(word.text)) for word in line.words) for other in longer)


def _unsure(line: Line, settings: ExtractSettings) -> Line:
    sure = settings.caption_sure
    return Line(tuple(replace(w, confidence=min(sure, w.confidence or 0.0)) for w in line.words))
