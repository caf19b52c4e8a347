"""What changed on the cover of a SOP: its fields and its lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pipeline.comparison.change import Change, differ, paired
from pipeline.message import Message, msg
from pipeline.model.pointer import pointer
from pipeline.model.record import Header, Record
from pipeline.model.text import fold
from pipeline.settings.collections import CollectionSettings

FIELDS: dict[str, Message] = {
    "nomor_sop": msg("Number of the SOP"),
    "nama_sop": msg("Name of the SOP"),
    "tanggal_pembuatan": msg("Date of making"),
    "tanggal_revisi": msg("Date of revision"),
    "tanggal_pengesahan": msg("Date of approval"),
    "tanggal_efektif": msg("Effective date"),
}
APPROVED: dict[str, Message] = {
    "jabatan": msg("Approved by, office"),
    "nama": msg("Approved by, name"),
    "pangkat": msg("Approved by, rank"),
    "nip": msg("Approved by, NIP"),
}
LISTS: dict[str, Message] = {
    "instansi": msg("Agency"),
    "dasar_hukum": msg("Legal basis"),
    "kualifikasi_pelaksana": msg("Qualifications of performers"),
    "keterkaitan": msg("Related SOPs"),
    "peralatan_perlengkapan": msg("Equipment"),
    "peringatan": msg("Warnings"),
    "pencatatan_pendataan": msg("Records kept"),
}


def header_changes(old: Record, new: Record, settings: CollectionSettings) -> Iterator[Change]:
    """Tell what changed in the title of the matrix, the fields of the cover and its lists."""
    yield from _field(("judul",), msg("Title of the matrix"), old.judul, new.judul)
    for name, field in FIELDS.items():
        yield from _field(("header", name), field, getattr(old.header, name), getattr(new.header, name))
    approved, now = old.header.disahkan_oleh, new.header.disahkan_oleh
    for name, field in APPROVED.items():
        yield from _field(("header", "disahkan_oleh", name), field, getattr(approved, name), getattr(now, name))
    for name, field in LISTS.items():
        yield from _list(name, field, _items(old.header, name), _items(new.header, name), settings)


def _items(header: Header, name: str) -> list[str]:
    return [law.text for law in header.dasar_hukum] if name == "dasar_hukum" else list(getattr(header, name))


def _field(path: tuple[str, ...], field: Message, old: str | None, new: str | None) -> Iterator[Change]:
    if not differ(old, new):
        return
    if old is None:
        told = msg("{field}: now “{new}”", field=field, new=new or "")
    elif new is None:
        told = msg("{field}: “{old}” is gone", field=field, old=old)
    else:
        told = msg("{field}: “{old}” is now “{new}”", field=field, old=old, new=new)
    at = pointer(*path)
    yield Change("header-changed", told, at, at, old, new)


def _list(
    name: str, field: Message, old: Sequence[str], new: Sequence[str], settings: CollectionSettings
) -> Iterator[Change]:
    scores = [[fuzz.ratio(fold(one), fold(other)) for other in new] for one in old]
    pairs = dict(paired(scores, settings.same_item))
    for i, text in enumerate(old):
        at = pointer("header", name, i)
        if i not in pairs:
            told = msg("{field}: “{item}” is gone", field=field, item=text)
            yield Change("item-removed", told, at, None, text, None)
        elif differ(text, new[pairs[i]]):
            after = new[pairs[i]]
            told = msg("{field}: “{old}” is now “{new}”", field=field, old=text, new=after)
            yield Change("item-changed", told, at, pointer("header", name, pairs[i]), text, after)
    for j, text in enumerate(new):
        if j not in pairs.values():
            told = msg("{field}: “{item}” was added", field=field, item=text)
            yield Change("item-added", told, None, pointer("header", name, j), None, text)
