"""The lexicon of printed labels, read once and handed to layout."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.headings import Headings
from pipeline.packaged_yaml import FileModel, load_packaged


class HeadingsFile(FileModel):
    """headings.yaml: no key beyond those named."""

    cover: dict[str, tuple[str, ...]]
    boxes: dict[str, tuple[str, ...]]
    columns: dict[str, tuple[str, ...]]
    spans: dict[str, tuple[str, ...]]
    units: tuple[str, ...]
    posts: tuple[str, ...]
    ranks: tuple[str, ...]


def load_headings(taught: Mapping[str, str] | None = None) -> Headings:
    """The shipped labels; `taught` are a reviewer's column heads (printed form: column), which win."""
    file = load_packaged("pipeline.normalize", "lexicons/headings.yaml", HeadingsFile)
    return Headings(**file.model_dump(), taught=dict(taught or {}))
