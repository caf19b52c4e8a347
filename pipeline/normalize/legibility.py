"""Which dates and numbers of a scanned cover are garbage: read without being sure, and like no date or number."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from pipeline.model.draft import NIP_DIGITS, Change, Value
from pipeline.normalize.cells import clean_cell
from pipeline.normalize.dates import read_date
from pipeline.normalize.document_words import DocumentWords
from pipeline.normalize.language import Language
from pipeline.settings import LanguageSettings

UNREADABLE = "unreadable"  # the rule that takes garbage out of a field; its "from" is what was seen

_STRANGE = re.compile(r"[^\w\s/.,:;&()+'’–—-]")  # marks that no number of a document has
_SWITCH = re.compile(r"(?<=\d)[^\W\d_]|(?<=[^\W\d_])\d")  # where digits turn to letters, or letters to digits


@dataclass(frozen=True)
class SurelyRead:
    """What the covers of a document tell for sure, against which the doubtful is held.

    Attributes:
        years: Of all dates, "2018".
        forms: Of the numbers, as `number_form` writes them, with how many covers have each.
    """

    years: frozenset[str] = frozenset()
    forms: tuple[tuple[str, int], ...] = ()


def surely_read(words: DocumentWords, language: Language) -> SurelyRead:
    """Collect the years and the forms of numbers that the scanned covers of a document tell for sure."""
    years: set[str] = set()
    forms = Counter[str]()
    for name, cell in words.scanned_fields:
        value = clean_cell(cell, language)
        if (value.confidence or 0.0) < language.settings.doubt_header:
            continue
        if name == "nomor_sop":
            forms[number_form(value.clean)] += 1
        elif date := read_date(value.clean, language.lexicon, language.settings)[0]:
            years.add(date[:4])
    return SurelyRead(frozenset(years), tuple(sorted(forms.items())))


def number_form(number: str) -> str:
    """Write a number's form, in which running numbers are alike: "061/Org/57" -> "9/org/9"."""
    return re.sub(r"\d+", "9", "".join(number.casefold().split()))


def is_date_garbage(value: Value[str], date: str, sure: SurelyRead, settings: LanguageSettings) -> bool:
    """Whether a date was hardly read, and is of a year that no sure date of the document has."""
    unsure = value.confidence is not None and value.confidence < settings.unread_date
    return unsure and date[:4] not in sure.years


def is_number_garbage(value: Value[str], sure: SurelyRead, settings: LanguageSettings) -> bool:
    """Whether a number was read without being sure, and has no form: neither a number's, nor that of the other SOPs.

    "188.44/765/k9T512017-3" and "S0P?~l" have none; "SOP- 13 /HM.10 /X/2024" has one, however doubtful.
    """
    if value.confidence is None or value.confidence >= settings.unread_number:
        return False
    form, forms = number_form(value.clean), dict(sure.forms)
    if form in forms:
        return False
    usual = max(forms, key=lambda known: forms[known], default="")
    unlike = forms.get(usual, 0) > 1 and fuzz.ratio(form, usual) < settings.unlike_number
    return unlike or _is_garbled(value.clean)


def is_nip_garbage(value: Value[str], settings: LanguageSettings) -> bool:
    """Whether a NIP was read without being sure, and has not the digits of one."""
    unsure = value.confidence is not None and value.confidence < settings.unread_number
    return unsure and len(re.sub(r"\D", "", value.clean)) != NIP_DIGITS


def emptied(value: Value[str]) -> Value[str]:
    """The evidence of a field that is null for garbage: what was seen stays in `raw` and in the changes."""
    return replace(value, clean="", confidence=None, changes=(*value.changes, Change(UNREADABLE, value.clean, "")))


def _is_garbled(text: str) -> bool:
    """Whether a text has no digit, marks of no number, or a part in which letters and digits take turns."""
    mixed = any(len(_SWITCH.findall(part)) > 1 for part in re.findall(r"[^\W_]+", text))
    return mixed or not re.search(r"\d", text) or _STRANGE.search(text) is not None
