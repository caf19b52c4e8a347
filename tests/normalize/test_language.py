from __future__ import annotations

from pipeline.model.draft import Column, Draft, HeaderDraft, MatrixDraft
from pipeline.model.page import CellText
from pipeline.model.record import SourceKind
from pipeline.normalize.document_words import DocumentWords, whole_words
from pipeline.normalize.language import language_of
from pipeline.normalize.lexicon import load_lexicon
from pipeline.normalize.records import document_language
from pipeline.settings import LanguageSettings

from .conftest import Cells

SETTINGS = LanguageSettings()


def words_of(*cells: CellText) -> DocumentWords:
    words = DocumentWords(SETTINGS)
    for each in cells:
        words.add_cell(each)
    return words


def test_words_at_a_lines_end_may_be_pieces(cell: Cells) -> None:
    found = [word for word, _ in whole_words(cell("Srt. LAKIP diregis", "trasi OPD"), SETTINGS)]
    assert found == ["srt", "lakip", "opd"]


def test_a_scan_must_show_a_word_twice(cell: Cells) -> None:
    once = cell("Surat infiensi baru", confidence=0.93)
    assert words_of(once).own == set()
    assert "infiensi" in words_of(once, once).own
    assert "infiensi" in words_of(cell("Surat infiensi baru")).own


def test_a_doubted_word_is_no_evidence(cell: Cells) -> None:
    assert list(whole_words(cell("Surat infiensi baru", confidence=0.5), SETTINGS)) == []


def test_parts_of_a_document_add_up_to_its_words(cell: Cells) -> None:
    """Each is counted by a worker of its own, and no cell stands in two of them."""

    def draft(*texts: str, kind: SourceKind = "text") -> Draft:
        fields = dict(zip(("nama_sop", "nomor_sop"), map(cell, texts), strict=False))
        return Draft((1, 1), kind, None, HeaderDraft((1,), fields=fields))

    first, second = draft("Surat LAKIP masuk", "01/SOP"), draft("Berkas surat", "02/SOP", kind="scan")
    whole = DocumentWords.of([first, second], SETTINGS)
    parts = DocumentWords.of([first], SETTINGS)
    parts.include(DocumentWords.of([second], SETTINGS))
    one, other = (language_of(words, load_lexicon(None), SETTINGS) for words in (whole, parts))
    assert one.printed == other.printed == {"surat": 2, "lakip": 1, "masuk": 1, "berkas": 1, "sop": 2}
    assert one.acronyms == other.acronyms
    assert whole.own == parts.own
    assert [name for name, _ in parts.scanned_fields] == ["nomor_sop"]


def test_a_cell_that_several_sops_share_is_printed_once(cell: Cells) -> None:
    cover = HeaderDraft((1,), fields={"nama_sop": cell("Surat masuk")})
    words = DocumentWords.of([Draft((1, 1), "text", None, cover)] * 3, SETTINGS)
    assert words.printed == {"surat": 1, "masuk": 1}


def test_codes_of_letters_and_digits_are_counted(cell: Cells) -> None:
    printed = words_of(cell("Blangko N1, (N4) 2018 A12B 060/ORG")).printed
    assert dict(printed) == {"blangko": 1, "n1": 1, "n4": 1, "a": 1, "b": 1, "n": 2, "org": 1}


def test_heads_of_more_than_one_role_column_are_the_documents_roles(cell: Cells) -> None:
    """Counted over SOPs, and over the parts that several workers read; a head of other lines is the same one."""

    def draft(*heads: CellText) -> Draft:
        columns = tuple(Column(index, "pelaksana", head) for index, head in enumerate(heads))
        waktu = Column(len(heads), "waktu", cell("Waktu"))
        return Draft((1, 1), "text", MatrixDraft((*columns, waktu), (), ()), None)

    drafts = [
        draft(cell("Kasubag"), cell("Tim Monitoring")),
        draft(cell("Tim", "Monitoring"), cell("Bupati")),
        draft(cell("Kasubag"), cell("Kasi")),
    ]
    whole, parts = DocumentWords.of(drafts, SETTINGS), DocumentWords.of(drafts[:2], SETTINGS)
    parts.include(DocumentWords.of(drafts[2:], SETTINGS))
    for words in (whole, parts):
        assert document_language(words, load_lexicon(None), SETTINGS).roles == ("Kasubag", "Tim Monitoring")
        assert list(words.role_heads) == ["Kasubag", "Tim Monitoring", "Tim\nMonitoring", "Bupati", "Kasi"]
