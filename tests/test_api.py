from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import digitized
from pydantic import ValidationError

import pipeline
from pipeline.model.record import Record
from pipeline.store.outputs import write_document

PROJECT = Path(__file__).parent.parent


def test_a_record_is_opened_again(tmp_path: Path) -> None:
    result = digitized()
    folder = write_document(tmp_path, result)
    assert pipeline.load(folder / "01-uji-coba.sop.json") == result.records[0]
    with pytest.raises(ValidationError):
        pipeline.load(folder / "document.json")


def test_what_is_offered_is_there() -> None:
    code = "from pipeline import Record, digitize, load; import pipeline; print(digitize.__name__, pipeline.digitize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("digitize <function")
    assert pipeline.Record is Record
    with pytest.raises(AttributeError):
        _ = pipeline.nothing


def test_the_module_named_as_the_function_may_be_imported_first(tmp_path: Path) -> None:
    code = "import sys, pipeline.stages; from pipeline import digitize; print(digitize(sys.argv[1]).document.status)"
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "empty\n"


def test_all_records_of_a_folder_are_opened_in_order(tmp_path: Path) -> None:
    for result in (digitized("b", ("Satu", "Dua")), digitized("a")):
        write_document(tmp_path, result)
    assert [record.id for record in pipeline.load_all(tmp_path)] == ["a/01", "b/01", "b/02"]


@pytest.mark.untraced  # test_golden.py reads the same document
def test_the_examples_of_the_page_run_as_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "sop-bintan"
    write_document(tmp_path / "outputs", pipeline.digitize(PROJECT / "inputs" / f"{name}.pdf", name=name))
    (tmp_path / "inputs").symlink_to(PROJECT / "inputs")
    monkeypatch.chdir(tmp_path)
    text = re.sub(r"^```.*$", "", (PROJECT / "docs" / "python.md").read_text("utf-8"), flags=re.M)
    examples = doctest.DocTestParser().get_doctest(text, {}, "python.md", "docs/python.md", 0)
    told: list[str] = []
    results = doctest.DocTestRunner().run(examples, out=told.append)
    assert told == []
    assert results.attempted > 20


def test_import_is_light() -> None:
    heavy = ("numpy", "cv2", "pandas", "pdfplumber", "pydantic")
    code = f"import sys, pipeline; print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
