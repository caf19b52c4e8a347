"""Which SOPs and steps of a collection are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.record import DasarHukum, Kegiatan, Pelaksana, Record
from pipeline.model.text import fold
from pipeline.normalize.citations import citation_kind
from pipeline.normalize.duration_sums import calendar_minutes
from pipeline.normalize.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; None asks for nothing. Texts are found without regard to case and punctuation.

    Attributes:
        performer: Part of the name of a performer.
        agency: Part of the name of a body or unit.
        law: A citation, in full or in short ("UU 25/2009"), or words of one.
        longer_than: Minutes that a step must be longer than, as `calendar_minutes` has them.
    """

    performer: str | None = None
    agency: str | None = None
    law: str | None = None
    longer_than: float | None = None

    def of(self, records: Sequence[Record], lexicon: Lexicon) -> list[Record]:
        """The records that have what is asked for; of a performer and a length, one step that has both."""
        return [
            record
            for record in records
            if (self.agency is None or any(_has(unit, self.agency) for unit in record.header.instansi))
            and (self.law is None or any(self.takes_law(law, lexicon) for law in record.header.dasar_hukum))
            and self._has_steps(record)
        ]

    def _has_steps(self, record: Record) -> bool:
        if self.longer_than is None:
            return self.performer is None or any(self.takes_performer(one) for one in record.pelaksana)
        return bool(self.steps(record))

    def steps(self, record: Record) -> list[Kegiatan]:
        """The steps of a record that last as long as is asked for, and are carried out by whom."""
        takers = {one.id for one in record.pelaksana if self.takes_performer(one)}
        return [
            step
            for step in record.kegiatan
            if (self.performer is None or takers.intersection(step.pelaksana)) and self._is_long(step)
        ]

    def takes_performer(self, one: Pelaksana) -> bool:
        """Whether a performer is one that is asked for."""
        return self.performer is None or _has(one.nama, self.performer) or _has(one.label, self.performer)

    def takes_law(self, law: DasarHukum, lexicon: Lexicon) -> bool:
        """Whether a citation is what is asked for: of the same kind, with the same numbers, and all other words."""
        if self.law is None:
            return True
        kind, words = _law(self.law, lexicon)
        has = {*fold(law.text).split(), *_numbers(law.nomor or ""), str(law.tahun)}
        same_kind = kind is None or law.jenis == kind or fold(kind) in fold(law.text)
        return same_kind and all(word in has for word in words)

    def _is_long(self, step: Kegiatan) -> bool:
        if self.longer_than is None:
            return True
        length = calendar_minutes(step.mutu_baku.waktu)
        return length is not None and length > self.longer_than


_FILLING = {"nomor", "no", "tahun", "tentang", "ri", "republik", "indonesia"}


def _law(text: str, lexicon: Lexicon) -> tuple[str | None, list[str]]:
    """The kind of law that a text opens with, and its other words: "UU 25/2009" -> Undang-Undang; 25, 2009."""
    words = fold(text).split()
    kind = citation_kind(text, lexicon)
    taken = next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in lexicon.citation_kinds), 0)
    return kind, [word for word in words[taken:] if word not in _FILLING]


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _has(text: str, part: str) -> bool:
    """Whether whole words that begin as those of `part` stand in `text` one after the other."""
    return re.search(rf"\b{re.escape(fold(part))}", fold(text)) is not None
