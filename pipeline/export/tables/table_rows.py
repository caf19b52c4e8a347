"""The rows of a record in each table."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.tables.table_model import Row, Value
from pipeline.model.pointer import is_within, pointer, split_pointer
from pipeline.model.record import Record, Waktu
from pipeline.normalize.duration_sums import summed, timed_steps, total, total_by_pelaksana

LISTS = (
    "instansi",
    "kualifikasi_pelaksana",
    "keterkaitan",
    "peralatan_perlengkapan",
    "peringatan",
    "pencatatan_pendataan",
)
BETWEEN = "; "


def sop_rows(record: Record) -> Iterator[Row]:
    """The one row of the SOP itself."""
    source, header, review = record.source, record.header, record.review
    approved, waktu = header.disahkan_oleh, total(record)
    yield (
        record.id,
        record.id.rpartition("/")[0],
        source.file,
        source.sha256,
        source.kind,
        *source.pages,
        record.judul,
        header.nomor_sop,
        header.nama_sop,
        BETWEEN.join(header.instansi) or None,
        header.tanggal_pembuatan,
        header.tanggal_revisi,
        header.tanggal_pengesahan,
        header.tanggal_efektif,
        approved.jabatan,
        approved.nama,
        approved.pangkat,
        approved.nip,
        len(record.kegiatan),
        waktu.total_menit,
        *waktu.menit,
        *waktu.hari_kerja,
        *waktu.bulan,
        waktu.unknown,
        len(record.issues),
        review.status,
        review.by,
        review.at,
        record.schema_version,
    )


def list_rows(record: Record) -> Iterator[Row]:
    """A row for each item of the header's lists, but for dasar hukum."""
    for name in LISTS:
        for no, text in enumerate(getattr(record.header, name), start=1):
            yield record.id, name, no, text, _page(record, "header", name, no - 1)


def dasar_hukum_rows(record: Record) -> Iterator[Row]:
    """A row for each citation."""
    for no, law in enumerate(record.header.dasar_hukum, start=1):
        page = _page(record, "header", "dasar_hukum", no - 1)
        yield record.id, no, law.text, law.jenis, law.nomor, law.tahun, law.tentang, page


def pelaksana_rows(record: Record) -> Iterator[Row]:
    """A row for each performer, with how much of the SOP is theirs."""
    totals = total_by_pelaksana(record)
    for place, one in enumerate(record.pelaksana, start=1):
        steps = sum(one.id in step.pelaksana for step in record.kegiatan)
        waktu = totals[one.id]
        sums = (waktu.menit[1], waktu.hari_kerja[1], waktu.bulan[1], waktu.unknown)
        yield record.id, one.id, place, one.nama, one.label, steps, *sums


def kegiatan_rows(record: Record) -> Iterator[Row]:
    """A row for each step."""
    names = {one.id: one.nama for one in record.pelaksana}
    timed = {step.no for step in timed_steps(record)}
    for index, step in enumerate(record.kegiatan):
        quality = step.mutu_baku
        yield (
            record.id,
            step.no,
            step.nomor,
            step.uraian,
            BETWEEN.join(names.get(one, one) for one in step.pelaksana) or None,
            quality.kelengkapan,
            *_waktu(quality.waktu),
            int(step.no not in timed),
            quality.output,
            step.keterangan,
            _page(record, "kegiatan", index),
        )


def _waktu(waktu: Waktu | None) -> Row:
    """Its words, its least and most in minutes where its unit has as many wherever it stands, and its parts."""
    if waktu is None:
        return (None,) * 8
    sum_ = summed([waktu])
    minutes: Row = (None, None) if sum_.total_menit is None else sum_.menit
    return waktu.text, *minutes, waktu.value, waktu.max, waktu.unit, waktu.jenis, waktu.iso8601


def kegiatan_pelaksana_rows(record: Record) -> Iterator[Row]:
    """A row for each performer of each step, from left to right."""
    for step in record.kegiatan:
        for place, one in enumerate(dict.fromkeys(step.pelaksana), start=1):
            yield record.id, step.no, one, place


def other_column_rows(record: Record) -> Iterator[Row]:
    """A row for each cell under a head that is none of the form's."""
    for step in record.kegiatan:
        for head, text in step.mutu_baku.lain.items():
            yield record.id, step.no, head, text


def node_rows(record: Record) -> Iterator[Row]:
    """A row for each symbol of the flowchart."""
    for node in record.flow.nodes:
        yield record.id, node.id, node.kegiatan, node.pelaksana, node.kind, node.label


def edge_rows(record: Record) -> Iterator[Row]:
    """A row for each connector of the flowchart."""
    for no, edge in enumerate(record.flow.edges, start=1):
        yield record.id, no, edge.source, edge.target, edge.label


def issue_rows(record: Record) -> Iterator[Row]:
    """A row for each issue, with the step that it is about."""
    for no, issue in enumerate(record.issues, start=1):
        match split_pointer(issue.path):
            case ("kegiatan", place, *_) if place.isdigit() and int(place) < len(record.kegiatan):
                step: Value = record.kegiatan[int(place)].no
            case _:
                step = None
        yield record.id, no, issue.code, issue.severity, issue.path, step, _page_of(record, issue.path), issue.message


def _page(record: Record, *path: str | int) -> int | None:
    return _page_of(record, pointer(*path))


def _page_of(record: Record, at: str) -> int | None:
    """The first page that a value, or one inside it, was read from, or else the list that it is in."""
    if not at:
        return None
    pages = (noted.page for path, noted in record.evidence.items() if is_within(path, at) and noted.page is not None)
    around = record.evidence.get(at.rpartition("/")[0])
    return min(pages, default=around.page if around else None)
