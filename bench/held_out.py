"""Measure scans that no curve was fitted on: SOPs of `held_out.yaml`, in fonts of their own, scanned in four ways.

    python -m bench.held_out [--way office:2 ...] [--jobs 2] [--wrong 40] [--out docs/bench.md]

No curve, threshold or lexicon may be changed by what is found here but for a cause that any document may have: it is
what tells whether the figures of other pages mean something. The fonts are those of the Debian packages
fonts-crosextra-carlito, fonts-crosextra-caladea and fonts-liberation.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ruamel.yaml import YAML

from bench.judged_fields import Field, Truth
from bench.page import ROOT, add_out, put, table
from bench.reliability import Task, flag_table, group_table, number, read_all, share, way_of

WORDS = Path(__file__).with_name("held_out.yaml")
WAYS = ("office:2", "jpeg:2", "shadow:2", "stamp:1")
PACKAGES = {
    "Carlito": "fonts-crosextra-carlito",
    "Caladea": "fonts-crosextra-caladea",
    "LiberationSansNarrow": "fonts-liberation",
}
COLUMNS = ("kelengkapan", "waktu", "output")
CELLS_EXACT, WRONG_FLAGGED, RIGHT_FLAGGED = 0.98, 0.90, 0.06
EDGES_WRONG_FLAGGED, EDGES_RIGHT_FLAGGED = 0.8, 0.1


def spec_of(told: dict[str, Any], press: Any) -> tuple[Any, Any]:
    """An SOP of the file as the press takes it, and its style."""
    made, revised, effective = told["dates"]
    jabatan, nama, pangkat, nip = (str(part) for part in told["signature"])
    cover = press.Cover(
        nomor_sop=told["nomor"],
        nama_sop=told["nama"],
        instansi=tuple(told["instansi"]),
        tanggal_pembuatan=made,
        tanggal_revisi=revised,
        tanggal_efektif=effective,
        signature=press.Signature(jabatan, nama, pangkat, nip),
        dasar_hukum=tuple(told["laws"]),
        kualifikasi_pelaksana=tuple(told["skills"]),
        keterkaitan=tuple(told["related"]),
        peralatan_perlengkapan=tuple(told["tools"]),
        peringatan=tuple(told["warnings"]),
        pencatatan_pendataan=tuple(told["records"]),
    )
    return press.SopSpec(cover, (matrix_of(told, press),)), press.Style(**told["style"])


def matrix_of(told: dict[str, Any], press: Any) -> Any:
    """The steps as a flow from each to the next; a decision's "Tidak" goes back to the step before it."""
    roles = tuple(told["roles"])
    rows, edges = [], []
    for place, (role, kind, uraian, *cells) in enumerate(told["steps"], 1):
        who = roles[role - 1]
        named = {**dict(zip(COLUMNS, cells, strict=True)), "keterangan": ""}
        rows.append(press.Row(uraian, named, (press.Symbol(who, kind),)))
        if place > 1:
            before = told["steps"][place - 2]
            edges.append(
                press.Edge((place - 1, roles[before[0] - 1]), (place, who), "Ya" if before[1] == "decision" else "")
            )
            if kind == "decision":
                edges.append(press.Edge((place, who), (place - 1, roles[before[0] - 1]), "Tidak"))
    return press.Matrix(roles, tuple(rows), tuple(edges))


def missing_fonts() -> str:
    """What to do about fonts of the SOPs that this system lacks, in one line; empty where it has all."""
    sys.path.insert(0, str(ROOT / "tests"))
    places = importlib.import_module("typeset.text").SYSTEM_FONTS
    used = {told["style"].get("font") for told in YAML(typ="safe").load(WORDS)}
    absent = sorted(font for font in used & set(places) if not Path(f"{places[font]}-Regular.ttf").exists())
    packages = " ".join(sorted({PACKAGES[font] for font in absent}))
    return f"missing: the fonts {', '.join(absent)} (apt-get install {packages})" if absent else ""


