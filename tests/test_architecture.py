"""What the import contracts cannot see: that nothing between readers and export opens a file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pipeline"
ROOMS = (
    "model",
    "imaging",
    "layout",
    "extract",
    "flowchart",
    "transcript",
    "normalize",
    "corrections",
    "validate",
    "export",
    "comparison",
    "collection",
)
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for room in ROOMS for path in (PACKAGE / room).rglob("*.py"))
OPENERS = {
    *("open", "PdfDocument", "imread", "imwrite", "fromfile", "tofile", "loadtxt", "memmap"),
    *("read_bytes", "write_bytes", "write_text", "mkdir", "unlink", "iterdir", "glob", "rglob", "walk", "stat"),
}
"""Functions and methods that touch the disk, whatever they are called on. `read_text` counts as a method only."""


def touches(source: str) -> list[str]:
    """The places in a module's text that touch the disk, as "line 3: open"."""
    return [f"line {line}: {name}" for line, name in sorted(_touches(ast.parse(source)))]


def _touches(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)) if name in OPENERS:
                yield node.lineno, name
            case ast.Call(func=ast.Attribute(attr="read_text")):
                yield node.lineno, "read_text"
            case ast.ImportFrom(module="pathlib", names=names) if any(name.name == "Path" for name in names):
                yield node.lineno, "pathlib.Path"


@pytest.mark.parametrize("module", MODULES)
def test_nothing_between_readers_and_export_opens_a_file(module: str) -> None:
    assert touches((PACKAGE / module).read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from pathlib import Path", ["line 1: pathlib.Path"]),
        ("from pathlib import PurePath", []),
        ("with open(name) as file:\n    file.read()", ["line 1: open"]),
        ("x = 1\npath.read_text()", ["line 2: read_text"]),
        ("read_text(words)", []),
        ("pypdfium2.PdfDocument(path)", ["line 1: PdfDocument"]),
        ("render = lambda: Image.open(path)", ["line 1: open"]),
    ],
)
def test_opening_is_seen(source: str, found: list[str]) -> None:
    assert touches(source) == found
