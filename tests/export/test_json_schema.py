"""The schemas of what is written, held against outputs by another validator than the one that makes them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fakes import digitized

from pipeline.export.json import files_of, index_of
from pipeline.export.json_schema import MODELS, descriptions, output_schema
from pipeline.model.record import Record

PROJECT = Path(__file__).parents[2]
FIRST = json.loads((PROJECT / "tests" / "resources" / "record-1.0.sop.json").read_text("utf-8"))


def faults(name: str, value: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(output_schema(name))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


@pytest.mark.parametrize("name", MODELS)
def test_a_schema_is_one_of_2020_12_and_the_published_one_is_current(name: str) -> None:
    """`python scripts/publish.py` writes them anew."""
    jsonschema.Draft202012Validator.check_schema(output_schema(name))
    published = (PROJECT / "docs" / "schema" / f"{name}.schema.json").read_text("utf-8")
    assert json.loads(published) == output_schema(name)


def objects(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """All objects with named keys in a schema, by their name."""
    yield from {**schema["$defs"], "": {key: part for key, part in schema.items() if key != "$defs"}}.items()


@pytest.mark.parametrize("name", MODELS)
def test_every_field_is_described_and_required(name: str) -> None:
    for kind, shape in objects(output_schema(name)):
        assert shape["description"], kind
        assert set(shape["required"]) == set(shape["properties"])
        assert [key for key, part in shape["properties"].items() if len(part["description"]) < 5] == []


def test_nothing_is_described_that_is_not_there() -> None:
    found: dict[str, set[str]] = {}
    for name, (model, _) in MODELS.items():
        for kind, shape in objects(output_schema(name)):
            found[kind or model.__name__] = set(shape["properties"])
    assert {kind: set(words) for kind, words in descriptions().items()} == found


def test_what_is_written_fits_its_schema() -> None:
    result = digitized("a", ("Satu", None))
    files = dict(files_of(result))
    assert faults("document", files.pop("document.json")) == []
    assert [faults("record", content) for content in files.values()] == [[], []]
    assert faults("index", index_of([result]).model_dump(mode="json")) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("header", "tanggal_efektif"), "8 Januari 2018"),
        (("source", "sha256"), "0"),
        (("kegiatan", 0, "no"), "1"),
        (("schema_version",), "1.0"),
        (("header", "unknown"), None),
    ],
)
def test_what_does_not_fit_is_told(path: tuple[Any, ...], value: object) -> None:
    record = copy.deepcopy(digitized().records[0].as_json())
    assert faults("record", record) == []
    place = record
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    assert len(faults("record", record)) == 1


def test_a_record_of_1_0_is_still_read_and_written_as_one_of_today() -> None:
    assert FIRST["schema_version"] == "1.0"
    assert "review" not in FIRST
    record = Record.model_validate(FIRST)
    assert faults("record", record.as_json()) == []
    assert record.kegiatan[0].mutu_baku.waktu is not None
    assert record.kegiatan[0].mutu_baku.waktu.jenis is None
    again = record.as_json()
    assert kept(FIRST, again) == []


def kept(old: Any, new: Any, path: str = "") -> list[str]:
    """Where `new` lacks or changes what `old` says, but for the version."""
    if isinstance(old, dict):
        return [
            line
            for key in old
            if path or key != "schema_version"
            for line in kept(old[key], new.get(key), f"{path}/{key}")
        ]
    if isinstance(old, list):
        assert len(old) == len(new)
        return [line for a, b in zip(old, new, strict=True) for line in kept(a, b, f"{path}[]")]
    return [] if old == new else [path]


def test_a_record_of_another_major_version_is_refused() -> None:
    with pytest.raises(ValueError, match="schema_version"):
        Record.model_validate({**FIRST, "schema_version": "2.0"})
