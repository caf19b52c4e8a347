"""What is to be typeset: an SOP in the document's own words, and the house style it is printed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

#: A body cell with this text is one cell with the cell above it.
ABOVE = "\0above"

Place = tuple[int, str]

LIST_FIELDS = (
    "dasar_hukum",
    "kualifikasi_pelaksana",
    "keterkaitan",
    "peralatan_perlengkapan",
    "peringatan",
    "pencatatan_pendataan",
)
DATE_FIELDS = ("tanggal_pembuatan", "tanggal_revisi", "tanggal_pengesahan", "tanggal_efektif")


@dataclass(frozen=True)
class Signature:
    """The block of the one who approves."""

    jabatan: str = ""
    nama: str = ""
    pangkat: str = ""
    nip: str = ""


@dataclass(frozen=True)
class Cover:
    """The identity sheet. A date that is None has no label on the sheet, "" has a label and no value."""

    nomor_sop: str = "060/12/ORG/2018"
    nama_sop: str = "Pengelolaan Surat Masuk"
    instansi: tuple[str, ...] = ("PEMERINTAH KABUPATEN CONTOH", "SEKRETARIAT DAERAH")
    tanggal_pembuatan: str | None = "08 Desember 2017"
    tanggal_revisi: str | None = ""
    tanggal_pengesahan: str | None = None
    tanggal_efektif: str | None = "01 Januari 2018"
    signature: Signature = Signature(
        "SEKRETARIS DAERAH", "Drs. BUDI SANTOSO, M.Si", "Pembina Utama Madya", "19650909 199310 1 002"
    )
    dasar_hukum: tuple[str, ...] = (
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 35 Tahun 2012 tentang Pedoman "
        "Penyusunan Standar Operasional Prosedur Administrasi Pemerintahan.",
    )
    kualifikasi_pelaksana: tuple[str, ...] = ("Memahami tata naskah dinas", "Mampu mengoperasikan komputer")
    keterkaitan: tuple[str, ...] = ("SOP Surat Keluar", "SOP Pengarsipan Dokumen")
    peralatan_perlengkapan: tuple[str, ...] = ("Perangkat Komputer", "Alat Tulis Kantor", "Lemari Arsip")
    peringatan: tuple[str, ...] = ("Jika SOP ini tidak dilaksanakan, surat masuk akan terlambat ditindaklanjuti.",)
    pencatatan_pendataan: tuple[str, ...] = ("Buku agenda surat masuk", "Lembar disposisi")


@dataclass(frozen=True)
class Symbol:
    """A flowchart symbol under a role; `kind` as in the record."""

    role: str
    kind: str = "process"
    label: str | None = None


@dataclass(frozen=True)
class Edge:
    """A connector from one (row, role) to another, rows from 1; a double-headed one counts as two edges."""

    source: Place
    target: Place
    label: str = ""
    double: bool = False


@dataclass(frozen=True)
class Row:
    """An activity. `cells` by column key: kelengkapan, waktu, output, keterangan, or an extra column's printed head."""

    uraian: str
    cells: Mapping[str, str] = field(default_factory=dict)
    symbols: tuple[Symbol, ...] = ()
    nomor: str | None = None


@dataclass(frozen=True)
class Matrix:
    """A flowchart matrix; `judul` stands above it, the lines of `ket` below.

    `titles` are rows over all columns, no activities, by the number of the row they stand above.
    """

    roles: tuple[str, ...]
    rows: tuple[Row, ...]
    edges: tuple[Edge, ...] = ()
    judul: str | None = None
    ket: tuple[str, ...] = ()
    titles: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SopSpec:
    """One cover (or none) with the matrices that stand under it."""

    cover: Cover | None
    matrices: tuple[Matrix, ...]


@dataclass(frozen=True)
class Matter:
    """A page that belongs to no SOP: law text, a letter, or nothing at all where `lines` is empty."""

    lines: tuple[str, ...] = ()
    landscape: bool = False


@dataclass(frozen=True)
class Bundle:
    """A document of several SOPs with other pages before, between and after them."""

    parts: tuple[SopSpec | Matter, ...]


Continuation = Literal["head", "numbers", "none"]
Ruling = Literal[
    "line", "rect", "filled", "path", "doubled", "dashed", "dotted", "ring", "across", "down", "frame", "none"
]


