"""The few words a flowchart is written with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML


@cache
def _words() -> Mapping[str, frozenset[str]]:
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return {name: frozenset(str(word) for word in words) for name, words in YAML(typ="safe").load(text).items()}


def says(text: str | None, meaning: str) -> bool:
    """Whether a text is one of the words for "start", "end", "ya", "tidak" or "marks"."""
    return bool(text) and (text or "").casefold().strip(" .,:;()[]|-–—_") in _words()[meaning]


def answer(text: str) -> str:
    """A label as the record has it: "Y" -> "ya", "TIDAK" -> "tidak", "Ada garansi" as printed."""
    return next((meaning for meaning in ("ya", "tidak") if says(text, meaning)), text)
