"""The published JSON Schemas are those of the models, and the examples in the documents are taken."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.corrections import parse_corrections, parse_overlay
from pipeline.corrections.fields import FIELDS
from pipeline.corrections.schema import schemas
from pipeline.translation import INDONESIAN, translations
from pipeline.validate import catalogue
from pipeline.validate.checks_page import checks_page

PROJECT = Path(__file__).parents[2]
DOCS = PROJECT / "docs"


@pytest.mark.parametrize("name", schemas())
def test_the_published_schema_is_current(name: str) -> None:
    """`python scripts/publish.py` writes them anew."""
    assert json.loads((DOCS / "schema" / name).read_text("utf-8")) == schemas()[name]


def test_the_examples_of_the_documents_are_taken() -> None:
    text = (DOCS / "corrections.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.S)
    entries = [block for block in blocks if block.lstrip().startswith("- ")]
    assert len(entries) == 4
    for block in blocks:
        if block.startswith("document:") or block.startswith("#"):
            parse_corrections(block, "docs")
        elif block in entries:
            parse_corrections("document: {file: a.pdf}\ncorrections:\n" + block, "docs")
        else:
            parse_overlay(block, "docs")


def test_the_examples_beside_the_corrections_are_taken() -> None:
    folder = PROJECT / "corrections"
    parse_corrections((folder / "sop-bintan.yaml.example").read_text("utf-8"), "example")
    parse_overlay((folder / "lexicon.yaml.example").read_text("utf-8"), "example")


def test_every_field_and_code_is_documented() -> None:
    fields = (DOCS / "corrections.md").read_text("utf-8")
    for pattern in FIELDS:
        assert pattern.rpartition("/")[2] in fields or pattern.endswith("*"), pattern


def test_the_published_checks_are_current() -> None:
    assert (DOCS / "checks.md").read_text("utf-8") == checks_page(translations(INDONESIAN).gettext)


def test_every_code_that_the_code_gives_is_in_the_catalogue() -> None:
    known = {*catalogue().checks, *catalogue().elsewhere}
    for path in (PROJECT / "pipeline").rglob("*.py"):
        for code in re.findall(r"""\b(?:code=|Issue.of\(\s*)"([a-z-]+)\"""", path.read_text("utf-8")):
            assert code in known, f"{path.name}: {code}"
