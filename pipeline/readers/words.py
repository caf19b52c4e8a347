"""Characters of a text layer become words, whatever their orientation, size and order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.model.clustering import split_between
from pipeline.model.geometry import Box, union
from pipeline.model.orientation import Orientation
from pipeline.model.page import Ruling, Word
from pipeline.readers.glyphs import SOFT_HYPHEN
from pipeline.readers.pdfium_text import Character
from pipeline.settings import TextLayerSettings


@dataclass(slots=True)
class _Placed:
    """A character by how far it runs along its line, from `start` to `end`, and how deep it stands, in points."""

    character: Character
    start: float
    end: float
    depth: float


@dataclass(slots=True)
class _Fragment:
    """Characters that were painted one after the other and stand together: a word or a part of one."""

    parts: list[_Placed] = field(default_factory=list)
    opened: bool = False  # a blank was painted right before it ...
    closed: bool = False  # ... or right after it

    @property
    def start(self) -> float:
        return self.parts[0].start

    @property
    def end(self) -> float:
        return self.parts[-1].end

    @property
    def depth(self) -> float:
        return self.parts[0].depth

    @property
    def size(self) -> float:
        return self.parts[0].character.size


def words_of(
    characters: Iterable[Character], rulings: Sequence[Ruling], settings: TextLayerSettings
) -> tuple[Word, ...]:
    """The words that the characters make, in reading order for each orientation, upright ones first.

    What is painted in one go and stands together is one word; parts that were painted apart are put together where they
    stand on one line with no room between them. All gaps are measured in the size of the letters, so that lines of
    small type in neighbouring columns never run into each other. Words are cut where a ruling passes between two
    letters. Characters painted twice to look bold count once.
    """
    groups: dict[Orientation, list[Character]] = {}
    for character in characters:
        groups.setdefault(character.orientation, []).append(character)
    found: list[Word] = []
    for orientation, group in sorted(groups.items()):
        fragments = _joined(_fragments(_once([_placed(c) for c in group], settings), settings), settings)
        crossing = _crossing(rulings, orientation)
        for fragment in _in_reading_order(fragments):
            letters = [part.character for part in fragment.parts]
            found += [_word(part, orientation) for part in _cut(letters, crossing, orientation)]
    return tuple(word for word in found if word.text)


def _placed(character: Character) -> _Placed:
    box = character.box
    match character.orientation:
        case Orientation.UPRIGHT:
            return _Placed(character, box.x0, box.x1, character.baseline)
        case Orientation.UPSIDE_DOWN:
            return _Placed(character, -box.x1, -box.x0, -character.baseline)
        case Orientation.BOTTOM_TO_TOP:
            return _Placed(character, -box.bottom, -box.top, character.baseline)
        case Orientation.TOP_TO_BOTTOM:
            return _Placed(character, box.top, box.bottom, -character.baseline)


def _once(placed: Sequence[_Placed], settings: TextLayerSettings) -> list[_Placed]:
    """The characters without the copies that make a letter look bold: alike, and nearly in the same place."""
    seen: dict[tuple[str, int, int], list[_Placed]] = {}
    kept = []
    for part in placed:
        letter, size = part.character.text, part.character.size
        if letter.strip() and size > 0:
            reach = settings.copy_offset * size
            places = {
                (letter, int((part.start + dx) // size), int((part.depth + dy) // size))
                for dx in (-reach, reach)
                for dy in (-reach, reach)
            }  # the fields of a net as wide as the letter that a copy may lie in: one of them, or more at their edges
            near = [other for place in places for other in seen.get(place, ())]
            if any(abs(o.start - part.start) <= reach and abs(o.depth - part.depth) <= reach for o in near):
                continue
            own = (letter, int(part.start // size), int(part.depth // size))
            seen.setdefault(own, []).append(part)
        kept.append(part)
    return kept


def _fragments(placed: Sequence[_Placed], settings: TextLayerSettings) -> list[_Fragment]:
    """The characters in the order of painting, parted at blanks and wherever the pen was moved."""
    found: list[_Fragment] = []
    now: _Fragment | None = None
    blank: _Placed | None = None
    for part in placed:
        if not part.character.text:
            continue
        if part.character.text.isspace():
            if now is not None and _follows(now.parts[-1], part, settings):
                now.closed = True
            now, blank = None, part
            continue
        if now is None or not _follows(now.parts[-1], part, settings):
            now = _Fragment(opened=blank is not None and _follows(blank, part, settings))
            found.append(now)
        now.parts.append(part)
        blank = None
    return found


def _follows(before: _Placed, after: _Placed, settings: TextLayerSettings) -> bool:
    """Whether a character stands right behind another, on its line."""
    size = min(before.character.size, after.character.size)
    gap = after.start - before.end
    return (
        abs(after.depth - before.depth) <= settings.line_shift * size
        and -settings.overlap * size <= gap <= settings.word_gap * size
    )


def _joined(fragments: Sequence[_Fragment], settings: TextLayerSettings) -> list[_Fragment]:
    """The fragments, those put together that stand on one line with no room and no blank between them."""
    by_start = sorted((f for f in fragments if not f.opened), key=lambda f: f.start)
    starts = [f.start for f in by_start]
    taken: set[int] = set()
    following: dict[int, _Fragment] = {}
    for fragment in fragments:
        if fragment.closed:
            continue
        low = bisect_left(starts, fragment.end - settings.touch * fragment.size)
        high = bisect_right(starts, fragment.end + settings.word_gap * fragment.size)
        near = [f for f in by_start[low:high] if f is not fragment and id(f) not in taken]
        near = [f for f in near if _continues(fragment, f, settings)]
        if near:
            best = min(near, key=lambda f: abs(f.start - fragment.end))
            following[id(fragment)] = best
            taken.add(id(best))
    return [_chain(fragment, following) for fragment in fragments if id(fragment) not in taken]


def _continues(before: _Fragment, after: _Fragment, settings: TextLayerSettings) -> bool:
    sizes = sorted((before.size, after.size))
    return (
        abs(after.depth - before.depth) <= settings.line_shift * sizes[0]
        and sizes[0] >= settings.like_size * sizes[1]
        and after.start > before.start
    )


def _chain(fragment: _Fragment, following: dict[int, _Fragment]) -> _Fragment:
    whole = _Fragment(list(fragment.parts), fragment.opened, fragment.closed)
    here = fragment
    while (after := following.get(id(here))) is not None:
        whole.parts += after.parts
        here = after
    return whole


def _in_reading_order(fragments: Sequence[_Fragment]) -> list[_Fragment]:
    """Line by line from the top, each line from its beginning; a line is as deep as its first word's half size."""
    rows: list[list[_Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: f.depth):
        if rows and fragment.depth - rows[-1][0].depth <= 0.5 * rows[-1][0].size:
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [fragment for row in rows for fragment in sorted(row, key=lambda f: f.start)]


def _crossing(rulings: Sequence[Ruling], orientation: Orientation) -> list[Ruling]:
    """The rulings across lines of that orientation, in the order of their places."""
    axis = "v" if orientation.is_horizontal else "h"
    return sorted((r for r in rulings if r.axis == axis), key=lambda r: r.at)


def _cut(letters: list[Character], crossing: Sequence[Ruling], orientation: Orientation) -> list[list[Character]]:
    """The letters of one word, apart where a ruling stands between two of them: they belong to two cells."""
    across = orientation.is_horizontal
    middles = [letter.box.center[0 if across else 1] for letter in letters]
    first = bisect_left(crossing, min(middles), key=lambda r: r.at)
    last = bisect_right(crossing, max(middles), key=lambda r: r.at)
    if first == last:
        return [letters]
    near = crossing[first:last]
    return split_between(letters, lambda before, after: any(_between(r, before, after, across) for r in near))


def _between(ruling: Ruling, before: Character, after: Character, across: bool) -> bool:
    one, other = sorted((_extent(before.box, across), _extent(after.box, across)))
    reach = min(before.size, after.size) * 0.1
    middle = before.box.center[1 if across else 0]
    return (
        one[1] - reach <= ruling.at <= other[0] + reach
        and sum(one) / 2 < ruling.at < sum(other) / 2
        and ruling.start <= middle <= ruling.end
    )


def _extent(box: Box, across: bool) -> tuple[float, float]:
    return (box.x0, box.x1) if across else (box.top, box.bottom)


def _word(letters: Sequence[Character], orientation: Orientation) -> Word:
    text = "".join(letter.text for letter in letters).strip()
    inner = text.replace(SOFT_HYPHEN, "")
    box = union(letter.box for letter in letters)
    return Word(
        text=inner + SOFT_HYPHEN if inner and text.endswith(SOFT_HYPHEN) else inner,
        box=box,
        size=box.height if orientation.is_horizontal else box.width,
        orientation=orientation,
        font=letters[0].font,
    )
