"""The benchmark of tables without lines: what is taken away, and what is compared."""

from __future__ import annotations

from pathlib import Path

from typeset import Cover, SopSpec, chain, typeset

from bench.unruled import LEFT, pages_of, report, results, score
from pipeline.settings import Settings


def test_a_document_is_measured_with_each_choice_of_rulings_left(tmp_path: Path) -> None:
    typeset(SopSpec(Cover(), (chain(4),)), tmp_path / "a.pdf")
    found = list(results("a.pdf", pages_of(tmp_path / "a.pdf", Settings()), Settings()))
    assert [result.left for result in found] == list(LEFT)
    assert [(score(result.alone), score(result.camelot)) for result in found] == [(1.0, 1.0)] * 3
    assert report(found).splitlines()[-3] == "| **all** | none | 2 | 0 | 1.0000 | 1.0000 |"


def test_a_document_without_a_sop_is_left_out(tmp_path: Path) -> None:
    assert list(results("a.pdf", [], Settings())) == []
