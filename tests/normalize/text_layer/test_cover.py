from __future__ import annotations

from pipeline.model.draft import HeaderDraft
from pipeline.model.page import CellText
from pipeline.normalize.text_layer.cover import out_of_line
from pipeline.settings import TextDoubtSettings

from .conftest import Typeset

FIELDS = {
    "nomor_sop": "060/12/ORG/2018",
    "tanggal_pembuatan": "08 Desember 2017",
    "tanggal_efektif": "01 Januari 2018",
    "nama_sop": "Pengelolaan Surat Masuk",
}
SIGNATURE = {"jabatan": "SEKRETARIS DAERAH", "nama": "Drs. BUDI SANTOSO", "pangkat": "Pembina Utama Madya"}
BODY = ("PEMERINTAH KABUPATEN CONTOH", "SEKRETARIAT DAERAH")


def cover(made: Typeset, lost: str = "", below_label: bool = False) -> HeaderDraft:
    fields = {name: made(text, y=20.0 * n, width=200, lost=lost) for n, (name, text) in enumerate(FIELDS.items())}
    fields["instansi"] = made(*BODY, x=400, width=250, lost=lost, centred=True)
    signature: dict[str, CellText] = {}
    for n, (name, text) in enumerate(SIGNATURE.items()):
        aside = 60.0 if below_label and name == "jabatan" else 0.0
        signature[name] = made(text, x=aside, y=100 + 20.0 * n, width=200, lost=lost, centred=not below_label)
    return HeaderDraft((1,), fields, signature)


def paths(header: HeaderDraft, settings: TextDoubtSettings) -> list[str]:
    return [path for path, _ in out_of_line(header, settings)]


def test_nothing_is_said_of_a_cover_that_is_whole(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    assert paths(cover(typeset_cell), doubt_settings) == []
    assert paths(cover(typeset_cell, below_label=True), doubt_settings) == []


def test_a_value_without_its_first_word(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    assert paths(cover(typeset_cell, lost="08"), doubt_settings) == ["/header/tanggal_pembuatan"]


def test_a_line_of_the_signature_off_its_middle(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    assert paths(cover(typeset_cell, lost="SEKRETARIS"), doubt_settings) == ["/header/disahkan_oleh/jabatan"]


def test_a_line_of_the_issuing_body_off_its_middle(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    assert set(paths(cover(typeset_cell, lost="CONTOH"), doubt_settings)) == {"/header/instansi"}
