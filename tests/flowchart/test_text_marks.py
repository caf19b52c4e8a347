"""Symbols from the words a transcript has left of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pipeline.flowchart.text_marks import read_cell, read_flow_text
from pipeline.model.draft import Column, FlowDraft, MatrixDraft, RowDraft
from pipeline.model.geometry import Box
from pipeline.model.page import CellText, Line, Word
from pipeline.settings import TranscriptSettings


def cell(text: str, column: int = 2) -> CellText:
    words = tuple(
        Word(word, Box(60 * column + 20 * i, 0, 60 * column + 20 * i + 15, 10), 10)
        for i, word in enumerate(text.split())
    )
    return CellText(1, Box(60 * column, 0, 60 * column + 60, 20), (Line(words),) if words else ())


def read(*rows: Mapping[int, str]) -> FlowDraft:
    columns = tuple(Column(i, "pelaksana" if i > 1 else "kegiatan", cell("KABAG", i)) for i in range(1, 6))
    drafts = tuple(RowDraft(no, {i: cell(row.get(i, ""), i) for i in range(1, 6)}) for no, row in enumerate(rows, 1))
    return read_flow_text(MatrixDraft(columns, drafts, ()), TranscriptSettings())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mulai", "start"),
        ("Proses", "process"),
        ("Pros ess", "process"),
        ("Prosess _", "process"),
        ("Pro", "process"),
        ("◇", "decision"),
        ("\N{N-ARY LOGICAL OR}", "decision"),
        ("DOK", "document"),
        ("Sele", "end"),
        ("Selesai", "end"),
    ],
)
def test_symbols(text: str, kind: str) -> None:
    (symbol,) = read({3: text}).symbols
    assert (symbol.no, symbol.column, symbol.kind) == (1, 3, kind)
    assert (symbol.confidence is None) == (text in ("Mulai", "Proses", "◇", "\N{N-ARY LOGICAL OR}", "DOK", "Selesai"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ya", "ya"),
        ("ya..", "ya"),
        ("\N{CYRILLIC SMALL LETTER U}\N{CYRILLIC SMALL LETTER A}", "ya"),
        ("УЭ", "ya"),
        ("Tidak", "tidak"),
    ],
)
def test_labels(text: str, name: str) -> None:
    (mark,) = read_cell(cell(text), 2)
    assert (mark.role, mark.name) == ("label", name)


def test_debris_beside_a_symbol_is_told_and_not_taken_for_one() -> None:
    flow = read({}, {2: "Proses C", 4: "-"})
    assert [symbol.label for symbol in flow.symbols] == ["Proses"]
    issue = next(issue for issue in flow.issues if issue.code == "symbol-unread")
    assert issue.path == "/kegiatan/1/pelaksana"
    assert '"C"' in issue.message
    assert '"-"' in issue.message


def test_an_arrow_between_two_symbols_is_an_edge() -> None:
    flow = read({2: "Proses", 3: ">", 4: "◇"}, {2: "Proses", 3: "< ya", 4: "◇"})
    first, second, third, fourth = flow.symbols
    assert [(edge.source, edge.target, edge.label) for edge in flow.edges] == [
        (first.id, second.id, None),
        (fourth.id, third.id, "ya"),
    ]


def test_nothing_else_is_an_edge_and_the_loss_is_told() -> None:
    flow = read({2: "Mulai"}, {3: "Proses"}, {3: "◇", 4: "ya"}, {3: ">", 5: "Sele"})
    assert len(flow.symbols) == 4
    assert not flow.edges
    assert [issue.code for issue in flow.issues] == ["symbol-unread", "symbol-unread", "connectors-lost"]
