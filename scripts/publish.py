"""Write what is published from the code: schemas, the pages of checks, commands and fields, the examples of exports."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

import typer.main

from pipeline.cli import app
from pipeline.corrections.schema import schemas
from pipeline.export.export_formats import FORMATS, ExportOptions
from pipeline.export.json_schema import MODELS, output_schema
from pipeline.model.record import Record
from pipeline.translation import INDONESIAN, translations
from pipeline.usage import LANG, VERSION, place
from pipeline.validate.checks_page import checks_page

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
MADE = "<!-- Made from the code by scripts/publish.py: what stands here is changed there. -->"
FILES = {
    "corrections.schema.json": "`corrections/<document>.yaml`",
    "lexicon.schema.json": "`corrections/lexicon.yaml`",
}
EXAMPLES = ("svg", "bpmn", "mermaid", "dot")
"""The formats of which docs/export/ shows an example, named as the record."""


def examples() -> dict[str, bytes]:
    """The files of docs/export/ that show a record of tests/golden in other formats."""
    values = json.loads((ROOT / "tests" / "golden" / "sop-bintan.json").read_text("utf-8"))[1]
    record = Record.model_validate(values | {"source": values["source"] | {"sha256": ""}})
    contents = {name: FORMATS[name]([record], ExportOptions()) for name in EXAMPLES}
    files = [file for name in EXAMPLES for file in contents[name].items()]
    return {f"{record.id.replace('/', '-')}{PurePath(file).suffix}": content for file, content in files}


def commands_page() -> str:
    """What every command does and takes, as Markdown."""
    group: Any = typer.main.get_command(app)
    lines = [MADE, "", "# Commands", "", group.help, "", f"Every command takes `{LANG} id|en` and `--help`;"]
    lines += [f"`sop {VERSION}` shows the version. {group.epilog}", ""]
    for name, command in group.commands.items():
        lines += [f"## sop {name}", "", *_paragraphs(command.help), *_table(_parameters(command))]
    return "\n".join(lines).rstrip() + "\n"


def _parameters(command: Any) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            yield f"`{place(parameter)}{'...' if parameter.nargs == -1 else ''}`", parameter.help
        else:
            names = ", ".join(sorted(parameter.opts, key=len))
            yield f"`{f'{names} {place(parameter)}'.strip()}`", parameter.help


def reference_page() -> str:
    """What stands in every field of the files that are written and read, as Markdown."""
    lines = [MADE, "", "# Fields", "", "What stands in every file, from the schemas that `sop schema` prints."]
    for name in MODELS:
        lines += ["", f"## {name}.schema.json", *_schema(output_schema(name))]
    for name, schema in schemas().items():
        lines += ["", f"## {name}, {FILES[name]}", *_schema(schema)]
    return "\n".join(lines).rstrip() + "\n"


def _schema(schema: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield from _paragraphs(schema.get("description", ""))
    yield from _table(_fields(schema))
    for name, part in schema.get("$defs", {}).items():
        if part.get("properties"):
            yield f"### {name}"
            yield ""
            yield from _paragraphs(part.get("description", ""))
            yield from _table(_fields(part))


def _fields(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, field in schema.get("properties", {}).items():
        yield f"`{name}`: {_kind(field)}", field.get("description", "")


def _kind(field: Mapping[str, Any]) -> str:
    """A field's type in words: "text or null", "list of Node"."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return " or ".join(f"`{value}`" for value in field["enum"])
    for choice in ("anyOf", "oneOf"):
        if choice in field and all("$ref" in part or "type" in part or "enum" in part for part in field[choice]):
            return " or ".join(dict.fromkeys(_kind(part) for part in field[choice]))
    kinds = field.get("type", "anything")
    names = [_NAMES.get(kind, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    if names == ["list"] and "items" in field:
        return f"list of {_kind(field['items'])}"
    if names == ["object"] and isinstance(field.get("additionalProperties"), Mapping):
        return f"object of {_kind(field['additionalProperties'])}"
    return " or ".join(names)


_NAMES = {"string": "text", "array": "list", "boolean": "true or false"}


def _table(rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield "| | |"
        yield "|---|---|"
        yield from (f"| {_cell(name)} | {_cell(words)} |" for name, words in found)
        yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            yield paragraph.strip() if paragraph.lstrip().startswith("-") else " ".join(paragraph.split())
            yield ""


def main() -> None:
    """Write the schemas, the page of checks and the examples."""
    (DOCS / "schema").mkdir(parents=True, exist_ok=True)
    outputs = {f"{name}.schema.json": output_schema(name) for name in MODELS}
    for name, schema in {**schemas(), **outputs}.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        (DOCS / "schema" / name).write_text(text + "\n", encoding="utf-8")
    (DOCS / "checks.md").write_text(checks_page(translations(INDONESIAN).gettext), encoding="utf-8")
    (DOCS / "commands.md").write_text(commands_page(), encoding="utf-8")
    (DOCS / "reference.md").write_text(reference_page(), encoding="utf-8")
    for name, content in examples().items():
        (DOCS / "export").mkdir(exist_ok=True)
        (DOCS / "export" / name).write_bytes(content)


if __name__ == "__main__":
    main()
