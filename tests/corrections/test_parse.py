from __future__ import annotations

import pytest

from pipeline.corrections import CorrectionsError, parse_corrections, parse_overlay

HEAD = "document: {file: a.pdf}\ncorrections:\n"


def refusals(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(CorrectionsError) as caught:
        parse_corrections(text, "a.yaml")
    assert caught.value.exit_code == 2
    assert caught.value.advice
    return [(p.line, p.column, str(p.message)) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("entry", "column", "words"),
    [
        ("{sop: 1, at: judul, sett: X}", 25, "unknown key 'sett': did you mean set?"),
        ("{sop: 1, at: judul, why: X}", 5, "one of set, confirm, insert, remove, move is missing"),
        ("{sop: 1, at: judul, set: X, whyy: y}", 33, "unknown key 'whyy': did you mean why?"),
        ("{sop: 1, at: judul, set: X, confirm: X}", 5, "more than one of"),
        ("{sop: 1, set: X}", 5, "'at' is missing"),
        ("{at: judul, set: X}", 5, "'sop' is missing"),
        ("{sop: [1], at: judul, set: X}", 11, "sop: must be text"),
        ("{sop: 1, at: header/tgl, set: X}", 18, "no field tgl in header"),
        ("{sop: 1, at: header/nama_spo, set: X}", 18, "did you mean nama_sop?"),
        ("{sop: 1, at: evidence, set: X}", 18, "cannot be corrected"),
        ("{sop: 1, at: judul/x, set: X}", 18, "nothing stands below it"),
        ("{sop: 1, at: kegiatan/uraian, set: X}", 18, "say which item of kegiatan is meant: kegiatan[no=…]"),
        ("{sop: 1, at: 'judul[1]', set: X}", 18, "is no list"),
        ("{sop: 1, at: 'kegiatan[place=1]', remove: true}", 18, "cannot be chosen by 'place'"),
        ("{sop: 1, at: 'kegiatan[no=1', remove: true}", 32, "']' is missing"),
        ("{sop: 1, at: 'kegiatan[]', remove: true}", 28, "expected a value"),
        ("{sop: 1, at: header//x, set: X}", 25, "expected a name"),
        ("{sop: 1, at: header/nama_sop x, set: X}", 33, "expected '/' or '['"),
        ("{sop: 1, at: judul, set: [a]}", 30, "must be text, not a list"),
        ("{sop: 1, at: judul, set: {a: b}}", 30, "must be text, not a mapping"),
        ("{sop: 1, at: judul, set: true}", 30, "put it in quotes"),
        ("{sop: 1, at: judul, set: X, expect: true}", 41, "put it in quotes"),
        ("{sop: 1, at: judul, remove: false}", 33, "remove takes only 'true'"),
        ("{sop: 1, at: judul, set: X, after: 1}", 33, "belongs to an insert into a list"),
        ("{sop: 1, at: 'kegiatan[1]', move: false, after: 2}", 39, "move takes only 'true'"),
        ("{sop: 1, at: 'kegiatan[1]', move: true}", 39, "say with after where it goes"),
        ("{sop: 1, at: 'kegiatan[1]', move: true, after: [2]}", 52, "must be the place"),
        ("{sop: 1, at: kegiatan, move: true, after: 2}", 34, "say which item of the list"),
        ("{sop: 1, at: header/peringatan, move: true, after: 2}", 43, "say which item of the list"),
        ("{sop: 1, at: 'flow/nodes[1,kabag]', move: true, after: 2}", 47, "belongs to a step, or an item of a list"),
        ("{sop: 1, at: judul, move: true, after: 2}", 31, "belongs to a step, or an item of a list"),
        ("{sop: 1, at: judul, confirm: true}", 34, "confirm must say what was read"),
        ("{sop: 1, at: source/pages, set: 4}", 37, "the first and the last page"),
        ("{sop: 1, at: source/kind, set: paper}", 36, "none of text, scan"),
        ("{sop: 1, at: header/keterkaitan, set: X}", 43, "say which item of the list"),
        ("{sop: 1, at: header/keterkaitan, insert: [X]}", 46, "insert one item at a time"),
        ("{sop: 1, at: header/keterkaitan, insert: X, after: [1]}", 56, "must be the place"),
        ("{sop: 1, at: kegiatan, set: [{uraian: x}], expect: []}", 33, "as a whole"),
        ("{sop: 1, at: kegiatan, remove: true}", 36, "say which item of the list"),
        ("{sop: 1, at: kegiatan, insert: {urain: x}}", 37, "unknown key 'urain': did you mean uraian?"),
        ("{sop: 1, at: kegiatan, insert: {no: x}}", 41, "must be a whole number"),
        ("{sop: 1, at: kegiatan, insert: x}", 36, "must be a mapping of no, nomor"),
        ("{sop: 1, at: kegiatan, insert: {mutu_baku: {waktu: {value: x, text: y}}}}", 64, "'x' is no number"),
        ("{sop: 1, at: kegiatan, insert: {pelaksana: x}}", 48, "must be a list"),
        ("{sop: 1, at: 'kegiatan[1]', set: {no: 2}}", 43, "no cannot be set"),
        ("{sop: 1, at: 'kegiatan[1]', set: null}", 38, "use remove: true"),
        ("{sop: 1, at: 'header/dasar_hukum[nth=1]/tahun', set: dua}", 58, "is no whole number"),
        ("{sop: 1, at: flow/nodes, insert: {kegiatan: 1, pelaksana: x, kind: bok}}", 72, "none of start, process"),
        ("{sop: 1, at: flow/nodes, insert: {kegiatan: 1, kind: start}}", 38, "'pelaksana' is missing"),
        ("{sop: 1, at: flow/edges, insert: {from: [1, x]}}", 38, "'to' is missing"),
        ("{sop: 1, at: flow/edges, insert: {from: [1], to: x}}", 45, "must name a symbol"),
        ("{sop: 1, at: sop, set: {judul: x}}", 28, "a whole SOP takes no set"),
        ("{sop: 1, at: sop, insert: {judul: x}}", 31, "inserted with its pages"),
        ("{sop: 1, at: sop, insert: {id: x, source: {pages: [1, 2]}}}", 32, "unknown key 'id'"),
        ("{sop: 1, sop: 2, at: judul, set: X}", 14, "'sop' stands here twice"),
        ("{sop: 1, at: judul, set: !!python/name:os.system X}", 30, "the tag"),
        ("{sop: 1, at: judul, set: !x y}", 30, "the tag !x"),
        ("{sop: &a 1, at: judul, set: *a}", 11, "aliases"),
    ],
)
def test_a_bad_entry_is_refused_at_its_place(entry: str, column: int, words: str) -> None:
    found = refusals(f"{HEAD}  # a comment\n  - {entry}\n")
    assert any((line, at) == (4, column) and words in message for line, at, message in found), found


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "'document' is missing"),
        ("- a", 1, "the file"),
        ("document: {}\n", 1, "'file' is missing"),
        ("document: {file: a.pdf, sha256: xyz}\n", 1, "hexadecimal"),
        ("document: {file: a.pdf}\ncorections: []\n", 2, "unknown key 'corections': did you mean corrections?"),
        ("document: {file: a.pdf}\ncorrections: x\n", 2, "list"),
        ("document: {file: a.pdf\ncorrections: []\n", 2, "not YAML"),
        ("document:\n\tfile: a\n", 2, "not YAML"),
        ("document: {file: a}\n---\nb: 1\n", 2, "not YAML"),
        ("document: {file: a\x07}\n", 1, "not YAML"),
        ("document: *a\n", 1, "not YAML"),
        ("%YAML 9.9\n---\ndocument: a\n", 1, "not YAML"),
        ("document: a\n%YAML 9.9\n---:\n  - a: 1\n", 1, "names a version that is not known"),
        ("document: {file: a, [1]: 2}\n", 1, "plain word"),
    ],
)
def test_a_bad_file_is_refused(text: str, line: int, words: str) -> None:
    assert any(found[0] == line and words in found[2] for found in refusals(text)), refusals(text)


