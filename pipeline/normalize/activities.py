"""The matrix cleaned: role columns as Pelaksana, rows as Kegiatan, each value with its evidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.message import msg
from pipeline.model.draft import Change, Column, FlowDraft, MatrixDraft, RowDraft, Value
from pipeline.model.issue import Issue
from pipeline.model.pointer import pointer
from pipeline.model.record import Kegiatan, MutuBaku, Pelaksana, Unit, Waktu
from pipeline.model.text import fold, one_line
from pipeline.normalize.cells import clean_cell
from pipeline.normalize.durations import read_duration
from pipeline.normalize.evidence import ValuesByPointer
from pipeline.normalize.language import Language
from pipeline.normalize.pelaksana import known_role, role_ids, role_name


@dataclass(frozen=True)
class Roles:
    """The role columns, left to right: the record's Pelaksana and the id of each column's index."""

    pelaksana: tuple[Pelaksana, ...] = ()
    by_column: Mapping[int, str] = field(default_factory=dict)


def build_roles(draft: MatrixDraft, language: Language, others: Iterable[str] = ()) -> tuple[Roles, ValuesByPointer]:
    """Build the Pelaksana of the role columns, with their evidence.

    Args:
        draft: The matrix.
        language: That of the document.
        others: Names of roles that the document's other SOPs have.
    """
    columns = [column for column in draft.columns if column.kind == "pelaksana"]
    heads = [clean_cell(column.head, language) for column in columns]
    heads = [_known_head(head, set(others), language) for head in heads]
    heads = [_as_sure_as(head, column) for head, column in zip(heads, columns, strict=True)]
    names = [role_name(head.clean, language.lexicon, language.acronyms) for head in heads]
    ids = role_ids(names, language.lexicon)
    pelaksana = tuple(
        Pelaksana(id=i, nama=name, label=one_line(head.raw)) for i, name, head in zip(ids, names, heads, strict=True)
    )
    noted: ValuesByPointer = {pointer("pelaksana", index): head for index, head in enumerate(heads)}
    return Roles(pelaksana, {column.index: i for column, i in zip(columns, ids, strict=True)}), noted


def _as_sure_as(value: Value[str], column: Column) -> Value[str]:
    """The value, no surer than its column is what it was taken for."""
    known = [sure for sure in (value.confidence, column.confidence) if sure is not None]
    return replace(value, confidence=min(known, default=None))


def _known_head(head: Value[str], others: Collection[str], language: Language) -> Value[str]:
    """A scanned head as the document has it elsewhere, where it is a misreading of that; two that agree are surer."""
    if head.confidence is not None and head.clean in others:
        return replace(head, confidence=1 - (1 - head.confidence) ** 2)
    known = known_role(head.clean, others, language) if head.confidence is not None else None
    if known is None:
        return head
    return replace(head, clean=known, changes=(*head.changes, Change("known-role", head.clean, known)))


def build_rows(
    draft: MatrixDraft, flow: FlowDraft, roles: Roles, language: Language
) -> tuple[list[Kegiatan], ValuesByPointer, list[Issue]]:
    """Build the activities in order, the evidence of their cells, and issues about them."""
    rows: list[Kegiatan] = []
    noted: ValuesByPointer = {}
    issues: list[Issue] = []
    for index, row in enumerate(draft.rows):
        kegiatan, found, wrong = _row(row, index, draft.columns, _performers(row.no, flow, roles), language)
        rows.append(kegiatan)
        noted.update(found)
        issues.extend(wrong)
    return rows, noted, issues


def _row(
    row: RowDraft, index: int, columns: Sequence[Column], performers: list[str], language: Language
) -> tuple[Kegiatan, ValuesByPointer, list[Issue]]:
    noted: ValuesByPointer = {}
    issues: list[Issue] = []

    def text(kind: str, *path: str) -> str | None:
        """The words of the row's cells of one kind; null where it has none."""
        value = _joined(_values(row, columns, kind, language))
        if value is not None:
            noted[pointer("kegiatan", index, *path)] = value
        return value.clean if value is not None else None

    mutu_baku = MutuBaku(
        kelengkapan=text("kelengkapan", "mutu_baku", "kelengkapan"),
        waktu=_waktu(row, index, columns, language, noted, issues),
        output=text("output", "mutu_baku", "output"),
        lain=_other_columns(row, index, columns, language, noted),
    )
    nomor = text("no", "nomor")
    kegiatan = Kegiatan(
        no=row.no,
        nomor=nomor,
        uraian=text("kegiatan", "uraian"),
        pelaksana=performers,
        mutu_baku=mutu_baku,
        keterangan=text("keterangan", "keterangan"),
    )
    return kegiatan, noted, [*issues, *_number_issues(row.no, nomor, index)]


