"""Identity fields whose labels run over rows, are doubled or misread."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.transcript.dictionary import Dictionary, text_of
from pipeline.transcript.identity import Identity, label_column, read_identity
from pipeline.transcript.known_words import KnownWords

ROWS = [
    ("", "Nomor SOP", "02.061/079/59"),
    ("", "", "02. 061/org/58"),
    ("NOTES.", "Tanggal", "08 Desember 2017"),
    ("", "Pembuatan", "OO DESCRIBET 2017"),
    ("", "Tanggal Revisi", "-"),
    ("", "Tonggol", ""),
    ("Bagian Organisasi", "Tanggal Efektif", "01 Januari 2018"),
    ("Sekretariat Daerah", "Disahkan Oleh", "SEKRETARIS DAERAH"),
    ("Sekietailat Daeraii", "Disarikan Olen", "SERRETARIS BALIVATI"),
    ("", "", ", &"),
    ("", "", "Drs. ADI, M.M Pembina Utama Madya NIP. 19651009 199310 1 002"),
    ("", "Nama Standar", "Penyusunan Laporan"),
    ("", "Operasional", "Kinerja"),
    ("", "Prosedur", "Kabupaten Bintan"),
]
OTHER_NUMBERS = "01. 061/org/57\n03. 061/org/59\n"


def read(dictionary_of: Callable[[str], Dictionary], known: KnownWords) -> Identity:
    words = dictionary_of(OTHER_NUMBERS + "\n".join("\t".join(row) for row in ROWS))
    assert label_column(ROWS, known, words.settings) == 1
    return read_identity(ROWS, 1, words, known)


def test_fields(dictionary_of: Callable[[str], Dictionary], known: KnownWords) -> None:
    fields = read(dictionary_of, known).fields
    assert {name: [text_of(line) for line in lines] for name, lines in fields.items()} == {
        "nomor_sop": ["02. 061/org/58"],
        "tanggal_pembuatan": ["08 Desember 2017"],
        "tanggal_revisi": ["-"],
        "tanggal_efektif": ["01 Januari 2018"],
        "disahkan_oleh": ["SEKRETARIS DAERAH", "Drs. ADI, M.M", "Pembina Utama Madya", "NIP. 19651009 199310 1 002"],
        "nama_sop": ["Penyusunan Laporan", "Kinerja", "Kabupaten Bintan"],
    }


def test_the_reading_that_was_not_believed_is_kept(
    dictionary_of: Callable[[str], Dictionary], known: KnownWords
) -> None:
    fields = read(dictionary_of, known).fields
    kept = {name: lines[0][0].readings for name, lines in fields.items() if lines[0][0].readings}
    assert kept == {
        "nomor_sop": ("02.061/079/59",),
        "tanggal_pembuatan": ("OO DESCRIBET 2017",),
        "disahkan_oleh": ("SERRETARIS BALIVATI",),
    }


def test_the_body_is_told_from_what_a_crest_became(
    dictionary_of: Callable[[str], Dictionary], known: KnownWords
) -> None:
    identity = read(dictionary_of, known)
    assert [text_of(line) for line in identity.instansi] == ["Bagian Organisasi", "Sekretariat Daerah"]
    assert identity.instansi[1][0].readings == ("Sekietailat Daeraii",)
    assert {"NOTES.", ", &"} <= set(identity.debris)


def test_a_nip_that_lost_its_end_has_that_of_another_cover(
    dictionary_of: Callable[[str], Dictionary], known: KnownWords
) -> None:
    rows = [("Nomor SOP", "1"), ("Tanggal Revisi", "-"), ("Disahkan Oleh", "Kepala"), ("", "NIP. 19651009 199310 1")]
    words = dictionary_of("NIP. 19651009 199310 1 002")
    lines = read_identity(rows, 0, words, known).fields["disahkan_oleh"]
    assert text_of(lines[-1]) == "NIP. 19651009 199310 1 002"


def test_readings_that_nothing_tells_apart_are_unsure(dictionary: Dictionary, known: KnownWords) -> None:
    rows = [("Nomor SOP", "060/1/ORG"), ("", "060/7/ORG"), ("Tanggal Revisi", "-")]
    (line,) = read_identity(rows, 0, dictionary, known).fields["nomor_sop"]
    assert line[0].confidence == dictionary.settings.damaged_confidence
    assert line[0].readings == ("060/7/ORG",)
