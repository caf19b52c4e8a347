"""The good files that the fuzzer begins with: small ones, of every kind that is read."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from bench.hostile import first_pages
from bench.hostile_files import image_pdf
from bench.page import ROOT
from bench.typeset_documents import random_documents

SAMPLE = "sop-bintan.pdf"  # its first SOP, which corrections are about, stays in the folder
LINES = 60  # of the transcript: its first SOP
MARKDOWN = """# SOP Pengelolaan Surat

| Nomor SOP | 060/1/ORG/2018 |
|---|---|
| Nama SOP | Pengelolaan Surat Masuk |
| Tanggal Efektif | 1 Januari 2018 |

| No | Kegiatan | Staf | Kabag | Kelengkapan | Waktu | Output | Ket |
|---|---|---|---|---|---|---|---|
| 1 | Menerima surat | ● | | Surat | 5 menit | Surat | |
| 2 | Memeriksa surat | | ● | Surat | 1 jam | Disposisi | |
"""


def seeds(folder: Path) -> Mapping[str, tuple[bytes, ...]]:
    """Contents by the suffix of their files; "corrections" and "lexicon" are YAML files of a folder of corrections.

    Args:
        folder: An empty one, for files that are made on the way.
    """
    typeset = [path.read_bytes() for path, _ in random_documents(folder, 3, seed=16)]
    real = first_pages(ROOT / "inputs" / SAMPLE, folder / SAMPLE).read_bytes()
    scan = image_pdf(80, 110, bytes(80 * 110), b"/ColorSpace/DeviceGray/BitsPerComponent 8")
    transcript = (ROOT / "inputs" / "sop-organisasi-bintan.txt").read_text("utf-8").splitlines(keepends=True)
    examples = ROOT / "corrections"
    return {
        ".pdf": (*typeset, real, scan),
        ".png": (_picture("PNG"),),
        ".jpg": (_picture("JPEG"),),
        ".tif": (_picture("TIFF"), _picture("TIFF", compression="tiff_lzw")),
        ".txt": ("".join(transcript[:LINES]).encode(),),
        ".md": (MARKDOWN.encode(),),
        ".docx": (_docx(),),
        "corrections": ((examples / "sop-bintan.yaml.example").read_bytes().replace(b'"02"', b'"01"'),),
        "lexicon": ((examples / "lexicon.yaml.example").read_bytes(),),
    }


def _picture(kind: str, **options: str) -> bytes:
    """A small page with words and lines."""
    from PIL import Image, ImageDraw

    page = Image.new("L", (260, 180), 255)
    drawing = ImageDraw.Draw(page)
    drawing.text((20, 20), "MUTU BAKU", fill=0)
    for y in (50, 90, 130):
        drawing.line((10, y, 250, y), fill=0, width=2)
    for x in (10, 90, 250):
        drawing.line((x, 50, x, 130), fill=0, width=2)
    out = io.BytesIO()
    page.save(out, kind, **options)
    return out.getvalue()


def _docx() -> bytes:
    """A Word file with a small table."""
    import docx

    from pipeline.export.form.form_docx import without_times

    document = docx.Document()
    document.add_paragraph("STANDAR OPERASIONAL PROSEDUR")
    table = document.add_table(2, 3)
    for cell, words in zip(table._cells, ("No", "Kegiatan", "Waktu", "1", "Menerima surat", "5 menit"), strict=True):
        cell.text = words
    out = io.BytesIO()
    document.save(out)
    return without_times(out.getvalue())
