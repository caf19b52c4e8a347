"""The table of suffixes by which files are documents."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from pipeline.model.formats import InputKind, input_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sop.pdf", "pdf"),
        ("SOP.PDF", "pdf"),
        ("scan.tiff", "image"),
        ("a.b.JPG", "image"),
        ("notes.md", "transcript"),
        ("sop.docx", "office"),
        ("sop.xlsx", None),
        ("README", None),
        (".pdf", None),
    ],
)
def test_a_suffix_tells_the_kind(name: str, kind: InputKind | None) -> None:
    assert input_kind(PurePath("folder") / name) == kind
