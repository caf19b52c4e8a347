"""The record's evidence, written from the values that carry it, and what of it is doubted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pipeline.message import Message, msg
from pipeline.model.draft import Value
from pipeline.model.geometry import Box, PageTransform
from pipeline.model.issue import Issue
from pipeline.model.page import Tile
from pipeline.model.record import ChangeNote, Evidence
from pipeline.settings import LanguageSettings

ValuesByPointer = dict[str, Value[Any]]
"""JSON pointer into the record -> the value that stands there, with its evidence."""


def evidence_of(
    noted: Mapping[str, Value[Any]],
    transforms: Mapping[int, PageTransform],
    tiles: Mapping[int, Sequence[Tile]] = MappingProxyType({}),
) -> dict[str, Evidence]:
    """Write the evidence of values by JSON pointer.

    Args:
        noted: The values by JSON pointer; their boxes are on the page as it was read.
        transforms: By page number, what takes a box to the page as displayed; none for a page displayed as read.
        tiles: By page number, the pages that a sheet was put together from.

    Returns:
        Evidence with boxes on the page as displayed, in points to a tenth, and confidences to a thousandth.
    """
    return {path: _evidence(value, transforms, tiles) for path, value in noted.items()}


def doubted(noted: Mapping[str, Value[Any]], settings: LanguageSettings) -> list[Issue]:
    """Raise an issue for every field of words that is less probably right than the settings ask; flow has its own."""
    return [
        Issue.of("low-confidence", "warning", _unsure(value), path)
        for path, value in noted.items()
        if value.confidence is not None and value.confidence < _least(path, settings)
    ]


def ink_lost(noted: Mapping[str, Value[Any]], faded: Mapping[int, Sequence[Box]]) -> list[Issue]:
    """Raise an issue for every field that nothing was read in, where ink over the print was taken off: letters, too?

    Args:
        noted: The fields by their pointers.
        faded: The places of such ink by page.
    """
    read = ((path, value) for path, value in noted.items() if not path.startswith("/flow/"))
    empty = {path: value for path, value in read if not value.raw and value.box is not None and value.page}
    return [
        Issue.of("ink-lost", "warning", msg("a stamp or a signature stands where nothing could be read"), path)
        for path, value in empty.items()
        if value.box and any(value.box.intersection(place) for place in faded.get(value.page or 0, ()))
    ]


def _unsure(value: Value[Any]) -> Message:
    text, sure = str(value.clean), round(value.confidence or 0.0, 3)
    return msg('"{text}" is right with a probability of {probability} only', text=text, probability=sure)


def _evidence(
    value: Value[Any], transforms: Mapping[int, PageTransform], tiles: Mapping[int, Sequence[Tile]]
) -> Evidence:
    box, page = value.box, value.page
    if box is not None and page is not None:
        if page in tiles:
            tile = Tile.showing(box, tiles[page])
            page, box = tile.page, tile.displayed(box)
        elif page in transforms:
            box = transforms[page].displayed(box)
    box = None if box is None else box.rounded(1)
    return Evidence(
        page=page,
        box=None if box is None else (box.x0, box.top, box.x1, box.bottom),
        raw=value.raw,
        confidence=None if value.confidence is None else round(min(1.0, max(0.0, value.confidence)), 3),
        changes=[ChangeNote.model_validate({"rule": c.rule, "from": c.before, "to": c.after}) for c in value.changes],
    )


def _least(path: str, settings: LanguageSettings) -> float:
    """The least probability of a field that raises no doubt, by its kind; a flowchart is judged by its own stage."""
    if path.startswith("/flow/"):
        return 0.0
    if path.startswith("/kegiatan/"):
        return settings.doubt_cell
    return settings.doubt_item if path.rsplit("/", 1)[-1].isdigit() else settings.doubt_header
