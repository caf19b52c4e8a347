"""Characters of a text layer become words, whatever their orientation, size and order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Ruling, Word
from pipeline.readers.characters import Characters, Flags, Floats, Integers
from pipeline.readers.glyphs import SOFT_HYPHEN
from pipeline.settings import TextLayerSettings

NET = 2.0**16  # fields of a net each way; beyond them it begins again, which finds more that may be copies, never less


@dataclass(frozen=True, eq=False, slots=True)
class _Lettering:
    """Characters of one orientation by how far they run along their line, and how deep they stand, in points.

    All columns have the shape (characters,); `starts` and `ends` grow along the writing, `depths` from line to line.
    """

    characters: Characters
    starts: Floats
    ends: Floats
    depths: Floats

    @classmethod
    def of(cls, characters: Characters, orientation: Orientation) -> _Lettering:
        """The characters as writing of that orientation."""
        x0, top, x1, bottom = characters.boxes.T
        baselines = characters.baselines
        match orientation:
            case Orientation.UPRIGHT:
                return cls(characters, x0, x1, baselines)
            case Orientation.UPSIDE_DOWN:
                return cls(characters, -x1, -x0, -baselines)
            case Orientation.BOTTOM_TO_TOP:
                return cls(characters, -bottom, -top, baselines)
            case Orientation.TOP_TO_BOTTOM:
                return cls(characters, top, bottom, -baselines)

    def where(self, chosen: Flags) -> _Lettering:
        """Those of a mask, (characters,)."""
        return _Lettering(self.characters.where(chosen), self.starts[chosen], self.ends[chosen], self.depths[chosen])


class _Fragment(NamedTuple):
    """Characters that were painted one after the other and stand together: a word or a part of one.

    `first` and `last` are the places of its first and last character, `opened` and `closed` tell whether a blank was
    painted right before and right after it.
    """

    first: int
    last: int
    start: float
    end: float
    depth: float
    size: float
    opened: bool
    closed: bool


def words_of(characters: Characters, rulings: Sequence[Ruling], settings: TextLayerSettings) -> tuple[Word, ...]:
    """The words that the characters make, in reading order for each orientation, upright ones first.

    What is painted in one go and stands together is one word; parts that were painted apart are put together where they
    stand on one line with no room between them. All gaps are measured in the size of the letters, so that lines of
    small type in neighbouring columns never run into each other. Words are cut where a ruling passes between two
    letters, unless a word painted in one go only begins or ends beyond it. Characters painted twice to look bold count
    once.
    """
    if not len(characters):
        return ()
    characters = _with_seen_hyphens(characters, settings)
    found: list[Word] = []
    for degrees in sorted(set(characters.orientations.tolist())):
        orientation = Orientation(degrees)
        group = characters.where(characters.orientations == degrees)
        lettering = _once(_Lettering.of(group, orientation), settings)
        fitted = _for_unpainted_blanks(lettering, settings)
        chains = _in_reading_order(_joined(_fragments(lettering, fitted), fitted))
        if chains:
            crossing = _crossing(rulings, orientation)
            found += _words(lettering.characters, chains, crossing, orientation, settings.overrun)
    return tuple(word for word in found if word.text)


def _with_seen_hyphens(characters: Characters, settings: TextLayerSettings) -> Characters:
    """The characters with hyphens for soft hyphens, where one of these is seen within a line: no soft one would be.

    Cairo calls every hyphen so.
    """
    texts = characters.texts
    if SOFT_HYPHEN not in texts:
        return characters
    soft = [place for place, text in enumerate(texts[:-1]) if text == SOFT_HYPHEN and texts[place + 1].isalpha()]
    if not any(_goes_on(characters, place, settings) for place in soft):
        return characters
    return replace(characters, texts=["-" if text == SOFT_HYPHEN else text for text in texts])


def _goes_on(characters: Characters, place: int, settings: TextLayerSettings) -> bool:
    """Whether a letter of upright writing that has a width is followed by the next one on its line."""
    (x0, _, x1, _), (next_x0, *_) = characters.boxes[place : place + 2].tolist()
    (depth, next_depth), size = characters.baselines[place : place + 2].tolist(), float(characters.sizes[place])
    upright = not characters.orientations[place : place + 2].any()
    near = abs(next_x0 - x1) <= settings.word_gap * size and abs(next_depth - depth) <= settings.line_shift * size
    return upright and near and x1 - x0 > settings.seen_hyphen * size


def _once(lettering: _Lettering, settings: TextLayerSettings) -> _Lettering:
    """The characters that mean something, without the copies, alike and nearly in one place, that make them bold."""
    texts, sizes = lettering.characters.texts, lettering.characters.sizes.tolist()
    starts, depths = lettering.starts, lettering.depths
    kept = np.fromiter(map(bool, texts), np.bool_, len(texts))
    seen: dict[tuple[str, int, int], list[int]] = {}
    for place in np.flatnonzero(_may_be_copies(lettering, settings)).tolist():
        letter, size, start, depth = texts[place], sizes[place], float(starts[place]), float(depths[place])
        reach = settings.copy_offset * size
        fields = {
            (letter, int((start + dx) // size), int((depth + dy) // size))
            for dx in (-reach, reach)
            for dy in (-reach, reach)
        }  # the fields of a net as wide as the letter that a copy may lie in: one of them, or more at their edges
        near = [other for field in fields for other in seen.get(field, ())]
        if any(abs(starts[o] - start) <= reach and abs(depths[o] - depth) <= reach for o in near):
            kept[place] = False
        else:
            seen.setdefault((letter, int(start // size), int(depth // size)), []).append(place)
    return lettering if kept.all() else lettering.where(kept)


def _may_be_copies(lettering: _Lettering, settings: TextLayerSettings) -> Flags:
    """The letters that share a field of a coarse net with another one of the same text, (characters,).

    Of four such nets, each half a field beside the other, one holds any two letters near enough to be copies.
    """
    characters = lettering.characters
    found = np.zeros(len(characters), np.bool_)
    able = np.flatnonzero((characters.sizes > 0) & ~characters.are_blank)
    if not len(able):
        return found
    field = 4 * settings.copy_offset * float(characters.sizes[able].max())
    letters: dict[str, int] = {}
    kinds = np.array([letters.setdefault(characters.texts[place], len(letters)) for place in able.tolist()])
    columns, rows = lettering.starts[able] / field, lettering.depths[able] / field
    across = [np.floor(columns + shift) % NET for shift in (0.0, 0.5)]
    down = [(kinds * NET + np.floor(rows + shift) % NET) * NET for shift in (0.0, 0.5)]
    for net in (one + other for one in down for other in across):
        order = np.argsort(net)
        alike = net[order[1:]] == net[order[:-1]]
        found[able[order[1:][alike]]] = found[able[order[:-1][alike]]] = True
    return found


def _for_unpainted_blanks(lettering: _Lettering, settings: TextLayerSettings) -> TextLayerSettings:
    """The settings, with a narrower word gap where no blank is painted and the letters of words are close together.

    Chromium paints no blanks: only room parts its words, and kerning takes some of a narrow font's. Letters that are
    set apart keep the usual gap.
    """
    characters = lettering.characters
    if len(characters) < 2 or characters.are_blank.any():
        return settings
    smaller = np.minimum(characters.sizes[:-1], characters.sizes[1:])
    follows = _follow(lettering, settings)
    gaps = (lettering.starts[1:] - lettering.ends[:-1])[follows] / smaller[follows]
    between = (settings.close_letters < gaps) & (gaps < settings.kerned_word_gap)
    spread = between.sum() > settings.spread_letters * len(gaps)
    return settings if spread else replace(settings, word_gap=settings.kerned_word_gap)


def _fragments(lettering: _Lettering, settings: TextLayerSettings) -> list[_Fragment]:
    """The characters in the order of painting, parted at blanks and wherever the pen was moved."""
    characters = lettering.characters
    inked = ~characters.are_blank
    follows = _follow(lettering, settings)
    begins = inked.copy()
    begins[1:] &= ~(inked[:-1] & follows)
    ends = inked.copy()
    ends[:-1] &= begins[1:] | ~inked[1:]
    firsts, lasts = np.flatnonzero(begins), np.flatnonzero(ends)
    after_blank = np.append(False, follows & ~inked[:-1])
    before_blank = np.append(follows & ~inked[1:], False)
    return [
        _Fragment(*values)
        for values in zip(
            firsts.tolist(),
            lasts.tolist(),
            lettering.starts[firsts].tolist(),
            lettering.ends[lasts].tolist(),
            lettering.depths[firsts].tolist(),
            characters.sizes[firsts].tolist(),
            after_blank[firsts].tolist(),
            before_blank[lasts].tolist(),
            strict=True,
        )
    ]


def _follow(lettering: _Lettering, settings: TextLayerSettings) -> Flags:
    """Which characters but the first stand right behind the one before, on its line, (characters - 1,)."""
    sizes = lettering.characters.sizes
    smaller = np.minimum(sizes[:-1], sizes[1:])
    gaps = lettering.starts[1:] - lettering.ends[:-1]
    found: Flags = (
        (np.abs(np.diff(lettering.depths)) <= settings.line_shift * smaller)
        & (-settings.overlap * smaller <= gaps)
        & (gaps <= settings.word_gap * smaller)
    )
    return found


def _joined(fragments: Sequence[_Fragment], settings: TextLayerSettings) -> list[list[_Fragment]]:
    """The fragments in chains, those together that stand on one line with no room and no blank between them."""
    by_start = sorted((f for f in fragments if not f.opened), key=lambda f: f.start)
    starts = np.array([f.start for f in by_start])
    open_ends = [f for f in fragments if not f.closed]
    lows = np.searchsorted(starts, [f.end - settings.touch * f.size for f in open_ends], side="left").tolist()
    highs = np.searchsorted(starts, [f.end + settings.word_gap * f.size for f in open_ends], side="right").tolist()
    taken: set[int] = set()
    following: dict[int, _Fragment] = {}
    for fragment, low, high in zip(open_ends, lows, highs, strict=True):
        near = [
            f
            for f in by_start[low:high]
            if f is not fragment and f.first not in taken and _continues(fragment, f, settings)
        ]
        if near:
            best = min(near, key=lambda f: abs(f.start - fragment.end))
            following[fragment.first] = best
            taken.add(best.first)
    return [_chain(fragment, following) for fragment in fragments if fragment.first not in taken]


def _continues(before: _Fragment, after: _Fragment, settings: TextLayerSettings) -> bool:
    small, large = (before.size, after.size) if before.size <= after.size else (after.size, before.size)
    return (
        abs(after.depth - before.depth) <= settings.line_shift * small
        and small >= settings.like_size * large
        and after.start > before.start
    )


def _chain(fragment: _Fragment, following: dict[int, _Fragment]) -> list[_Fragment]:
    whole = [fragment]
    while (after := following.get(whole[-1].first)) is not None:
        whole.append(after)
    return whole


def _in_reading_order(chains: Sequence[list[_Fragment]]) -> list[list[_Fragment]]:
    """Line by line from the top, each line from its beginning; a line is as deep as its first word's half size."""
    rows: list[list[list[_Fragment]]] = []
    for chain in sorted(chains, key=lambda chain: chain[0].depth):
        first = rows[-1][0][0] if rows else None
        if first is not None and chain[0].depth - first.depth <= 0.5 * first.size:
            rows[-1].append(chain)
        else:
            rows.append([chain])
    return [chain for row in rows for chain in sorted(row, key=lambda chain: chain[0].start)]


