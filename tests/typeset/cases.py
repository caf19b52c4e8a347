"""Every case of the field by name: what is typeset and how. Each must come out as its truth says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .samples import ROLES, chain, sample
from .spec import ABOVE, Bundle, Cover, Edge, Matrix, Matter, Signature, SopSpec, Style, Symbol

Case = tuple[SopSpec | Bundle, Style]

LAW = Matter(
    (
        "PERATURAN GUBERNUR CONTOH",
        "NOMOR 12 TAHUN 2018",
        "TENTANG STANDAR OPERASIONAL PROSEDUR",
        "Menimbang : a. bahwa untuk tertib administrasi perlu menetapkan Peraturan Gubernur;",
        "Mengingat : 1. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
        "MEMUTUSKAN :",
        "Pasal 1",
        "Standar Operasional Prosedur sebagaimana tercantum dalam Lampiran Peraturan Gubernur ini.",
    )
)
BLANK = Matter()
PLAIN = Style()
ONE = SopSpec(Cover(), (chain(5, decision=3),))
LONG = SopSpec(Cover(), (chain(16, decision=3),))


def reading() -> dict[str, Case]:
    """What the file does to text and lines."""
    return {
        "plain": (ONE, PLAIN),
        **{f"rotate-{turn}": (ONE, Style(rotate=turn)) for turn in (90, 180, 270)},
        **{f"sideways-{turn}": (ONE, Style(turned=turn)) for turn in (90, 180, 270)},
        "one-page-upside-down": (ONE, Style(turned=180, turned_pages=(2,))),
        "rotated-and-sideways": (ONE, Style(rotate=90, turned=180)),
        "crop-box": (ONE, Style(crop=(15, 40, 30, 20))),
        "crop-box-rotated": (ONE, Style(crop=(15, 40, 30, 20), rotate=270)),
        "user-unit": (ONE, Style(user_unit=2.0)),
        "role-heads-90": (ONE, Style(role_turn=90)),
        "role-heads-270": (ONE, Style(role_turn=270)),
        "role-heads-90-rotate-90": (ONE, Style(role_turn=90, rotate=90)),
        "ligatures": (sample(4, nama_sop="Verifikasi Konflik Kepegawaian"), Style(font="Vera", ligatures=True)),
        "no-break-spaces": (ONE, Style(no_break_spaces=True)),
        "soft-hyphens": (ONE, Style(font="Vera", soft_hyphens=True, widths={"kelengkapan": 1.2, "output": 1.2})),
        "private-use-bullets": (ONE, Style(font="Vera", mark="\uf0b7")),
        "fake-bold": (ONE, Style(fake_bold=True)),
        **{f"rulings-{k}": (ONE, Style(rulings=k)) for k in ("rect", "filled", "path", "doubled", "dashed", "dotted")},
        **{f"sheet-{size}": (ONE, Style(size=size)) for size in ("F4", "Legal", "Letter")},
        "small-print": (ONE, Style(text_size=6.0)),
        "large-print": (sample(4), Style(text_size=11.0, font="Times")),
    }


def layout() -> dict[str, Case]:
    """How pages make up SOPs and matrices."""
    titled = SopSpec(Cover(), (chain(4, judul="PENERIMAAN SURAT"), chain(3, judul="PENGIRIMAN SURAT")))
    eight = SopSpec(Cover(), tuple(chain(3, judul=f"PROSEDUR BAGIAN KE {n}") for n in range(1, 9)))
    other = sample(4, nomor_sop="060/13/ORG/2018", nama_sop="Pengelolaan Surat Keluar")
    return {
        "bundle-between-law-text": (Bundle((LAW, LAW, ONE, LAW, BLANK, other, LAW)), PLAIN),
        "bundle-back-to-back": (Bundle((ONE, LONG, other)), PLAIN),
        "titled-matrices-under-one-cover": (titled, PLAIN),
        "eight-matrices-under-one-cover": (eight, Style(matrix_landscape=False)),
        "titled-matrix": (SopSpec(Cover(), (chain(4, judul="STANDAR OPERASIONAL PROSEDUR\nSURAT MASUK"),)), PLAIN),
        "no-cover": (SopSpec(None, (chain(5),)), PLAIN),
        "no-cover-titled": (SopSpec(None, (chain(5, judul="PROSEDUR SURAT MASUK"),)), PLAIN),
        "cover-over-two-pages": (ONE, Style(cover_pages=2)),
        "cover-and-matrix-on-one-page": (sample(4), Style(together=True, matrix_landscape=False)),
        "cover-and-matrix-on-one-page-going-on": (LONG, Style(together=True, matrix_landscape=False)),
        "landscape-cover": (sample(4), Style(cover_landscape=True)),
        "portrait-matrix": (ONE, Style(matrix_landscape=False)),
        "lampiran-above-cover": (ONE, Style(lampiran=("LAMPIRAN PERATURAN BUPATI", "NOMOR 3 TAHUN 2018"))),
        "footers": (LONG, Style(footer="Dokumen ini ditandatangani secara elektronik - halaman {page}")),
        "continued-with-head": (LONG, PLAIN),
        "continued-with-head-and-numbers": (LONG, Style(number_row=True)),
        "continued-with-numbers-only": (LONG, Style(number_row=True, continuation="numbers")),
        "continued-without-head": (LONG, Style(continuation="none")),
        "continued-without-head-bare-connectors": (LONG, Style(continuation="none", offpage="bare")),
        "row-over-page-break": (split(), Style(split_rows=True, continuation="none")),
        "row-over-page-break-with-head": (split(), Style(split_rows=True)),
        "merged-mutu-baku": (SopSpec(Cover(), (merged(),)), PLAIN),
        "idle-roles": (SopSpec(Cover(), (idle(),)), PLAIN),
        "several-symbols-in-one-cell": (SopSpec(Cover(), (stacked(),)), PLAIN),
        "unruled": (ONE, Style(rulings="none")),
        "matrix-without-number-of-its-own-rows": (SopSpec(Cover(), (unnumbered(),)), PLAIN),
    }


def split() -> SopSpec:
    """A matrix whose row at the foot of the first page goes on overleaf."""
    long = "Menyusun laporan yang memuat " + ", ".join(f"bahan tahap {n}" for n in range(1, 25))
    rows = list(chain(14).rows)
    rows[11] = replace(rows[11], uraian=long)
    return SopSpec(Cover(), (replace(chain(14), rows=tuple(rows)),))


def merged() -> Matrix:
    """Waktu and Output cells that span two and three rows."""
    base = chain(5)
    rows = list(base.rows)
    for i in (1, 3, 4):
        rows[i] = replace(rows[i], cells={**rows[i].cells, "waktu": ABOVE})
    rows[2] = replace(rows[2], cells={**rows[2].cells, "output": ABOVE})
    return replace(base, rows=tuple(rows))


def idle() -> Matrix:
    """Two roles who never act."""
    base = chain(4)
    return replace(base, roles=("Bupati", *base.roles, "Staf Ahli"))


def stacked() -> Matrix:
    base = chain(3)
    row = replace(base.rows[1], symbols=(Symbol(ROLES[1]), Symbol(ROLES[1], "document")))
    return replace(base, rows=(base.rows[0], row, base.rows[2]))


def unnumbered() -> Matrix:
    base = chain(4)
    return replace(base, rows=tuple(replace(row, nomor="") for row in base.rows))


SHORT_LABELS = {
    "nomor_sop": "No. SOP",
    "tanggal_pembuatan": "Tgl. Pembuatan",
    "tanggal_revisi": "Tgl. Revisi",
    "tanggal_efektif": "Tgl. Efektif",
    "disahkan_oleh": "Pengesahan",
    "nama_sop": "Judul SOP",
    "peralatan_perlengkapan": "Peralatan dan Perlengkapan",
    "pencatatan_pendataan": "Pencatatan & Pendataan",
}
LONG_LABELS = {
    "nomor_sop": "NOMOR SOP",
    "disahkan_oleh": "DISAHKAN OLEH",
    "nama_sop": "Nama Standar Operasional Prosedur",
    "dasar_hukum": "DASAR HUKUM",
    "keterkaitan": "Keterkaitan SOP",
    "peralatan_perlengkapan": "Peralatan & Perlengkapan",
    "pencatatan_pendataan": "Pencatatandan Pendataan",
}
HEADS = (
    {"kegiatan": "Aktivitas", "kelengkapan": "Persyaratan", "output": "Out put", "keterangan": "Ket."},
    {"kegiatan": "Uraian Prosedur", "kelengkapan": "Persyaratan & Perlengkapan", "keterangan": "Keterangan"},
    {"kegiatan": "Uraian Kegiatan", "kelengkapan": "Peralatan Kelengkapan", "no": "No."},
    {"kegiatan": "Uraian Proses", "kelengkapan": "Input"},
    {"kegiatan": "Aktivitas/Kegiatan", "kelengkapan": "Syarat"},
    {"kegiatan": "Uraian Aktivitas", "kelengkapan": "Persy/Kikon"},
    {
        "kegiatan": "Uraian Kegitan",
        "kelengkapan": "Kelengkpan",
        "waktu": "Wktu",
        "output": "Outpt",
        "keterangan": "Kte",
    },
)


def cover() -> dict[str, Case]:
    """The cover's labels, values, lists and signature."""
    dated = sample(3, tanggal_pembuatan="Januari 2018", tanggal_efektif="", tanggal_pengesahan="Agustus 2018")
    bare = Signature("Kepala Bagian Hukum", "", "", "")
    return {
        "short-labels": (ONE, Style(labels=SHORT_LABELS)),
        "long-labels": (ONE, Style(labels=LONG_LABELS)),
        "colons": (ONE, Style(colon=True)),
        "label-and-value-in-one-cell": (ONE, Style(label_cells=1, colon=True)),
        "label-and-value-in-one-cell-without-colon": (ONE, Style(label_cells=1)),
        "heads-in-their-boxes": (ONE, Style(heads_in_cell=True)),
        "dates-by-month": (dated, PLAIN),
        "blank-number": (sample(3, nomor_sop=""), PLAIN),
        "holes-in-number": (sample(3, nomor_sop="060/ /SOP/TUBABA/2018"), PLAIN),
        "long-name": (
            sample(3, nama_sop="Penyusunan Laporan Akuntabilitas Kinerja Instansi Pemerintah Kabupaten"),
            PLAIN,
        ),
        "name-as-title": (ONE, Style(nama_sop="title")),
        "bare-signature": (sample(3, signature=bare), PLAIN),
        "signature-after-matrix": (ONE, Style(signature="matrix")),
        "lists-by-number": (ONE, Style(mark="1)")),
        "lists-by-letter": (ONE, Style(mark="a.")),
        "lists-by-dash": (ONE, Style(mark="-")),
        "lists-by-bullet": (ONE, Style(mark="•")),
        "lists-of-one-paragraph": (paragraphs(), PLAIN),
        "lists-numbered-at-the-middle": (laws(), Style(mark_place="middle")),
        "lists-numbered-at-the-last-line": (laws(), Style(mark_place="last")),
        "lists-side-by-side": (ONE, Style(list_columns=2)),
        "lists-without-marks": (unmarked(), Style(mark="")),
        "lists-under-their-label-once-more": (ONE, Style(subheads=True)),
        "labels-stacked-in-one-cell": (ONE, Style(stacked_fields=True)),
        "name-that-sounds-like-its-label": (
            sample(3, nama_sop="Standar Operasional Prosedur Survei Kepuasan Masyarakat"),
            PLAIN,
        ),
        "address-below-instansi": (
            ONE,
            Style(address=("Jl. Merdeka No. 5 Telp. (0511) 3352", "Website: contoh.go.id")),
        ),
        "row-below-the-boxes": (ONE, Style(closing_row="Maksud dan tujuan : memberi kepastian dalam pelayanan surat")),
        "empty-boxes": (sample(3, keterkaitan=(), peringatan=()), PLAIN),
    }


