"""Read piece by piece a file is what it is when read as a whole, to the last position."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.corrections import CorrectionsError, parse_corrections
from pipeline.corrections import parse as parsing
from pipeline.corrections.yaml_edit import append_entries, new_file
from pipeline.corrections.yaml_pieces import read_in_pieces
from pipeline.corrections.yaml_positions import PositionedYaml, YamlValue, read_yaml_anew

ENTRIES: list[dict[str, YamlValue]] = [
    {"sop": "02", "at": "kegiatan[no=3]/uraian", "expect": "surad", "set": "Surat: 2", "why": "kabur"},
    {"sop": "03", "at": "header/peringatan", "expect": ["a", "b # c"], "set": ["it's"]},
    {"sop": "02", "at": "kegiatan", "insert": {"uraian": "x", "pelaksana": []}, "after": "2"},
]
FILE = append_entries(new_file("a.pdf", "ab12"), "a.yaml", ENTRIES).replace("    why", "    # note\n\n    why")
ODD = ["'", '"', "#", "- ", "\n  - ", "\n", " ", "|", ">\n", "&a ", "*a", "{", "}", "[", "]", ":", ": ", "? ", "\n---"]
ODD += ["\n...", "%", "\t", "\r", "corrections:\n", "!x ", "    ", "\n\n", "# c\n", "why: |\n      x\n", "\u2028", "x"]


def whole(text: str) -> PositionedYaml | None:
    try:
        return read_yaml_anew(text, "a.yaml")
    except CorrectionsError:
        return None


@st.composite
def damaged(draw: st.DrawFn) -> str:
    text = FILE
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.sampled_from([0, 0, 1, 3, 20]))
        text = text[:start] + draw(st.sampled_from(ODD)) + text[end:]
    return text


@settings(max_examples=150, deadline=None)
@example(FILE)
@example(FILE.replace("\n  ", "\n"))
@example(FILE.rstrip())
@example(FILE + "# the end\n")
@example("corrections:  # mine\n\n# first\n- a\n- b: |\n   c\n# d\n- 'e\n\n   f'\n-   g\n   h\n")
@example("document:\n  file: a\ncorrections:\n- x\nreviewer: y\n")
@given(damaged())
def test_pieces_are_the_whole(text: str) -> None:
    pieces, read = read_in_pieces(text, "a.yaml"), whole(text)
    if pieces is not None:
        assert read is not None
        assert pieces.value == read.value
        assert dict(pieces.positions) == read.positions
        assert dict(pieces.key_positions) == read.key_positions


@pytest.mark.parametrize(
    "text",
    [
        "corrections: []\n",
        "corrections: [{sop: 1}]\n",
        "corrections:\n  - a\nreviewer: y\n",
        "corrections:\n  - 'a\n  - b'\n",
        "corrections:\n  - &a b\n  - *a\n",
        "%YAML 1.1\n---\ncorrections:\n  - a\n",
        "corrections:\n  - a\r\n",
        "a: |\n corrections:\n  - a\n",
    ],
)
def test_what_is_written_otherwise_is_read_as_a_whole(text: str) -> None:
    assert read_in_pieces(text, "a.yaml") is None


def test_of_a_file_with_a_new_entry_only_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    before = parse_corrections(FILE, "a.yaml")
    text = append_entries(FILE, "a.yaml", [{"sop": "02", "at": "judul", "set": "X"}])
    monkeypatch.setattr(parsing, "_read_whole", None)
    after = parse_corrections(text, "a.yaml")
    assert all(one is other for one, other in zip(before.entries[:-1], after.entries, strict=False))
    assert [entry.line for entry in after.entries[:-1]] == [entry.line for entry in before.entries]
    assert after.entries[-1].line == text.count("\n") - 2


def test_a_fault_in_a_piece_is_told_where_it_stands_in_the_file() -> None:
    text = FILE + '  - sop: "02"\n    at: judul\n    sett: X\n'
    with pytest.raises(CorrectionsError) as caught:
        parse_corrections(text, "a.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (text.count("\n"), 5)
