"""`corrections/lexicon.yaml`: what a reviewer teaches every document at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path as FilePath

from pipeline.corrections.parse import checked, read_text
from pipeline.corrections.yaml_positions import read_marked
from pipeline.normalize.lexicon import Overlay


def load_overlay(path: FilePath) -> Mapping[str, object]:
    """The reviewer's words, to be laid over the package's lexicon; CorrectionsError with all that is wrong."""
    return parse_overlay(read_text(path), str(path)).model_dump()


def parse_overlay(text: str, file: str) -> Overlay:
    """The words that `text` holds; `file` names it in messages."""
    marked = read_marked(text, file)
    if isinstance(marked.value, dict):  # a heading whose entries are all commented out
        marked = replace(marked, value={key: part for key, part in marked.value.items() if part is not None})
    return checked(marked, Overlay)
