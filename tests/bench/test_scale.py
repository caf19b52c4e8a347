"""What pages cost is calculated from what was measured."""

from __future__ import annotations

from pathlib import Path

from typeset import sample, typeset

from bench.scale import Measured, cost_rows, files_in, measured, plan_rows, section

ONE = Measured(
    documents=2,
    pages=20,
    reading=4.0,
    writing=0.2,
    again=0.1,
    input_bytes=40_000,
    output_bytes=20_000,
    cache_bytes=10_000,
    files=8,
)


def test_a_plan_is_the_arithmetic_of_what_was_measured() -> None:
    million, _ = plan_rows(ONE, "text", 8, [1, 10], 0.9)
    assert million == ["1,000,000 text", "56", "0.32", "0.03", "2", "1", "0", "0.4"]
    assert dict(cost_rows([ONE]))["pages a second and core"] == "5.00"
    assert dict(cost_rows([ONE]))["cores that one run keeps busy"] == "20"
    assert (ONE + ONE).per_second == ONE.per_second
    assert section({"text": ONE}, 8, [1], 1.0).count("\n| 1") == 2


def test_a_document_is_read_and_written_as_by_a_run(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    typeset(sample(3), path)
    one = measured(path)
    assert (one.documents, one.input_bytes) == (1, path.stat().st_size)
    assert one.pages == 2
    assert one.files == 4  # a record, document.json, the result and the note of its key
    assert one.reading > one.writing >= 0
    assert min(one.bytes_per_page()) > 0
    assert files_in(tmp_path) == [path.stat().st_size]
    assert one.cores_of_a_run > 1
