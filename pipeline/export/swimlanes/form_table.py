"""The matrix of a SOP AP around its flowchart: heads, steps and mutu baku, with their words wrapped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.export.swimlanes.text_width import block_size, drawable, wrapped
from pipeline.model.record import Kegiatan, Record

TYPE = 9.0
"""Type size of the table, in pixels of the drawing."""
PADDING = 5.0
BOLD = 1.08
"""How much wider bold type is."""

MUTU_BAKU, PELAKSANA = "Mutu Baku", "Pelaksana"
"""Heads over several columns."""
GROUP_HEIGHT = 20.0


@dataclass(frozen=True)
class FormColumn:
    """A column of the table: its head, its width, the words of a step in it, and the head over several, "" if none."""

    head: str
    width: float
    words: Callable[[Kegiatan], str]
    group: str = ""

    @property
    def head_lines(self) -> list[str]:
        """The words of the head in lines that fit."""
        return cell_lines(self.head, self.width, bold=True)

    def lines(self, step: Kegiatan | None) -> list[str]:
        """A step's words in lines that fit."""
        return cell_lines(self.words(step), self.width) if step else []


def cell_lines(text: str, width: float, bold: bool = False) -> list[str]:
    """The words of a cell in lines."""
    return wrapped(drawable(text), TYPE * (BOLD if bold else 1), width - 2 * PADDING)


def cell_height(lines: list[str]) -> float:
    """How much room lines take."""
    return block_size(lines, TYPE)[1] + 2 * PADDING


def columns_before(record: Record) -> list[FormColumn]:
    """The columns to the left of the performers."""
    return [
        FormColumn("No", 30.0, lambda step: step.nomor or str(step.no)),
        FormColumn("Kegiatan", 170.0, lambda step: step.uraian or ""),
    ]


def columns_behind(record: Record) -> list[FormColumn]:
    """The columns to the right of the performers: those of Mutu Baku, and Keterangan where there is one."""
    columns = [
        FormColumn("Kelengkapan", 96.0, lambda step: step.mutu_baku.kelengkapan or "", MUTU_BAKU),
        FormColumn("Waktu", 62.0, lambda step: step.mutu_baku.waktu.text if step.mutu_baku.waktu else "", MUTU_BAKU),
        FormColumn("Output", 96.0, lambda step: step.mutu_baku.output or "", MUTU_BAKU),
    ]
    heads = dict.fromkeys(head for step in record.kegiatan for head in step.mutu_baku.lain)
    columns += [FormColumn(head, 80.0, _other(head), MUTU_BAKU) for head in heads]
    if any(step.keterangan for step in record.kegiatan):
        columns.append(FormColumn("Keterangan", 90.0, lambda step: step.keterangan or ""))
    return columns


def _other(head: str) -> Callable[[Kegiatan], str]:
    return lambda step: step.mutu_baku.lain.get(head, "")
