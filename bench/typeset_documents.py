"""SOPs typeset for the benchmark by the tests' own press, with their truth."""

from __future__ import annotations

import importlib
import json
import random
import sys
from pathlib import Path
from typing import Any

from bench.judged_fields import Truth
from bench.page import ROOT


def typeset_documents(folder: Path) -> list[tuple[Path, Truth]]:
    """Two SOPs in two house styles, typeset by the tests' own press, with their truth."""
    press = tests_press()
    first = press.SopSpec(press.Cover(), (press.chain(14, decision=3),))
    second = press.SopSpec(press.Cover(nomor_sop="188/07/HK/2019"), (press.chain(8, decision=4),))
    other = press.Style(font="Times", number_row=True, fill="grey", label_cells=1, colon=True, mark="a.")
    return [
        typeset_document(folder / "satu.pdf", first, press.Style()),
        typeset_document(folder / "dua.pdf", second, other),
    ]


def random_documents(folder: Path, count: int, seed: int) -> list[tuple[Path, Truth]]:
    """SOPs of 5 to 14 steps in random house styles, typeset, with their truth."""
    press = tests_press()
    rng = random.Random(seed)
    known = []
    for place in range(count):
        style = press.Style(
            font=rng.choice(("Helvetica", "Times", "Vera")),
            text_size=rng.choice((7.0, 8.0, 9.0, 10.0)),
            number_row=rng.random() < 0.5,
            label_cells=rng.choice((1, 2)),
            colon=rng.random() < 0.5,
            mark=rng.choice(("1.", "a.", "-", "•")),
            rulings=rng.choice(("line", "rect", "path")),
        )
        matrix = press.chain(rng.randrange(5, 15), decision=rng.randrange(2, 5))
        cover = press.Cover(nomor_sop=f"188/{rng.randrange(10, 99)}/HK/2019")
        known.append(typeset_document(folder / f"acak-{place + 1}.pdf", press.SopSpec(cover, (matrix,)), style))
    return known


def small_document(path: Path, nomor_sop: str, nama_sop: str, steps: int) -> None:
    """Write a SOP of a cover and a page of steps."""
    press = tests_press()
    press.typeset(press.SopSpec(press.Cover(nomor_sop=nomor_sop, nama_sop=nama_sop), (press.chain(steps),)), path)


def tests_press() -> Any:
    """The tests' own press."""
    sys.path.insert(0, str(ROOT / "tests"))
    return importlib.import_module("typeset")


def typeset_document(path: Path, spec: Any, style: Any) -> tuple[Path, Truth]:
    """One SOP typeset, with its truth."""
    return path, json.loads(json.dumps(tests_press().typeset(spec, path, style)))
