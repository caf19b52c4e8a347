"""Drafts from the cells of a transcript."""

from __future__ import annotations

import pytest

from pipeline.model.draft import Draft
from pipeline.model.headings import Headings
from pipeline.settings import Settings
from pipeline.transcript import read_text

COVER = (
    "Nomor SOP\t: 060/12\nTanggal Efektif\t2 Januari 2019\nDisahkan Oleh\tKepala Dinas\nNama SOP\tSurat Masuk\n\n"
    "Dasar Hukum:\n\n1. Undang-Undang Nomor 25 Tahun 2009\n2. Nomor SOP lama\n\n"
)
HEAD = "No\tKegiatan\tKabag\tSekda\tKelengkapan\tWaktu\tOutput\n"
STEPS = (
    "1\tMenerima surat\tMulai\t\tSurat\t5 menit\tAgenda\n2\tMeneruskan surat\t\tSelesai\tSurat\t10 menit\tDisposisi\n"
)
GOES_ON = "\n1\t2\t3\t4\t5\t6\t7\n" + STEPS.replace("1\t", "3\t").replace("2\t", "4\t")
LONG = "Mulai surat diterima dari bagian umum"
SIGNED = "\n\nKepala Dinas,\n\nDrs. ADI, M.M\nNIP. 19651009 199310 1 002\n"


@pytest.fixture
def drafts(request: pytest.FixtureRequest, headings: Headings) -> tuple[Draft, ...]:
    text: str = request.param
    return read_text(text, headings, Settings()).drafts


@pytest.mark.parametrize("drafts", [COVER + HEAD + STEPS + SIGNED], indirect=True)
def test_a_cover_and_its_matrix_are_one_draft(drafts: tuple[Draft, ...]) -> None:
    (draft,) = drafts
    assert draft.header is not None
    assert draft.matrix is not None
    assert (draft.pages, draft.kind, draft.header.pages) == ((1, 2), "transcript", (1,))
    assert {name: text.text for name, text in draft.header.fields.items()} == {
        "nomor_sop": "060/12",
        "tanggal_efektif": "2 Januari 2019",
        "nama_sop": "Surat Masuk",
    }
    assert draft.header.signature["nip"].text == "NIP. 19651009 199310 1 002"
    assert [[cell.text for cell in row.cells.values()] for row in draft.matrix.rows] == [
        ["1", "Menerima surat", "Mulai", "", "Surat", "5 menit", "Agenda"],
        ["2", "Meneruskan surat", "", "Selesai", "Surat", "10 menit", "Disposisi"],
    ]
    assert [symbol.kind for symbol in draft.flow.symbols] == ["start", "end"]


@pytest.mark.parametrize("drafts", [COVER], indirect=True)
def test_an_item_that_sounds_like_a_label_stays_one(drafts: tuple[Draft, ...]) -> None:
    (draft,) = drafts
    assert draft.header is not None
    assert [item.text for item in draft.header.lists["dasar_hukum"]] == [
        "Undang-Undang Nomor 25 Tahun 2009",
        "Nomor SOP lama",
    ]
    assert [issue.code for issue in draft.issues] == ["matrix-missing"]


@pytest.mark.parametrize("drafts", [COVER + HEAD + STEPS + GOES_ON], indirect=True)
def test_a_table_without_a_head_goes_on_with_the_matrix(drafts: tuple[Draft, ...]) -> None:
    (draft,) = drafts
    assert draft.matrix is not None
    assert [part.page.number for part in draft.matrix.parts] == [2, 3]
    assert [row.no for row in draft.matrix.rows] == [1, 2, 3, 4]


@pytest.mark.parametrize("drafts", [HEAD + STEPS + "\n\nLampiran\n\n" + HEAD + STEPS], indirect=True)
def test_a_matrix_that_counts_from_one_again_is_another_sop(drafts: tuple[Draft, ...]) -> None:
    assert [draft.pages for draft in drafts] == [(1, 1), (2, 2)]
    assert drafts[1].matrix is not None
    assert drafts[1].matrix.judul is not None
    assert drafts[1].matrix.judul.text == "Lampiran"


@pytest.mark.parametrize("drafts", [HEAD + STEPS.replace("Mulai", LONG)], indirect=True)
def test_what_runs_over_a_narrow_column_stays_in_its_cell(drafts: tuple[Draft, ...]) -> None:
    (draft,) = drafts
    assert draft.matrix is not None
    assert draft.matrix.rows[0].cells[2].text == LONG
    assert draft.matrix.rows[0].cells[3].text == ""
