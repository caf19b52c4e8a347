"""Scans made on purpose: image only, as large as the page, the same bytes for the same seed, worse with strength."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pdfplumber
import pytest
from typeset import sample, typeset

from bench.degrade import DAMAGES, STRENGTHS, Scan, degrade, randomness, rendered


@pytest.fixture(scope="module")
def cover(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "sop.pdf"
    typeset(sample(3), path)
    return path


@pytest.fixture(scope="module")
def page(cover: Path) -> np.ndarray:
    return np.asarray(next(iter(rendered(cover, 100))))


def test_a_scan_has_pictures_of_the_pages_and_no_text(cover: Path, tmp_path: Path) -> None:
    with (
        pdfplumber.open(cover) as before,
        pdfplumber.open(degrade(cover, tmp_path / "scan.pdf", Scan("skew"))) as after,
    ):
        assert len(after.pages) == len(before.pages)
        for text, scan in zip(before.pages, after.pages, strict=True):
            assert scan.chars == []
            assert len(scan.images) == 1
            assert scan.width == pytest.approx(text.width, abs=0.5)
            assert scan.height == pytest.approx(text.height, abs=0.5)


@pytest.mark.parametrize("kind", ["noise", "fax"])
def test_the_same_seed_gives_the_same_bytes(cover: Path, tmp_path: Path, kind: str) -> None:
    one, two = (degrade(cover, tmp_path / name, Scan(kind, 2, seed=7)).read_bytes() for name in ("1.pdf", "2.pdf"))
    other = degrade(cover, tmp_path / "3.pdf", Scan(kind, 2, seed=8)).read_bytes()
    assert one == two != other


@pytest.mark.parametrize("kind", sorted(set(DAMAGES) - {"clean", "jpeg", "resolution", "rotation"}))
def test_a_damage_grows_with_its_strength_and_keeps_the_size(page: np.ndarray, kind: str) -> None:
    harm = []
    for strength in STRENGTHS:
        worse = DAMAGES[kind](page, strength, randomness(Scan(kind, strength), 1), 100)
        assert worse.shape == page.shape
        assert worse.dtype == np.uint8
        harm.append(np.abs(worse.astype(float) - page).mean())
    assert 0 < harm[0] < harm[2]


def test_rotation_turns_the_content_and_the_sheet(page: np.ndarray) -> None:
    turned = DAMAGES["rotation"](page, 1, randomness(Scan(), 1), 100)
    assert np.array_equal(np.rot90(turned, -1), page)


def test_an_unknown_damage_is_named(cover: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no damage 'flood' of strength 1"):
        degrade(cover, tmp_path / "x.pdf", Scan("flood"))