def laws() -> SopSpec:
    """Laws of three lines and of one, so that every number stands beside a line."""
    long = (
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 35 Tahun 2012 tentang Pedoman "
        "Penyusunan Standar Operasional Prosedur"
    )
    short = "Peraturan Bupati Contoh Nomor 3 Tahun 2017"
    return sample(3, dasar_hukum=(short, long, "Undang-Undang Nomor 25 Tahun 2009", long))


def unmarked() -> SopSpec:
    """Lists without marks: laws that end with semicolons, items in lower case."""
    return sample(
        3,
        dasar_hukum=(
            "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
            "Peraturan Pemerintah Nomor 96 Tahun 2012 tentang Pelaksanaan Undang-Undang Nomor 25 Tahun 2009;",
            "Peraturan Bupati Contoh Nomor 3 Tahun 2017.",
        ),
        kualifikasi_pelaksana=("memiliki keahlian komputer", "memiliki kemampuan manajemen"),
        peralatan_perlengkapan=("seragam", "alat bekerja"),
    )


def paragraphs() -> SopSpec:
    """Every box one unnumbered paragraph of several lines."""
    text = "Petugas yang memahami tata naskah dinas dan mampu mengoperasikan komputer serta aplikasi persuratan daerah"
    return sample(3, dasar_hukum=(text,), kualifikasi_pelaksana=(text,), peralatan_perlengkapan=(text,))


