"""The steps of a SOP as a table: what stands in its cells, and what a reviewer types or pastes into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.problem import UnresolvedNameError
from pipeline.corrections.references import pelaksana_id
from pipeline.corrections.targets import target_of
from pipeline.corrections.wording import value_text
from pipeline.corrections.yaml_edit import inline
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.message import Message, msg
from pipeline.model.pointer import KeyPath
from pipeline.model.record import Kegiatan, Record
from pipeline.review.editing import Editing, Form, RefusedCell, set_request

OTHER = "lain/"
"""What the name of a column begins with that is none of the known ones; its printed head follows."""

_PLACES: Mapping[str, KeyPath] = {
    "no": ("nomor",),
    "uraian": ("uraian",),
    "pelaksana": ("pelaksana",),
    "kelengkapan": ("mutu_baku", "kelengkapan"),
    "waktu": ("mutu_baku", "waktu"),
    "output": ("mutu_baku", "output"),
    "keterangan": ("keterangan",),
}
_BETWEEN_NAMES = "; "
_CELLS = TypeAdapter(list[tuple[int, str, str]])
_ROWS = TypeAdapter(list[dict[str, str]])


def column_names(record: Record) -> list[str]:
    """The columns of the table from left to right: the known ones, and before the remarks whatever else was printed."""
    heads = dict.fromkeys(head for step in record.kegiatan for head in step.mutu_baku.lain)
    known = list(_PLACES)
    return [*known[:-1], *(f"{OTHER}{head}" for head in heads), known[-1]]


def cell_path(place: int, column: str) -> KeyPath:
    """Where a cell stands in the record. Raises KeyError where there is no such column."""
    own = ("mutu_baku", "lain", column.removeprefix(OTHER)) if column.startswith(OTHER) else _PLACES[column]
    return ("kegiatan", place, *own)


def cell_text(record: Record, step: Kegiatan, column: str) -> str:
    """What stands in a cell; performers by their names, a step without a printed number by its place."""
    if column == "no":
        return step.nomor or str(step.no)
    if column == "pelaksana":
        names = {performer.id: performer.nama for performer in record.pelaksana}
        return _BETWEEN_NAMES.join(names.get(performer, performer) for performer in step.pelaksana)
    if column.startswith(OTHER):
        return step.mutu_baku.lain.get(column.removeprefix(OTHER), "")
    value: Any = step
    for name in _PLACES[column]:
        value = getattr(value, str(name))
    return value_text(value) or ""


def change_table(editing: Editing, record: str, form: Form) -> Editing:
    """Write what was typed or pasted into cells, and insert the rows that were pasted below the last.

    `cells` is a JSON list of [number of the step, column, text]; `rows` one of mappings from columns to texts. A cell
    that cannot be taken is told in `refused`, and the others are written all the same.
    """
    now = editing.record(record)
    asked, refused = _sorted_out(now, _cells(form.get("cells", "[]")))
    rows, of_rows = _inserted(now, _rows(form.get("rows", "[]")))
    requests = [*(request for _, _, request in asked), *rows]
    if not requests:
        return _told(editing, [*refused, *of_rows])
    done, why = editing.asked_all(record, requests)
    last = len(now.kegiatan)
    places = [*((no, column) for no, column, _ in asked), *((last + k, "no") for k in range(1, len(rows) + 1))]
    late = [RefusedCell(*places[place], error.message) for place, error in why.items()]
    return _told(done, [*refused, *of_rows, *late])


def _told(editing: Editing, refused: Sequence[RefusedCell]) -> Editing:
    return replace(editing, refused=tuple(refused))


def _sorted_out(
    record: Record, cells: Sequence[tuple[int, str, str]]
) -> tuple[list[tuple[int, str, CorrectionRequest]], list[RefusedCell]]:
    """The requests of the cells that read otherwise than they should, and the cells that cannot be taken."""
    asked, refused = [], []
    for no, column, text in cells:
        step = record.kegiatan[no - 1] if 0 < no <= len(record.kegiatan) else None
        if step is None:
            refused.append(RefusedCell(no, column, msg("there is no step {no}", no=no)))
        elif cell_text(record, step, column).strip() != text.strip():
            try:
                asked.append((no, column, _request(record, step, column, text)))
            except UnresolvedNameError as error:
                refused.append(RefusedCell(no, column, error.message))
    return asked, refused


def _request(record: Record, step: Kegiatan, column: str, text: str) -> CorrectionRequest:
    head = column.removeprefix(OTHER)
    if column.startswith(OTHER) and head not in step.mutu_baku.lain:
        target = f"kegiatan[no={step.no}]/mutu_baku/lain"
        return CorrectionRequest(target, "insert", inline({head: text}), yaml=True)
    target = target_of(record, cell_path(step.no - 1, column)) or ""
    value: YamlValue = text if text.strip() else None
    if column == "pelaksana":
        value = [*_performers(record, text)]
    return set_request(target, value)


def _performers(record: Record, text: str) -> list[str]:
    """The ids of performers in a cell, by their names or ids. Raises UnresolvedNameError for one that nobody has."""
    found: list[str] = []
    for name in re.split(r"[;\n]", text):
        found += _named(record, name.strip()) if name.strip() else []
    return list(dict.fromkeys(found))


def _named(record: Record, name: str) -> Iterator[str]:
    """One performer, or several with commas between them where the whole is the name of none."""
    try:
        yield pelaksana_id(record, name)
    except UnresolvedNameError:
        if "," not in name:
            raise
        yield from (pelaksana_id(record, part.strip()) for part in name.split(",") if part.strip())


def _inserted(record: Record, rows: Sequence[Mapping[str, str]]) -> tuple[list[CorrectionRequest], list[RefusedCell]]:
    """The requests that insert rows below the last step, and the cells of them that are left out."""
    requests, refused = [], []
    for no, row in enumerate(rows, len(record.kegiatan) + 1):
        texts = {column: text if text.strip() else None for column, text in row.items()}
        performers: list[YamlValue] = []
        try:
            performers = [*_performers(record, texts.get("pelaksana") or "")]
        except UnresolvedNameError as error:
            refused.append(RefusedCell(no, "pelaksana", error.message))
        lain: dict[str, YamlValue] = {
            c.removeprefix(OTHER): t for c, t in texts.items() if c.startswith(OTHER) and t is not None
        }
        mutu_baku: dict[str, YamlValue] = {name: texts.get(name) for name in ("kelengkapan", "waktu", "output")}
        step: dict[str, YamlValue] = {name: texts.get(name) for name in ("uraian", "keterangan")}
        step |= {"nomor": texts.get("no"), "pelaksana": performers, "mutu_baku": {**mutu_baku, "lain": lain}}
        requests.append(CorrectionRequest("kegiatan", "insert", inline(step), str(no - 1), yaml=True))
    return requests, refused


def _cells(text: str) -> list[tuple[int, str, str]]:
    """Cells as the browser sends them. Raises ValueError or KeyError where it sends something else."""
    found = _CELLS.validate_json(text)
    for _, column, _ in found:
        cell_path(0, column)
    return found


def _rows(text: str) -> list[dict[str, str]]:
    found = _ROWS.validate_json(text)
    for row in found:
        for column in row:
            cell_path(0, column)
    return found


def said_of(refused: RefusedCell, label: Message | str) -> Message:
    """A refused cell in words."""
    return msg("Step {no}, {column}: {why}", no=refused.no, column=label, why=refused.why)
