"""Random examples are the same each time, whatever the process has loaded and tested before."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def drawn() -> list[tuple[str, int]]:
    examples: list[tuple[str, int]] = []

    @settings(max_examples=200)
    @given(st.text(), st.integers())
    def draw(text: str, number: int) -> None:
        examples.append((text, number))

    draw()
    return examples


@pytest.mark.skipif(not settings().derandomize, reason="other examples were asked for")
def test_examples_do_not_depend_on_the_modules_that_are_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = drawn()
    path = tmp_path / "words.py"
    path.write_text("\n".join(f"a{n} = ('kata{n}', {1000 + n})" for n in range(100)))
    module = ModuleType("words")
    module.__file__ = str(path)
    monkeypatch.setitem(sys.modules, "words", module)
    assert drawn() == before
