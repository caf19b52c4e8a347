"""The tables that records are exported as, each after those that it refers to."""

from __future__ import annotations

from pipeline.export.tables import table_rows as rows
from pipeline.export.tables.table_model import Column, ForeignKey, Table

SOP_ID = Column("sop_id", "text", "the id of the SOP: its document and its number in it", 22, required=True)
PAGE = Column("page", "integer", "the page it was read from, from 1; null where it is not known", 7)
TO_SOP = ForeignKey(("sop_id",), "sop")
TO_KEGIATAN = ForeignKey(("sop_id", "kegiatan_no"), "kegiatan")
TO_PELAKSANA = ForeignKey(("sop_id", "pelaksana_id"), "pelaksana")


def _date(name: str, about: str) -> Column:
    return Column(name, "text", f"{about}; ISO 8601 at the precision printed", 13)


SOP = Table(
    "sop",
    "One row a SOP: where it was read, its cover (identitas SOP) and sums over its steps",
    (
        SOP_ID,
        Column("document", "text", "the document, as in index.json", 20, required=True),
        Column("source_file", "text", "the file that was read", 24, required=True),
        Column("sha256", "text", "the SHA-256 of that file, in hex", 14, required=True),
        Column("source_kind", "text", "text, scan, mixed or transcript", 11, required=True),
        Column("page_first", "integer", "its first page, from 1", 10, required=True),
        Column("page_last", "integer", "its last page", 10, required=True),
        Column("judul", "text", "the title printed above its matrix", 40),
        Column("nomor_sop", "text", "its number, as printed", 20),
        Column("nama_sop", "text", "its name", 50),
        Column("instansi", "text", "the body and its units, with '; ' between; one by one in daftar", 40),
        _date("tanggal_pembuatan", "when it was written"),
        _date("tanggal_revisi", "when it was last changed"),
        _date("tanggal_pengesahan", "when it was approved"),
        _date("tanggal_efektif", "since when it holds"),
        Column("disahkan_jabatan", "text", "the office of who approved it", 28),
        Column("disahkan_nama", "text", "the name of who approved it", 28),
        Column("disahkan_pangkat", "text", "the rank of who approved it", 20),
        Column("disahkan_nip", "text", "the staff number of who approved it, digits only", 20),
        Column("kegiatan", "integer", "how many steps it has", 9, required=True),
        Column(
            "waktu_total_menit", "real", "minutes of all steps, of ranges the most; null where a step gives none", 12
        ),
        Column(
            "waktu_menit_min", "real", "minutes of the steps in menit, jam, hari and minggu, of ranges the least", 12
        ),
        Column("waktu_menit_max", "real", "the same, of ranges the most", 12),
        Column("waktu_hari_kerja_min", "real", "days of work of the steps in hari kerja, of ranges the least", 12),
        Column("waktu_hari_kerja_max", "real", "the same, of ranges the most", 12),
        Column("waktu_bulan_min", "real", "months of the steps in bulan and tahun, of ranges the least", 12),
        Column("waktu_bulan_max", "real", "the same, of ranges the most", 12),
        Column("waktu_unknown", "integer", "steps whose Waktu is no duration", 12, required=True),
        Column("issues", "integer", "how many issues it has", 8, required=True),
        Column("review_status", "text", "open, started or reviewed", 12, required=True),
        Column("review_by", "text", "the reviewer", 16),
        Column("review_at", "text", "when it was reviewed, ISO 8601", 12),
        Column("schema_version", "text", "the version of the record", 8, required=True),
    ),
    ("sop_id",),
    (),
    rows.sop_rows,
)

PELAKSANA = Table(
    "pelaksana",
    "One row a performer of a SOP: a post or unit with a column of its own in the matrix",
    (
        SOP_ID,
        Column("pelaksana_id", "text", "its id within the SOP", 24, required=True),
        Column("place", "integer", "the place of its column, from 1", 7, required=True),
        Column("nama", "text", "its name, normalized", 32, required=True),
        Column("label", "text", "the column's head, as printed", 32, required=True),
        Column("kegiatan", "integer", "how many steps it takes part in", 9, required=True),
        Column("waktu_menit", "real", "minutes of these in menit, jam, hari and minggu, of ranges the most", 12),
        Column("waktu_hari_kerja", "real", "days of work of these in hari kerja, of ranges the most", 12),
        Column("waktu_bulan", "real", "months of these in bulan and tahun, of ranges the most", 12),
        Column("waktu_unknown", "integer", "these whose Waktu is no duration", 12, required=True),
    ),
    ("sop_id", "pelaksana_id"),
    (TO_SOP,),
    rows.pelaksana_rows,
)