def _crossing(rulings: Sequence[Ruling], orientation: Orientation) -> list[Ruling]:
    """The rulings across lines of that orientation, in the order of their places."""
    axis = "v" if orientation.is_horizontal else "h"
    return sorted((r for r in rulings if r.axis == axis), key=lambda r: r.at)


def _words(
    characters: Characters,
    chains: Sequence[list[_Fragment]],
    crossing: Sequence[Ruling],
    orientation: Orientation,
    overrun: int,
) -> list[Word]:
    """The chains as words, cut where one of the rulings that cross the lines stands between two letters."""
    fragments = [fragment for chain in chains for fragment in chain]
    firsts = np.array([fragment.first for fragment in fragments])
    lengths = np.array([fragment.last for fragment in fragments]) - firsts + 1
    ends = np.cumsum(lengths)
    letters = characters.where(np.arange(ends[-1]) + np.repeat(firsts - ends + lengths, lengths))
    bounds = np.append(0, ends[np.cumsum([len(chain) for chain in chains]) - 1])
    middles = letters.centers[:, 0 if orientation.is_horizontal else 1]
    at = np.array([ruling.at for ruling in crossing])
    lows = np.searchsorted(at, np.minimum.reduceat(middles, bounds[:-1]), side="left").tolist()
    highs = np.searchsorted(at, np.maximum.reduceat(middles, bounds[:-1]), side="right").tolist()
    cuts: list[int] = []
    for chain, (start, end), first, last in zip(chains, pairwise(bounds.tolist()), lows, highs, strict=True):
        cuts.append(start)
        if first < last:
            found = _cuts(letters, start, end, crossing[first:last], orientation)
            whole = len(found) == 1 == len(chain) and _overruns(letters.texts[start:end], found[0] - start, overrun)
            cuts += [] if whole else found
    return list(_bounded_words(letters, np.array(cuts), orientation))


