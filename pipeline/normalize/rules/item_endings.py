"""The marks that close the items of a scanned list, which read alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.draft import Change, Value


def item_endings(items: Sequence[Value[str]]) -> list[Value[str]]:
    """The items of one list, a misread closing mark set to the semicolon that legal drafting puts there.

    Before: "Pelayanan Publik:", "Bakamla RI, dan"; after: "Pelayanan Publik;", "Bakamla RI; dan". Items of a text layer
    stay.
    """
    ended = [_ended(item, last=index == len(items) - 1) for index, item in enumerate(items)]
    semicolons = sum(text.endswith((";", "; dan")) for text in ended)
    return [item if semicolons < 1 else _set(item, text) for item, text in zip(items, ended, strict=True)]


def _ended(item: Value[str], last: bool) -> str:
    text = re.sub(r"\s*[:;,.]\s*dan$", "; dan", item.clean)
    return text if last else re.sub(r"(?<=[\w)])\s*[:,]$", ";", text)


def _set(item: Value[str], text: str) -> Value[str]:
    if item.confidence is None or text == item.clean:
        return item
    change = Change("item-ending", item.clean[-8:], text[-8:])
    return replace(item, clean=text, changes=(*item.changes, change))
