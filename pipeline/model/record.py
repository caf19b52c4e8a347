"""The SOP record: the JSON contract that downstream tools import, key by key and in order."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipeline.model.issue import Issue

SCHEMA_VERSION: Final = "1.3"
_READABLE = ("1.0", "1.1", "1.2")  # older versions, which lack only fields that have a default

Unit = Literal["menit", "jam", "hari", "hari kerja", "minggu", "bulan", "tahun"]
WaktuKind = Literal["durasi", "batas", "beberapa", "berkala", "jadwal", "setiap-saat", "sesuai-kebutuhan", "kosong"]
NodeKind = Literal["start", "process", "decision", "end", "document", "archive", "connector"]
SourceKind = Literal["text", "scan", "mixed", "transcript"]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


class Model(BaseModel):
    """Frozen, strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Source(Model):
    """Where the record comes from; `pages` are first and last, from 1."""

    file: str
    sha256: str
    pages: tuple[int, int]
    kind: SourceKind


class Pengesah(Model):
    """Who approved the SOP (Disahkan oleh); `nip` is digits only."""

    jabatan: str | None = None
    nama: str | None = None
    pangkat: str | None = None
    nip: str | None = None


class DasarHukum(Model):
    """A citation of the law, and its parts where they could be told."""

    text: str
    jenis: str | None = None
    nomor: str | None = None
    tahun: int | None = None
    tentang: str | None = None


class Header(Model):
    """The cover (identitas) of a SOP AP. Dates are ISO 8601 at the precision printed; blanks are null."""

    nomor_sop: str | None = None
    nama_sop: str | None = None
    instansi: list[str] = []
    tanggal_pembuatan: str | None = None
    tanggal_revisi: str | None = None
    tanggal_pengesahan: str | None = None
    tanggal_efektif: str | None = None
    disahkan_oleh: Pengesah = Pengesah()
    dasar_hukum: list[DasarHukum] = []
    kualifikasi_pelaksana: list[str] = []
    keterkaitan: list[str] = []
    peralatan_perlengkapan: list[str] = []
    peringatan: list[str] = []
    pencatatan_pendataan: list[str] = []


class Pelaksana(Model):
    """A performer: `id` a slug of `nama`, `nama` the normalized name, `label` as printed in the column's head."""

    id: str
    nama: str
    label: str


class WaktuBagian(Model):
    """One of several durations in a cell ("2 bulan; 5 hari kerja"), with its own words."""

    text: str
    value: float | int
    unit: Unit
    max: float | int | None = None
    iso8601: str | None = None


class Waktu(Model):
    """What a Waktu cell says; `text` always holds the printed words, `value` and `unit` only where they are a duration.

    `jenis` tells what the words are, and is null where nobody can say:

    - "durasi": a length of time, in `value` and `unit`; "batas": one that is a limit ("paling lama 20 hari");
    - "beberapa": several lengths that are no sum, in `bagian`;
    - "berkala": it recurs ("Triwulanan", "setiap hari"); "jadwal": a calendar or an event says when ("Sesuai jadwal
      DPRD", "Hari H", "Minggu ke-2 Juni"); "setiap-saat": at any time that there is service ("Selama jam kerja");
    - "sesuai-kebutuhan": as needed, or left open ("Disesuaikan"); "kosong": a mark that stands for nothing ("-").

    `jenis` and `bagian` came with version 1.1 of the record.
    """

    text: str
    value: float | int | None = None
    unit: Unit | None = None
    max: float | int | None = None
    iso8601: str | None = None
    jenis: WaktuKind | None = None
    bagian: list[WaktuBagian] = []


class MutuBaku(Model):
    """The quality standard of a step. `lain` holds columns that are none of the known ones, by printed head."""

    kelengkapan: str | None = None
    waktu: Waktu | None = None
    output: str | None = None
    lain: dict[str, str] = {}


class Kegiatan(Model):
    """A step. `no` is its place from 1 and its key everywhere; `nomor` the number as printed."""

    no: int
    nomor: str | None = None
    uraian: str | None = None
    pelaksana: list[str] = []
    mutu_baku: MutuBaku = MutuBaku()
    keterangan: str | None = None


class Node(Model):
    """A symbol of the flowchart. `kegiatan` and `pelaksana` are null only for an unjoined off-page connector."""

    id: str
    kegiatan: int | None = None
    pelaksana: str | None = None
    kind: NodeKind
    label: str | None = None


class FlowEdge(Model):
    """A connector between two nodes."""

    source: str = Field(alias="from")
    target: str = Field(alias="to")
    label: str | None = None


class Flow(Model):
    """The flowchart: its symbols, and the connectors between them."""

    nodes: list[Node] = []
    edges: list[FlowEdge] = []


class ChangeNote(Model):
    """What a rule did to a value."""

    rule: str
    before: str = Field(alias="from")
    after: str = Field(alias="to")


class Evidence(Model):
    """Where a value was seen. `box` in points, origin top left; `confidence` null where nothing scored it."""

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    raw: str | None = None
    confidence: Confidence | None = None
    changes: list[ChangeNote] = []


class CorrectionNote(Model):
    """What became of one correction."""

    target: str
    status: Literal["applied", "confirmed", "already-true", "stale", "orphan", "ambiguous"]


class Review(Model):
    """How far a reviewer has gone through a SOP; came with version 1.3.

    `status` is "open" where nobody said anything of it, "started" where an entry of its corrections file is about it,
    and "reviewed" where one confirms the whole SOP and none of the others fails. `by` and `at` (ISO 8601) are those of
    that entry, or of the last one; null where it tells none.
    """

    status: Literal["open", "started", "reviewed"] = "open"
    by: str | None = None
    at: str | None = None


class Record(Model):
    """One SOP. `evidence` is keyed by JSON pointer (RFC 6901). An older record is loaded as one of 1.3."""

    schema_version: Literal["1.3"] = SCHEMA_VERSION
    id: str
    source: Source
    judul: str | None = None
    header: Header = Header()
    pelaksana: list[Pelaksana] = []
    kegiatan: list[Kegiatan] = []
    flow: Flow = Flow()
    evidence: dict[str, Evidence] = {}
    issues: list[Issue] = []
    review: Review = Review()
    corrections: list[CorrectionNote] = []

    @field_validator("schema_version", mode="before")
    @classmethod
    def _of_today(cls, version: object) -> object:
        """The present version instead of an older one that it can read."""
        return SCHEMA_VERSION if version in _READABLE else version

    def as_json(self) -> dict[str, Any]:
        """The record as plain JSON values, keys named and ordered as in the contract."""
        return self.model_dump(mode="json", by_alias=True)
