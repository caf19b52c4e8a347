"""Text layers made worse: the same way each time, and only while it is asked for."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typeset import chain, typeset
from typeset.spec import Cover, SopSpec

from bench.reliability import Task, fields_of, way_of
from bench.text_damage import DAMAGES, TextDamage
from pipeline.model.geometry import Box
from pipeline.model.page import Page, Ruling, Word


def page() -> Page:
    """A page of two columns with ten rows of words, ruled."""
    words = [
        Word(f"{name}{row}", Box(x, 100 + 20 * row, x + 40, 110 + 20 * row), 10.0)
        for row in range(10)
        for name, x in (("kiri", 60.0), ("kanan", 160.0))
    ]
    rulings = [Ruling("v", x, 90, 310) for x in (50, 150, 250)] + [
        Ruling("h", 90 + 20 * row, 50, 250) for row in range(12)
    ]
    return Page(1, 300.0, 400.0, "text", tuple(words), tuple(rulings))


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damage_is_the_same_for_the_same_seed_and_is_one(kind: str) -> None:
    first, second = (DAMAGES[kind](page(), 3, random.Random(5)) for _ in range(2))
    assert (first.words, first.rulings) == (second.words, second.rulings)
    assert (first.words, first.rulings) != (page().words, page().rulings)


def test_swapped_columns_keep_their_words() -> None:
    worse = DAMAGES["columns"](page(), 1, random.Random(1))
    assert sorted(word.text for word in worse.words) == sorted(word.text for word in page().words)
    moved = {a.text for a, b in zip(page().words, worse.words, strict=True) if a != b}
    assert moved
    assert not any(text.endswith("0") for text in moved)


def test_a_damaged_document_has_wrong_fields_that_are_flagged(tmp_path: Path) -> None:
    path = tmp_path / "sop.pdf"
    truth: list[Mapping[str, Any]] = list(typeset(SopSpec(Cover(), (chain(6, decision=2),)), path))
    way = way_of("glyphs:3")
    assert way == TextDamage("glyphs", 3)
    fields = list(fields_of(Task(path, truth, way)))
    wrong = [field for field in fields if not field.right and field.group in ("header", "cells")]
    assert wrong
    assert any(field.flagged for field in wrong)
    assert not any(field.scanned for field in fields)
    assert all(field.right for field in fields_of(Task(path, truth, None)))
