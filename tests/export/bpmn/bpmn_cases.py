"""Records for the tests of BPMN: small flows, and those of the goldens."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.model.record import Record

GOLDEN = Path(__file__).parents[2] / "golden"


def flow_record(nodes: str, edges: Sequence[tuple[int, int, str | None]]) -> Record:
    """A record whose symbols stand a row each in one lane, "P2" in the second one.

    Args:
        nodes: Kinds by their first letters, "SPDEdac" for start, process, decision, end, document, archive, connector.
        edges: Connectors by the numbers of symbols from 1, and their words.
    """
    kinds = dict(
        zip("SPDEdac", ("start", "process", "decision", "end", "document", "archive", "connector"), strict=True)
    )
    symbols = nodes.split()
    lanes = ["tu" if len(symbol) == 1 else "kabag" for symbol in symbols]
    return Record.model_validate(
        {
            "id": "a b/01",
            "source": {"file": "a.pdf", "sha256": "ab", "pages": [1, 1], "kind": "text"},
            "header": {"nama_sop": 'Uji <Coba> & "Lain"'},
            "pelaksana": [
                {"id": "tu", "nama": "TU", "label": "TU"},
                {"id": "kabag", "nama": "Kabag", "label": "Kabag"},
            ],
            "kegiatan": [
                {
                    "no": i,
                    "uraian": f"Langkah {i}",
                    "pelaksana": [lane],
                    "mutu_baku": {
                        "kelengkapan": f"Berkas {i}",
                        "waktu": {"text": "15 menit", "value": 15, "unit": "menit", "iso8601": "PT15M"},
                        "output": "-" if i == 1 else f"Hasil {i}",
                    },
                }
                for i, lane in enumerate(lanes, 1)
            ],
            "flow": {
                "nodes": [
                    {"id": f"n{i}", "kegiatan": i, "pelaksana": lane, "kind": kinds[symbol[0]]}
                    for i, (symbol, lane) in enumerate(zip(symbols, lanes, strict=True), 1)
                ],
                "edges": [{"from": f"n{a}", "to": f"n{b}", "label": label} for a, b, label in edges],
            },
        }
    )


def decision_record(yes: str | None = "ya", no: str | None = "tidak") -> Record:
    """Start, a step of another performer, a decision that goes on or back, end."""
    return flow_record("S P2 D E", [(1, 2, None), (2, 3, None), (3, 4, yes), (3, 2, no)])


def golden_records() -> list[Record]:
    """The records of tests/golden, each with an id of its own."""
    found = []
    for path in sorted(GOLDEN.glob("*.json")):
        values = json.loads(path.read_text("utf-8"))
        if isinstance(values, list) and values and "schema_version" in values[0]:
            found += [value | {"source": value["source"] | {"sha256": ""}} for value in values]
    return [Record.model_validate(value) for value in found]
