"""Write what is published from the code: docs/schema/*.json and docs/checks.md."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.corrections.schema import schemas
from pipeline.translation import INDONESIAN, translations
from pipeline.validate.checks_page import checks_page

DOCS = Path(__file__).parents[1] / "docs"


def main() -> None:
    """Write the schemas and the page of checks."""
    (DOCS / "schema").mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        (DOCS / "schema" / name).write_text(text + "\n", encoding="utf-8")
    (DOCS / "checks.md").write_text(checks_page(translations(INDONESIAN).gettext), encoding="utf-8")


if __name__ == "__main__":
    main()
