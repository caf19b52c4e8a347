"""The lexicon of printed labels, read once and handed to layout."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from pipeline.model.headings import Headings
from pipeline.normalize.lexicon import shipped


class HeadingsFile(BaseModel):
    """headings.yaml: no key beyond those named."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cover: dict[str, tuple[str, ...]]
    boxes: dict[str, tuple[str, ...]]
    columns: dict[str, tuple[str, ...]]
    spans: dict[str, tuple[str, ...]]
    units: tuple[str, ...]
    posts: tuple[str, ...]
    ranks: tuple[str, ...]


def load_headings(taught: Mapping[str, str] | None = None) -> Headings:
    """The shipped labels; `taught` are a reviewer's column heads (printed form: column), which win."""
    file = HeadingsFile.model_validate(shipped("headings"))
    return Headings(**file.model_dump(), taught=dict(taught or {}))
