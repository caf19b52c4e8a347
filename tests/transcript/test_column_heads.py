"""Heads that are cut, doubled or misread."""

from __future__ import annotations

from pipeline.transcript.column_heads import HeadText, agreed_heads, read_head
from pipeline.transcript.dictionary import Dictionary, text_of
from pipeline.transcript.known_words import KnownWords

NAMES = (
    "NO.",
    "URAIAN AKTIVITAS",
    "TU BAGIAN",
    "ORGANIS ASI",
    "PENYS UN",
    "KAB. BINTAN",
    "MENPAN & RB",
    "Persy/Kik on",
    "Waktu",
    "Out put",
)


def heads(head: HeadText) -> list[str]:
    return [text_of(column.head) for column in head.columns]


def test_a_head_over_empty_cells_spans_its_columns(dictionary: Dictionary, known: KnownWords) -> None:
    rows = [
        ("NO", "KEGIATAN", "PELAKSANA", "", "", "MUTU BAKU", "", "", "KET"),
        ("", "", "KABAG", "ASS I", "SEKDA", "SYARAT", "WAKTU", "OUTPUT", ""),
    ]
    head = read_head(rows, 9, dictionary, known)
    assert heads(head) == ["NO", "KEGIATAN", "KABAG", "ASS I", "SEKDA", "SYARAT", "WAKTU", "OUTPUT", "KET"]
    assert [column.kind for column in head.columns][2:5] == ["pelaksana"] * 3
    assert (head.span("pelaksana"), head.span("mutu_baku")) == (range(2, 5), range(5, 8))
    assert {name: text_of(line) for name, line in head.groups.items()} == {
        "pelaksana": "PELAKSANA",
        "mutu_baku": "MUTU BAKU",
    }


def test_names_cut_over_rows_are_put_together_and_debris_is_told(dictionary: Dictionary, known: KnownWords) -> None:
    above = ("", "", "T11", "KABAG", "TIM", "BUPATI", "MENDAN", "", "MUTU DOKUN", "1EN")
    head = read_head([above, NAMES], 10, dictionary, known)
    assert heads(head)[2:7] == ["TU BAGIAN", "KABAG ORGANIS ASI", "TIM PENYS UN", "BUPATI KAB. BINTAN", "MENPAN & RB"]
    assert head.columns[6].head[0].readings == ("MENDAN",)
    assert text_of(head.groups["mutu_baku"]) == "Mutu Dokumen"
    assert head.debris == ("T11",)


def test_a_head_cut_in_two_cells_is_one(dictionary: Dictionary, known: KnownWords) -> None:
    above = ("", "", "", "", "TIM", "UNIT F", "PELAKSANA", "", "", "")
    head = read_head([above, NAMES], 10, dictionary, known)
    assert heads(head)[4:7] == ["TIM PENYS UN", "KAB. BINTAN", "MENPAN & RB"]
    assert text_of(head.groups["pelaksana"]) == "Unit Pelaksana"
    assert head.groups["pelaksana"][0].readings == ("UNIT F PELAKSANA",)


def test_a_name_that_joins_to_no_words_is_read_as_another_matrix_has_it(
    dictionary: Dictionary, known: KnownWords
) -> None:
    rows = [
        [("No", "Kegiatan", name, "Waktu", "Output")]
        for name in ("TIM PENYS UN", "TIM PENYU SUN", "KASUBBAG PP", "KASUBBAG TU")
    ]
    found = agreed_heads([read_head(row, 5, dictionary, known) for row in rows], dictionary, known)
    assert [heads(head)[2] for head in found] == ["TIM PENYU SUN", "TIM PENYU SUN", "KASUBBAG PP", "KASUBBAG TU"]
    assert found[0].columns[2].head[0].readings == ("TIM PENYS UN",)