def matrix() -> dict[str, Case]:
    """The matrix's heads, columns and cells."""
    costs = SopSpec(Cover(), (priced(),))
    narrow = {"role": 0.9, "kelengkapan": 1.4, "output": 1.4}
    return {
        **{f"heads-{n}": (ONE, Style(heads=heads)) for n, heads in enumerate(HEADS, 1)},
        "unit-in-waktu-head": (SopSpec(Cover(), (minutes(),)), Style(waktu_unit="Menit")),
        "output-before-waktu": (ONE, Style(columns=("kelengkapan", "output", "waktu", "keterangan"))),
        "extra-column": (costs, Style(columns=("kelengkapan", "waktu", "output", "BIAYA", "keterangan"))),
        "no-keterangan": (ONE, Style(columns=("kelengkapan", "waktu", "output"))),
        "no-kelengkapan": (ONE, Style(columns=("waktu", "output", "keterangan"))),
        "no-pelaksana-head": (ONE, Style(pelaksana_head=None)),
        "no-mutu-baku-head": (ONE, Style(mutu_head=None)),
        "no-group-heads": (ONE, Style(pelaksana_head=None, mutu_head=None)),
        "unit-pelaksana-mutu-dokumen": (ONE, Style(pelaksana_head="Unit Pelaksana", mutu_head="Mutu Dokumen")),
        "number-row": (ONE, Style(number_row=True)),
        "broken-words": (ONE, Style(break_words=True, widths=narrow)),
        "broken-role-heads-rotated": (ONE, Style(role_turn=90, widths={"role": 0.8})),
        "ten-roles": (many(10), Style(text_size=7.0)),
        "two-roles": (SopSpec(Cover(), (chain(4, ROLES[:2]),)), PLAIN),
        "notes-below": (SopSpec(Cover(), (replace(chain(4), ket=("Ket : SOP ini berlaku sejak ditetapkan",)),)), PLAIN),
        "numbers-skipped-and-doubled": (SopSpec(Cover(), (misnumbered(),)), PLAIN),
        "filled-labelled-symbols": (ONE, Style(fill="blue", shadow=True, symbol_labels="words")),
        "numbered-symbols": (ONE, Style(fill="yellow", symbol_labels="number")),
        "straight-connectors": (ONE, Style(connectors="straight", arrow="open")),
        "dashed-connectors": (ONE, Style(dashed_connectors=True)),
        "title-rows": (SopSpec(Cover(), (replace(chain(5), titles={1: "A. Persiapan", 4: "B. Pelaksanaan"}),)), PLAIN),
        "double-headed-connectors": (SopSpec(Cover(), (paired(),)), PLAIN),
        "empty-and-dashed-cells": (SopSpec(Cover(), (hollow(),)), PLAIN),
        "words-for-durations": (SopSpec(Cover(), (wordy(),)), PLAIN),
        "lists-in-cells": (SopSpec(Cover(), (bulleted(),)), PLAIN),
    }


