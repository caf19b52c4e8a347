"""A SOP that was printed again from its record, read again, is the same record."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from in_browser import CHROMIUM
from playwright.sync_api import sync_playwright

from pipeline import digitize
from pipeline.export.form.form_docx import form_docx
from pipeline.export.form.form_html import form_html
from pipeline.model.record import Record

INPUTS = Path(__file__).parents[3] / "inputs"
HOSTILE = '<script>alert(1)</script> & "\u202e" \x00'
Print = Callable[[Record], Path]


@pytest.fixture(scope="module")
def seeds() -> list[Record]:
    """The eight SOPs of the samples."""
    files = (INPUTS / "pergub-kalsel-monev.pdf", INPUTS / "sop-bintan.pdf")
    return [record for file in files for record in digitize(file).records]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Print]:
    """Prints the HTML of a record from a browser, as a user does."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(offline=True)

        def make(record: Record) -> Path:
            path = tmp_path_factory.mktemp("form") / "form.pdf"
            page.set_content(form_html(record))
            page.pdf(path=path, prefer_css_page_size=True)
            return path

        yield make
        browser.close()


def content(record: Record) -> dict[str, Any]:
    """What a record says, without where it stood: symbols by their place instead of their name."""
    found = record.as_json()
    nodes = {n["id"]: (n["kegiatan"], n["pelaksana"], n["kind"], n["label"]) for n in found["flow"]["nodes"]}
    edges = [(nodes[edge["from"]], nodes[edge["to"]], edge["label"]) for edge in found["flow"]["edges"]]
    names = [performer["nama"] for performer in found["pelaksana"]]
    flow = {"nodes": sorted(map(str, nodes.values())), "edges": sorted(map(str, edges))}
    return {**{key: found[key] for key in ("judul", "header", "kegiatan")}, "pelaksana": names, "flow": flow}


def test_the_printed_form_is_read_as_its_record(seeds: list[Record], printed: Print) -> None:
    assert len(seeds) == 8
    for record in seeds:
        (again,) = digitize(printed(record)).records
        assert content(again) == content(record)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_word_document_is_read_as_its_record(seeds: list[Record], tmp_path: Path) -> None:
    few = seeds[:3]  # one of each document, and one more: LibreOffice takes its time
    for number, record in enumerate(few):
        (tmp_path / f"{number}.docx").write_bytes(form_docx(record))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(tmp_path.glob("*.docx"))
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for number, record in enumerate(few):
        (again,) = digitize(tmp_path / f"{number}.pdf").records
        assert content(again) == content(record)


def test_the_same_record_gives_the_same_bytes(seeds: list[Record]) -> None:
    assert form_html(seeds[0]) == form_html(seeds[0])
    assert form_docx(seeds[0]) == form_docx(seeds[0])


def test_what_a_document_says_is_text(seeds: list[Record]) -> None:
    step = seeds[0].kegiatan[0].model_copy(update={"uraian": HOSTILE})
    header = seeds[0].header.model_copy(update={"nama_sop": HOSTILE, "keterkaitan": [HOSTILE]})
    record = seeds[0].model_copy(update={"header": header, "kegiatan": [step], "judul": HOSTILE})
    html = form_html(record)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\x00" not in html
    assert form_docx(record).startswith(b"PK")
