from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corrections import parse_corrections
from pipeline.corrections.yaml_edit import append_entries, new_file, remove_entries, replace_value
from pipeline.corrections.yaml_positions import Number, YamlValue, read_yaml

ENTRY = {"sop": "02", "at": "kegiatan[no=3]/uraian", "expect": "surad", "set": "Surat: 2", "why": "kabur"}
AS_WRITTEN = '  - sop: "02"\n    at: kegiatan[no=3]/uraian\n    expect: surad\n    set: "Surat: 2"\n    why: kabur\n'


def test_a_new_file_and_its_first_entry() -> None:
    text = append_entries(new_file("sop bintan.pdf", "ab12"), "a.yaml", [ENTRY])
    assert text == (
        "# yaml-language-server: $schema=../docs/schema/corrections.schema.json\n"
        "document:\n  file: sop bintan.pdf\n  sha256: ab12\ncorrections:\n" + AS_WRITTEN
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("document: {file: a}\n", "document: {file: a}\ncorrections:\n" + AS_WRITTEN),
        ("document: {file: a}", "document: {file: a}\ncorrections:\n" + AS_WRITTEN),
        (
            "document: {file: a}\ncorrections:\n# none yet\n",
            "document: {file: a}\ncorrections:\n" + AS_WRITTEN + "# none yet\n",
        ),
        (
            "corrections: []  # none\ndocument: {file: a}\n",
            "corrections:  # none\n" + AS_WRITTEN + "document: {file: a}\n",
        ),
        (
            "document: {file: a}\ncorrections:\n- sop: 1 # one\n  at: judul\n  set: x # last\n# end\nreviewer: y\n",
            "document: {file: a}\ncorrections:\n- sop: 1 # one\n  at: judul\n  set: x # last\n"
            + AS_WRITTEN.replace("\n  ", "\n")[2:]
            + "# end\nreviewer: y\n",
        ),
        (
            "document: {file: a}\ncorrections:\n  - {sop: 1, at: judul, set: x}",
            "document: {file: a}\ncorrections:\n  - {sop: 1, at: judul, set: x}\n" + AS_WRITTEN,
        ),
        (
            "document: {file: a}\ncorrections:\n    - sop: 1\n      at: judul\n      set: |\n        x\n        y\n\n",
            "document: {file: a}\ncorrections:\n    - sop: 1\n      at: judul\n      set: |\n        x\n        y\n\n"
            + AS_WRITTEN.replace("  - ", "    - ").replace("\n    ", "\n      "),
        ),
    ],
)
def test_an_entry_is_appended_and_all_else_stays(before: str, after: str) -> None:
    assert append_entries(before, "a.yaml", [ENTRY]).replace("    - sop", "  - sop") == after.replace(
        "    - sop", "  - sop"
    )
    assert parse_corrections(append_entries(before, "a.yaml", [ENTRY]), "a.yaml").entries[-1].given == ENTRY


def test_a_flow_list_grows_in_its_own_style() -> None:
    before = "document: {file: a}\ncorrections: [{sop: 1, at: judul, set: x}]  # all\n"
    after = append_entries(before, "a.yaml", [ENTRY])
    assert after.startswith("document: {file: a}\ncorrections: [{sop: 1, at: judul, set: x}, {sop: ")
    assert "# all" in after
    assert parse_corrections(after, "a.yaml").entries[1].given == ENTRY


@given(
    st.one_of(st.text(), st.sampled_from(["yes", "1", "0x1", "~", "- a", "a: b", "#", "x #y", "2018-01-01", "", "<<"]))
)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    done = append_entries(new_file(text or "x", None, text or None), "a.yaml", [{**ENTRY, "set": text}])
    file = parse_corrections(done, "a.yaml")
    assert file.entries[0].value == text
    assert file.document == (text or "x")


values = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8) | st.integers(0, 99).map(Number),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_any_value_comes_back_as_it_was(value: YamlValue) -> None:
    from pipeline.corrections.yaml_edit import entry_text

    text = entry_text({"sop": "1", "set": value})
    assert read_yaml(text, "a").value == [{"sop": "1", "set": value}]


def test_one_value_is_rewritten_in_its_place() -> None:
    text = "document: {file: a}\ncorrections:\n  - sop: 1\n    at: judul\n    expect: x  # seen\n    set: y\n  # end\n"
    entry = parse_corrections(text, "a.yaml").entries[0]
    assert replace_value(text, entry, "expect", "a, b") == text.replace("expect: x", 'expect: "a, b"')
    block = text.replace("expect: x  # seen", "expect: |\n      x\n      z")
    entry = parse_corrections(block, "a.yaml").entries[0]
    done = replace_value(block, entry, "expect", "q")
    assert parse_corrections(done, "a.yaml").entries[0].expect == "q"
    assert done.endswith("    set: y\n  # end\n")


@pytest.mark.parametrize(
    ("before", "numbers", "after"),
    [
        ("  - {A}  # one\n  - {B}\n  # end\n", [1], "  - {B}\n  # end\n"),
        ("  - {A}\n  # of b\n  - {B}\n", [2], "  - {A}\n  # of b\n"),
        ("- sop: 1\n  at: judul\n  set: |\n    x\n    y - z\n- {B}\n", [1], "- {B}\n"),
        ("  -\n    sop: 1\n    at: judul\n    set: x # why\n  - {B}\n", [1], "  - {B}\n"),
        ("  - {A}\n  - {B}\n  - {A}\n", [1, 3], "  - {B}\n"),
        ("  - {A}\n", [1], ""),
        ("  [{A}, {B}]\n", [2], "  [{A}]\n"),
        ("  [{A}, {B}]\n", [1], "  [{B}]\n"),
        ("  [{A}]\n", [1], "  []\n"),
    ],
)
def test_entries_are_taken_out_and_all_else_stays(before: str, numbers: list[int], after: str) -> None:
    def whole(entries: str) -> str:
        written = entries.replace("{A}", "{sop: 1, at: judul, set: x}").replace("{B}", "{sop: 2, at: judul, set: y}")
        return f"document: {{file: a}}\nreviewer: b\ncorrections:\n{written}"

    entries = parse_corrections(whole(before), "a.yaml").entries
    assert remove_entries(whole(before), "a.yaml", [entries[n - 1] for n in numbers]) == whole(after)
