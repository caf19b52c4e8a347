"""Covers: fields beside, below and in their labels' cells, boxes, and what a stamp has covered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drawn import drawn, words_of
from drawn_covers import header_of

from pipeline.model.draft import HeaderDraft
from pipeline.model.geometry import Box
from pipeline.model.headings import Headings
from pipeline.model.page import Ruling

XS = (20.0, 200.0, 320.0, 560.0)
YS = (20.0, 40.0, 60.0, 80.0, 100.0, 190.0, 210.0, 230.0, 300.0)
FIELDS = {
    (0, 0): "PEMERINTAH KABUPATEN CONTOH\nSEKRETARIAT DAERAH",
    (0, 1): "Nomor SOP",
    (0, 2): "060/12/ORG/2018",
    (1, 1): "Tanggal Pembuatan",
    (1, 2): "08 Desember 2017",
    (2, 1): "Tanggal Revisi",
    (3, 1): "Tanggal Efektif",
    (3, 2): "01 Januari 2018",
    (4, 1): "Disahkan Oleh",
    (4, 2): "SEKRETARIS DAERAH\n\n\nDrs. BUDI SANTOSO, M.Si\nPembina\nNIP. 19650909 199310 1 002",
    (5, 1): "Nama SOP",
    (5, 2): "Surat Masuk",
}
BOXES = {
    (6, 0): "Dasar Hukum",
    (6, 1): "Kualifikasi Pelaksana",
    (7, 0): "1. Undang-Undang\n2. Peraturan",
    (7, 1): "1. Sarjana",
}
LOGO = [("h", i, 0) for i in range(1, 6)]  # the cell of the coat of arms spans all fields
WIDE = [("v", 2, 6), ("v", 2, 7)]  # the boxes are two


def plain(header: HeaderDraft) -> dict[str, str]:
    return {name: cell.text for name, cell in {**header.fields, **header.signature}.items()}


def test_every_field_and_box(headings: Headings) -> None:
    header = header_of(drawn(XS, YS, FIELDS | BOXES, gone=LOGO + WIDE), headings)
    assert plain(header) == {
        "nomor_sop": "060/12/ORG/2018",
        "tanggal_pembuatan": "08 Desember 2017",
        "tanggal_revisi": "",
        "tanggal_efektif": "01 Januari 2018",
        "nama_sop": "Surat Masuk",
        "instansi": "PEMERINTAH KABUPATEN CONTOH\nSEKRETARIAT DAERAH",
        "jabatan": "SEKRETARIS DAERAH",
        "nama": "Drs. BUDI SANTOSO, M.Si",
        "pangkat": "Pembina",
        "nip": "NIP. 19650909 199310 1 002",
    }
    assert [item.text for item in header.lists["dasar_hukum"]] == ["Undang-Undang", "Peraturan"]
    assert [item.text for item in header.lists["kualifikasi_pelaksana"]] == ["Sarjana"]
    assert header.issues == ()


def test_labels_under_a_stamp_are_told_by_their_place(headings: Headings) -> None:
    stamped = FIELDS | {(0, 1): "?NoTa", (3, 1): "?Trg ?gal", (4, 1): "?oreekan"}
    header = header_of(drawn(XS, YS, stamped | BOXES, kind="scan", gone=LOGO + WIDE), headings)
    got = plain(header)
    assert (got["nomor_sop"], got["tanggal_efektif"]) == ("060/12/ORG/2018", "01 Januari 2018")
    assert (got["jabatan"], got["nama"]) == ("SEKRETARIS DAERAH", "Drs. BUDI SANTOSO, M.Si")
    told = {issue.path for issue in header.issues if issue.code == "label-unreadable"}
    assert told == {"/header/nomor_sop", "/header/tanggal_efektif", "/header/disahkan_oleh"}


def test_a_label_of_one_word_that_was_read_where_it_belongs_is_not_told_as_unreadable(headings: Headings) -> None:
    for label, unreadable in (("Nomor", False), ("?Nomor", True), ("Nomar", True)):
        joined = FIELDS | {(0, 1): f"{label} | | 060/12/ORG/2018"}
        del joined[0, 2]
        page = drawn(XS, YS, joined | BOXES, kind="scan", gone=[*LOGO, *WIDE, ("v", 2, 0)])
        header = header_of(page, headings)
        assert plain(header)["nomor_sop"] == "060/12/ORG/2018"
        assert ("/header/nomor_sop" in {issue.path for issue in header.issues}) == unreadable, label


def test_a_text_page_is_never_guessed_at(headings: Headings) -> None:
    other = FIELDS | {(0, 1): "Kode Arsip"}
    assert "nomor_sop" not in plain(header_of(drawn(XS, YS, other | BOXES, gone=LOGO + WIDE), headings))


def test_what_recognition_made_of_a_drawing_is_no_text(headings: Headings) -> None:
    noisy = FIELDS | {
        (0, 0): "?» ?4 ?Bra\nPEMERINTAH KABUPATEN CONTOH",
        (4, 2): "SEKRETARIS DAERAH\n?KR ?(\nDrs. BUDI SANTOSO, M.Si",
    }
    got = plain(header_of(drawn(XS, YS, noisy | BOXES, kind="scan", gone=LOGO + WIDE), headings))
    assert got["instansi"] == "PEMERINTAH KABUPATEN CONTOH"
    assert (got["jabatan"], got["nama"]) == ("SEKRETARIS DAERAH", "Drs. BUDI SANTOSO, M.Si")


def test_a_word_that_is_not_legible_makes_its_neighbour_unsure(headings: Headings) -> None:
    lost = FIELDS | {
        (4, 2): "SEKRETARIS DAERAH\n?KR ?(\nDrs. BUDI ?5AN7OS0, M.Si\nPembina ?U7ama\nNIP. 19650909 199310 1 002"
    }
    header = header_of(drawn(XS, YS, lost | BOXES, kind="scan", gone=LOGO + WIDE), headings)
    assert plain(header)["nama"] == "Drs. BUDI M.Si"
    told = {
        name: [(w.text, w.confidence, w.readings) for w in header.signature[name].words] for name in ("nama", "pangkat")
    }
    assert told["nama"] == [("Drs.", 0.95, ()), ("BUDI", 0.1, ("5AN7OS0,",)), ("M.Si", 0.95, ())]
    assert told["pangkat"] == [("Pembina", 0.1, ("U7ama",))]


def test_a_lone_unsure_sign_far_from_its_line_is_none_of_it(headings: Headings) -> None:
    page = drawn(XS, YS, FIELDS | BOXES, kind="scan", gone=LOGO + WIDE)
    name = next(word for word in page.words if word.text == "CONTOH")
    for text, sure, kept in (("M", 0.6, ""), ("M", 0.96, " M"), ("MM", 0.6, " MM")):
        place = Box(name.box.x1 + 29, name.box.top, name.box.x1 + 35, name.box.bottom)
        far = replace(name, text=text, confidence=sure, box=place)
        got = plain(header_of(replace(page, words=(*page.words, far)), headings))
        assert got["instansi"].split("\n")[0] == f"PEMERINTAH KABUPATEN CONTOH{kept}"


def test_a_short_line_that_is_clearly_read_has_a_meaning(headings: Headings) -> None:
    degrees = FIELDS | {(4, 2): "SEKRETARIS DAERAH\n\nDrs. BUDI SANTOSO,\nM.T\nPembina\nNIP. 19650909 199310 1 002"}
    got = plain(header_of(drawn(XS, YS, degrees | BOXES, kind="scan", gone=LOGO + WIDE), headings))
    assert got["nama"] == "Drs. BUDI SANTOSO,\nM.T"


def test_label_and_value_without_a_line_between_them(headings: Headings) -> None:
    joined = {
        (row, 1): f"{FIELDS[row, 1]} | {FIELDS.get((row, 2), '')}".strip(" |") for row in range(6) if row != 4
    } | {(0, 0): FIELDS[0, 0], (4, 1): "Disahkan Oleh | SEKRETARIS DAERAH\n?KE"}
    gone = LOGO + WIDE + [("v", 2, row) for row in range(6)]
    got = plain(header_of(drawn(XS, YS, joined | BOXES, gone=gone), headings))
    assert (got["nomor_sop"], got["jabatan"]) == ("060/12/ORG/2018", "SEKRETARIS DAERAH")


def test_two_values_for_one_field_are_told(headings: Headings) -> None:
    twice = FIELDS | {(2, 1): "Tanggal Efektif", (2, 2): "02 Maret 2018"}
    header = header_of(drawn(XS, YS, twice | BOXES, gone=LOGO + WIDE), headings)
    assert header.fields["tanggal_efektif"].text == "02 Maret 2018"
    assert [issue.code for issue in header.issues] == ["field-twice"]


def test_half_a_colon_in_a_column_of_its_own_is_no_value(headings: Headings) -> None:
    xs = (20.0, 200.0, 320.0, 335.0, 560.0)
    moved = {(row, col + (col == 2)): text for (row, col), text in FIELDS.items()}
    colons = {(row, 2): ":" for row in (0, 1, 3, 4, 5)} | {(2, 2): ".", (2, 3): "10 Januari 2022"}
    gone = LOGO + [("v", i, row) for i in (2, 3) for row in (6, 7)]
    got = plain(header_of(drawn(xs, YS, moved | colons | BOXES, kind="scan", gone=gone), headings))
    assert got["tanggal_revisi"] == "10 Januari 2022"


def test_a_clear_label_of_another_field_is_not_taken_by_its_place(headings: Headings) -> None:
    other = FIELDS | {(0, 1): "Status Dokumen", (0, 2): "ASLI", (2, 1): "Jumlah Lampiran", (2, 2): "12 lembar"}
    header = header_of(drawn(XS, YS, other | BOXES, kind="scan", gone=LOGO + WIDE), headings)
    assert not {"nomor_sop", "tanggal_revisi"} & plain(header).keys()
    assert [issue for issue in header.issues if issue.code == "label-unreadable"] == []


def test_the_body_that_issues_is_not_sought_among_the_fields(headings: Headings) -> None:
    other = {place: text for place, text in FIELDS.items() if place != (0, 0)}
    other |= {(2, 1): "Jumlah Lampiran Dokumen", (2, 2): "dua belas lembar kertas bermeterai"}
    assert "instansi" not in plain(header_of(drawn(XS, YS, other | BOXES, gone=LOGO + WIDE), headings))


STACKED_YS = (20.0, 40.0, 120.0, 140.0, 190.0, 210.0, 230.0, 300.0, 320.0)
STACKED = {
    (0, 0): "PEMERINTAH KABUPATEN CONTOH",
    (0, 1): "Nomor SOP",
    (0, 2): "060/12/ORG/2018",
    (1, 1): "Tanggal Pembuatan\n\nTanggal Revisi\nTanggal Efektif\nDisahkan Oleh",
    (1, 2): "\n08 Desember 2017\n-\n01 Januari 2018\nSEKRETARIS DAERAH\nDrs. BUDI SANTOSO, M.Si",
    (2, 1): "Nama SOP",
    (2, 2): "Standar Operasional Prosedur Survei",
    (4, 0): "Dasar Hukum",
    (4, 1): "Kualifikasi Pelaksana",
    (5, 0): "1. Undang-Undang\n2. Peraturan",
    (5, 1): "Sarjana",
}
STACKED_WIDE = [("v", 2, row) for row in (4, 5, 7)]


def test_labels_stacked_in_one_cell_have_the_values_stacked_in_the_next(headings: Headings) -> None:
    header = header_of(drawn(XS, STACKED_YS, STACKED, gone=STACKED_WIDE), headings)
    got = plain(header)
    assert got["tanggal_pembuatan"] == "08 Desember 2017"
    assert got["tanggal_revisi"] == "-"
    assert got["tanggal_efektif"] == "01 Januari 2018"
    assert (got["jabatan"], got["nama"]) == ("SEKRETARIS DAERAH", "Drs. BUDI SANTOSO, M.Si")


def test_labels_in_cells_of_their_own_share_one_cell_of_values(headings: Headings) -> None:
    merged = FIELDS | {(row, 2): "" for row in range(4)}
    merged[0, 2] = "060/12/ORG/2018\n\n08 Desember 2017\n\n-\n01 Januari 2018"
    gone = LOGO + WIDE + [("h", i, 2) for i in (1, 2, 3)]
    got = plain(header_of(drawn(XS, YS, merged | BOXES, gone=gone), headings))
    assert got["nomor_sop"] == "060/12/ORG/2018"
    assert (got["tanggal_pembuatan"], got["tanggal_efektif"]) == ("08 Desember 2017", "01 Januari 2018")


def test_a_value_that_sounds_like_its_label_is_a_value(headings: Headings) -> None:
    got = plain(header_of(drawn(XS, STACKED_YS, STACKED, gone=STACKED_WIDE), headings))
    assert got["nama_sop"] == "Standar Operasional Prosedur Survei"


def test_a_row_below_the_boxes_belongs_to_none_of_them_and_is_kept(headings: Headings) -> None:
    extra = STACKED | {(6, 0): "", (7, 0): "Maksud dan tujuan: memberi kepastian pelayanan"}
    extra |= {(4, 0): "Peringatan", (4, 1): "Pencatatan dan Pendataan"}
    gone = [*STACKED_WIDE, ("v", 1, 7), ("v", 2, 6), ("h", 6, 0), ("h", 6, 1), ("h", 6, 2)]
    header = header_of(drawn(XS, STACKED_YS, extra, gone=gone), headings)
    assert [item.text for item in header.lists["pencatatan_pendataan"]] == ["Sarjana"]
    assert [item.text for item in header.lists["peringatan"]] == ["Undang-Undang", "Peraturan"]
    assert [(issue.code, issue.message) for issue in header.issues] == [
        (
            "cover-row-unclaimed",
            'a row of the cover that belongs to no field: "Maksud dan tujuan: memberi kepastian pelayanan"',
        )
    ]


def test_a_label_broken_over_two_lines_beside_its_value(headings: Headings) -> None:
    wrapped = FIELDS | {(1, 1): "Tanggal | 08 Desember\nPembuatan | 2017", (3, 1): "Tanggal : 01 Januari 2018\nEfektif"}
    del wrapped[1, 2], wrapped[3, 2]
    gone = LOGO + WIDE + [("v", 2, row) for row in (1, 3)]
    ys = (20.0, 40.0, 70.0, 90.0, 120.0, 190.0, 210.0, 230.0, 300.0)
    got = plain(header_of(drawn(XS, ys, wrapped | BOXES, gone=gone), headings))
    assert got["tanggal_pembuatan"].replace("\n", " ") == "08 Desember 2017"
    assert got["tanggal_efektif"] == "01 Januari 2018"


APPROVAL_XS = (20.0, 200.0, 380.0, 560.0)
APPROVAL_YS = (20.0, 40.0, 60.0, 80.0, 130.0, 170.0, 190.0, 210.0, 230.0)


@pytest.mark.parametrize(("last", "others"), [("Disahkan Oleh :", 2), ("DISETUJUI OLEH", 2), ("Di setujui oleh", 2)])
def test_of_three_who_sign_side_by_side_the_one_who_passes_it_is_the_records(
    headings: Headings, last: str, others: int
) -> None:
    cells = {
        (0, 0): "PENGESAHAN",
        (1, 0): "Disiapkan Oleh",
        (1, 1): "Diperiksa Oleh",
        (1, 2): last,
        (2, 0): "GPM Departemen",
        (2, 1): "Ka Departemen",
        (2, 2): "Dekan Fakultas Teknik",
        (4, 0): "Diana Sari, ST, MT",
        (4, 1): "Dr. Ratna, ST, MT",
        (4, 2): "Ir. M. Agung Wibowo. MM.\nMSc. PhD",
        (5, 2): "NIP. 196702081994031005",
        (6, 0): "Nomor SOP",
        (6, 1): "12/FT/2018",
        (7, 0): "Tanggal Revisi",
        (7, 1): "-",
    }
    header = header_of(drawn(APPROVAL_XS, APPROVAL_YS, cells, gone=[("v", 1, 0), ("v", 2, 0)]), headings)
    got = plain(header)
    assert (got["jabatan"], got["nip"]) == ("Dekan Fakultas Teknik", "NIP. 196702081994031005")
    assert got["nama"].replace("\n", " ") == "Ir. M. Agung Wibowo. MM. MSc. PhD"
    kept = [issue.message for issue in header.issues if issue.code == "cover-approver"]
    assert kept == ["dibuat oleh: GPM Departemen Diana Sari, ST, MT", "diperiksa oleh: Ka Departemen Dr. Ratna, ST, MT"]
    assert len(kept) == others


def test_another_label_behind_a_blank_one_is_no_value(headings: Headings) -> None:
    xs = (20.0, 200.0, 380.0, 560.0)
    ys = (20.0, 40.0, 60.0, 80.0)
    cells = {
        (0, 0): "No. Dokumen | : 12/FT",
        (1, 0): "Tanggal Terbit :",
        (1, 1): "Halaman : | 1 dari 7",
        (2, 0): "Nama SOP",
        (2, 1): "Surat Masuk",
    }
    header = header_of(drawn(xs, ys, cells, gone=[("v", 2, row) for row in range(3)]), headings)
    assert not header.fields["tanggal_efektif"].lines
    assert header.fields["nama_sop"].text == "Surat Masuk"


def test_a_box_that_repeats_its_label_above_each_of_its_lists(headings: Headings) -> None:
    lists = BOXES | {
        (6, 0): "Peralatan/Perlengkapan",
        (6, 1): "Peringatan",
        (7, 0): "Peralatan :\n1. Komputer\n2. Printer\nPerlengkapan :\nkertas",
    }
    header = header_of(drawn(XS, YS, FIELDS | lists, gone=LOGO + WIDE), headings)
    assert [item.text for item in header.lists["peralatan_perlengkapan"]] == ["Komputer", "Printer", "kertas"]


def test_a_value_that_runs_over_into_the_next_row_is_put_back(headings: Headings) -> None:
    long = FIELDS | {(0, 2): "060/12/ORG", (1, 2): "PENYUSUNAN/2018\n08 Desember 2017"}
    ys = (20.0, 32.0, 62.0, 80.0, 100.0, 190.0, 210.0, 230.0, 300.0)
    got = plain(header_of(drawn(XS, ys, long | BOXES, gone=LOGO + WIDE), headings))
    assert got["nomor_sop"].replace("\n", " ") == "060/12/ORG PENYUSUNAN/2018"
    assert got["tanggal_pembuatan"] == "08 Desember 2017"


def test_a_note_where_a_date_belongs_is_no_overflow(headings: Headings) -> None:
    noted = FIELDS | {(1, 2): "menyusul"}
    got = plain(header_of(drawn(XS, YS, noted | BOXES, gone=LOGO + WIDE), headings))
    assert (got["nomor_sop"], got["tanggal_pembuatan"]) == ("060/12/ORG/2018", "menyusul")


def test_the_number_of_who_signed_is_no_name_of_the_sop(headings: Headings) -> None:
    over = FIELDS | {
        (4, 2): "SEKRETARIS DAERAH\n\n\nDrs. BUDI SANTOSO, M.Si",
        (5, 2): "NIP. 19650909 199310 1 002\nSurat Masuk",
    }
    ys = (20.0, 40.0, 60.0, 80.0, 100.0, 160.0, 210.0, 230.0, 300.0)
    got = plain(header_of(drawn(XS, ys, over | BOXES, gone=LOGO + WIDE), headings))
    assert (got["nama_sop"], got["nip"]) == ("Surat Masuk", "NIP. 19650909 199310 1 002")


def test_a_line_under_the_name_parts_no_signature(headings: Headings) -> None:
    """It begins where the cell's words do, and is as long as they are."""
    page = drawn(XS, YS, FIELDS | BOXES, gone=LOGO + WIDE)
    name = [word for word in page.words if word.text in ("Drs.", "BUDI", "SANTOSO,", "M.Si")]
    line = Ruling("h", name[0].box.bottom + 1, name[0].box.x0, 0.7 * XS[3] + 0.3 * XS[2])
    longer = replace(name[-1], box=replace(name[-1].box, x1=line.end))
    words = tuple(longer if word is name[-1] else word for word in page.words)
    header = header_of(replace(page, words=words, rulings=(*page.rulings, line)), headings)
    assert plain(header)["nip"] == "NIP. 19650909 199310 1 002"
    assert plain(header)["nama"] == "Drs. BUDI SANTOSO, M.Si"