KEGIATAN = Table(
    "kegiatan",
    "One row a step: a row of the matrix",
    (
        SOP_ID,
        Column("no", "integer", "its place, from 1", 6, required=True),
        Column("nomor", "text", "its number, as printed", 8),
        Column("uraian", "text", "what is done", 60),
        Column("pelaksana", "text", "who carries it out, with '; ' between; one by one in kegiatan_pelaksana", 32),
        Column("kelengkapan", "text", "what it needs", 32),
        Column("waktu", "text", "how long it may take, as printed", 16),
        Column(
            "waktu_menit", "real", "the same in minutes, of a range the least; null for hari kerja, bulan, tahun", 12
        ),
        Column("waktu_menit_max", "real", "the same, of a range the most", 12),
        Column("waktu_value", "real", "the number in waktu, of a range the least", 10),
        Column("waktu_max", "real", "the most of a range; null where it is none", 10),
        Column("waktu_unit", "text", "menit, jam, hari, hari kerja, minggu, bulan or tahun", 11),
        Column("waktu_jenis", "text", "what the words in waktu are: durasi, batas, beberapa, berkala, jadwal, ...", 12),
        Column("waktu_iso8601", "text", "the duration as ISO 8601", 10),
        Column(
            "waktu_shared", "integer", "1 where its Waktu is a cell that an earlier step has too: not to be summed", 8
        ),
        Column("output", "text", "what comes out of it", 32),
        Column("keterangan", "text", "remarks", 32),
        PAGE,
    ),
    ("sop_id", "no"),
    (TO_SOP,),
    rows.kegiatan_rows,
)

KEGIATAN_PELAKSANA = Table(
    "kegiatan_pelaksana",
    "One row for each performer of each step",
    (
        SOP_ID,
        Column("kegiatan_no", "integer", "the step", 11, required=True),
        Column("pelaksana_id", "text", "the performer", 24, required=True),
        Column("place", "integer", "its place among the step's performers, from the left, from 1", 7, required=True),
    ),
    ("sop_id", "kegiatan_no", "pelaksana_id"),
    (TO_KEGIATAN, TO_PELAKSANA),
    rows.kegiatan_pelaksana_rows,
)

KOLOM_LAIN = Table(
    "kolom_lain",
    "One row for each cell of the matrix under a head that is none of the form's",
    (
        SOP_ID,
        Column("kegiatan_no", "integer", "the step", 11, required=True),
        Column("kolom", "text", "the column's head, as printed", 24, required=True),
        Column("text", "text", "what the cell says", 60, required=True),
    ),
    ("sop_id", "kegiatan_no", "kolom"),
    (TO_KEGIATAN,),
    rows.other_column_rows,
)

FLOW_NODES = Table(
    "flow_nodes",
    "One row a symbol of the flowchart",
    (
        SOP_ID,
        Column("node_id", "text", "its id within the SOP", 9, required=True),
        Column("kegiatan_no", "integer", "its step; null for an off-page connector that joins none", 11),
        Column("pelaksana_id", "text", "its performer; null likewise", 24),
        Column("kind", "text", "start, process, decision, end, document, archive or connector", 12, required=True),
        Column("label", "text", "the words in it", 20),
    ),
    ("sop_id", "node_id"),
    (TO_SOP, TO_KEGIATAN, TO_PELAKSANA),
    rows.node_rows,
)

FLOW_EDGES = Table(
    "flow_edges",
    "One row a connector of the flowchart",
    (
        SOP_ID,
        Column("no", "integer", "its place, from 1", 6, required=True),
        Column("from_node", "text", "the symbol that it leaves", 10, required=True),
        Column("to_node", "text", "the symbol that it leads to", 10, required=True),
        Column("label", "text", "ya, tidak or the words on it", 16),
    ),
    ("sop_id", "no"),
    (TO_SOP, ForeignKey(("sop_id", "from_node"), "flow_nodes"), ForeignKey(("sop_id", "to_node"), "flow_nodes")),
    rows.edge_rows,
)

DASAR_HUKUM = Table(
    "dasar_hukum",
    "One row a law that a SOP cites",
    (
        SOP_ID,
        Column("no", "integer", "its place, from 1", 6, required=True),
        Column("text", "text", "the citation, as printed", 70, required=True),
        Column("jenis", "text", "the kind of law", 24),
        Column("nomor", "text", "its number", 10),
        Column("tahun", "integer", "its year", 8),
        Column("tentang", "text", "what it is about", 50),
        PAGE,
    ),
    ("sop_id", "no"),
    (TO_SOP,),
    rows.dasar_hukum_rows,
)

DAFTAR = Table(
    "daftar",
    "One row for each item of the cover's other lists",
    (
        SOP_ID,
        Column("list", "text", f"{', '.join(rows.LISTS[:-1])} or {rows.LISTS[-1]}", 24, required=True),
        Column("no", "integer", "its place, from 1", 6, required=True),
        Column("text", "text", "the item", 70, required=True),
        PAGE,
    ),
    ("sop_id", "list", "no"),
    (TO_SOP,),
    rows.list_rows,
)

ISSUES = Table(
    "issues",
    "One row for each thing that is doubtful, missing or was not read",
    (
        SOP_ID,
        Column("no", "integer", "its place, from 1", 6, required=True),
        Column("code", "text", "what it is, as in docs/checks.md", 24, required=True),
        Column("severity", "text", "error, warning or info", 10, required=True),
        Column("path", "text", "the JSON pointer of what it is about; empty for the whole record", 30, required=True),
        Column("kegiatan_no", "integer", "the step that it is about", 11),
        PAGE,
        Column("message", "text", "what is wrong, in English", 70, required=True),
    ),
    ("sop_id", "no"),
    (TO_SOP,),
    rows.issue_rows,
)

TABLES = (
    SOP,
    PELAKSANA,
    KEGIATAN,
    KEGIATAN_PELAKSANA,
    KOLOM_LAIN,
    FLOW_NODES,
    FLOW_EDGES,
    DASAR_HUKUM,
    DAFTAR,
    ISSUES,
)