def held_out_documents(folder: Path) -> list[tuple[Path, Truth]]:
    """All SOPs of the file, typeset, with their truth."""
    sys.path.insert(0, str(ROOT / "tests"))
    press = importlib.import_module("typeset")
    documents = []
    for place, told in enumerate(YAML(typ="safe").load(WORDS), 1):
        spec, style = spec_of(told, press)
        path = folder / f"held-out-{place:02d}.pdf"
        documents.append((path, json.loads(json.dumps(press.typeset(spec, path, style)))))
    return documents


def cells_exact(fields: Iterable[Field], scans: int) -> float:
    """The share of printed cells that are read word for word, those of missed rows counted as wrong."""
    right = sum(field.right for field in fields if field.group == "cells")
    steps = [step for told in YAML(typ="safe").load(WORDS) for step in told["steps"]]
    printed = sum(1 + sum(bool(cell) for cell in step[3:]) for step in steps)
    return right / (printed * scans)


def flagged(fields: Sequence[Field], groups: Sequence[str]) -> tuple[float, float]:
    """The shares of wrong and of right fields that an issue points at."""
    mine = [field for field in fields if field.group in groups]
    return tuple(share(f.flagged for f in mine if f.right is what) for what in (False, True))  # type: ignore[return-value]


def verdicts(fields: Sequence[Field], scans: int) -> str:
    exact = cells_exact(fields, scans)
    words, edges = flagged(fields, ("header", "cells")), flagged(fields, ("edges",))
    rows = [
        ["cells exact", f"{CELLS_EXACT} at least", number(exact), _holds(exact >= CELLS_EXACT)],
        *_rows("header and cells", words, WRONG_FLAGGED, RIGHT_FLAGGED),
        *_rows("edges", edges, EDGES_WRONG_FLAGGED, EDGES_RIGHT_FLAGGED),
    ]
    return table(["what", "target", "measured", ""], rows)


def _rows(what: str, rates: tuple[float, float], wrong: float, right: float) -> list[list[str]]:
    return [
        [f"{what}: wrong ones flagged", f"{wrong} at least", number(rates[0]) or "none", _holds(not rates[0] < wrong)],
        [f"{what}: right ones flagged", f"{right} at most", number(rates[1]) or "none", _holds(not rates[1] > right)],
    ]


def _holds(good: bool) -> str:
    return "holds" if good else "**falls short**"


def section(fields: Sequence[Field], ways: Sequence[str]) -> str:
    return "\n\n".join(
        [
            f"The SOPs of `bench/held_out.yaml`, scanned in the ways {', '.join(ways)}: words and fonts that no"
            " curve or threshold was fitted on. Causes that any document may have were found with them and mended, so"
            " that other documents may do worse.",
            "How sure connectors are was fitted on the random flowcharts of `bench/flowcharts.py`, as scans, seeds 0 to"
            " 49, 100 to 149 and 1000 to 1079, and on how often the true flows of `inputs/` and of other agencies lead"
            " back or past rows; it was tested on the seeds 2000 to 2059 and on these SOPs.",
            verdicts(fields, len(ways)),
            group_table(fields),
            flag_table(fields),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--way", nargs="*", default=list(WAYS), help="kind:strength")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong fields")
    add_out(parser)
    given = parser.parse_args()
    if lack := missing_fonts():
        sys.exit(lack)
    with TemporaryDirectory() as folder:
        documents = held_out_documents(Path(folder))
        tasks = [Task(path, truth, way_of(way)) for way in given.way for path, truth in documents]
        fields = read_all(tasks, given.jobs)
    text = section(fields, given.way)
    print(text)
    for field in [field for field in fields if not field.right][: given.wrong]:
        print(field)
    if given.out:
        put(given.out, "Scans held out", text)


if __name__ == "__main__":
    main()