def priced() -> Matrix:
    base = chain(4)
    return replace(base, rows=tuple(replace(r, cells={**r.cells, "BIAYA": "Rp. 0,-"}) for r in base.rows))


def minutes() -> Matrix:
    base = chain(4)
    return replace(
        base, rows=tuple(replace(r, cells={**r.cells, "waktu": str(5 * n)}) for n, r in enumerate(base.rows, 1))
    )


def many(count: int) -> SopSpec:
    roles = ("Staf", "Kasubbag", "Kabag", "Asisten", "Sekda", "Bupati", "DPRD", "SKPD", "Tim", "Pemohon")[:count]
    return SopSpec(Cover(), (chain(10, roles),))


def misnumbered() -> Matrix:
    base = chain(6)
    numbers = ("1.", "2.", "2.", "4.", "6.", "7.")
    return replace(base, rows=tuple(replace(r, nomor=n) for r, n in zip(base.rows, numbers, strict=True)))


def paired() -> Matrix:
    """Two who act in one row and consult each other."""
    base = chain(4)
    row = replace(base.rows[1], symbols=(Symbol(ROLES[1]), Symbol(ROLES[2])))
    talk = Edge((2, ROLES[1]), (2, ROLES[2]), double=True)
    rows = (base.rows[0], row, *base.rows[2:])
    steps = (base.edges[0], talk, Edge((2, ROLES[2]), (3, ROLES[2])), base.edges[2])
    return replace(base, rows=rows, edges=steps)


def hollow() -> Matrix:
    base = chain(4)
    rows = [replace(r, cells={**r.cells, "kelengkapan": "-", "output": ""}) for r in base.rows]
    return replace(base, rows=(replace(rows[0], cells={}), *rows[1:]))