def test_of_a_page_head_and_the_identity_the_latter_gives_the_number(headings: Headings) -> None:
    """A table at the top of every page has a number and a revision of its own."""
    page = drawn(XS, tuple(y + 60 for y in YS), FIELDS | BOXES, gone=LOGO + WIDE)
    head = drawn((20.0, 360.0, 440.0, 560.0), (20.0, 40.0, 60.0), {(0, 1): "No. Dokumen", (0, 2): "SOP-12"})
    both = replace(page, words=(*head.words, *page.words), rulings=(*head.rulings, *page.rulings))
    header = header_of(both, headings)
    assert plain(header)["nomor_sop"] == "060/12/ORG/2018"
    assert [issue.code for issue in header.issues] == ["field-twice"]


@pytest.mark.parametrize("colon", ["", ": "])
def test_longer_lines_are_centred_below_a_short_one(headings: Headings, colon: str) -> None:
    """Label, colon and value in one cell: of the name no word is lost that begins left of the office."""
    joined = {
        (row, 1): f"{FIELDS[row, 1]} | {colon}{FIELDS.get((row, 2), '')}".strip(" |") for row in range(6) if row != 4
    } | {(0, 0): FIELDS[0, 0]}
    block = "Disahkan Oleh | " + colon + " " * 14 + "BUPATI\n\n" + " " * 22 + "| Drs. BUDI SANTOSO, M.Si"
    gone = LOGO + WIDE + [("v", 2, row) for row in range(6)]
    got = plain(header_of(drawn(XS, YS, joined | {(4, 1): block} | BOXES, gone=gone), headings))
    assert (got["jabatan"], got["nama"]) == ("BUPATI", "Drs. BUDI SANTOSO, M.Si")


