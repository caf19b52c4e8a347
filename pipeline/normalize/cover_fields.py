"""The fields of a SOP's identity cleaned: names, dates, signature and lists, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from pipeline.message import msg
from pipeline.model.draft import DATE_FIELDS, LIST_FIELDS, SIGNATURE_FIELDS, TEXT_FIELDS, Change, HeaderDraft, Value
from pipeline.model.issue import Issue
from pipeline.model.page import CellText
from pipeline.model.pointer import pointer
from pipeline.model.record import DasarHukum, Header, Pengesah
from pipeline.model.text import fold, one_line
from pipeline.normalize.cells import clean_cell
from pipeline.normalize.citations import read_citation
from pipeline.normalize.confidence import together
from pipeline.normalize.dates import LEFT_OVER, is_blank, read_date
from pipeline.normalize.evidence import ValuesByPointer
from pipeline.normalize.language import Language
from pipeline.normalize.legibility import SurelyRead, emptied, is_date_garbage, is_nip_garbage, is_number_garbage
from pipeline.normalize.lexicon import Lexicon
from pipeline.normalize.numerals import acting_post, number_numerals, rank_numerals
from pipeline.normalize.rules.punctuation import NAME_RULES, item_endings

NET_ADDRESS = re.compile(r"\S@\S|\bwww\.|\bhttps?:", re.IGNORECASE)
_EITHER_DATE = ("tanggal_efektif", "tanggal_pengesahan")
_MENDED: Mapping[str, Callable[[Value[str]], Value[str]]] = {"pangkat": rank_numerals, "jabatan": acting_post}
_SELDOM_BLANK = ("nomor_sop", "nama_sop", "tanggal_pembuatan", "tanggal_pengesahan", "tanggal_efektif")


def build_header(
    draft: HeaderDraft | None, language: Language, scanned: bool = False, sure: SurelyRead | None = None
) -> tuple[Header, ValuesByPointer, list[Issue]]:
    """Build the header, the evidence of its fields, and issues about them.

    Args:
        draft: The cover's cells; a SOP without a cover (None) has null fields.
        language: That of the document.
        scanned: Whether a label with nothing beside it may have a value that no recogniser reads, such as a stamp.
        sure: What the document's covers tell for sure, None where nobody looked.
    """
    if draft is None:
        return Header(), {}, []
    noted: ValuesByPointer = {}
    issues: list[Issue] = []
    fields: dict[str, object] = {}
    for name in TEXT_FIELDS:
        fields[name] = _text(draft.fields.get(name), pointer("header", name), language, noted)
    for name in DATE_FIELDS:
        fields[name] = _date(draft.fields.get(name), pointer("header", name), language, noted, issues)
    if fields["nomor_sop"]:
        fields["nomor_sop"] = _number(str(fields["tanggal_pembuatan"] or ""), noted)
    fields["instansi"] = _instansi(draft.fields.get("instansi"), language, noted)
    for name in LIST_FIELDS:
        fields[name] = _items(draft.lists.get(name, ()), name, language, noted)
    fields["disahkan_oleh"] = _signature(draft, language, noted)
    if scanned:
        issues += _without_garbage(fields, noted, language, sure or SurelyRead())
        issues += [_blank(name) for name in _SELDOM_BLANK if name in draft.fields and not draft.fields[name].lines]
        issues += [_not_found(path) for path in _missing(draft)]
        issues += _without_day({name: str(fields[name]) for name in DATE_FIELDS if fields[name]})
    return Header.model_validate(fields), noted, issues


def _without_garbage(
    fields: dict[str, object], noted: ValuesByPointer, language: Language, sure: SurelyRead
) -> list[Issue]:
    """Null what was read where a date or a number is not legible, and tell what was seen."""
    settings, signed = language.settings, fields["disahkan_oleh"]
    issues: list[Issue] = []
    for name in DATE_FIELDS:
        path, date = pointer("header", name), fields[name]
        if date and is_date_garbage(noted[path], str(date), sure, settings):
            fields[name] = None
            issues.append(_unreadable(path, "date-unreadable", noted))
    path = pointer("header", "nomor_sop")
    if fields["nomor_sop"] and is_number_garbage(noted[path], sure, settings):
        fields["nomor_sop"] = None
        issues.append(_unreadable(path, "number-unreadable", noted))
    path = pointer("header", "disahkan_oleh", "nip")
    if isinstance(signed, Pengesah) and signed.nip and is_nip_garbage(noted[path], settings):
        fields["disahkan_oleh"] = signed.model_copy(update={"nip": None})
        issues.append(_unreadable(path, "number-unreadable", noted))
    return issues


def _unreadable(path: str, code: str, noted: ValuesByPointer) -> Issue:
    message = msg('"{text}" was read, but by no reader for sure, and was left out', text=noted[path].raw)
    noted[path] = emptied(noted[path])
    return Issue.of(code, "warning", message, path)


def _missing(draft: HeaderDraft) -> list[str]:
    """The pointers of fields and boxes that covers have and this one has no label of; of two dates, one will do.

    Of a signature, those of its parts; who has a NIP has a rank.
    """
    needed = [("nomor_sop",), ("nama_sop",), ("tanggal_pembuatan",), ("tanggal_revisi",), _EITHER_DATE]
    absent = [name for names in needed if not any(n in draft.fields for n in names) for name in names]
    parts = ("jabatan", "nama", "pangkat") if "nip" in draft.signature else ("jabatan", "nama")
    unsigned = [name for name in parts if name not in draft.signature]
    absent += [name for name in LIST_FIELDS if name not in draft.lists]
    return [pointer("header", name) for name in absent] + [pointer("header", "disahkan_oleh", n) for n in unsigned]


def _not_found(path: str) -> Issue:
    message = msg("{field} was not found on the scanned cover", field=path.rsplit("/", 1)[-1])
    return Issue.of("not-found-on-scan", "info", message, path)


def _without_day(dates: Mapping[str, str]) -> list[Issue]:
    """An issue for every date without a day beside one that has it: the day may be there and unread."""
    coarse = [name for name, date in dates.items() if len(date) < len("2018-01-31")]
    if len(coarse) == len(dates):
        return []
    message = msg("no day could be read, though another date of this cover has one")
    return [Issue.of("date-without-day", "info", message, pointer("header", name)) for name in coarse]


def _blank(name: str) -> Issue:
    message = msg("nothing could be read beside the label of {field}", field=name)
    return Issue.of("blank-on-scan", "info", message, pointer("header", name))


def _text(cell: CellText | None, path: str, language: Language, noted: ValuesByPointer) -> str | None:
    """A field of plain words; null where it is not there, blank or "-"."""
    if cell is None:
        return None
    value = clean_cell(cell, language)
    if path.endswith("/nama"):
        for rule in NAME_RULES:
            value = rule(value, language)
    if mend := _MENDED.get(path.rsplit("/", 1)[-1]):
        value = mend(value)
    noted[path] = value
    return None if is_blank(value.clean, language.lexicon) else one_line(value.clean.strip(" :"))


def _date(
    cell: CellText | None, path: str, language: Language, noted: ValuesByPointer, issues: list[Issue]
) -> str | None:
    """A date as ISO 8601; what is printed but no date is an issue."""
    if cell is None:
        return None
    value = clean_cell(cell, language)
    date, changes = read_date(value.clean, language.lexicon, language.settings)
    sure = value.confidence if re.search(r"\w", value.clean) else None
    noted[path] = replace(value, clean=date or "", changes=value.changes + changes, confidence=sure)
    if date is None and not is_blank(value.clean, language.lexicon):
        message = msg('"{text}" could not be read as a date', text=value.clean)
        issues.append(Issue.of("date-unreadable", "warning", message, path))
    if any(change.rule == LEFT_OVER for change in changes):
        message = msg('"{text}" has a day that could not be read', text=value.clean)
        issues.append(Issue.of("date-unreadable", "warning", message, path))
    return date


def _number(made: str, noted: ValuesByPointer) -> str:
    """The SOP's number with its Roman numerals, the month that it was `made` in (ISO 8601) among them."""
    path = pointer("header", "nomor_sop")
    month = int(made[5:7]) if len(made) >= len("2018-01") else None
    noted[path] = number_numerals(noted[path], month)
    return one_line(noted[path].clean.strip(" :"))


