"""The documents as a site: made pages are current, all pages are in it, and it loads nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.publish import commands_page, reference_page

PROJECT = Path(__file__).parent.parent
DOCS = PROJECT / "docs"
LOADED = re.compile(r'<(?:script|img|link|iframe|source)\b[^>]*?\b(?:src|href)="((?:https?:)?//[^"]+)"')
LOADED_BY_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^)\"']+)")


def test_pages_made_from_the_code_are_current() -> None:
    """`python scripts/publish.py` writes them anew."""
    assert (DOCS / "commands.md").read_text("utf-8") == commands_page()
    assert (DOCS / "reference.md").read_text("utf-8") == reference_page()


def test_every_command_option_and_field_is_in_its_page() -> None:
    commands, fields = commands_page(), reference_page()
    for words in ("## sop run", "## sop export", "`-o, --out DIR`", "`--second none\\|doubtful\\|all`"):
        assert words in commands
    for words in ("## record.schema.json", "### Waktu", "`nama_sop`: text or null", "`kegiatan`: list of Kegiatan"):
        assert words in fields


@pytest.mark.untraced
def test_the_site_holds_every_page_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    pages = {path.relative_to(tmp_path / "site").as_posix() for path in tmp_path.rglob("*.html")}
    assert {f"{page.stem}.html" for page in DOCS.glob("*.md")} <= pages
    index = (tmp_path / "site" / "index.html").read_text("utf-8")
    for page in DOCS.glob("*.md"):
        assert f'href="{page.stem}.html"' in index or page.stem == "index", f"{page.name} is in no menu"
    for page in tmp_path.rglob("*.html"):
        text = page.read_text("utf-8")
        assert LOADED.findall(text) == []
    for style in tmp_path.rglob("*.css"):
        assert LOADED_BY_STYLE.findall(style.read_text("utf-8")) == []
