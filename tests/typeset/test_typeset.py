"""The typesetting itself: what it draws is on the page, upright, and the truth agrees with the spec."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2
import pytest
from hypothesis import given

from typeset import ABOVE, Bundle, Edge, Matrix, Matter, Row, SopSpec, Style, Symbol, chain, sample, typeset
from typeset.strategies import FEW, sops, styles


def words_of(path: Path) -> list[str]:
    with pdfplumber.open(path) as pdf:
        return [word for page in pdf.pages for word in page.extract_text().split()]


def test_truth_has_the_form_of_the_truth_files(tmp_path: Path) -> None:
    (sop,) = typeset(sample(3), tmp_path / "a.pdf")
    assert sop["pages"] == [1, 2]
    assert sop["header"]["disahkan_oleh"]["nip"] == "19650909 199310 1 002"
    assert sop["kegiatan"][0]["kinds"] == [["Pengadministrasi Umum", "start"]]
    assert sop["edges"][0] == [[1, "Pengadministrasi Umum"], [2, "Kasubbag Tata Usaha"], ""]


def test_the_same_spec_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        typeset(sample(3), tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def rendered(path: Path, page: int) -> np.ndarray:
    with pypdfium2.PdfDocument(path) as pdf:
        return np.asarray(pdf[page].render(scale=0.5, grayscale=True).to_numpy(), dtype=float).squeeze()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_what_is_displayed_is_the_same_whatever_rotation_and_crop(tmp_path: Path, rotate: int) -> None:
    typeset(sample(3), tmp_path / "plain.pdf")
    typeset(sample(3), tmp_path / "turned.pdf", Style(rotate=rotate, crop=(11, 23, 31, 43)))
    for page in (0, 1):
        plain, turned = rendered(tmp_path / "plain.pdf", page), rendered(tmp_path / "turned.pdf", page)
        assert plain.shape == turned.shape
        assert np.abs(plain - turned).mean() < 3


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_content_may_lie_sideways_without_rotation(tmp_path: Path, turned: int) -> None:
    typeset(sample(3), tmp_path / "plain.pdf")
    typeset(sample(3), tmp_path / "turned.pdf", Style(turned=turned, turned_pages=(2,)))
    assert np.array_equal(rendered(tmp_path / "plain.pdf", 0), rendered(tmp_path / "turned.pdf", 0))
    upright = np.rot90(rendered(tmp_path / "turned.pdf", 1), -turned // 90)
    assert np.abs(upright - rendered(tmp_path / "plain.pdf", 1)).mean() < 3


def test_a_merged_cell_holds_for_every_row_it_spans(tmp_path: Path) -> None:
    rows = (Row("Satu", {"waktu": "1 hari"}), Row("Dua", {"waktu": ABOVE}), Row("Tiga", {"waktu": "2 hari"}))
    (sop,) = typeset(SopSpec(None, (Matrix(("Staf",), rows),)), tmp_path / "a.pdf")
    assert [k["waktu"] for k in sop["kegiatan"]] == ["1 hari", "1 hari", "2 hari"]
    assert words_of(tmp_path / "a.pdf").count("hari") == 2


def test_a_double_headed_connector_counts_as_two_edges(tmp_path: Path) -> None:
    rows = (Row("Satu", symbols=(Symbol("A"), Symbol("B"))),)
    (sop,) = typeset(
        SopSpec(None, (Matrix(("A", "B"), rows, (Edge((1, "A"), (1, "B"), double=True),)),)), tmp_path / "a.pdf"
    )
    assert [edge[:2] for edge in sop["edges"]] == [[[1, "A"], [1, "B"]], [[1, "B"], [1, "A"]]]


def test_a_row_split_over_a_page_break_loses_no_word(tmp_path: Path) -> None:
    long = " ".join(f"kata{i}" for i in range(200))
    rows = (*chain(11).rows, Row(long, {"waktu": "1 hari"}))
    (sop,) = typeset(SopSpec(None, (Matrix(chain(2).roles, rows),)), tmp_path / "a.pdf", Style(split_rows=True))
    assert sop["pages"] == [1, 2]
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        both = [page.extract_text() for page in pdf.pages]
    assert "kata0" in both[0]
    assert "kata199" in both[1]
    assert {w for w in words_of(tmp_path / "a.pdf") if w.startswith("kata")} == set(long.split())


def test_page_ranges_in_a_bundle(tmp_path: Path) -> None:
    parts = (Matter(("PERATURAN",)), sample(2), Matter(), SopSpec(sample().cover, (chain(2), chain(3, judul="KEDUA"))))
    truth = typeset(Bundle(parts), tmp_path / "a.pdf")
    assert [(sop["pages"], sop["judul"]) for sop in truth] == [([2, 3], None), ([5, 6], None), ([7, 7], "KEDUA")]


@FEW
@given(sops(max_rows=8), styles())
def test_every_word_of_a_random_sop_is_printed(tmp_path: Path, spec: SopSpec, style: Style) -> None:
    path = tmp_path / "random.pdf"
    truth = typeset(spec, path, style.but(rotate=0))
    printed = "".join(words_of(path))
    for row in truth[0]["kegiatan"]:
        for word in row["uraian"].split():
            assert word in printed
