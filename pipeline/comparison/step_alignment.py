"""Which steps and performers of two versions of a SOP are the same ones."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.comparison.change import paired
from pipeline.model.record import Kegiatan, Pelaksana, Record
from pipeline.model.text import fold
from pipeline.settings.collections import CollectionSettings

# How much the words of a step, its performers and its place say about which step of the other version it is.
WORDS, PERFORMERS, PLACE = 0.85, 0.10, 0.05


@dataclass(frozen=True, slots=True)
class Alignment:
    """Places of steps, from 0, and ids of performers that are the same in both versions.

    Attributes:
        steps: Pairs of places, in the order of the older version.
        moved: The pairs among them that stand in another order than the others.
        performers: The newer id of each older one that is still there.
    """

    steps: tuple[tuple[int, int], ...]
    moved: tuple[tuple[int, int], ...]
    performers: dict[str, str]


def aligned(old: Record, new: Record, settings: CollectionSettings) -> Alignment:
    """Find what is the same in both versions, by words first, then by performers and place."""
    performers = _performers(old.pelaksana, new.pelaksana, settings)
    scores = [
        [
            _likeness(one, other, performers, abs(i / len(old.kegiatan) - j / len(new.kegiatan)), settings)
            for j, other in enumerate(new.kegiatan)
        ]
        for i, one in enumerate(old.kegiatan)
    ]
    steps = sorted(paired(scores, settings.same_step * WORDS))
    in_order = _longest_rise([place for _, place in steps])
    return Alignment(tuple(steps), tuple(pair for i, pair in enumerate(steps) if i not in in_order), performers)


def _likeness(
    one: Kegiatan, other: Kegiatan, performers: dict[str, str], distance: float, settings: CollectionSettings
) -> float:
    """How like two steps are, 0..100; 0 where their words are less like than those of one step are."""
    words = _words_alike(one, other)
    if words < settings.same_step:
        return 0.0
    who, others = {performers.get(role, role) for role in one.pelaksana}, set(other.pelaksana)
    shared = len(who & others) / max(1, len(who | others))
    return WORDS * words + 100 * (PERFORMERS * shared + PLACE * (1 - distance))


def _words_alike(one: Kegiatan, other: Kegiatan) -> float:
    """How like two steps are in what is done, 0..100; in what they need and give where one does not say.

    Steps without any words are alike: their performers and places tell them apart.
    """
    texts = [fold(step.uraian or "") for step in (one, other)]
    if not all(texts):
        texts = [fold(f"{step.mutu_baku.kelengkapan or ''} {step.mutu_baku.output or ''}") for step in (one, other)]
    return max(fuzz.ratio(*texts), 0.95 * fuzz.token_sort_ratio(*texts))


def _performers(old: Sequence[Pelaksana], new: Sequence[Pelaksana], settings: CollectionSettings) -> dict[str, str]:
    scores = [
        [100.0 if one.id == other.id else fuzz.ratio(fold(one.nama), fold(other.nama)) for other in new] for one in old
    ]
    return {old[i].id: new[j].id for i, j in paired(scores, settings.same_performer)}


def _longest_rise(places: Sequence[int]) -> set[int]:
    """The indexes of a longest part of `places` that rises: what kept its order, so that least has moved."""
    ends: list[int] = []
    last: list[int] = []  # the index that each rise of its length ends at
    before: list[int | None] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        ends[length:] = [place, *ends[length + 1 :]]
        last[length:] = [index, *last[length + 1 :]]
        before.append(last[length - 1] if length else None)
    found: set[int] = set()
    at = last[-1] if last else None
    while at is not None:
        found.add(at)
        at = before[at]
    return found
