"""An unruled cover, found by its words alone: the labels of the identity fields and of the boxes below them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.layout.label_matching import ENUMERATOR, beginnings, match, match_box, split_label
from pipeline.layout.unruled.phrases import is_item
from pipeline.model.clustering import cluster
from pipeline.model.geometry import Box, union
from pipeline.model.headings import Headings, Synonyms
from pipeline.model.page import Line, Page
from pipeline.model.text import squash
from pipeline.settings import LayoutSettings


@dataclass(frozen=True)
class WordLabel:
    """A label on the page: the field it names, and the box of its own words."""

    name: str
    box: Box


@dataclass(frozen=True)
class WordCover:
    """A cover by its words: identity labels top to bottom, and the boxes' labels line by line, left to right.

    `goes_on` says that what stands above the first label is the rest of the boxes of the page before. `until` is the y
    where what stands below the boxes begins.
    """

    fields: tuple[WordLabel, ...]
    boxes: tuple[tuple[WordLabel, ...], ...]
    goes_on: bool = False
    until: float = math.inf

    @property
    def names(self) -> set[str]:
        """The fields that are labelled."""
        return {label.name for label in [*self.fields, *(label for row in self.boxes for label in row)]}


def find_word_cover(
    page: Page,
    phrases: Sequence[Line],
    headings: Headings,
    settings: LayoutSettings,
    foot: float,
    goes_on: bool = False,
) -> WordCover | None:
    """Find the cover on a page.

    Args:
        page: The page.
        phrases: Its words, as `phrases_of` groups them.
        headings: The known labels.
        settings: The thresholds.
        foot: The y that the cover ends above, where a matrix begins on the same page.
        goes_on: Whether the page before ends with a cover: then one pair of boxes side by side is enough.

    Returns:
        The labels; None where there are too few that stand like those of a cover.
    """
    size, likeness, unruled = page.text_size, settings.likeness_on(page.kind), settings.unruled
    phrases = [p for p in phrases if p.box.bottom < foot]
    named = [p for p in phrases if not is_item(p)]
    fields = _below_each_other(list(_fields(named, headings.cover, likeness, size, settings)), unruled.aligned * size)
    titled = [p for p in phrases if not is_item(p) or ENUMERATOR.match(p.text)]
    boxes = [WordLabel(n, p.box) for p in titled if (n := match_box(p.text, headings, likeness))]
    boxes = _each_once([b for b in boxes if not fields or b.box.top > fields[0].box.top])
    rows = _side_by_side(boxes, unruled.same_row * size)
    if len({f.name for f in fields}) < unruled.cover_fields:
        fields = []
    if not fields and sum(len(row) == 2 for row in rows) < (1 if goes_on else unruled.cover_pairs):
        return None
    until = _signature_top(page, phrases, rows, settings)
    return WordCover(tuple(fields), tuple(rows), goes_on and not fields, until)


def _signature_top(
    page: Page, phrases: Sequence[Line], rows: Sequence[tuple[WordLabel, ...]], settings: LayoutSettings
) -> float:
    """The y of the first line below boxes that stand one below the other that begins in the page's right part.

    Their items begin at the left; there begins who signs. Infinite where there is none, or boxes stand side by side.
    """
    if not rows or any(len(row) > 1 for row in rows):
        return math.inf
    last, side = rows[-1][0].box, settings.unruled.signature_side * page.width
    below = [p.box for p in phrases if p.box.top > last.bottom]
    begun = {round(box.top) for box in below if box.x0 < side}
    return min((box.top for box in below if box.x0 >= side and round(box.top) not in begun), default=math.inf)


def _fields(
    phrases: Sequence[Line], cover: Synonyms, likeness: float, size: float, settings: LayoutSettings
) -> Iterator[WordLabel]:
    """Phrases that are an identity label, alone or with those right below them, or that begin with one.

    One that only begins with a label must have a colon after it, or the label be two words long.
    """
    begins = beginnings(cover, 2)
    used: set[int] = set()
    for phrase in phrases:
        if id(phrase) in used or squash(phrase.text)[:2] not in begins:  # matching is slow, and a page has many phrases
            continue
        stack = _stack(phrase, phrases, size, settings)
        names = [match(_joined(stack[:n]), cover, likeness) for n in range(len(stack) + 1)]
        if length := max(
            (n for n, name in enumerate(names) if name and not _are_labels(stack[:n], cover, likeness)), default=0
        ):
            used |= {id(line) for line in stack[:length]}
            yield WordLabel(names[length] or "", union(p.box for p in stack[:length]))
        elif split := split_label(phrase.text, cover, likeness):
            words = phrase.words[: len(phrase.words) - len(split[1].split())] or phrase.words[:1]
            if len(words) >= 2 or ":" in phrase.text:
                yield WordLabel(split[0], union(w.box for w in words))


def _are_labels(stack: Sequence[Line], cover: Synonyms, likeness: float) -> bool:
    """Whether each of several lines is a label alone: "Judul" above "No. Dokumen" is no "Judul Dokumen"."""
    return len(stack) > 1 and all(match(phrase.text.strip(" :"), cover, likeness) for phrase in stack)


def _joined(stack: Sequence[Line]) -> str:
    return " ".join(phrase.text for phrase in stack).strip(" :")


def _stack(phrase: Line, phrases: Sequence[Line], size: float, settings: LayoutSettings) -> list[Line]:
    """A phrase and those right below it that begin at its x: the lines of one narrow cell."""
    indent, (low, high) = settings.unruled.stack_indent * size, settings.unruled.stack_room
    x0 = phrase.words[0].box.x0 - settings.label_lines * indent
    beside = [(p.words[0].box, p) for p in phrases if x0 <= p.words[0].box.x0 <= x0 + 2 * settings.label_lines * indent]
    stack = [phrase]
    while len(stack) < settings.label_lines:
        above = stack[-1].words[0].box
        below = next(
            (
                p
                for box, p in beside
                if abs(above.x0 - box.x0) <= indent and low * size <= box.top - above.bottom <= high * size
            ),
            None,
        )
        if below is None:
            break
        stack.append(below)
    return stack


def _below_each_other(labels: Sequence[WordLabel], reach: float) -> list[WordLabel]:
    """The labels that begin at one x, where most different ones do, top to bottom and each field once."""
    groups = [[other for other in labels if abs(other.box.x0 - label.box.x0) <= reach] for label in labels]
    best = max(groups, key=lambda g: len({label.name for label in g}), default=[])
    return _each_once(sorted(best, key=lambda label: label.box.top))


def _each_once(labels: Sequence[WordLabel]) -> list[WordLabel]:
    """Each field's label top to bottom; of several the one nearest to the middle of all.

    Others stand elsewhere, as the number of a regulation above the cover does.
    """
    middle = median([label.box.center[1] for label in labels]) if labels else 0.0
    nearest: dict[str, WordLabel] = {}
    for label in sorted(labels, key=lambda label: abs(label.box.center[1] - middle)):
        nearest.setdefault(label.name, label)
    return sorted(nearest.values(), key=lambda label: label.box.top)


def _side_by_side(labels: Sequence[WordLabel], reach: float) -> list[tuple[WordLabel, ...]]:
    rows = cluster(labels, reach, lambda label: label.box.top)
    return [tuple(sorted(row, key=lambda label: label.box.x0)) for row in rows]
