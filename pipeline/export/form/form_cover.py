"""What stands on the cover of the form, in plain words: labels, fields, the signature, the items of the boxes."""

from __future__ import annotations

import re

from pipeline.model.record import Header, Pengesah

FIELDS = (
    ("nomor_sop", "Nomor SOP"),
    ("tanggal_pembuatan", "Tanggal Pembuatan"),
    ("tanggal_revisi", "Tanggal Revisi"),
    ("tanggal_pengesahan", "Tanggal Pengesahan"),
    ("tanggal_efektif", "Tanggal Efektif"),
    ("disahkan_oleh", "Disahkan oleh"),
    ("nama_sop", "Nama SOP"),
)
"""The identity of a SOP in the form's order, with the labels printed."""
BOXES = (
    (("dasar_hukum", "Dasar Hukum"), ("kualifikasi_pelaksana", "Kualifikasi Pelaksana")),
    (("keterkaitan", "Keterkaitan"), ("peralatan_perlengkapan", "Peralatan/Perlengkapan")),
    (("peringatan", "Peringatan"), ("pencatatan_pendataan", "Pencatatan dan Pendataan")),
)
"""The six boxes, in rows of two."""
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def cover_fields(header: Header) -> dict[str, str]:
    """The words of every field but the signature, "" of those that are null."""
    fields = {name: getattr(header, name) or "" for name, _ in FIELDS if name != "disahkan_oleh"}
    return {name: written_date(value) if name.startswith("tanggal") else value for name, value in fields.items()}


def cover_items(header: Header, box: str) -> list[str]:
    """The items of a box, as they are cited."""
    return [item if isinstance(item, str) else item.text for item in getattr(header, box)]


def instansi_lines(header: Header) -> list[str]:
    """The office and its units, one below the other."""
    return list(header.instansi)


def signature_lines(signed: Pengesah) -> list[tuple[str, str]]:
    """The lines of the one who approved, each with what it is."""
    nip = signed.nip and f"NIP. {spaced_nip(signed.nip)}"
    lines = (("office-held", signed.jabatan), ("name", signed.nama), ("rank", signed.pangkat), ("nip", nip))
    return [(kind, line) for kind, line in lines if line]


def spaced_nip(nip: str) -> str:
    """Write a staff number in the groups that it is made of: date of birth, appointment, sex and running number.

    >>> spaced_nip("196510091993101002"), spaced_nip("1234")
    ('19651009 199310 1 002', '1234')
    """
    found = re.fullmatch(r"(\d{8})(\d{6})(\d)(\d{3})", nip)
    return " ".join(found.groups()) if found else nip


def written_date(date: str) -> str:
    """Write an ISO date, at its own precision, as the form prints it; other words stay.

    >>> written_date("2017-12-08"), written_date("2018-01"), written_date("2018")
    ('8 Desember 2017', 'Januari 2018', '2018')
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", date)
    if not found or not 1 <= int(found[2] or 1) <= len(MONTHS):
        return date
    month = MONTHS[int(found[2]) - 1] if found[2] else ""
    return " ".join(part for part in (str(int(found[3])) if found[3] else "", month, found[1]) if part)
