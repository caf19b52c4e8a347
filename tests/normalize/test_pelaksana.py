from __future__ import annotations

import pytest

from pipeline.normalize.acronyms import Capitals
from pipeline.normalize.cells import clean_cell
from pipeline.normalize.language import Language
from pipeline.normalize.lexicon import Lexicon, load_lexicon
from pipeline.normalize.pelaksana import canonical_role, known_role, role_ids, role_name, slug
from pipeline.settings import LanguageSettings

from .conftest import Cells

LEXICON = load_lexicon()
SETTINGS = LanguageSettings()


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("KASUBBAG TATALAKSANA", "Kasubbag Tatalaksana"),
        ("TU BAGIAN", "TU Bagian"),
        ("SKPD", "SKPD"),
        ("BUPATI KAB. BINTAN", "Bupati Kab. Bintan"),
        ("MENPAN & RB", "Menpan & RB"),
        ("ASSISTEN/SEKDA", "Assisten/Sekda"),  # the author's spelling is kept
        ("Tim Monev", "Tim Monev"),
        ("UKPBJ", "UKPBJ"),
        ("KEPALA DPUPR", "Kepala DPUPR"),
        ("PJK TIP", "PJK TIP"),
        ("CAN", "CAN"),
        ("KA. SUB BID PROGRAM", "Ka. Sub Bid Program"),
        ("BAPPEDA", "Bappeda"),
        ("INSPEKTORAT TUBABA", "Inspektorat Tubaba"),
        ("ADM. UMUM", "Adm. Umum"),
        ("TIM HUMAS", "Tim HUMAS"),
        ("Calon  Mahasiswa", "Calon Mahasiswa"),
    ],
)
def test_a_name_keeps_its_authors_form(label: str, name: str) -> None:
    assert role_name(label, LEXICON) == name


@pytest.mark.parametrize(
    "forms",
    [
        ("Kasubbag TU", "KASUBAG TU", "Ka. Subbag TU", "Kassubag Tata Usaha", "Kepala Sub Bagian Tata Usaha"),
        ("Sekda", "SEKRETARIS DAERAH"),
        ("Kabag Hukum", "Kepala Bagian Hukum", "KA. BAG HUKUM"),
        ("Asisten", "Assisten"),
        ("Kasubbag Tata Laksana", "Kasubbag Tatalaksana"),
    ],
)
def test_one_role_spelled_differently_has_one_id(forms: tuple[str, ...]) -> None:
    assert len({canonical_role(form, LEXICON) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kabag Organisasi", "Kabag Umum"),
        ("Kasubbag PP", "Kasubbag TU"),
        ("Kabag Hukum", "Kabid Hukum"),
        ("Asisten I", "Asisten II"),
        ("Sekda", "Sekretaris"),
    ],
)
def test_two_roles_have_two_ids(one: str, other: str) -> None:
    assert len(set(role_ids([one, other], LEXICON))) == 2


def test_columns_of_one_name_have_ids_of_their_own() -> None:
    assert role_ids(["Staf", "STAF", "Menpan & RB"], LEXICON) == ("staf", "staf-2", "menpan-rb")
    assert slug("???") == "x"


def test_the_reviewers_name_wins() -> None:
    taught = load_lexicon({"pelaksana": {"KASUBAG TATA LAKSANA": "Kasubbag Tatalaksana"}})
    assert role_name("Kasubag Tata Laksana", taught) == "Kasubbag Tatalaksana"


def test_a_misread_role_is_the_one_the_document_has(language: Language) -> None:
    others = ("Kabag Organisasi", "Kabag Umum", "Kasubbag PP")
    assert known_role("Kabag Organisasl", others, language) == "Kabag Organisasi"
    assert known_role("Kabag Umum", ("Kabag Organisasi",), language) is None
    assert known_role("Kasubbag TU", others, language) is None
    assert known_role("Kabag Organisasl", ("Kabag Organisasi", "Kabag Organisasa"), language) is None  # ambiguous


def test_what_the_document_shows_to_be_an_acronym_keeps_its_capitals(lexicon: Lexicon, cell: Cells) -> None:
    texts = (
        "Surat dari Kepala GIATJA diteruskan",
        "berkas WAJIB lengkap",
        "Laporan dan TEMBUSAN surat",
        "Tembusan surat",
    )
    capitals = Capitals(SETTINGS)
    for text in texts:
        capitals.add(cell(text))
    own = capitals.acronyms(lexicon)
    assert own == {"GIATJA"}
    assert role_name("KASI GIATJA", lexicon, own) == "Kasi GIATJA"
    assert role_name("KASI GIATJA", lexicon) == "Kasi Giatja"
    doubted = Capitals(SETTINGS)
    doubted.add(cell("Kepala GIATJA baru", confidence=0.5))
    assert doubted.acronyms(lexicon) == frozenset()


def test_a_slash_at_a_lines_end_is_followed_by_the_space_of_the_line_break(language: Language, cell: Cells) -> None:
    assert clean_cell(cell("KABID/", "KASIE", letters=8), language).clean == "KABID/ KASIE"
    assert clean_cell(cell("Kabid/Kasie"), language).clean == "Kabid/Kasie"