def _instansi(cell: CellText | None, language: Language, noted: ValuesByPointer) -> list[str]:
    """The issuing body from the widest to the narrowest unit, a line each, without the address below it."""
    if cell is None or not cell.lines:
        return []
    read = [clean_cell(replace(cell, lines=(line,)), language) for line in cell.lines]
    lines = list(takewhile(lambda line: not _is_address(line.clean, language.lexicon), read))
    address = tuple(Change("address", line.clean, "") for line in read[len(lines) :])
    noted[pointer("header", "instansi")] = replace(
        clean_cell(cell, language),
        clean="\n".join(line.clean for line in lines),
        confidence=together(line.confidence for line in lines),
        changes=(*(change for line in lines for change in line.changes), *address),
    )
    return [line.clean for line in lines if line.clean]


def _is_address(line: str, lexicon: Lexicon) -> bool:
    """Whether a line of a letterhead begins like an address, or holds one of the net."""
    words = fold(line)
    return bool(NET_ADDRESS.search(line)) or any(f"{words} ".startswith(f"{form} ") for form in lexicon.addresses)


def _items(
    cells: Sequence[CellText], name: str, language: Language, noted: ValuesByPointer
) -> list[str] | list[DasarHukum]:
    """The items of one list, blanks left out; citations of the law in their parts."""
    values = [
        value for value in (clean_cell(cell, language) for cell in cells) if not is_blank(value.clean, language.lexicon)
    ]
    values = item_endings(values)
    for index, value in enumerate(values):
        noted[pointer("header", name, index)] = value
    texts = [value.clean for value in values]
    return [read_citation(text, language.lexicon) for text in texts] if name == "dasar_hukum" else texts


def _signature(draft: HeaderDraft, language: Language, noted: ValuesByPointer) -> Pengesah:
    """Who signed; the NIP as digits only ("19651009 199310 1 002" -> "196510091993101002")."""
    found = {
        name: _text(draft.signature.get(name), pointer("header", "disahkan_oleh", name), language, noted)
        for name in SIGNATURE_FIELDS
    }
    nip = found.get("nip")
    found["nip"] = re.sub(r"\D", "", nip) or None if nip else None
    return Pengesah(**found)
