"""What extraction hands to normalization: where things stand on the page, in the document's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from pipeline.model.frequent import frequent_value
from pipeline.model.geometry import Box, PageTransform
from pipeline.model.issue import Issue
from pipeline.model.page import CellText, Page, PageKind, Tile
from pipeline.model.record import SourceKind

T = TypeVar("T")

Polyline = tuple[tuple[float, float], ...]  # points of a page

ColumnKind = Literal["no", "kegiatan", "pelaksana", "kelengkapan", "waktu", "output", "keterangan", "lain"]
SymbolKind = Literal["start", "process", "decision", "end", "document", "archive", "connector"]

TEXT_FIELDS = ("nomor_sop", "nama_sop")
NIP_DIGITS = 18  # of the number of a civil servant: birth, appointment, sex and serial number (BKN)
DATE_FIELDS = ("tanggal_pembuatan", "tanggal_revisi", "tanggal_pengesahan", "tanggal_efektif")
LIST_FIELDS = (
    "dasar_hukum",
    "kualifikasi_pelaksana",
    "keterkaitan",
    "peralatan_perlengkapan",
    "peringatan",
    "pencatatan_pendataan",
)
SIGNATURE_FIELDS = ("jabatan", "nama", "pangkat", "nip")


@dataclass(frozen=True, slots=True)
class Change:
    """One rule's work on a value: what stood there before, and after."""

    rule: str
    before: str
    after: str


@frequent_value(frozen=True, slots=True)
class Value(Generic[T]):
    """A value with its evidence. `clean` is what it says, `raw` the words as printed.

    `confidence` is the probability 0..1 that `clean` is right, None where nothing scored it.
    """

    clean: T
    raw: str
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class HeaderDraft:
    """The cover (identitas SOP AP, PermenPAN-RB 35/2012, lampiran).

    A key is missing where the cover has no such label; a label with an empty value has a CellText without lines.

    Attributes:
        pages: The numbers of the pages that it stands on.
        fields: By TEXT_FIELDS, DATE_FIELDS and "instansi" (one CellText, a line for each body).
        signature: By SIGNATURE_FIELDS.
        lists: By LIST_FIELDS, one CellText for each item, its mark ("1.", "a)", "-") left out.
        title: What is printed between the fields and the boxes; judul of a matrix on the same page.
        issues: What is wrong with it.
    """

    pages: tuple[int, ...]
    fields: Mapping[str, CellText] = field(default_factory=dict)
    signature: Mapping[str, CellText] = field(default_factory=dict)
    lists: Mapping[str, tuple[CellText, ...]] = field(default_factory=dict)
    title: CellText | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the matrix, from 0 left to right. `unit` is the unit printed in a Waktu head ("Waktu (menit)").

    `confidence` is that of its kind and of its sides, None where its head and its rulings leave no doubt.
    """

    index: int
    kind: ColumnKind
    head: CellText
    unit: str | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class RowDraft:
    """One activity. `no` is its place in the matrix from 1; `cells` by column index, role columns included."""

    no: int
    cells: Mapping[int, CellText]


@dataclass(frozen=True, slots=True)
class Band:
    """The part of a row on one page: y from `top` to `bottom`. A row split over a page break has two bands."""

    no: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Lane:
    """A Pelaksana column on one page: x from `x0` to `x1`; `column` is its index in the matrix."""

    column: int
    x0: float
    x1: float


@dataclass(frozen=True)
class MatrixPart:
    """The matrix on one page: its activity rows and Pelaksana columns, in page order. `box` is the whole table."""

    page: Page
    box: Box
    bands: tuple[Band, ...]
    lanes: tuple[Lane, ...]


@dataclass(frozen=True)
class MatrixDraft:
    """One matrix over one or more pages. `judul` is the title printed above it."""

    columns: tuple[Column, ...]
    rows: tuple[RowDraft, ...]
    parts: tuple[MatrixPart, ...]
    judul: CellText | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Symbol:
    """A flowchart symbol in row `no` under column `column`. `confidence` is that of its kind.

    `columns` are all that it spans, where it spans several: the step has all of them as performers.
    """

    id: str
    page: int
    no: int
    column: int
    kind: SymbolKind
    box: Box
    label: str | None = None
    confidence: float | None = None
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A connector from symbol to symbol (by id). `ends` and `direction` are confidences 0..1.

    `box` and `page` tell where it starts; an edge over a page break has its first page's. `contested`: of two
    readings of its page only one tells it.
    """

    source: str
    target: str
    page: int
    box: Box
    label: str | None = None
    ends: float | None = None
    direction: float | None = None
    contested: bool = False


@dataclass(frozen=True, slots=True)
class TracedConnector:
    """The lines of a connector on one page, and the boxes of the arrowheads at their ends; points."""

    page: int
    lines: tuple[Polyline, ...]
    arrowheads: tuple[Box, ...] = ()


@dataclass(frozen=True)
class FlowDraft:
    """The flowchart of one matrix.

    Until the record exists, paths of `issues` are "symbol:<id>" or "edge:<source>-<target>". `connectors` are the lines
    that were followed, for whoever wants to see them.
    """

    symbols: tuple[Symbol, ...] = ()
    edges: tuple[Edge, ...] = ()
    issues: tuple[Issue, ...] = ()
    connectors: tuple[TracedConnector, ...] = ()


@dataclass(frozen=True)
class Draft:
    """One SOP before its language is cleaned. `pages` are its first and last page; a cover may be None.

    `transforms` takes boxes to the page as displayed, by page number; a page without one is displayed as it was read.
    `tiles` tell the same of sheets that were put together from several pages. `faded` are the places of each page
    where ink over the print was taken off.
    """

    pages: tuple[int, int]
    kind: SourceKind
    matrix: MatrixDraft | None
    header: HeaderDraft | None = None
    flow: FlowDraft = FlowDraft()
    transforms: Mapping[int, PageTransform] = field(default_factory=dict)
    tiles: Mapping[int, tuple[Tile, ...]] = field(default_factory=dict)
    faded: Mapping[int, tuple[Box, ...]] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


def kind_of(pages: Iterable[PageKind]) -> SourceKind:
    """The kind of a document with such pages: text, scan or transcript where all that are not blank are, else mixed.

    Without pages that are not blank it is text.
    """
    kinds = set(pages) - {"blank"}
    pure: tuple[SourceKind, ...] = ("text", "scan", "transcript")
    for kind in pure:
        if kinds == {kind}:
            return kind
    return "mixed" if kinds else "text"
