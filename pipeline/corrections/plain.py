"""The values of a record as they are written in a corrections file."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from pipeline.corrections.address import quoted
from pipeline.corrections.yaml_positions import Number, Plain
from pipeline.model.record import DasarHukum, FlowEdge, Kegiatan, Node, Record, Waktu


def plain_of(record: Record, value: Any) -> Plain:
    """What one writes for a value of the record: a duration and a citation by their text, an edge by the places of its
    symbols."""
    if isinstance(value, Waktu | DasarHukum):
        return value.text
    if isinstance(value, FlowEdge):
        ends: dict[str, Plain] = {"from": symbol_name(record, value.source), "to": symbol_name(record, value.target)}
        return {**ends, **({"label": value.label} if value.label else {})}
    if isinstance(value, Node):
        node = {"kegiatan": value.kegiatan, "pelaksana": value.pelaksana, "kind": value.kind, "label": value.label}
        return {key: plain_of(record, part) for key, part in node.items() if part is not None}
    if isinstance(value, Kegiatan):
        return {
            key: plain_of(record, getattr(value, key)) for key in ("no", "uraian") if getattr(value, key) is not None
        }
    if isinstance(value, BaseModel):
        return {key: plain_of(record, part) for key, part in value if part is not None}
    if isinstance(value, list | tuple):
        return [plain_of(record, item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain_of(record, item) for key, item in value.items()}
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return Number(value)


def symbol_name(record: Record, node_id: str) -> Plain:
    """A symbol as (no, pelaksana), with its kind or its order in the cell where that is not enough; its id where it has
    no place."""
    node = next((node for node in record.flow.nodes if node.id == node_id), None)
    if node is None or node.kegiatan is None or node.pelaksana is None:
        return node_id
    place: list[Plain] = [Number(node.kegiatan), node.pelaksana]
    beside = [n for n in record.flow.nodes if (n.kegiatan, n.pelaksana) == (node.kegiatan, node.pelaksana)]
    if len(beside) == 1:
        return place
    if sum(other.kind == node.kind for other in beside) == 1:
        return [*place, node.kind]
    return [*place, Number(1 + [other.id for other in beside].index(node.id))]


def symbol_words(record: Record, node_id: str) -> str:
    """The same in brackets: `3,kabag-organisasi`."""
    name = symbol_name(record, node_id)
    return ",".join(quoted(str(part)) for part in name) if isinstance(name, list) else quoted(str(name))
