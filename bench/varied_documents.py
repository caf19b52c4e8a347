"""SOPs in the words of `held_out.yaml`, each typeset in a house style drawn by a seed, as text PDFs or as scans.

What a style is drawn from is what real documents do to ruled tables: sheets, fonts and sizes, pages stored turned,
lines as strokes, rectangles or paths, doubled or dashed, shaded symbols, connectors straight or with corners, heads
that are not repeated overleaf, rows that go on there.
"""

from __future__ import annotations

import importlib
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bench.degrade import Scan, degrade
from bench.held_out import WORDS, spec_of
from bench.judged_fields import Truth
from bench.page import ROOT

SEED = 20261122
SCANS = (Scan("office", 1), Scan("skew", 1), Scan("office", 2), Scan("jpeg", 1), Scan("shadow", 1))
CHOICES: Mapping[str, Sequence[Any]] = {
    "size": ("A4", "A4", "F4", "Legal", "Letter"),
    "matrix_landscape": (True, True, False),
    "rotate": (0, 0, 0, 0, 90, 270),
    "font": ("Helvetica", "Times", "Vera"),
    "text_size": (7.0, 8.0, 9.0, 10.0),
    "rulings": ("line", "line", "rect", "filled", "path", "doubled", "dashed"),
    "line_width": (0.4, 0.6, 1.0),
    "label_cells": (1, 2),
    "colon": (True, False),
    "mark": ("1.", "a.", "-", "•"),
    "number_row": (True, False),
    "continuation": ("head", "none"),
    "split_rows": (True, False),
    "role_turn": (0, 0, 90),
    "role_rulings": ("all", "all", "all", "body", "none"),
    "lines_in_activity": (False, False, False, True),
    "unseen_rulings": (False, False, False, True),
    "fake_bold": (False, False, False, True),
    "fill": ("none", "none", "white", "grey", "blue", "yellow"),
    "shadow": (False, False, True),
    "symbol_labels": ("none", "none", "number", "words"),
    "connectors": ("elbow", "elbow", "straight"),
    "dashed_connectors": (False, False, False, True),
    "arrow": ("filled", "open"),
}


def varied_documents(folder: Path, count: int, seed: int = SEED) -> list[tuple[Path, Truth]]:
    """So many SOPs as text PDFs, with their truth; the same for the same seed."""
    sys.path.insert(0, str(ROOT / "tests"))
    press = importlib.import_module("typeset")
    told = YAML(typ="safe").load(WORDS)
    rng = random.Random(seed)
    documents = []
    for place in range(count):
        spec, _ = spec_of(told[place % len(told)], press)
        style = press.Style(**{name: rng.choice(values) for name, values in CHOICES.items()})
        path = folder / f"varied-{place + 1:02d}.pdf"
        documents.append((path, json.loads(json.dumps(press.typeset(spec, path, style)))))
    return documents


def varied_scans(folder: Path, documents: Sequence[tuple[Path, Truth]]) -> list[tuple[Path, Truth]]:
    """The documents as scans with the marks of an ordinary office scanner, one kind after the other."""
    return [
        (degrade(path, folder / path.with_stem(f"{path.stem}-scan").name, SCANS[place % len(SCANS)]), truth)
        for place, (path, truth) in enumerate(documents)
    ]
