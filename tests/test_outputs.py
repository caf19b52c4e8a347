"""All that is written of the samples, and of real documents beside the project, fits its schema and can be exported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from outputs_of_documents import PROJECT, all_records, documents, outputs_of_documents

from pipeline.export.export_formats import FORMATS, ExportOptions
from pipeline.export.json_schema import MODELS, output_schema
from pipeline.model.record import Record

pytestmark = pytest.mark.untraced  # test_golden.py reads the same documents
PATTERNS = {"record": "*.sop.json", "document": "document.json", "index": "index.json"}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return outputs_of_documents(tmp_path_factory)


@pytest.fixture(scope="module")
def records(outputs: Path) -> Sequence[Record]:
    """All records, and that of a scan that is kept with the tests."""
    (scan,) = json.loads((PROJECT / "tests" / "golden" / "scan.json").read_text("utf-8"))
    scan["source"]["sha256"] = "0" * 64
    return [*all_records(outputs), Record.model_validate(scan)]


def test_every_document_was_read(outputs: Path) -> None:
    index = json.loads((outputs / "index.json").read_text("utf-8"))
    assert len(index["documents"]) == len(documents()) >= 4
    assert {entry["status"] for entry in index["documents"]} <= {"ok", "no-sop"}


@pytest.mark.parametrize("name", MODELS)
def test_every_output_fits_its_schema(outputs: Path, name: str) -> None:
    validator = jsonschema.Draft202012Validator(output_schema(name))
    files = [path for path in outputs.rglob(PATTERNS[name]) if ".cache" not in path.parts]
    assert files
    for path in files:
        value: Any = json.loads(path.read_text("utf-8"))
        assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)] == [], path.name


@pytest.mark.parametrize("name", FORMATS)
def test_every_record_is_exported_to_every_format(records: Sequence[Record], name: str) -> None:
    contents = FORMATS[name](records, ExportOptions(sheets=True))
    assert contents
    assert all(contents.values())
