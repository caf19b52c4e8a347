"""Text layers made worse: what a page shows stays, what its text and lines say does not.

A damage takes a page as it was read and gives it back with other words or rulings, as broken fonts and careless
programs write them. Strengths run from 1 (a flaw here and there) to 3 (all over the page). The same seed, the same
damage.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from unittest import mock

from pipeline.model.geometry import Box
from pipeline.model.page import Page, Word

Damage = Callable[[Page, int, random.Random], Page]  # page, strength 1..3, randomness

STRENGTHS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class TextDamage:
    """One kind of damage to a text layer at one strength."""

    kind: str
    strength: int = 1
    seed: int = 0


def lost_letters(page: Page, strength: int, rng: random.Random) -> Page:
    """A font without some of its letters: a word here and there lacks one."""
    return _with_some_words(page, (0.01, 0.03, 0.08)[strength - 1], rng, _without_letter)


def wrong_letters(page: Page, strength: int, rng: random.Random) -> Page:
    """A font that says another letter than it shows, here and there."""
    return _with_some_words(page, (0.01, 0.03, 0.08)[strength - 1], rng, _with_other_letter)


def lost_words(page: Page, strength: int, rng: random.Random) -> Page:
    """Words that are painted as shapes, so that the text lacks them."""
    share = (0.01, 0.02, 0.05)[strength - 1]
    return replace(page, words=tuple(word for word in page.words if rng.random() >= share))


def swapped_columns(page: Page, strength: int, rng: random.Random) -> Page:
    """Two neighbouring columns of a table, below its head, with each other's words."""
    edges = sorted({round(r.at) for r in page.rulings if r.axis == "v" and r.length > page.height / 4})
    columns = [(a, b) for a, b in pairwise(edges) if b - a > page.width / 40]
    pairs = [(one, other) for one, other in pairwise(columns) if one[1] == other[0]]
    rulings = [r.at for r in page.rulings if r.axis == "h"]
    if not pairs or not rulings:
        return page
    below = min(rulings) + (max(rulings) - min(rulings)) * (0.75, 0.5, 0.25)[strength - 1]
    (a, middle), (_, b) = rng.choice(pairs)

    def moved(word: Word) -> Word:
        x, y = word.box.center
        if y < below or not a < x < b:
            return word
        by = b - middle if x < middle else a - middle
        return replace(word, box=Box(word.box.x0 + by, word.box.top, word.box.x1 + by, word.box.bottom))

    return replace(page, words=tuple(moved(word) for word in page.words))


def lost_rulings(page: Page, strength: int, rng: random.Random) -> Page:
    """Lines of the table that are not drawn as such."""
    share = (0.02, 0.05, 0.1)[strength - 1]
    return replace(page, rulings=tuple(ruling for ruling in page.rulings if rng.random() >= share))


DAMAGES: dict[str, Damage] = {
    "letters": lost_letters,
    "glyphs": wrong_letters,
    "words": lost_words,
    "columns": swapped_columns,
    "rulings": lost_rulings,
}


@contextmanager
def damaged_text(damage: TextDamage | None) -> Iterator[None]:
    """While this lasts, the text pages of every document are read with that damage; None does none."""
    if damage is None:
        yield
        return
    from pipeline import stages

    opened = stages.opened

    @contextmanager
    def worse(*given: Any) -> Iterator[Any]:
        with opened(*given) as document:
            pages: Any = document.pages
            damaged = (_damaged(page, damage) for page in pages())
            with mock.patch.object(document, "pages", return_value=damaged):
                yield document

    with mock.patch.object(stages, "opened", worse):
        yield


def _damaged(page: Page, damage: TextDamage) -> Page:
    if page.kind != "text":
        return page
    key = f"{damage.kind}:{damage.strength}:{damage.seed}:{page.number}:{len(page.words)}"
    return DAMAGES[damage.kind](page, damage.strength, random.Random(zlib.crc32(key.encode())))


def _with_some_words(page: Page, share: float, rng: random.Random, change: Callable[[str, random.Random], str]) -> Page:
    words = [
        replace(word, text=change(word.text, rng)) if len(word.text) > 1 and rng.random() < share else word
        for word in page.words
    ]
    return replace(page, words=tuple(words))


def _without_letter(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text))
    return text[:place] + text[place + 1 :]


def _with_other_letter(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text))
    sign = text[place]
    first, count = ("0", 10) if sign.isdigit() else ("A" if sign.isupper() else "a", 26)
    other = chr(ord(first) + (ord(sign) - ord(first) + rng.randrange(1, count)) % count) if sign.isalnum() else "\u00b6"
    return text[:place] + other + text[place + 1 :]
