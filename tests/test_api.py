from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fakes import digitized
from pydantic import ValidationError

import pipeline
from pipeline.model.record import Record
from pipeline.store.outputs import write_document


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


def test_import_is_light() -> None:
    code = "import sys, pipeline; print([n for n in ('numpy', 'cv2', 'pdfplumber', 'pydantic') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