def _cuts(letters: Characters, start: int, end: int, near: Sequence[Ruling], orientation: Orientation) -> list[int]:
    """The places from `start` to `end` where a ruling stands before a letter, which begins another cell."""
    boxes, sizes = letters.boxes[start:end].tolist(), letters.sizes[start:end].tolist()
    across = orientation.is_horizontal
    middles = [(box[1] + box[3]) / 2 if across else (box[0] + box[2]) / 2 for box in boxes]
    near = [ruling for ruling in near if ruling.start <= max(middles) and min(middles) <= ruling.end]
    if not near:
        return []
    letter_pairs = zip(pairwise(boxes), pairwise(sizes), strict=True)
    return [
        place
        for place, ((before, after), size) in enumerate(letter_pairs, start + 1)
        if any(_between(ruling, before, after, 0.1 * min(size), across) for ruling in near)
    ]


def _overruns(letters: Sequence[str], cut: int, most: int) -> bool:
    """Whether at most so many letters of a word, of one in capitals one fewer, stand on one side of a cut."""
    text = "".join(letters)
    if not text.isalpha() or not (text[1:].islower() or text.isupper()):
        return False
    return min(cut, len(text) - cut) <= (most - 1 if text.isupper() else most) < len(text) / 2


def _between(ruling: Ruling, before: list[float], after: list[float], reach: float, across: bool) -> bool:
    """Whether a ruling stands between two letters, given by their boxes, or over an edge by `reach` at most."""
    near, far = (0, 2) if across else (1, 3)
    one, other = sorted(((before[near], before[far]), (after[near], after[far])))
    middle = (before[1] + before[3]) / 2 if across else (before[0] + before[2]) / 2
    stands = one[1] - reach <= ruling.at <= other[0] + reach and sum(one) / 2 < ruling.at < sum(other) / 2
    return stands and ruling.start <= middle <= ruling.end


def _bounded_words(letters: Characters, starts: Integers, orientation: Orientation) -> Iterator[Word]:
    """The words of letters that stand in order, each from one of the `starts` to the next."""
    low = np.minimum.reduceat(letters.boxes[:, :2], starts).tolist()
    high = np.maximum.reduceat(letters.boxes[:, 2:], starts).tolist()
    ends, sizes = [*starts[1:].tolist(), len(letters)], letters.sizes[starts].tolist()
    for start, end, size, (x0, top), (x1, bottom) in zip(starts.tolist(), ends, sizes, low, high, strict=True):
        text = "".join(letters.texts[start:end]).strip()
        inner = text.replace(SOFT_HYPHEN, "")
        yield Word(
            text=inner + SOFT_HYPHEN if inner and text.endswith(SOFT_HYPHEN) else inner,
            box=Box(x0, top, x1, bottom),
            size=size,
            orientation=orientation,
            font=letters.fonts[start],
        )
