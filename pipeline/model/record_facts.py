"""What of a SOP its links to others and the checks over a whole run look at: little beside the record itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from pipeline.model.draft import DATE_FIELDS
from pipeline.model.pointer import pointer
from pipeline.model.record import Record

NUMBER = pointer("header", "nomor_sop")


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """Facts of one record, as it is after corrections.

    Attributes:
        id: The record's.
        file: Of its document.
        nomor_sop: As in its header, like the fields below.
        nama_sop: What the SOP is called on its cover.
        judul: What it is called above its matrix.
        cover: A digest of the header: records of one file that agree in it stand under one cover.
        instansi: The bodies, in one line.
        jabatan: Of who approved it, like the next three.
        nama: The name.
        pangkat: The rank.
        nip: The number.
        dates: In the order of DATE_FIELDS.
        scanned: The JSON pointers of number and dates that a recogniser read: what a text layer holds is the author's.
        keterkaitan: The SOPs that it names as related.
    """

    id: str
    file: str
    nomor_sop: str | None
    nama_sop: str | None
    judul: str | None
    cover: str
    instansi: str
    jabatan: str | None
    nama: str | None
    pangkat: str | None
    nip: str | None
    dates: tuple[str | None, ...]
    scanned: tuple[str, ...]
    keterkaitan: tuple[str, ...]


def facts_of(record: Record) -> RecordFacts:
    """The facts of a record."""
    header, signed = record.header, record.header.disahkan_oleh
    paths = (NUMBER, *(pointer("header", name) for name in DATE_FIELDS))
    return RecordFacts(
        id=record.id,
        file=record.source.file,
        nomor_sop=header.nomor_sop,
        nama_sop=header.nama_sop,
        judul=record.judul,
        cover=hashlib.sha256(header.model_dump_json().encode()).hexdigest()[:32],
        instansi=", ".join(header.instansi),
        jabatan=signed.jabatan,
        nama=signed.nama,
        pangkat=signed.pangkat,
        nip=signed.nip,
        dates=tuple(getattr(header, name) for name in DATE_FIELDS),
        scanned=tuple(path for path in paths if _is_scored(record, path)),
        keterkaitan=tuple(header.keterkaitan),
    )


def _is_scored(record: Record, path: str) -> bool:
    evidence = record.evidence.get(path)
    return evidence is not None and evidence.confidence is not None


def facts_as_json(facts: tuple[RecordFacts, ...]) -> bytes:
    """Facts as bytes to be kept; the same facts give the same bytes."""
    return _adapter().dump_json(facts)


def facts_from_json(stored: bytes) -> tuple[RecordFacts, ...]:
    """The facts that `facts_as_json` wrote.

    Raises:
        ValueError: They are none.
    """
    return _adapter().validate_json(stored)


@cache
def _adapter() -> TypeAdapter[tuple[RecordFacts, ...]]:
    return TypeAdapter(tuple[RecordFacts, ...])