def test_the_body_that_issues_stands_left_of_the_labels_beside_it(headings: Headings) -> None:
    """Labels below it may stand further left than those beside it."""
    xs, ys = (20.0, 200.0, 380.0, 560.0), (20.0, 50.0, 80.0, 110.0, 190.0)
    cells = {
        (0, 0): "PEMERINTAH KABUPATEN CONTOH",
        (0, 1): "Nomor SOP\n060/12/ORG/2018",
        (0, 2): "Tanggal Pembuatan\n08 Desember 2017",
        (1, 1): "Tanggal Revisi\n10 Januari 2018",
        (1, 2): "Tanggal Efektif\n01 Februari 2018",
        (2, 0): "Nama SOP",
        (2, 1): "Surat Masuk",
        (3, 0): "Disahkan Oleh",
        (3, 1): "SEKRETARIS DAERAH\n\nDrs. BUDI SANTOSO, M.Si",
    }
    gone = [("h", 1, 0), ("v", 2, 2), ("v", 2, 3)]
    got = plain(header_of(drawn(xs, ys, cells, gone=gone), headings))
    assert got["instansi"] == "PEMERINTAH KABUPATEN CONTOH"
    assert got["nama_sop"] == "Surat Masuk"


@pytest.mark.parametrize(
    "name", ["Dr. SITI AMINAH", "Prof. Dr. Ir. MUHAMMAD SYARIFUDDIN HIDAYATULLAH, S.T., M.Sc."], ids=["short", "wide"]
)
def test_the_signature_may_stand_below_the_boxes(headings: Headings, name: str) -> None:
    """It ends with the number of who signed: the title of the matrix below it is none of it."""
    lines = ("Disahkan Oleh", "Dekan", "", "", "", name, "Pembina Utama Madya", "NIP. 19650909 199310 1 002", "ALUR")
    words = [w for n, line in enumerate(lines) for w in words_of(line, 430 - 2.5 * len(line), 310.0 + 12 * n)]
    page = drawn(XS, YS, {k: v for k, v in (FIELDS | BOXES).items() if k[0] != 4}, gone=LOGO + WIDE)
    got = plain(header_of(replace(page, words=(*page.words, *words)), headings))
    assert [got.get(field) for field in ("jabatan", "nama", "pangkat", "nip")] == [
        "Dekan",
        name,
        "Pembina Utama Madya",
        "NIP. 19650909 199310 1 002",
    ]


def test_what_stands_below_the_boxes_and_names_nobody_is_no_signature(headings: Headings) -> None:
    page = drawn(XS, YS, {k: v for k, v in (FIELDS | BOXES).items() if k[0] != 4}, gone=LOGO + WIDE)
    note = words_of("Kepala Bagian menyimpan SOP ini", 30, 320.0)
    assert header_of(replace(page, words=(*page.words, *note)), headings).signature == {}
