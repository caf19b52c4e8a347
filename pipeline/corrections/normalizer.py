"""What a reviewer writes, made into values by the rules that extracted text goes through.

The rules that mend misreadings by what stands around them are left out: a reviewer's spelling is meant as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from pipeline.corrections.page_readings import ReadingOf, nothing_read
from pipeline.corrections.problem import InvalidValueError
from pipeline.message import msg
from pipeline.model.record import DasarHukum, Pelaksana, Unit, Waktu
from pipeline.model.text import one_line
from pipeline.normalize.citations import read_citation
from pipeline.normalize.dates import is_blank, read_date
from pipeline.normalize.durations import read_duration
from pipeline.normalize.lexicon import Lexicon
from pipeline.normalize.pelaksana import role_ids, role_name
from pipeline.settings import LanguageSettings

_ISO = re.compile(r"(19|20)\d\d(-\d\d(-\d\d)?)?")


@dataclass(frozen=True)
class Normalizer:
    """Makes values of a reviewer's words, by the rules of `normalize` its lexicon and settings.

    Attributes:
        lexicon: With the words that reviewers taught.
        settings: Thresholds of the rules.
        reading_of: Gives what was read of the pages that an entry names.
    """

    lexicon: Lexicon
    settings: LanguageSettings = field(default_factory=LanguageSettings)
    reading_of: ReadingOf = field(default=nothing_read, compare=False)

    def text(self, words: str) -> str | None:
        r"""Bring words to NFC and single spaces, line by line: " Surat \n  Tugas" -> "Surat\nTugas".

        Returns:
            None where there are no words.
        """
        lines = [one_line(line) for line in unicodedata.normalize("NFC", words).splitlines()]
        return "\n".join(line for line in lines if line) or None

    def field(self, words: str) -> str | None:
        """Bring a field of the cover to one line; None for "-" and other words for nothing."""
        text = one_line(self.text(words) or "")
        return None if is_blank(text, self.lexicon) else text

    def date(self, words: str) -> str | None:
        """Read a date from ISO 8601 or from words ("8 Desember 2017").

        Returns:
            ISO 8601, as exact as the words; None for a blank.

        Raises:
            InvalidValueError: It is no date, or none that the calendar has.
        """
        text = one_line(words)
        found = text if _ISO.fullmatch(text) else read_date(text, self.lexicon, self.settings)[0]
        if found is None and not is_blank(text, self.lexicon):
            raise InvalidValueError(
                msg("'{text}' is no date: write 2018-01-31, 2018-01, 2018 or 31 Januari 2018", text=words)
            )
        if found:
            _check_calendar(found)
        return found

    def nip(self, words: str) -> str | None:
        """Keep the digits of a NIP: "19651009 199310 1 002" -> "196510091993101002"."""
        return re.sub(r"\D", "", words) or None

    def waktu(self, words: str, unit: Unit | None) -> Waktu | None:
        """Read a duration; `unit` is that of the column, for a bare number."""
        text = self.text(words)
        return None if text is None else read_duration(text, self.lexicon, self.settings, unit)[0]

    def citation(self, words: str) -> DasarHukum | None:
        """Read a citation of the law in its parts."""
        text = self.text(words)
        return None if text is None else read_citation(text, self.lexicon)

    def pelaksana(self, label: str, taken: Collection[str]) -> Pelaksana:
        """Make a performer of its printed label.

        Args:
            label: As printed in the head of its column.
            taken: The ids of the other columns.

        Raises:
            InvalidValueError: The label holds no words.
        """
        printed = one_line(self.text(label) or "")
        if not printed:
            raise InvalidValueError(msg("a pelaksana needs a name"))
        name = role_name(printed, self.lexicon)
        return Pelaksana(id=self.id_of(name, taken), nama=name, label=printed)

    def id_of(self, name: str, taken: Collection[str]) -> str:
        """Make the id of a performer's name, with "-2" or "-3" behind it where other columns have it already."""
        base = role_ids([name], self.lexicon)[0]
        names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)


def _check_calendar(iso: str) -> None:
    try:
        date.fromisoformat(iso + "-01-01"[len(iso) - 4 :] if len(iso) < 10 else iso)
    except ValueError:
        raise InvalidValueError(msg("{date} is no day of the calendar", date=iso)) from None
