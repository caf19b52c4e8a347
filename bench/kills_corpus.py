"""Small documents for `bench.kills`: SOPs of two pages in nested folders, a few pictures, and hostile files."""

from __future__ import annotations

import random
from pathlib import Path

from bench.hostile import first_pages
from bench.hostile_files import hostile_corpus
from bench.page import ROOT
from bench.typeset_documents import small_document

HOSTILE_SHARE = 0.05
PICTURE_DPI = 110  # a small picture that is still read
SUBJECTS = ("Surat Masuk", "Cuti Pegawai", "Izin Usaha", "Arsip Daerah", "Kas Kecil", "Tamu Dinas", "Rapat Kerja")


def write_documents(folder: Path, count: int, pictures: int, seed: int) -> tuple[list[str], list[str]]:
    """Write documents below a folder.

    Args:
        folder: Where; made if need be.
        count: How many.
        pictures: How many of them are scans.
        seed: Of all that is drawn at random.

    Returns:
        The names of the good ones as a run calls them, and the files of the hostile ones.
    """
    rng = random.Random(seed)
    hostile = round(count * HOSTILE_SHARE)
    names = []
    for number in range(count - hostile):
        name = f"dinas-{rng.randrange(9)}/bagian-{rng.randrange(9)}/sop-{number:04d}"
        path = folder / f"{name}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        subject = f"{rng.choice(SUBJECTS)} Nomor {number}"
        small_document(path, f"{number:04d}/{rng.randrange(10, 99)}/2019", subject, rng.randrange(2, 6))
        if number < pictures:
            _as_picture(path)
        names.append(name)
    return names, _hostile(folder, hostile)


def _as_picture(path: Path) -> None:
    """Put a picture of a document's second page in its place."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        document[1].render(scale=PICTURE_DPI / 72).to_pil().convert("L").save(path.with_suffix(".png"))
    path.unlink()


def _hostile(folder: Path, count: int) -> list[str]:
    if not count:
        return []
    place = folder / "kiriman"
    place.mkdir(parents=True)
    source = first_pages(ROOT / "inputs" / "sop-bintan.pdf", folder.parent / "pages.pdf")
    return list(hostile_corpus(place, count, [source], large=False))
