"""What a reviewer writes goes through the rules that extracted text goes through, except those that mend misreadings
by their surroundings: a reviewer's spelling is meant as it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from pipeline.corrections.problem import Refused
from pipeline.model.record import DasarHukum, Pelaksana, Unit, Waktu
from pipeline.model.text import one_line
from pipeline.normalize.citations import read_citation
from pipeline.normalize.dates import is_blank, read_date
from pipeline.normalize.lexicon import Lexicon
from pipeline.normalize.pelaksana import role_ids, role_name
from pipeline.normalize.units import read_duration

_ISO = re.compile(r"(19|20)\d\d(-\d\d(-\d\d)?)?")


@dataclass(frozen=True)
class Normalizer:
    """The values that a reviewer's words stand for, by the rules of `normalize` and its lexicon."""

    lexicon: Lexicon

    def text(self, words: str) -> str | None:
        """Words in NFC with single spaces, line by line; None where there are none.

        " Surat \\n  Tugas" -> "Surat\\nTugas"
        """
        lines = [one_line(line) for line in unicodedata.normalize("NFC", words).splitlines()]
        return "\n".join(line for line in lines if line) or None

    def field(self, words: str) -> str | None:
        """A field of the cover: one line, None for "-" and other words for nothing."""
        text = one_line(self.text(words) or "")
        return None if is_blank(text, self.lexicon) else text

    def date(self, words: str) -> str | None:
        """A date as ISO 8601, from ISO or from words ("8 Desember 2017"); None for a blank, else Refused."""
        text = one_line(words)
        found = text if _ISO.fullmatch(text) else read_date(text, self.lexicon)[0]
        if found is None and not is_blank(text, self.lexicon):
            raise Refused(f"'{words}' is no date: write 2018-01-31, 2018-01, 2018 or 31 Januari 2018")
        if found:
            _check_calendar(found)
        return found

    def nip(self, words: str) -> str | None:
        """The digits of a NIP: "19651009 199310 1 002" -> "196510091993101002"."""
        return re.sub(r"\D", "", words) or None

    def waktu(self, words: str, unit: Unit | None) -> Waktu | None:
        """A duration; `unit` is that of the column, for a bare number."""
        text = self.text(words)
        return None if text is None else read_duration(text, self.lexicon, unit)[0]

    def citation(self, words: str) -> DasarHukum | None:
        """A citation of the law in its parts."""
        text = self.text(words)
        return None if text is None else read_citation(text, self.lexicon)

    def pelaksana(self, label: str, taken: Collection[str]) -> Pelaksana:
        """A performer by its printed head, with an id that is not among those `taken`."""
        printed = one_line(self.text(label) or "")
        if not printed:
            raise Refused("a pelaksana needs a name")
        name = role_name(printed, self.lexicon)
        return Pelaksana(id=self.id_of(name, taken), nama=name, label=printed)

    def id_of(self, name: str, taken: Collection[str]) -> str:
        """The id of a performer's name; "-2", "-3" where other columns have it already."""
        base = role_ids([name], self.lexicon)[0]
        names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)


def _check_calendar(iso: str) -> None:
    try:
        date.fromisoformat(iso + "-01-01"[len(iso) - 4 :] if len(iso) < 10 else iso)
    except ValueError:
        raise Refused(f"{iso} is no day of the calendar") from None
