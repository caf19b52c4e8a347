"""The few words a flowchart is written with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.packaged_yaml import FileModel, load_packaged


class FlowWords(FileModel):
    """What words.yaml holds: the words for a meaning, in lower case."""

    start: frozenset[str]
    end: frozenset[str]
    ya: frozenset[str]
    tidak: frozenset[str]
    marks: frozenset[str]


@cache
def _words() -> Mapping[str, frozenset[str]]:
    return load_packaged("pipeline.flowchart", "words.yaml", FlowWords).model_dump()


def says(text: str | None, meaning: str) -> bool:
    """Whether a text is one of the words for "start", "end", "ya", "tidak" or "marks"."""
    return bool(text) and (text or "").casefold().strip(" .,:;()[]|-–—_") in _words()[meaning]


def answer(text: str) -> str:
    """A label as the record has it: "Y" -> "ya", "TIDAK" -> "tidak", "Ada garansi" as printed."""
    return next((meaning for meaning in ("ya", "tidak") if says(text, meaning)), text)
