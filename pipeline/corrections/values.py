"""What a reviewer writes made into values of a record, by the kind of the field, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.corrections.fields import FIELDS, FieldKind
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.problem import InvalidValueError
from pipeline.corrections.references import node_id, pelaksana_id, step_no, symbol_reference
from pipeline.corrections.value_forms import shape_fault
from pipeline.corrections.wording import is_blank
from pipeline.corrections.yaml_positions import Number, YamlValue
from pipeline.message import msg
from pipeline.model.pointer import KeyPath
from pipeline.model.record import (
    DasarHukum,
    Flow,
    FlowEdge,
    Header,
    Kegiatan,
    MutuBaku,
    Node,
    Pelaksana,
    Pengesah,
    Record,
    Unit,
    Waktu,
)

M = TypeVar("M", bound=BaseModel)

# Things whose parts are corrected one by one; the others are one value, even where they are given in parts.
_IN_PARTS: frozenset[FieldKind] = frozenset({"group", "words", "step", "symbol", "edge"})
_REQUIRED = re.compile(
    r"source/.*|pelaksana/\*/.*|.*/waktu/text|header/dasar_hukum/\*/text|flow/nodes/\*/kind|flow/edges/\*/(from|to)"
)
_BLANK_GROUPS: dict[str, BaseModel] = {
    "header": Header(),
    "header/disahkan_oleh": Pengesah(),
    "kegiatan/*/mutu_baku": MutuBaku(),
    "flow": Flow(),
}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Values:
    """Makes values for one record, in which names in them are looked up."""

    record: Record
    normalizer: Normalizer

    def of(self, pattern: str, value: YamlValue, current: Any = None) -> Any:
        """Make the value that goes into a field.

        Args:
            pattern: The field.
            value: What the reviewer wrote; it has the form that `value_forms` asks for.
            current: What stands there now: of a duration, citation or performer, parts that are not named stay.

        Raises:
            InvalidValueError: It is no value of that field.
            UnresolvedNameError: It names what the record has not, or has several of.
        """
        kind = FIELDS[pattern]
        if is_blank(value):
            return blank(pattern)
        made = self._made(kind, pattern, value, current)
        if made is None and (_REQUIRED.fullmatch(pattern) or pattern.endswith("/*")):
            raise InvalidValueError(msg("'{value}' holds no words", value=str(value)))
        return made

    def leaves(self, pattern: str, path: KeyPath, value: YamlValue) -> Iterator[tuple[str, KeyPath, YamlValue]]:
        """Take a mapping apart: every single value in it with its field and place; one value is itself."""
        kind = FIELDS[pattern]
        if pattern == "pelaksana/*/nama":  # whose id follows
            yield "pelaksana/*", path[:-1], {"nama": value}
            return
        if not isinstance(value, dict) or kind not in _IN_PARTS:
            yield pattern, path, value
            return
        for key, part in value.items():
            below = f"{pattern}/{'*' if kind == 'words' else key}"
            if below in FIELDS:
                yield from self.leaves(below, (*path, key), part)

    def _made(self, kind: FieldKind, pattern: str, value: Any, current: Any) -> Any:
        match kind:
            case "nomor-sop":
                return self.normalizer.field(value)
            case "text" if pattern == "header/nama_sop" or pattern.startswith("header/disahkan_oleh/"):
                return self.normalizer.field(value)
            case "text" | "unit" | "waktu-kind" | "node-kind" | "source-kind":
                return self.normalizer.text(value)
            case "date":
                return self.normalizer.date(value)
            case "nip":
                return self.normalizer.nip(value)
            case "integer":
                return int(value)
            case "number":
                return _number(value)
            case "pages":
                return _pages(value)
            case "list":
                return [self.of(f"{pattern}/*", item) for item in value or []]
            case "words":
                return {key: self.of(f"{pattern}/*", item) for key, item in value.items()}
        return self._thing(kind, pattern, value, current)

    def _thing(self, kind: FieldKind, pattern: str, value: Any, current: Any) -> Any:
        match kind:
            case "waktu":
                return self._waktu(value, current)
            case "citation":
                return self._citation(value, current)
            case "performer":
                return self._performer(value, current)
            case "performer-id":
                return self._performer_id(value)
            case "performer-ref":
                return pelaksana_id(self.record, value)
            case "step-ref":
                return step_no(self.record, value)
            case "symbol-ref":
                return node_id(self.record, [value] if isinstance(value, str) else value)
            case "step":
                return self._step(value)
            case "symbol":
                return self._symbol(value)
            case "edge":
                parts = {key: self.of(f"{pattern}/{key}", part) for key, part in value.items() if key != "nth"}
                return _built(FlowEdge, parts)
        raise InvalidValueError(msg("a {kind} takes no value", kind=kind))

    def _waktu(self, value: Any, current: Waktu | None) -> Waktu | None:
        if isinstance(value, str):
            return self.normalizer.waktu(value, column_unit(self.record))
        return _built(Waktu, self._merged("kegiatan/*/mutu_baku/waktu", value, current))

    def _citation(self, value: Any, current: DasarHukum | None) -> DasarHukum | None:
        if isinstance(value, str):
            return self.normalizer.citation(value)
        return _built(DasarHukum, self._merged("header/dasar_hukum/*", value, current))

    def _performer(self, value: Any, current: Pelaksana | None) -> Pelaksana:
        taken = {column.id for column in self.record.pelaksana} - ({current.id} if current else set())
        if isinstance(value, str):
            return self.normalizer.pelaksana(value, taken)
        parts = self._merged("pelaksana/*", value, current)
        if "id" not in value and "nama" in parts:
            parts["id"] = self.normalizer.id_of(str(parts["nama"]), taken)
        return _built(Pelaksana, {"label": parts.get("nama"), **parts})

    def _performer_id(self, value: str) -> str:
        if not _ID.fullmatch(value):
            raise InvalidValueError(msg("'{value}' is no id: small letters, digits and single hyphens", value=value))
        return value

    def _step(self, value: dict[str, Any]) -> Kegiatan:
        """A step; its number is given where it is put in its place."""
        parts = {key: self._nested(f"kegiatan/*/{key}", part) for key, part in value.items() if key != "no"}
        return _built(Kegiatan, {"no": 0, **{key: part for key, part in parts.items() if part is not None}})

    def _symbol(self, value: dict[str, Any]) -> Node:
        parts = {key: self.of(f"flow/nodes/*/{key}", part) for key, part in value.items() if key not in ("id", "nth")}
        node = str(value.get("id") or fresh_id(self.record))
        if any(other.id == node for other in self.record.flow.nodes):
            raise InvalidValueError(msg("a symbol {id} is there already", id=node))
        return _built(Node, {"id": node, **parts})

    def _nested(self, pattern: str, value: YamlValue) -> Any:
        if FIELDS[pattern] == "group" and isinstance(value, dict):
            parts = {key: self._nested(f"{pattern}/{key}", part) for key, part in value.items()}
            return {key: part for key, part in parts.items() if part is not None}
        return self.of(pattern, value)

    def _merged(self, pattern: str, value: dict[str, YamlValue], current: BaseModel | None) -> dict[str, Any]:
        kept = current.model_dump() if current else {}
        return {**kept, **{key: self.of(f"{pattern}/{key}", part) for key, part in value.items()}}


def yaml_value(record: Record, value: Any) -> YamlValue:
    """Write a value as reviewers do: a duration and a citation by their text, an edge by the places of its symbols.

    Args:
        record: Where it stands.
        value: A part of the record.
    """
    if isinstance(value, Waktu | DasarHukum):
        return value.text
    if isinstance(value, FlowEdge):
        ends: dict[str, YamlValue] = {
            "from": symbol_reference(record, value.source),
            "to": symbol_reference(record, value.target),
        }
        return {**ends, **({"label": value.label} if value.label else {})}
    if isinstance(value, Node):
        node = {"kegiatan": value.kegiatan, "pelaksana": value.pelaksana, "kind": value.kind, "label": value.label}
        return {key: yaml_value(record, part) for key, part in node.items() if part is not None}
    if isinstance(value, Kegiatan):
        return {
            key: yaml_value(record, getattr(value, key)) for key in ("no", "uraian") if getattr(value, key) is not None
        }
    if isinstance(value, BaseModel):
        return {key: yaml_value(record, part) for key, part in value if part is not None}
    if isinstance(value, list | tuple):
        return [yaml_value(record, item) for item in value]
    if isinstance(value, dict):
        return {str(key): yaml_value(record, item) for key, item in value.items()}
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return Number(value)


def blank(pattern: str) -> Any:
    """Make what stands at a field that holds nothing.

    Raises:
        InvalidValueError: A record must have something there.
    """
    if pattern in _BLANK_GROUPS:
        return _BLANK_GROUPS[pattern]
    if _REQUIRED.fullmatch(pattern) or pattern.endswith("/*") or FIELDS[pattern] == "group":
        raise InvalidValueError(msg("{field} cannot be empty", field=pattern))
    return [] if FIELDS[pattern] == "list" else {} if FIELDS[pattern] == "words" else None


def column_unit(record: Record) -> Unit | None:
    """Find the unit that the head of the Waktu column gives to bare numbers, as the record's rows show it."""
    found = [step.mutu_baku.waktu for step in record.kegiatan if step.mutu_baku.waktu]
    units = {waktu.unit for waktu in found if waktu.unit and re.fullmatch(r"[\d.,\s–-]+", waktu.text)}
    return units.pop() if len(units) == 1 else None


def fresh_id(record: Record) -> str:
    """Make the id of a new symbol: "n8" where "n7" is the highest."""
    numbers = [int(node.id[1:]) for node in record.flow.nodes if re.fullmatch(r"n\d+", node.id)]
    return f"n{max(numbers, default=0) + 1}"


def _built(model: type[M], parts: dict[str, Any]) -> M:
    try:
        return model.model_validate(parts)
    except ValidationError as error:
        first = error.errors()[0]
        name = "/".join(str(part) for part in first["loc"])
        fault = shape_fault(first["type"], first["msg"])
        raise InvalidValueError(msg("{key}: {fault}", key=name, fault=fault)) from None


def _number(value: str) -> int | float:
    number = float(value)
    return int(number) if number == int(number) else number


def _pages(value: Sequence[str]) -> tuple[int, int]:
    first, last = (int(page) for page in value)
    if last < first:
        raise InvalidValueError(msg("the last page, {last}, comes before the first, {first}", last=last, first=first))
    return first, last
