"""The words beside connectors, and which edge each belongs to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.flowchart.drawing import box_gap
from pipeline.flowchart.edges import DirectedEdge, EdgeKey
from pipeline.flowchart.lexicon import canonical_label
from pipeline.flowchart.placement import PlacedShape, joined_text
from pipeline.model.geometry import Box, union
from pipeline.model.page import Word
from pipeline.settings import LabelSettings


@dataclass(frozen=True, slots=True)
class FreeText:
    """Words that stand together beside the rows and in no symbol."""

    page: int
    text: str
    box: Box


def free_texts(words: Sequence[Word], page: int, settings: LabelSettings) -> list[FreeText]:
    """Words side by side, or line under line, as one text each."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.box.top, w.box.x0)):
        dx = settings.word_gap * word.box.height
        grown = word.box.grown(dx, dx * settings.line_gap)
        near = [g for g in groups if any(grown.intersection(w.box) for w in g)]
        groups = [g for g in groups if g not in near] + [[w for g in near for w in g] + [word]]
    return [FreeText(page, joined_text(g) or "", union(w.box for w in g)) for g in groups]


def is_label(text: str, settings: LabelSettings) -> bool:
    """Whether a text says something: ya, tidak, or a word; not what OCR makes of an arrow ("1 r", "»")."""
    if canonical_label(text) in ("ya", "tidak"):
        return True
    return any(sum(sign.isalpha() for sign in word) >= settings.least_letters for word in text.split())


def label_edges(
    edges: Sequence[DirectedEdge],
    texts: Sequence[FreeText],
    symbols: Mapping[str, PlacedShape],
    settings: LabelSettings,
) -> tuple[dict[EdgeKey, str], list[FreeText]]:
    """The label of each edge that has one, and the texts that belong to none; `symbols` by id.

    A text goes to the nearest line, one out of a decision before any other; one beside a decision goes to its next
    unlabelled edge where no line is near.
    """
    costs = sorted(
        (cost, i, j)
        for i, text in enumerate(texts)
        if is_label(text.text, settings)
        for j, edge in enumerate(edges)
        if (cost := _cost(text, edge, symbols[edge.source], settings)) is not None
    )
    labels: dict[EdgeKey, str] = {}
    used: set[int] = set()
    for _, i, j in costs:
        key = edges[j].key
        if i not in used and key not in labels:
            labels[key] = canonical_label(texts[i].text)
            used.add(i)
    return labels, [text for i, text in enumerate(texts) if i not in used]


def _cost(text: FreeText, edge: DirectedEdge, source: PlacedShape, settings: LabelSettings) -> float | None:
    """How far a text is from an edge in points, decisions preferred; None where it cannot be its label."""
    if source.page != text.page:
        return None
    reach = settings.reach
    line = min((box_gap(text.box, s.box) for s in edge.connector.segments), default=math.inf)
    start = box_gap(text.box, source.box)
    if line > reach and not (source.is_decision and start <= reach):
        return None
    return min(line, start + reach / 2) + settings.start_weight * start + (0.0 if source.is_decision else reach)
