"""The words beside connectors, and which edge each belongs to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.flowchart.edges import Way
from pipeline.flowchart.lexicon import answer
from pipeline.flowchart.words import joined_text
from pipeline.model.geometry import Box, union
from pipeline.model.page import Word
from pipeline.settings import FlowSettings


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together beside the flow."""

    page: int
    text: str
    box: Box


def phrases(words: Sequence[Word], page: int) -> list[Phrase]:
    """Words side by side, or line under line, as one phrase each."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.box.top, w.box.x0)):
        size = word.box.height
        near = [g for g in groups if any(_beside(word.box, w.box, 0.5 * size) for w in g)]
        groups = [g for g in groups if g not in near] + [[w for g in near for w in g] + [word]]
    return [Phrase(page, joined_text(g) or "", union(w.box for w in g)) for g in groups]


def _beside(a: Box, b: Box, near: float) -> bool:
    return a.grown(near, near * 0.6).intersection(b) is not None


def labelled(
    ways: Sequence[Way], found: Sequence[Phrase], places: Mapping[str, tuple[int, Box, bool]], settings: FlowSettings
) -> tuple[dict[tuple[str, str], str], list[Phrase]]:
    """The label of each edge that has one, and the phrases that belong to none.

    `places` tells each symbol's page, box and whether it is a decision. A word goes to the nearest line, one out of a
    decision before any other; one beside a decision goes to its next unlabelled way where no line is near.
    """
    costs = sorted(
        (
            (cost, i, j)
            for i, phrase in enumerate(found)
            for j, way in enumerate(ways)
            if (cost := _cost(phrase, way, places, settings)) is not None
        ),
    )
    labels: dict[tuple[str, str], str] = {}
    used: set[int] = set()
    for _, i, j in costs:
        key = ways[j].source, ways[j].target
        if i not in used and key not in labels:
            labels[key] = answer(found[i].text)
            used.add(i)
    return labels, [phrase for i, phrase in enumerate(found) if i not in used]


def _cost(
    phrase: Phrase, way: Way, places: Mapping[str, tuple[int, Box, bool]], settings: FlowSettings
) -> float | None:
    """How far a phrase is from a way, decisions preferred; None where it cannot be its label."""
    page, box, decision = places[way.source]
    if page != phrase.page:
        return None
    line = min((_gap(phrase.box, s.box) for s in way.net.strokes), default=math.inf)
    start = _gap(phrase.box, box)
    if line > settings.label_reach and not (decision and start <= settings.label_reach):
        return None
    return min(line, start + settings.label_reach / 2) + 0.05 * start + (0.0 if decision else settings.label_reach)


def _gap(a: Box, b: Box) -> float:
    """The distance between two boxes, 0 where they overlap."""
    dx = max(a.x0 - b.x1, b.x0 - a.x1, 0.0)
    dy = max(a.top - b.bottom, b.top - a.bottom, 0.0)
    return math.hypot(dx, dy)
