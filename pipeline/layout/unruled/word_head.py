"""The head of an unruled matrix, found by its words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.layout.label_matching import column_kind, match
from pipeline.layout.matrix_head import MUTU_BAKU, is_matrix_head
from pipeline.layout.unruled.phrases import heights_of, phrases_of, without
from pipeline.model.clustering import cluster_intervals, free_intervals
from pipeline.model.geometry import Box, overlap, union
from pipeline.model.headings import Headings
from pipeline.model.orientation import Orientation
from pipeline.model.page import Line, Page, Word
from pipeline.settings import LayoutSettings

RUNNING_NUMBER = re.compile(r"\(?\d{1,3}[.)]{0,2}")
LEAST_COLUMNS = 4  # of a matrix: No, Kegiatan, a Pelaksana and one of Mutu Baku

KindPhrase = tuple[str, Line]  # the kind of column that a phrase names


@dataclass(frozen=True)
class ColumnHead:
    """The words of one column's head: their box, and what kind of column they name."""

    box: Box
    kind: str | None


@dataclass(frozen=True)
class WordHead:
    """A head from y = `top` to `bottom`: each column's own, left to right, and `groups`, those over several columns."""

    top: float
    bottom: float
    columns: tuple[ColumnHead, ...]
    groups: tuple[tuple[str, Box], ...]

    @property
    def activity(self) -> int:
        """The index of the Kegiatan column."""
        return next(i for i, column in enumerate(self.columns) if column.kind == "kegiatan")

    @property
    def number(self) -> int | None:
        """The column of running numbers, where there is one before the activity."""
        return next((i for i, column in enumerate(self.columns[: self.activity]) if column.kind == "no"), None)

    @property
    def lanes(self) -> range:
        """The Pelaksana columns: what stands between the activity and Mutu Baku."""
        first = self.activity + 1
        grouped = self.grouped("pelaksana")
        if grouped is not None:
            return grouped
        quality = (i for i, column in enumerate(self.columns) if i >= first and column.kind in MUTU_BAKU)
        return range(first, next(quality, first))

    def grouped(self, name: str) -> range | None:
        """The columns under a head over several: the run whose middle is nearest to the head's own."""
        box = next((box for group, box in self.groups if group == name), None)
        if box is None:
            return None
        start = self.activity + 1
        if name == "mutu_baku":
            start = next((i for i, c in enumerate(self.columns) if i >= start and c.kind in MUTU_BAKU), start)
        distances = [
            (abs(_middle(self.columns[start].box, column.box) - box.center[0]), end)
            for end, column in enumerate(self.columns)
            if end >= start and column.box.x1 >= box.center[0]
        ]
        return range(start, min(distances)[1] + 1) if distances else None


def _middle(first: Box, last: Box) -> float:
    return (first.center[0] + last.center[0]) / 2


def head_phrases(page: Page, phrases: Sequence[Line], headings: Headings, settings: LayoutSettings) -> list[KindPhrase]:
    """The labels of the topmost head of a page, each kind once: an activity head and at least two others beside it."""
    labels = _kind_phrases(phrases, headings, settings.likeness_on(page.kind), settings.unruled.label_letters)
    reach = settings.unruled.head_reach * page.text_size
    for _, anchor in sorted((a for a in labels if a[0] == "kegiatan"), key=lambda a: a[1].box.top):
        middle = anchor.box.center[1]
        near = [a for a in labels if abs(a[1].box.center[1] - middle) <= reach and _is_in_place(*a, anchor.box)]
        number = next((phrase.box for kind, phrase in near if kind == "no"), None)
        body = _first_number(page, number, anchor.box.bottom, settings)
        kinds = {"kegiatan": anchor}
        for kind, phrase in sorted(near, key=lambda a: a[1].box.top):
            if body is None or phrase.box.top < body:
                kinds.setdefault(kind, phrase)
        if is_matrix_head(set(kinds)):
            return list(kinds.items())
    return []


def _kind_phrases(phrases: Sequence[Line], headings: Headings, likeness: float, longest: int) -> list[KindPhrase]:
    """All phrases of up to `longest` letters that may be a column's head, or one over several columns.

    Many are everyday words, such as stand apart in a justified sentence too: there they are in lower case.
    """
    found: list[KindPhrase] = []
    for phrase in phrases:
        text = phrase.text
        if len(text) <= longest and not text[:1].islower():
            kind = column_kind(text, headings, likeness) or match(text, headings.spans, likeness)
            found += [(kind, phrase)] if kind else []
    return found


def _first_number(page: Page, label: Box | None, below: float, settings: LayoutSettings) -> float | None:
    """The top of the first number in the column of a No label, below y = `below`."""
    if label is None:
        return None
    column = label.grown(settings.unruled.number_reach * page.text_size, 0)
    found = [w.box for w in page.words if RUNNING_NUMBER.fullmatch(w.text) and w.box.top >= below]
    return min((box.top for box in found if column.x0 <= box.center[0] <= column.x1), default=None)