@dataclass(frozen=True)
class Style:
    """How it is printed. Lengths in points; see each group's first line."""

    # the sheet
    size: Literal["A4", "F4", "Legal", "Letter"] = "A4"
    cover_landscape: bool = False
    matrix_landscape: bool = True
    rotate: int = 0  # /Rotate of every page; what is displayed stays upright
    turned: int = 0  # content lies sideways and no /Rotate puts it right: turn clockwise by this to read it
    turned_pages: tuple[int, ...] | None = None  # only these pages (from 1) are turned; None: all
    crop: tuple[float, float, float, float] | None = None  # paper beyond the crop box: left, top, right, bottom
    user_unit: float = 1.0
    margin: float = 36.0
    footer: str | None = None
    # text
    font: Literal["Helvetica", "Times", "Vera", "Carlito", "Caladea", "LiberationSansNarrow"] = "Helvetica"
    text_size: float = 9.0
    fake_bold: bool = False  # bold by printing every character twice, a hair apart
    ligatures: bool = False
    soft_hyphens: bool = False  # long words are broken at line ends with U+00AD
    no_break_spaces: bool = False
    # rulings
    rulings: Ruling = "line"
    line_width: float = 0.6
    # the cover
    label_cells: Literal[1, 2] = 2
    colon: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    heads_in_cell: bool = False  # "Dasar Hukum:" as the first line of its box, not in a cell of its own
    mark: Literal["1.", "1)", "a.", "-", "•", "\uf0b7", ""] = "1."
    mark_place: Literal["first", "middle", "last"] = "first"  # beside which line of its item a list's mark stands
    list_columns: Literal[1, 2] = 1  # 2: the second half of a box's items stands beside the first
    subheads: bool = False  # a box repeats its label above its items
    stacked_fields: bool = False  # the labels of dates and signature in one cell, their values in the next
    address: tuple[str, ...] = ()  # below the instansi
    closing_row: str | None = None  # a row over the whole width below the boxes
    nama_sop: Literal["field", "title"] = "field"  # title: printed below the identity table
    signature: Literal["cover", "matrix"] = (
        "cover"  # matrix: cover has only the jabatan, the block stands after the matrix
    )
    cover_pages: Literal[1, 2] = 1
    together: bool = False  # cover and matrix on one page
    lampiran: tuple[str, ...] = ()
    # the matrix
    columns: tuple[str, ...] = ("kelengkapan", "waktu", "output", "keterangan")
    heads: Mapping[str, str] = field(default_factory=dict)
    pelaksana_head: str | None = "PELAKSANA"
    mutu_head: str | None = "MUTU BAKU"
    role_turn: Literal[0, 90, 270] = 0  # counter-clockwise turn of the role heads
    number_row: bool = False
    continuation: Continuation = "head"
    waktu_unit: str | None = None
    split_rows: bool = False
    break_words: bool = False
    row_height: float = 34.0
    widths: Mapping[str, float] = field(default_factory=dict)  # relative column widths
    strips: bool = False  # an empty low row below every head, and at the top of pages that go on without
    role_rulings: Literal["all", "body", "none"] = "all"  # where lines part the role columns; body: not in the head
    role_groups: tuple[tuple[str, int], ...] = ()  # heads over so many role columns each, "" for none
    number_head: bool = True  # False: one head stands over the numbers and the activities
    number_inside: bool = False  # the numbers stand in the activities' own cells, at their left
    lines_in_activity: bool = False  # a ruling between the lines of an activity, in its own cell only
    dark_head: bool = False  # white letters, and white lines, on black
    open_top: bool = False  # no line above the first row of pages that go on without a head
    unseen_rulings: bool = False  # white lines across the rows and down the columns
    merged_overleaf: tuple[str, ...] = ()  # columns whose head pages that go on merge with that of the column before
    split: Literal["none", "down", "over"] = "none"  # one large sheet printed over six pages, down or over first
    quality_sheets: Literal["none", "down", "over"] = "none"  # Mutu Baku on sheets of its own, after all others or each
    # the flow
    fill: Literal["none", "white", "grey", "blue", "yellow"] = "none"
    shadow: bool = False
    symbol_labels: Literal["none", "number", "words"] = "none"
    sharp_terminators: bool = False
    connectors: Literal["elbow", "straight"] = "elbow"
    dashed_connectors: bool = False
    arrow: Literal["filled", "open", "none"] = "filled"
    offpage: Literal["pentagon", "bare"] = "pentagon"

    def but(self, **changes: Any) -> Style:
        return replace(self, **changes)


LABELS: Mapping[str, str] = {
    "nomor_sop": "Nomor SOP",
    "tanggal_pembuatan": "Tanggal Pembuatan",
    "tanggal_revisi": "Tanggal Revisi",
    "tanggal_pengesahan": "Tanggal Pengesahan",
    "tanggal_efektif": "Tanggal Efektif",
    "disahkan_oleh": "Disahkan oleh",
    "nama_sop": "Nama SOP",
    "dasar_hukum": "Dasar Hukum",
    "kualifikasi_pelaksana": "Kualifikasi Pelaksana",
    "keterkaitan": "Keterkaitan",
    "peralatan_perlengkapan": "Peralatan/Perlengkapan",
    "peringatan": "Peringatan",
    "pencatatan_pendataan": "Pencatatan dan Pendataan",
}
HEADS: Mapping[str, str] = {
    "no": "NO",
    "kegiatan": "KEGIATAN",
    "kelengkapan": "KELENGKAPAN",
    "waktu": "WAKTU",
    "output": "OUTPUT",
    "keterangan": "KET",
}
