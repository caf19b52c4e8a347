"""Pages that an entry has read again as a SOP that was missed: `insert: {source: {pages: [7, 9]}, read: true}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.corrections.entry import CorrectionsFile
from pipeline.corrections.yaml_positions import Number, YamlValue
from pipeline.message import Message, msg
from pipeline.model.geometry import Box
from pipeline.model.page_selection import PageSelection
from pipeline.model.pointer import KeyPath
from pipeline.model.record import Record

ReadingOf = Callable[[PageSelection], Record | None]
"""Gives what was read of pages by themselves; None where that is not kept, or is no SOP."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_READ = "read"


def nothing_read(_selection: PageSelection) -> None:
    """What was read where nothing is known of it."""
    return


def selection_of(given: Any) -> PageSelection | None:
    """The pages that a new SOP says should be read; None where it says nothing of reading them."""
    read = given.get(_READ) if isinstance(given, dict) else None
    if not read:
        return None
    first, last = (int(page) for page in given["source"]["pages"])
    frames = read.items() if isinstance(read, dict) else ()
    return PageSelection(first, last, tuple((int(page), Box(*map(float, box))) for page, box in sorted(frames)))


def selection_value(selection: PageSelection) -> YamlValue:
    """A new SOP with pages that are read, as an entry inserts it."""
    frames: dict[str, YamlValue] = {
        str(page): [Number(round(edge, 1)) for edge in (box.x0, box.top, box.x1, box.bottom)]
        for page, box in selection.frames
    }
    pages: list[YamlValue] = [Number(selection.first), Number(selection.last)]
    return {"source": {"pages": pages}, _READ: frames or True}


def selections_in(file: CorrectionsFile) -> Iterator[PageSelection]:
    """The pages that the entries of a file have read."""
    for entry in file.entries:
        if entry.action == "insert" and entry.pattern == "sop":
            selection = selection_of(entry.value)
            if selection is not None:
                yield selection


def read_errors(value: YamlValue) -> Iterator[tuple[KeyPath, Message]]:
    """Say what is wrong with the form of `read`: true, or frames by page."""
    told = msg("must be true, or frames of pages such as {example}", example="{7: [50, 100, 545, 700]}")
    if value is True:
        return
    if not isinstance(value, dict) or not value:
        yield (), told
        return
    for page, box in value.items():
        whole = isinstance(box, list) and len(box) == 4 and all(_NUMBER.fullmatch(str(edge)) for edge in box)
        if not (page.isdecimal() and whole):
            yield (page,), told