def _number_issues(no: int, nomor: str | None, index: int) -> list[Issue]:
    """An issue where the number printed in a row is not its place in the matrix."""
    if nomor is None or re.findall(r"\d+", nomor)[:1] == [str(no)]:
        return []
    path = pointer("kegiatan", index, "nomor")
    return [Issue.of("number-differs", "info", msg('Step {no} is numbered "{nomor}"', no=no, nomor=nomor), path)]


def _values(row: RowDraft, columns: Sequence[Column], kind: str, language: Language) -> list[Value[str]]:
    """The row's cleaned cells with words in the columns of one kind, left to right."""
    found = [(row.cells.get(column.index), column) for column in columns if column.kind == kind]
    return [_as_sure_as(clean_cell(cell, language), column) for cell, column in found if cell and cell.lines]


def _joined(values: Sequence[Value[str]]) -> Value[str] | None:
    """Several cells of one kind as one value, on lines of their own; None where no cell has words."""
    values = [value for value in values if value.clean]
    if len(values) < 2:
        return values[0] if values else None
    scored = [value.confidence for value in values if value.confidence is not None]
    return replace(
        values[0],
        clean="\n".join(value.clean for value in values),
        raw="\n".join(value.raw for value in values),
        confidence=min(scored) if scored else None,
        changes=tuple(change for value in values for change in value.changes),
    )


def _waktu(
    row: RowDraft,
    index: int,
    columns: Sequence[Column],
    language: Language,
    noted: ValuesByPointer,
    issues: list[Issue],
) -> Waktu | None:
    """The row's duration, from the words of its Waktu cell and the unit in the column's head."""
    value = _joined(_values(row, columns, "waktu", language))
    if value is None:
        return None
    unit = next((read for column in columns if column.kind == "waktu" and (read := head_unit(column, language))), None)
    waktu, changes = read_duration(value.clean, language.lexicon, language.settings, unit)
    path = pointer("kegiatan", index, "mutu_baku", "waktu")
    noted[path] = replace(value, clean=waktu.text, changes=value.changes + changes)
    if (
        waktu.value is None
        and waktu.jenis is None
        and (re.search(r"\d", waktu.text) or fold(waktu.text) in language.lexicon.units)
    ):
        message = msg('"{text}" could not be read as a duration', text=waktu.text)
        issues.append(Issue.of("duration-unreadable", "warning", message, path))
    return waktu


def head_unit(column: Column, language: Language) -> Unit | None:
    """Tell the unit printed in a Waktu head, "Waktu (menit)" -> menit; None where it has none the lexicon knows."""
    return language.lexicon.units.get((column.unit or "").casefold().strip(" .()")) if column.unit else None


def _other_columns(
    row: RowDraft, index: int, columns: Sequence[Column], language: Language, noted: ValuesByPointer
) -> dict[str, str]:
    """Cells of columns that are none of the known kinds, by printed head; a head printed twice gets "(2)"."""
    found: dict[str, str] = {}
    for column in columns:
        cell = row.cells.get(column.index)
        if column.kind != "lain" or cell is None or not cell.lines:
            continue
        head = clean_cell(column.head, language).clean or f"kolom {column.index + 1}"
        name = next(n for n in (head, *(f"{head} ({i})" for i in range(2, 99))) if n not in found)
        value = clean_cell(cell, language)
        noted[pointer("kegiatan", index, "mutu_baku", "lain", name)] = value
        found[name] = value.clean
    return found


def _performers(no: int, flow: FlowDraft, roles: Roles) -> list[str]:
    """The ids of the roles with a symbol in row `no`, left to right."""
    columns = sorted({c for symbol in flow.symbols if symbol.no == no for c in symbol.columns or (symbol.column,)})
    return [roles.by_column[column] for column in columns if column in roles.by_column]
