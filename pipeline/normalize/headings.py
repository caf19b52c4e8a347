"""The lexicon of printed labels, read once and handed to layout."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from pipeline.model.headings import Headings


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
    text = (resources.files("pipeline.normalize") / "lexicons" / "headings.yaml").read_text(encoding="utf-8")
    shipped = HeadingsFile.model_validate(YAML(typ="safe").load(text))
    return Headings(**shipped.model_dump(), taught=dict(taught or {}))