def test_all_bad_entries_are_told_at_once() -> None:
    found = refusals(
        HEAD + "  - {sop: 1, at: x, set: 1}\n  - {sop: 1, at: judul, set: 1}\n  - {sop: 1, at: y, set: 1}\n"
    )
    assert [line for line, _, _ in found] == [3, 5]


def test_numbers_stay_as_they_were_written() -> None:
    file = parse_corrections(HEAD + "  - {sop: 02, at: header/nomor_sop, set: 060, expect: 1e3, why: 007}\n", "a.yaml")
    entry = file.entries[0]
    assert (entry.sop, entry.value, entry.expect, entry.line) == ("02", "060", "1e3", 3)


def test_a_file_without_entries() -> None:
    assert parse_corrections("document: {file: a.pdf, sha256: 12ab}\n", "a.yaml").entries == ()


def test_the_lexicon_of_the_contract() -> None:
    text = (
        'pelaksana: {"KASUBAG TATA LAKSANA": Kasubbag Tatalaksana}     # printed form: canonical name\n'
        "words:     {Perdayagunaan: Pendayagunaan}\nunits:     {mnt: menit}\n"
        'headings:  {"Persy/Kikon": kelengkapan}\n'
    )
    assert parse_overlay(text, "lexicon.yaml").model_dump() == {
        "pelaksana": {"KASUBAG TATA LAKSANA": "Kasubbag Tatalaksana"},
        "words": {"Perdayagunaan": "Pendayagunaan"},
        "units": {"mnt": "menit"},
        "headings": {"Persy/Kikon": "kelengkapan"},
    }
    with pytest.raises(CorrectionsError) as caught:
        parse_overlay("units:\n  mnt: minit\nwords: [a]\n", "lexicon.yaml")
    assert [(p.line, p.column) for p in caught.value.problems] == [(2, 8), (3, 8)]
