"""Bring pipeline/translations/*.po up to date with the sentences of the code; list those that have no words yet."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import typer.main
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from pipeline.cli import app
from pipeline.usage import help_key, place
from pipeline.validate import catalogue

PACKAGE = Path(__file__).parents[1] / "pipeline"
TRANSLATIONS = PACKAGE / "translations"
CALLS = {"msg": 1, "translate": 1, "counted": 2}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
PAGES = [("**.html", "jinja2"), ("**.js", "javascript")]
PLURALS = {"id": "nplurals=1; plural=0;"}  # Babel knows none of Indonesian


def sentences() -> Catalog:
    """Collect every sentence that people are told: from the code, the pages, the help and the checks."""
    found = Catalog()
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in python_calls(path):
            _add(found, message, path.relative_to(PACKAGE.parent).as_posix())
    for file, _line, message, _comments, _context in extract_from_dir(PACKAGE, PAGES, keywords=KEYWORDS):
        _add(found, message, f"pipeline/{file}")
    for text in _help_texts():
        _add(found, text, "pipeline/cli.py")
    for meaning in (*catalogue().checks.values(), *catalogue().elsewhere.values()):
        _add(found, meaning.en, "pipeline/validate/messages.yaml")
    return found


def python_calls(path: Path) -> Iterator[str | tuple[str, ...]]:
    """Find the calls that name a sentence, also those within f-strings, which Babel's own extractor passes over.

    Raises:
        ValueError: A call names its sentence by something else than a string literal.
    """
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.Call(func=ast.Name(id=name), args=args) if name in CALLS:
                texts = tuple(str(text.value) for text in args[: CALLS[name]] if isinstance(text, ast.Constant))
                if len(texts) < CALLS[name]:
                    raise ValueError(f"{path}:{node.lineno}: {name} takes a string literal")
                yield texts if len(texts) > 1 else texts[0]


def _add(catalog: Catalog, message: str | tuple[str, ...], file: str) -> None:
    catalog.add(message, locations=[(file, None)])  # type: ignore[list-item]


def updated(text: bytes, language: str) -> bytes:
    """Bring a catalogue up to date: translations are kept, sentences that are gone go, new ones have no words yet.

    Args:
        text: The .po file as it is.
        language: Its language, such as "id".
    """
    old, new = read_po(BytesIO(text)), read_po(BytesIO(_header(language)))
    for message in sentences():
        if message.id:
            known = old.get(message.id[0] if isinstance(message.id, tuple) else message.id)
            same = known is not None and known.id == message.id
            new.add(message.id, known.string if known and same else None, locations=sorted(message.locations))
    written = BytesIO()
    write_po(written, new, width=120, omit_header=True, sort_by_file=True, include_lineno=False)
    return _header(language) + written.getvalue()


def _header(language: str) -> bytes:
    lines = (f"Language: {language}", "Content-Type: text/plain; charset=utf-8", f"Plural-Forms: {PLURALS[language]}")
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in lines), "", ""]).encode()


def _help_texts() -> list[str]:
    group = typer.main.get_command(app)
    commands = [group, *group.commands.values()]  # type: ignore[attr-defined]
    texts = [text for command in commands for text in (command.help, command.epilog)]
    texts += [text for command in commands for param in command.params for text in (param.help, place(param))]
    return [help_key(text) for text in texts if text and "|" not in text]


def main() -> int:
    """Write the catalogues; list what has no translation yet."""
    missing = 0
    for path in sorted(TRANSLATIONS.glob("*.po")):
        path.write_bytes(updated(path.read_bytes(), path.stem))
        for message in read_po(BytesIO(path.read_bytes())):
            words = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and not all(words):
                print(f"{path.name}: no words for {message.id!r}")
                missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
