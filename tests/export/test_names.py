from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.names import SLUG_LENGTH, is_stem, record_name, slug, stems

PARTS = st.text("ab.", min_size=1, max_size=3).filter(lambda part: part.strip("."))
PATHS = st.builds(
    lambda folders, name, suffix: "/".join([*folders, name]) + suffix,
    st.lists(PARTS, max_size=1),
    st.sampled_from(["a", "b", "index.json", "document.json", "a.pdf", "a-2"]),
    st.sampled_from([".pdf", ".jpg", ""]),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Penyusunan LAKIP / Évaluasi (Kab. Bintan)", "penyusunan-lakip-evaluasi-kab-bintan"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con"),
        ("", ""),
        (None, ""),
        ("日本", ""),
    ],
)
def test_slug(text: str | None, name: str) -> None:
    assert slug(text) == name


@given(st.text(max_size=300))
def test_a_slug_is_a_safe_name(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))
    assert len(slug(text)) <= SLUG_LENGTH


def test_a_long_slug_ends_with_a_word() -> None:
    assert slug("kata " * 30) == "-".join(["kata"] * 16)
    assert slug("x" * 200) == "x" * SLUG_LENGTH


def test_record_names() -> None:
    assert record_name(2, "Uji Coba") == "02-uji-coba.sop.json"
    assert record_name(3, None, "SOP Uji") == "03-sop-uji.sop.json"
    assert record_name(112, None) == "112-tanpa-nama.sop.json"


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a.pdf", "b/c.pdf"], ["a", "b/c"]),
        (["a.pdf", "a.jpg", "b.pdf"], ["a.pdf", "a.jpg", "b"]),
        (["a.pdf", "b/a.pdf"], ["a", "b/a"]),
        (["a.pdf", "a.jpg", "a.pdf.pdf"], ["a.pdf", "a.jpg", "a.pdf.pdf"]),
        (["a.pdf", "a.pdf"], ["a.pdf", "a-2.pdf"]),
        (["index.json.pdf", "x/document.json.txt"], ["index.json.pdf", "x/document.json.txt"]),
        (["report.html.pdf", "Report.HTML.txt"], ["report.html.pdf", "Report.HTML.txt"]),
        (["...pdf", "..pdf", "a/ .pdf"], ["...pdf", "..pdf", "a/ .pdf"]),
        (["lexicon.pdf", "a/lexicon.pdf", "Lexicon.jpg"], ["lexicon.pdf", "a/lexicon", "Lexicon.jpg"]),
        (["PERBUP NO. 5 TAHUN 2020.pdf"], ["PERBUP NO. 5 TAHUN 2020"]),
    ],
)
def test_stems(paths: list[str], names: list[str]) -> None:
    assert list(stems(paths)) == names


@given(st.lists(PATHS, max_size=8))
def test_stems_tell_all_inputs_apart_and_leave_our_files_their_places(paths: list[str]) -> None:
    found = stems(paths)
    assert len(set(found)) == len(paths)
    assert all(is_stem(stem) for stem in found)
    assert not {stem.rpartition("/")[2] for stem in found} & {"index.json", "document.json"}
