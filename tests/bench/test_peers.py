"""The benchmark beside other tools: how cells are scored, what is told, never how fast."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from typeset import sample, typeset

from bench import table_readers, tools
from bench.cell_scores import CellScore, cells_of, printed_cells, scored
from bench.judged_fields import Truth
from bench.own_readers import cells_by_sop, characters_by_pdfium
from bench.peers import Measure, PageSet, measured, page_sets, report
from bench.reading import read
from bench.table_readers import (
    cells_by_camelot,
    cells_by_docling,
    cells_by_img2table,
    cells_by_pdfplumber,
    cells_by_pymupdf,
)
from bench.tools import TOOLS, Tool, homes
from bench.varied_documents import varied_documents

BY_NAME = {tool.name: tool for tool in TOOLS}


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """A document of a cover and a matrix of three rows, and its truth."""
    path = tmp_path_factory.mktemp("peers") / "sop.pdf"
    return path, list[Mapping[str, Any]](typeset(sample(3), path))


def test_a_cell_is_found_once_wherever_it_stands_and_whatever_else_is_found() -> None:
    printed = ["Surat masuk", "5 menit", "Surat masuk"]
    found = ["NO", "Surat\nmasuk", "", "5  menit;", "Dasar Hukum"]
    assert scored(printed, found) == CellScore(3, 2, 2)
    assert scored(printed, []) == CellScore(3, 0, 0)


def test_letters_are_found_where_words_are_broken() -> None:
    score = scored(["Kelengkapan berkas"], ["Keleng\nkapan berkas"])
    assert (score.share, score.share_of_letters) == (0.0, 1.0)


def test_empty_cells_and_dashes_are_not_printed_and_a_record_gives_the_cells_of_its_matrix() -> None:
    row = {"uraian": "Menerima", "kelengkapan": "-", "waktu": "5 menit", "output": ""}
    assert printed_cells([{"kegiatan": [row]}]) == ["Menerima", "5 menit"]
    quality = {"kelengkapan": None, "waktu": {"text": "5 menit"}, "output": "Surat"}
    record = {"kegiatan": [{"uraian": "Menerima", "mutu_baku": quality, "keterangan": None}]}
    assert cells_of(record) == ["Menerima", "5 menit", "Surat"]


@pytest.mark.parametrize("reader", [cells_by_sop, cells_by_pdfplumber, cells_by_camelot])
def test_a_plain_page_is_read_by_all_that_are_at_hand(text: tuple[Path, Truth], reader: Any) -> None:
    score = scored(printed_cells(text[1]), reader(text[0]))
    assert score.printed == 12  # no row has a note
    assert score.share == 1.0


def test_pdfium_alone_tells_no_cells(text: tuple[Path, Truth]) -> None:
    assert characters_by_pdfium(text[0]) == []


def test_documents_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b", "c")]
    for folder in folders:
        folder.mkdir()
    first, again, other = (varied_documents(folder, 2, seed) for folder, seed in zip(folders, (1, 1, 2), strict=True))
    assert [truth for _, truth in first] == [truth for _, truth in again]
    assert [path.read_bytes() for path, _ in first] == [path.read_bytes() for path, _ in again]
    assert first[0][0].read_bytes() != other[0][0].read_bytes()


def test_pages_are_text_and_scans_of_known_truth(tmp_path: Path) -> None:
    sets = page_sets(tmp_path, 1, 1, None)
    assert [(one.name, one.kind) for one in sets] == [
        ("typeset", "text"),
        ("samples", "text"),
        ("typeset", "scan"),
        ("samples", "scan"),
    ]
    assert sets[0].documents[0][1] == sets[2].documents[0][1]


def test_a_document_that_breaks_a_tool_costs_its_own_cells_only() -> None:
    calls: list[str] = []

    def reader(path: Path) -> list[str]:
        calls.append(path.name)
        if path.name == "b.pdf":
            raise ValueError("bad")
        return ["cell"]

    told = read(reader, [Path("a.pdf"), Path("b.pdf")], 0)
    assert told["cells"] == {"a.pdf": ["cell"], "b.pdf": []}
    assert told["failures"] == {"b.pdf": "ValueError: bad"}
    assert (calls, told["rounds"]) == (["a.pdf", "b.pdf"], 1)
    assert read(reader, [Path("a.pdf")], 0.01)["rounds"] > 1


def test_a_tool_is_measured_in_a_process_of_its_own(text: tuple[Path, Truth]) -> None:
    one = measured(BY_NAME["pdfplumber"], Path(sys.executable), [PageSet("plain", "text", (text,))], 0)
    assert one.scores == {"plain": CellScore(12, 12, 12)}
    assert one.speed > 0
    assert one.cpu > 0
    assert 10 < one.peak < 1000


def test_a_tool_that_cannot_run_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tools, "PEERS_PYTHON", tmp_path / "python")
    monkeypatch.setattr("shutil.which", lambda _: None)
    absent = Tool("Nobody", "bench.table_readers:cells_by_nobody", ("no-such-package",), ("text",), "nothing")
    blind = Tool("Blind", "bench.table_readers:cells_by_nobody", ("pdfplumber",), ("scan",), "", programs=("eyes",))
    found, lines = homes([BY_NAME["pdfplumber"], absent, blind])
    assert found == {"pdfplumber": Path(sys.executable)}
    assert lines == ["Nobody: left out, no-such-package is not installed.", "Blind: left out, there is no eyes."]


def module(monkeypatch: pytest.MonkeyPatch, name: str, **members: object) -> None:
    """Have a module of that name be imported, with its parents."""
    for parent in [name.rsplit(".", n)[0] for n in range(name.count("."), 0, -1)]:
        monkeypatch.setitem(sys.modules, parent, ModuleType(parent))
    made = ModuleType(name)
    made.__dict__.update(members)
    monkeypatch.setitem(sys.modules, name, made)


class Opened(list[Any]):
    """What a `with` gives back as it is."""

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()


def test_the_cells_of_pymupdf_are_those_of_all_its_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    made = SimpleNamespace(extract=lambda: [["Surat", None], ["", "5 menit"]])
    page = SimpleNamespace(find_tables=lambda: SimpleNamespace(tables=[made, made]))
    module(monkeypatch, "pymupdf", open=lambda _: Opened([page]))
    assert cells_by_pymupdf(Path("a.pdf")) == ["Surat", "5 menit"] * 2


@pytest.mark.parametrize("has_words", [True, False])
def test_a_cell_over_two_columns_of_img2table_is_told_once_and_a_page_that_breaks_it_costs_no_other(
    monkeypatch: pytest.MonkeyPatch, has_words: bool
) -> None:
    box = SimpleNamespace(x1=1, y1=1, x2=9, y2=9)
    wide, other = SimpleNamespace(bbox=box, value="Surat"), SimpleNamespace(bbox=SimpleNamespace(**vars(box)), value="")
    other.bbox.x1, other.value = 5, "5 menit"
    asked: list[dict[str, Any]] = []

    def extract_tables(**options: Any) -> dict[int, list[Any]]:
        asked.append(options)
        if len(asked) > 1:
            raise TypeError("a word that is none")
        return {0: [SimpleNamespace(content={0: [wide, wide], 1: [other]})], 1: []}

    module(monkeypatch, "img2table.document", PDF=lambda src, pages: SimpleNamespace(extract_tables=extract_tables))
    module(monkeypatch, "img2table.ocr", TesseractOCR=lambda **_: None)
    monkeypatch.setattr(table_readers, "outline", lambda _: (2, has_words))
    assert cells_by_img2table(Path("a.pdf")) == ["Surat", "5 menit"]
    assert len(asked) == 2
    assert asked[0]["implicit_rows"] is asked[0]["borderless_tables"] is has_words


def test_docling_is_run_with_the_models_of_this_machine_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOCLING_ARTIFACTS_PATH", str(tmp_path / "none"))
    assert tools.docling_models() is None
    monkeypatch.setenv("DOCLING_ARTIFACTS_PATH", str(tmp_path))
    cells = [SimpleNamespace(text="Surat"), SimpleNamespace(text=" ")]
    made = SimpleNamespace(tables=[SimpleNamespace(data=SimpleNamespace(table_cells=cells))])
    options: list[dict[str, Any]] = []
    format_option = SimpleNamespace(PDF="pdf")
    module(monkeypatch, "docling.datamodel.base_models", InputFormat=format_option)
    module(
        monkeypatch,
        "docling.datamodel.pipeline_options",
        PdfPipelineOptions=lambda **given: options.append(given),
        TesseractCliOcrOptions=lambda **_: None,
    )
    module(
        monkeypatch,
        "docling.document_converter",
        DocumentConverter=lambda **_: SimpleNamespace(convert=lambda _: SimpleNamespace(document=made)),
        PdfFormatOption=lambda **_: None,
    )
    monkeypatch.setattr(table_readers, "outline", lambda _: (1, False))
    assert cells_by_docling(Path("a.pdf")) == ["Surat"]
    assert (options[0]["artifacts_path"], options[0]["do_ocr"]) == (tmp_path, True)


def measure(name: str, speed: float, peak: float, exact: int) -> Measure:
    return Measure(BY_NAME[name], "1.0", speed, 1 / speed, peak, {"plain": CellScore(10, exact, exact)})


def told(text: tuple[Path, Truth], found: Sequence[Measure], *missing: str) -> str:
    return report([PageSet("plain", "text", (text,))], {"text": found}, missing)


def test_the_report_tells_in_what_this_project_is_behind(text: tuple[Path, Truth]) -> None:
    ours, plumber = measure("sop", 40, 150, 9), measure("pdfplumber", 16, 50, 8)
    section = told(text, [ours, plumber, measure("PyMuPDF", 50, 200, 10)], "camelot: left out, it is not installed.")
    assert "| **sop** | 40.00 | 0.025 | 150 | 90.0% | 90.0% |" in section
    assert "2.50 times pdfplumber" in section
    assert (
        "`sop` is **behind** where it takes more memory (150 MB to 50) than pdfplumber, is slower and tells fewer cells"
        " of plain than PyMuPDF." in section
    )
    assert "at least. 2.50: holds." in section
    assert section.endswith("camelot: left out, it is not installed.")


def test_the_report_tells_that_it_is_behind_nothing(text: tuple[Path, Truth]) -> None:
    section = told(text, [measure("sop", 20, 40, 9), measure("pdfplumber", 16, 50, 8)])
    assert "behind none of them" in section
    assert "1.25: **falls short**." in section
