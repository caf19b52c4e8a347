"""Which files are documents: the kind of input that each suffix names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Literal

PDF_MARK = b"%PDF-"
HEAD_BYTES = 1024  # from the start of a file, in which PDF readers look for the mark

InputKind = Literal["pdf", "image", "transcript", "office"]

INPUT_KINDS: Mapping[str, InputKind] = {
    ".pdf": "pdf",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
    ".txt": "transcript",
    ".md": "transcript",
    ".docx": "office",
    ".doc": "office",
    ".odt": "office",
}
"""Suffixes in small letters; the one table that readers, folder scans and messages go by."""


def input_kind(path: PurePath) -> InputKind | None:
    """Tell by its suffix which kind of document a file is.

    Args:
        path: The file; nothing of it is read.

    Returns:
        The kind, None where the suffix is not one of a document.

    >>> input_kind(PurePath("a/SOP.PDF")), input_kind(PurePath("a.xlsx"))
    ('pdf', None)
    """
    return INPUT_KINDS.get(path.suffix.lower())
