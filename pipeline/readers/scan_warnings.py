"""What a person should know of a scanned page: ink that could not be read, and a table that the scanner cut off."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.message import msg
from pipeline.model.geometry import Box
from pipeline.model.issue import Issue
from pipeline.model.page import Ruling, Word
from pipeline.settings import ScanSettings

_EDGES = {"left": msg("left"), "right": msg("right"), "top": msg("top"), "bottom": msg("bottom")}


def scan_warnings(
    number: int, words: Sequence[Word], rulings: Sequence[Ruling], size: tuple[float, float], settings: ScanSettings
) -> tuple[Issue, ...]:
    """The issues of page `number` of `size` (width, height) in points."""
    return (*_unsure(number, words, settings), *_cut_off(number, rulings, size, settings))


def _unsure(number: int, words: Sequence[Word], settings: ScanSettings) -> list[Issue]:
    unsure = [word for word in words if word.confidence is not None and word.confidence < settings.unsure]
    if not unsure:
        return []
    sample = ", ".join(f'"{word.text}"' for word in unsure[:3])
    message = msg(
        "page {page}: {unsure} of {words} words were read with little confidence, such as {sample}",
        page=number,
        unsure=len(unsure),
        words=len(words),
        sample=sample,
    )
    return [Issue.of("words-unsure", "info", message)]


def _cut_off(number: int, rulings: Sequence[Ruling], size: tuple[float, float], settings: ScanSettings) -> list[Issue]:
    """A table runs off the page where several of its lines end at the paper's edge and none runs along it."""
    box = Box(0.0, 0.0, *size).grown(-settings.edge)
    level, plumb = [r for r in rulings if r.axis == "h"], [r for r in rulings if r.axis == "v"]
    edges = {
        "left": (sum(r.start <= box.x0 for r in level), any(r.at <= box.x0 for r in plumb)),
        "right": (sum(r.end >= box.x1 for r in level), any(r.at >= box.x1 for r in plumb)),
        "top": (sum(r.start <= box.top for r in plumb), any(r.at <= box.top for r in level)),
        "bottom": (sum(r.end >= box.bottom for r in plumb), any(r.at >= box.bottom for r in level)),
    }
    return [
        _runs_off(number, name) for name, (ends, closed) in edges.items() if ends >= settings.edge_lines and not closed
    ]


def _runs_off(number: int, edge: str) -> Issue:
    message = msg(
        "page {page}: the table runs off the {edge} edge of the scan; cells there are cut off",
        page=number,
        edge=_EDGES[edge],
    )
    return Issue.of("scan-cut-off", "warning", message)
