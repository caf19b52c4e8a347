"""The two files a reviewer writes, as models: what they may hold, and the JSON Schema that editors check them by."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from pipeline.normalize.lexicon import Overlay
from pipeline.packaged_yaml import FileModel

_ACTIONS = ("set", "confirm", "insert", "remove", "move")
_ONE_ACTION: dict[str, JsonValue] = {"oneOf": [{"required": [key]} for key in _ACTIONS]}
_WORD: dict[str, JsonValue] = {"type": ["string", "number"]}
_STRING: dict[str, JsonValue] = {"type": ["string", "null"]}


def _empty_if_none(value: object) -> object:
    """An empty list where every entry has been commented out."""
    return [] if value is None else value


class DocumentModel(FileModel):
    """The document that the corrections were written against."""

    file: Annotated[str, Field(min_length=1, description="The PDF's name below the inputs folder")]
    sha256: Annotated[
        str | None,
        Field(
            pattern=r"^[0-9a-f]{4,64}…?$",
            description="The PDF's SHA-256, or its beginning; where the PDF differs that is told",
            json_schema_extra={"type": ["string", "number", "null"]},
        ),
    ] = None


class EntryModel(FileModel):
    """One correction: where, what had been read, and exactly one of set, confirm, insert, remove and move."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_ONE_ACTION)

    sop: Annotated[
        str,
        Field(
            min_length=1,
            description='The SOP: its number within the document ("02") or its nomor_sop',
            json_schema_extra=_WORD,
        ),
    ]
    at: Annotated[
        str,
        Field(
            min_length=1,
            description="What is meant, by name",
            examples=["header/nama_sop", "kegiatan[no=3]/mutu_baku/waktu", "flow/edges[from=3,kabag][to=4,skpd]"],
        ),
    ]
    expect: Annotated[JsonValue, Field(description="What had been read; where it no longer is, nothing is done")] = None
    set: Annotated[JsonValue, Field(description="What it should read")] = None
    confirm: Annotated[JsonValue, Field(description="What it reads, seen and right")] = None
    insert: Annotated[JsonValue, Field(description="What is missing; for a list see also `after`")] = None
    remove: Annotated[Literal[True], Field(description="It is not in the document")] = True
    move: Annotated[
        Literal[True], Field(description="A step, or an item of a list of the cover, stands elsewhere: see `after`")
    ] = True
    after: Annotated[
        JsonValue,
        Field(
            description="Where to insert or move to: after this item, as they are counted before it "
            "(its place, 0 for the front; a step's no; a pelaksana's id)"
        ),
    ] = None
    why: Annotated[str | None, Field(description="For whoever reads the diff", json_schema_extra=_STRING)] = None
    reviewer: Annotated[str | None, Field(description="Who says so", json_schema_extra=_STRING)] = None
    date: Annotated[str | None, Field(description="On which day, ISO 8601", json_schema_extra=_STRING)] = None


class FileOfCorrections(FileModel):
    """Corrections of one document: what is wrong with what the machine read, applied from top to bottom."""

    document: DocumentModel
    reviewer: Annotated[
        str | None, Field(description="Who says so where an entry does not tell", json_schema_extra=_STRING)
    ] = None
    corrections: Annotated[list[EntryModel], BeforeValidator(_empty_if_none)] = Field(default=[])


def schemas() -> dict[str, dict[str, Any]]:
    """Write the published JSON Schemas of the reviewer's files by file name."""
    return {
        "corrections.schema.json": _published(FileOfCorrections, "Corrections of one document"),
        "lexicon.schema.json": _published(Overlay, "Words for all documents"),
    }


def _published(model: type[BaseModel], title: str) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True)
    for name in schema.get("$defs", {}).get("EntryModel", {}).get("properties", {}).values():
        name.pop("default", None)  # that a key is absent says something here
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}
