"""The published JSON Schemas (2020-12) of what is written: record, document.json and index.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from pipeline.model.document import Document, Index
from pipeline.model.record import Record
from pipeline.packaged_yaml import packaged_data

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DESCRIPTIONS = "schema_descriptions.yaml"
MODELS: Mapping[str, tuple[type[BaseModel], str]] = {
    "record": (Record, "One SOP: NN-name.sop.json"),
    "document": (Document, "One input file: document.json"),
    "index": (Index, "All input files: index.json"),
}

Schema = dict[str, Any]


def output_schema(name: str) -> Schema:
    """The schema of a kind of output, a name in `MODELS`: what this version writes, where every key is there.

    Raises:
        KeyError: There is none of that name.
    """
    model, title = MODELS[name]
    schema = model.model_json_schema(by_alias=True, mode="serialization")
    version = schema["properties"]["schema_version"]
    current = model.model_fields["schema_version"].default
    version.clear()
    version["const"] = current
    objects = {model.__name__: schema, **schema["$defs"]}
    for kind, shape in objects.items():
        _describe(shape, descriptions()[kind])
    head = {"$schema": DIALECT, "$id": f"urn:sop-pipeline:{name}:{current}", "title": title}
    return {**head, **{key: part for key, part in schema.items() if key not in head}}


def descriptions() -> Mapping[str, Mapping[str, str | Mapping[str, str]]]:
    """What stands in each field, by model and name; a test holds it against the models."""
    found: Any = packaged_data("pipeline.export", DESCRIPTIONS)
    words: Mapping[str, Mapping[str, str | Mapping[str, str]]] = found
    return words


def _describe(shape: Schema, words: Mapping[str, str | Mapping[str, str]]) -> None:
    """Put words to the properties of an object, and require them all: nothing that is written leaves a key out."""
    shape["required"] = list(shape["properties"])
    for name, part in shape["properties"].items():
        told = words[name]
        for noise in ("title", "default"):
            part.pop(noise, None)
        _plain_numbers(part)
        if isinstance(told, str):
            part["description"] = told
        else:
            part["description"] = told["about"]
            _text_of(part)["pattern"] = told["pattern"]


def _plain_numbers(part: Schema) -> None:
    """One number instead of "a number or an integer", which is the same."""
    if {"type": "number"} in part.get("anyOf", ()):
        part["anyOf"] = [choice for choice in part["anyOf"] if choice != {"type": "integer"}]
        if len(part["anyOf"]) == 1:
            part.update(part.pop("anyOf")[0])


def _text_of(part: Schema) -> Schema:
    """The schema of the text in a property that may be null."""
    return next((choice for choice in part.get("anyOf", ()) if choice.get("type") == "string"), part)
