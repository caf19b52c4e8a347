"""Write what is published from the code: docs/schema/*.json, docs/checks.md and the examples of docs/export/."""

from __future__ import annotations

import json
from pathlib import Path, PurePath

from pipeline.corrections.schema import schemas
from pipeline.export.export_formats import FORMATS, ExportOptions
from pipeline.export.json_schema import MODELS, output_schema
from pipeline.model.record import Record
from pipeline.translation import INDONESIAN, translations
from pipeline.validate.checks_page import checks_page

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
EXAMPLES = ("svg", "bpmn", "mermaid", "dot")
"""The formats of which docs/export/ shows an example, named as the record."""


def examples() -> dict[str, bytes]:
    """The files of docs/export/ that show a record of tests/golden in other formats."""
    values = json.loads((ROOT / "tests" / "golden" / "sop-bintan.json").read_text("utf-8"))[1]
    record = Record.model_validate(values | {"source": values["source"] | {"sha256": ""}})
    contents = {name: FORMATS[name]([record], ExportOptions()) for name in EXAMPLES}
    files = [file for name in EXAMPLES for file in contents[name].items()]
    return {f"{record.id.replace('/', '-')}{PurePath(file).suffix}": content for file, content in files}


def main() -> None:
    """Write the schemas, the page of checks and the examples."""
    (DOCS / "schema").mkdir(parents=True, exist_ok=True)
    outputs = {f"{name}.schema.json": output_schema(name) for name in MODELS}
    for name, schema in {**schemas(), **outputs}.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        (DOCS / "schema" / name).write_text(text + "\n", encoding="utf-8")
    (DOCS / "checks.md").write_text(checks_page(translations(INDONESIAN).gettext), encoding="utf-8")
    for name, content in examples().items():
        (DOCS / "export").mkdir(exist_ok=True)
        (DOCS / "export" / name).write_bytes(content)


if __name__ == "__main__":
    main()