def _is_in_place(kind: str, label: Line, activity: Box) -> bool:
    """Whether a label stands beside the activity's: numbers at its left, all else at its right."""
    return label.box.x1 < activity.x0 if kind == "no" else label.box.x0 > activity.x1


def find_word_head(page: Page, headings: Headings, settings: LayoutSettings) -> WordHead | None:
    """The topmost head of a page by its words, None where there is none or its columns cannot be told apart."""
    labels = head_phrases(page, phrases_of(page.words, settings.unruled.phrase_gap), headings, settings)
    if not labels:
        return None
    kinds = {kind: phrase.box for kind, phrase in labels}
    bottom = _bottom(page, max(box.bottom for box in kinds.values()), kinds.get("no"), settings)
    top = _top(page, min(box.top for box in kinds.values()), bottom, kinds["kegiatan"].x1, settings)
    words = [w for w in page.words if w.box.center[1] < bottom and w.box.bottom > top]
    groups = [(kind, phrase) for kind, phrase in labels if kind in headings.spans and kind not in headings.columns]
    groups = [(kind, phrase) for kind, phrase in groups if _covers_several(phrase, words)]
    own = without(words, [phrase for _, phrase in groups])
    own = without(own, _unknown_groups(own, settings))
    gap = settings.unruled.head_gap * page.text_size
    clusters = cluster_intervals([w.box for w in own], gap, Box.x_range)
    columns = tuple(column_head(page, union(boxes), own, headings, settings) for boxes in clusters)
    if len(columns) < LEAST_COLUMNS or all(column.kind != "kegiatan" for column in columns):
        return None
    return WordHead(top, bottom, columns, tuple((kind, phrase.box) for kind, phrase in groups))


def _bottom(page: Page, known: float, number: Box | None, settings: LayoutSettings) -> float:
    """Where the head ends: in the first room below its last label, above the first number, that parts two rows."""
    size, slack = page.text_size, settings.unruled.slack * page.text_size
    first = _first_number(page, number, known, settings)
    limit = first if first is not None else known + settings.unruled.head_reach * size
    words = [w for w in page.words if w.box.bottom > known and w.box.top < limit]
    free = free_intervals(heights_of(words), known - slack, limit)
    if not free:
        return known + slack
    widest = max(free, key=lambda c: c[1] - c[0])
    low, high = next((c for c in free if c[1] - c[0] >= settings.unruled.row_gap * size), widest)
    return (low + high) / 2


def _top(page: Page, top: float, bottom: float, left: float, settings: LayoutSettings) -> float:
    """Where a head begins: with its highest label, or with heads of several lines or rotated ones that reach higher."""
    beside = [w.box for w in page.words if w.box.x0 > left and w.box.center[1] < bottom]
    for box in sorted(beside, key=lambda box: -box.bottom):
        if box.bottom >= top - settings.unruled.head_line_gap * page.text_size:
            top = min(top, box.top)
    return top


def _covers_several(phrase: Line, words: Sequence[Word]) -> bool:
    """Whether a head has others below it: "Pelaksana" as the head of one column has none."""
    return any(w.box.top >= phrase.box.center[1] and _is_near(w, phrase) for w in words)


def _is_near(word: Word, phrase: Line) -> bool:
    """Whether a word begins or ends not farther beside a phrase than the phrase is wide."""
    return overlap(*word.box.x_range(), *phrase.box.grown(phrase.box.width, 0).x_range()) > 0


def _unknown_groups(words: Sequence[Word], settings: LayoutSettings) -> list[Line]:
    """Phrases that stand over two or more heads, though no lexicon names them."""
    found: list[Line] = []
    phrases = phrases_of(words, settings.unruled.phrase_gap)
    for phrase in phrases:
        size = phrase.words[0].size
        foot = phrase.box.bottom - settings.unruled.group_sink * size
        below = [p.box for p in phrases if p.box.top >= foot and overlap(*p.box.x_range(), *phrase.box.x_range())]
        if len(cluster_intervals(below, settings.unruled.head_gap * size, Box.x_range)) >= 2:
            found.append(phrase)
    return found


def column_head(
    page: Page, box: Box, words: Sequence[Word], headings: Headings, settings: LayoutSettings
) -> ColumnHead:
    """The head of a column of those words that lie within `box`, and the kind of column that they name."""
    inside = (w for w in words if w.box.x0 >= box.x0 and w.box.x1 <= box.x1)
    own = [replace(w, orientation=Orientation.UPRIGHT) for w in inside]
    text = " ".join(line.text for line in phrases_of(own, float("inf")))
    return ColumnHead(box, column_kind(text, headings, settings.likeness_on(page.kind)))