def wordy() -> Matrix:
    words = ("Sesuai jadwal DPRD", "1-2 hari", "Paling lama 20 hari sejak diterimanya permohonan", "Selama jam kerja")
    base = chain(4)
    rows = (replace(r, cells={**r.cells, "waktu": w}) for r, w in zip(base.rows, words, strict=True))
    return replace(base, rows=tuple(rows))


def bulleted() -> Matrix:
    base = chain(4)
    cells = {**base.rows[1].cells, "kelengkapan": "- Surat masuk\n- Buku agenda\n- Lembar disposisi"}
    return replace(base, rows=(base.rows[0], replace(base.rows[1], cells=cells), *base.rows[2:]))


def matrix_layout() -> dict[str, Case]:
    """Matrices that are not drawn as the form has them."""
    titled = chain(12, judul="PROSEDUR PENGELOLAAN SURAT MASUK DAN SURAT KELUAR PADA BAGIAN UMUM SEKRETARIAT DAERAH")
    other = chain(9, judul="PROSEDUR PENGELOLAAN ARSIP")
    groups = (("BIRO UMUM", 2), ("PIMPINAN", 2))
    return {
        "empty-strip-below-the-head": (LONG, Style(strips=True)),
        "empty-strip-at-the-top-of-pages": (LONG, Style(strips=True, continuation="none")),
        "first-row-without-number": (SopSpec(Cover(), (first_unnumbered(),)), PLAIN),
        "role-heads-without-rulings": (ONE, Style(role_rulings="body")),
        "role-heads-without-rulings-with-number-row": (ONE, Style(role_rulings="body", number_row=True)),
        "roles-without-rulings": (SopSpec(Cover(), (chain(7),)), Style(role_rulings="none")),
        "roles-without-rulings-with-number-row": (ONE, Style(role_rulings="none", number_row=True)),
        "heads-over-several-roles": (ONE, Style(role_groups=groups)),
        "heads-over-several-roles-rotated": (ONE, Style(role_groups=groups, role_turn=90)),
        "one-head-over-number-and-activity": (LONG, Style(number_head=False, heads={"kegiatan": "URAIAN PROSEDUR"})),
        "numbers-inside-the-activities": (LONG, Style(number_inside=True)),
        "numbers-and-marks-inside-the-activities": (SopSpec(None, (listed(),)), Style(number_inside=True)),
        "rulings-inside-an-activity": (ONE, Style(lines_in_activity=True)),
        "dark-head": (LONG, Style(dark_head=True)),
        "dark-head-with-numbers": (LONG, Style(dark_head=True, number_row=True)),
        "open-top": (LONG, Style(continuation="none", open_top=True)),
        "one-row-without-top-line-overleaf": (SopSpec(None, (chain(14),)), Style(continuation="none", open_top=True)),
        "unseen-rulings": (ONE, Style(unseen_rulings=True)),
        "rulings-as-rings": (ONE, Style(rulings="ring")),
        "head-differs-overleaf": (LONG, Style(merged_overleaf=("keterangan",))),
        "role-heads-merged-overleaf": (LONG, Style(merged_overleaf=(f"role:{ROLES[3]}",))),
        "sheet-split-down-and-over": (SopSpec(Cover(), (titled,)), Style(split="down")),
        "sheet-split-over-and-down": (SopSpec(None, (titled,)), Style(split="over")),
        "sheets-split-one-after-the-other": (
            Bundle((SopSpec(None, (titled,)), SopSpec(None, (other,)))),
            Style(split="over"),
        ),
        "quality-on-sheets-of-its-own": (LONG, Style(quality_sheets="down", continuation="none")),
        "quality-on-sheets-with-heads": (LONG, Style(quality_sheets="down")),
        "quality-numbered-on-sheets-of-its-own": (LONG, Style(quality_sheets="down", columns=("no", *PLAIN.columns))),
        "quality-on-the-next-sheet": (LONG, Style(quality_sheets="over")),
        "quality-on-the-next-sheet-without-heads": (LONG, Style(quality_sheets="over", continuation="none")),
    }


def listed() -> Matrix:
    """An activity with a list of its own."""
    base = chain(15)
    text = "Menerima permohonan dari pemohon:\na. secara langsung di meja layanan\nb. melalui surat elektronik"
    return replace(base, rows=(base.rows[0], replace(base.rows[1], uraian=text), *base.rows[2:]))


def first_unnumbered() -> Matrix:
    base = chain(5)
    numbers = ("", "1.", "2.", "3.", "4.")
    return replace(base, rows=tuple(replace(r, nomor=n) for r, n in zip(base.rows, numbers, strict=True)))


def cases() -> Mapping[str, Case]:
    """All cases by name."""
    return {**reading(), **layout(), **cover(), **matrix(), **matrix_layout()}
