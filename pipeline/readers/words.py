"""Characters of a text layer become words, whatever their orientation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from pdfplumber.utils.clustering import cluster_objects
from pdfplumber.utils.text import extract_words

from pipeline.model.clustering import split_between
from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Ruling, Word
from pipeline.readers.glyphs import SOFT_HYPHEN, put_right
from pipeline.settings import ReadSettings

Char = dict[str, Any]

# pdfplumber's names for the way characters, and lines of them, follow each other at each orientation.
READING_ORDER: dict[Orientation, dict[str, str]] = {
    Orientation.UPRIGHT: {"char_dir": "ltr", "line_dir": "ttb"},
    Orientation.BOTTOM_TO_TOP: {"char_dir_rotated": "btt", "line_dir_rotated": "ltr"},
    Orientation.UPSIDE_DOWN: {"char_dir": "rtl", "line_dir": "btt"},
    Orientation.TOP_TO_BOTTOM: {"char_dir_rotated": "ttb", "line_dir_rotated": "rtl"},
}


def orientation_of(char: Char) -> Orientation:
    """The orientation of a character."""
    return _orientation(*char["matrix"][:2])


_orientation = lru_cache(maxsize=4096)(Orientation.of_vector)

_as_read = lru_cache(maxsize=4096)(put_right)  # few glyphs make many characters


def words_of(chars: Iterable[Char], rulings: Sequence[Ruling], settings: ReadSettings) -> tuple[Word, ...]:
    """The words of a page's characters, in reading order per orientation, cut where a ruling passes between letters.

    `chars` are pdfplumber's, already in displayed coordinates. Characters drawn twice to look bold count once.
    """
    groups: dict[Orientation, list[Char]] = {}
    for char in chars:
        groups.setdefault(orientation_of(char), []).append(char | {"text": _as_read(char["text"])})
    found: list[Word] = []
    for orientation, group in sorted(groups.items()):
        unique = _once(group, settings.duplicate_tolerance)
        crossing = _crossing(rulings, orientation)
        for word in extract_words(
            unique,
            x_tolerance_ratio=settings.word_gap,
            y_tolerance_ratio=settings.word_gap,
            return_chars=True,
            **READING_ORDER[orientation],
        ):
            found += [_word(part, orientation) for part in _cut(word["chars"], crossing, orientation)]
    return tuple(word for word in found if word.text)


def _once(chars: Sequence[Char], tolerance: float) -> list[Char]:
    """The characters in their order; of alike ones of a size that lie within `tolerance` points, the top left one."""
    alike: dict[tuple[object, ...], list[tuple[int, Char]]] = {}
    for place, char in enumerate(chars):
        alike.setdefault((char["upright"], char["text"], char["size"]), []).append((place, char))
    kept = [
        min(column, key=lambda placed: (placed[1]["doctop"], placed[1]["x0"]))
        for placed_chars in alike.values()
        for row in cluster_objects(placed_chars, lambda placed: placed[1]["doctop"], tolerance)
        for column in cluster_objects(row, lambda placed: placed[1]["x0"], tolerance)
    ]
    return [char for _, char in sorted(kept, key=lambda placed: placed[0])]


def _crossing(rulings: Sequence[Ruling], orientation: Orientation) -> list[Ruling]:
    """The rulings across lines of that orientation, in the order of their places."""
    axis = "v" if orientation.is_horizontal else "h"
    return sorted((r for r in rulings if r.axis == axis), key=lambda r: r.at)


def _cut(chars: list[Char], crossing: Sequence[Ruling], orientation: Orientation) -> list[list[Char]]:
    """The letters of one word, apart where a ruling stands between two of them: they belong to two cells."""
    across = orientation.is_horizontal
    low, high = ("x0", "x1") if across else ("top", "bottom")
    middles = [(char[low] + char[high]) / 2 for char in chars]
    first = bisect_left(crossing, min(middles), key=lambda r: r.at)
    last = bisect_right(crossing, max(middles), key=lambda r: r.at)
    if first == last:
        return [chars]
    near = crossing[first:last]
    return split_between(chars, lambda before, after: any(_between(r, before, after, across) for r in near))


def _between(ruling: Ruling, before: Char, after: Char, across: bool) -> bool:
    low, high, side0, side1 = ("x0", "x1", "top", "bottom") if across else ("top", "bottom", "x0", "x1")
    gap = sorted((before[low] + before[high], after[low] + after[high]))
    middle = (before[side0] + before[side1]) / 2
    reach = min(before["size"], after["size"]) * 0.1
    edges = sorted(((before[low], before[high]), (after[low], after[high])))
    inside = edges[0][1] - reach <= ruling.at <= edges[1][0] + reach
    return bool(inside and gap[0] / 2 < ruling.at < gap[1] / 2 and ruling.start <= middle <= ruling.end)


def _word(chars: list[Char], orientation: Orientation) -> Word:
    text = "".join(char["text"] for char in chars).strip()
    inner = text.replace(SOFT_HYPHEN, "")
    box = Box(
        min(c["x0"] for c in chars),
        min(c["top"] for c in chars),
        max(c["x1"] for c in chars),
        max(c["bottom"] for c in chars),
    )
    return Word(
        text=inner + SOFT_HYPHEN if inner and text.endswith(SOFT_HYPHEN) else inner,
        box=box,
        size=box.height if orientation.is_horizontal else box.width,
        orientation=orientation,
        bold=any("bold" in str(c.get("fontname", "")).casefold() for c in chars),
    )
