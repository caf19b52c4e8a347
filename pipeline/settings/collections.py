"""How like each other two SOPs of a collection are, and how much of a search is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CollectionSettings:
    """Thresholds of `sop list`, `sop search` and `sop diff`. Likeness is 0..100."""

    same_sop: float = 92.0  # of an item of Keterkaitan to the name of the SOP that it means, as in a run
    same_name: float = 92.0  # of the names of two SOPs that may be one
    same_steps: float = 97.0  # of the steps of two SOPs that may be one: offices copy steps from SOP to SOP up to 0.96
    named_alike_steps: float = 60.0  # the same where their names or numbers are alike too
    same_step: float = 60.0  # of two steps of two versions that are taken for one: people rewrite half of a sentence
    same_item: float = 70.0  # of two items of a list of the cover of two versions that are taken for one
    same_performer: float = 80.0  # of the names of two performers of two versions that are taken for one
    snippet_words: int = 16  # around a hit: a line or two
