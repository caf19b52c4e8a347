"""Text PDFs as pages: words and rulings lie where they are displayed, and nothing that is printed is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pdfplumber
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from pypdf import PdfReader, PdfWriter
from typeset import ROLES, Cover, SopSpec, Style, chain, sample, typeset
from typeset.spec import Ruling as RulingStyle
from typeset.strategies import FEW, sops, styles

from pipeline.imaging.colour import luminance
from pipeline.model.document import DocumentError
from pipeline.model.page import Page, Picture, Ruling
from pipeline.readers.document import open_document
from pipeline.readers.glyphs import SOFT_HYPHEN
from pipeline.readers.pdf import PdfFile
from pipeline.settings import ReadSettings, Settings

ONE = SopSpec(Cover(), (chain(4),))

Read = Callable[..., list[Page]]


def pages_of(path: Path, password: str | None = None) -> list[Page]:
    file = PdfFile(path, password, ReadSettings())
    try:
        return [found.page for found in file.pages()]
    finally:
        file.close()


def outcome_of(path: Path) -> str:
    """The status of a file that cannot be read; "read" or "no pages" of one that can."""
    try:
        return "read" if pages_of(path) else "no pages"
    except DocumentError as fault:
        return fault.status


def pictures_of(path: Path) -> list[Picture]:
    with open_document(path, Settings()) as document:
        return [picture for page in document.pages() if (picture := document.picture(page.number))]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def typeset_and_read(style: Style | None = None, spec: SopSpec = ONE) -> list[Page]:
        typeset(spec, tmp_path / "sop.pdf", style)
        return pages_of(tmp_path / "sop.pdf")

    return typeset_and_read


def placed(page: Page) -> list[tuple[str, int, int]]:
    """Every word with its middle in whole points."""
    return sorted((word.text, round(word.box.center[0]), round(word.box.center[1])) for word in page.words)


def words(pages: list[Page]) -> Counter[str]:
    return Counter(word.text for page in pages for word in page.words)


TURNS = [
    pytest.param(Style(rotate=90), id="rotate-90"),
    pytest.param(Style(rotate=180), id="rotate-180"),
    pytest.param(Style(rotate=270), id="rotate-270"),
    pytest.param(Style(crop=(20, 40, 30, 10)), id="crop-box"),
    pytest.param(Style(crop=(20, 40, 30, 10), rotate=90), id="crop-box-rotated"),
    pytest.param(Style(user_unit=2.5), id="user-unit"),
    pytest.param(Style(user_unit=0.5, rotate=270), id="user-unit-rotated"),
]
SIDEWAYS = [pytest.param(Style(turned=turn), id=f"sideways-{turn}") for turn in (90, 180, 270)]


@pytest.mark.parametrize("style", TURNS + SIDEWAYS)
def test_words_and_rulings_lie_where_a_reader_sees_them(read: Read, style: Style) -> None:
    for plain, turned in zip(read(), read(style), strict=True):
        assert (turned.width, turned.height) == pytest.approx((plain.width, plain.height), abs=0.1)
        here, there = placed(plain), placed(turned)
        assert [word for word, *_ in here] == [word for word, *_ in there]
        assert all(abs(a[1] - b[1]) <= 1 and abs(a[2] - b[2]) <= 1 for a, b in zip(here, there, strict=True))
        assert_same_rulings(plain.rulings, turned.rulings, 0.5)


@pytest.mark.parametrize("style", SIDEWAYS)
def test_the_frame_of_sideways_content_leads_back_to_the_page(read: Read, style: Style, tmp_path: Path) -> None:
    pages = read(style)
    with pdfplumber.open(tmp_path / "sop.pdf") as pdf:
        for page, shown in zip(pages, pdf.pages, strict=True):
            seen = {(round(c["x0"] + c["x1"]) // 2, round(c["top"] + c["bottom"]) // 2) for c in shown.chars}
            for word in page.words:
                box = page.transform.displayed(word.box)
                assert any(box.grown(1).contains(x, y) for x, y in seen), word.text


@pytest.mark.parametrize("style", [Style(), *(case.values[0] for case in TURNS + SIDEWAYS)])
def test_words_and_picture_fit_on_each_other(read: Read, style: Style, tmp_path: Path) -> None:
    for page, picture in zip(read(style), pictures_of(tmp_path / "sop.pdf"), strict=True):
        pixels, scale = luminance(picture.pixels), picture.scale
        assert pixels.shape == pytest.approx((page.height * scale, page.width * scale), abs=2)
        for word in page.words:
            box = word.box.scaled(scale)
            assert pixels[int(box.top) : int(box.bottom) + 1, int(box.x0) : int(box.x1) + 2].min() < 160, word.text


def test_what_the_crop_box_hides_is_not_read(read: Read) -> None:
    assert "dipotong" not in words(read(Style(crop=(60, 40, 30, 40))))


@pytest.mark.parametrize("turn", [90, 270])
def test_turned_role_heads_are_words_in_reading_order(read: Read, turn: Literal[90, 270]) -> None:
    matrix = read(Style(role_turn=turn))[1]
    heads = [word.text for word in matrix.words if word.orientation == turn]
    for role in ROLES:
        first, *others = role.split()
        place = heads.index(first)
        assert heads[place : place + 1 + len(others)] == [first, *others]


GLYPHS = [
    pytest.param(Style(font="Vera", ligatures=True), Style(font="Vera"), id="ligatures"),
    pytest.param(Style(no_break_spaces=True), Style(), id="no-break-spaces"),
    pytest.param(Style(fake_bold=True), Style(), id="fake-bold"),
    pytest.param(Style(font="Vera", mark="\uf0b7"), Style(font="Vera", mark="•"), id="private-use-bullets"),
    pytest.param(Style(font="Helvetica", mark="•"), Style(font="Vera", mark="•"), id="bullets-at-unassigned-codes"),
]


@pytest.mark.parametrize(("style", "plain"), GLYPHS)
def test_glyphs_are_put_right(read: Read, style: Style, plain: Style) -> None:
    spec = sample(4, nama_sop="Verifikasi Konflik Kepegawaian", keterkaitan=("Klasifikasi berkas", "Notifikasi"))
    assert words(read(style, spec)) == words(read(plain, spec))


def test_a_soft_hyphen_stays_only_where_a_word_is_broken(read: Read) -> None:
    pages = read(Style(font="Vera", soft_hyphens=True, widths={"role": 0.9}))
    broken = [word.text for page in pages for word in page.words if SOFT_HYPHEN in word.text]
    assert broken
    assert all(text.count(SOFT_HYPHEN) == 1 and text.endswith(SOFT_HYPHEN) for text in broken)


def assert_same_rulings(expected: tuple[Ruling, ...], found: tuple[Ruling, ...], slack: float) -> None:
    """Every long ruling on either side has one on the other."""
    for one, other in ((expected, found), (found, expected)):
        for ruling in (r for r in one if r.length > 40):
            assert any(
                r.axis == ruling.axis
                and abs(r.at - ruling.at) <= slack
                and abs(r.start - ruling.start) <= 2 * slack + 2
                and abs(r.end - ruling.end) <= 2 * slack + 2
                for r in other
            ), ruling


@pytest.mark.parametrize("kind", ["rect", "filled", "path", "doubled", "dashed", "dotted"])
def test_however_they_are_drawn_rulings_are_the_same(read: Read, kind: RulingStyle) -> None:
    for plain, other in zip(read(), read(Style(rulings=kind)), strict=True):
        assert_same_rulings(plain.rulings, other.rulings, 1.5)
        assert sum(r.length < 2 for r in other.rulings) == sum(r.length < 2 for r in plain.rulings)
        if kind in ("doubled", "dashed", "dotted"):
            tables = [sum(r.length > 60 for r in page.rulings) for page in (plain, other)]
            assert tables[0] == tables[1]


FAULTS = {
    "empty": b"",
    "not-a-pdf": b"Ini bukan PDF",
    "truncated": b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >>",
}


@pytest.mark.parametrize("status", FAULTS)
def test_a_file_that_is_no_whole_pdf_says_what_is_wrong(tmp_path: Path, status: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(FAULTS[status])
    with pytest.raises(DocumentError) as fault:
        pages_of(path)
    assert fault.value.status == status
    assert fault.value.message


def test_a_cut_off_file_is_truncated_or_read(tmp_path: Path) -> None:
    typeset(ONE, tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    (tmp_path / "a.pdf").write_bytes(data[: len(data) // 3])
    assert outcome_of(tmp_path / "a.pdf") in ("read", "truncated")


def test_an_encrypted_file_opens_with_its_password_alone(tmp_path: Path) -> None:
    typeset(ONE, tmp_path / "a.pdf")
    plain = words(pages_of(tmp_path / "a.pdf"))
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "a.pdf"))
    writer.encrypt("rahasia", algorithm="RC4-128")
    writer.write(tmp_path / "b.pdf")
    assert words(pages_of(tmp_path / "b.pdf", "rahasia")) == plain
    assert words(pages_of(tmp_path / "b.pdf", "salah\nrahasia\nlain")) == plain
    for password in (None, "salah", "salah\nlain"):
        with pytest.raises(DocumentError) as fault:
            pages_of(tmp_path / "b.pdf", password)
        assert fault.value.status == "encrypted"


def test_a_file_without_pages(tmp_path: Path) -> None:
    PdfWriter().write(tmp_path / "a.pdf")
    with pytest.raises(DocumentError) as fault:
        pages_of(tmp_path / "a.pdf")
    assert fault.value.status == "zero-pages"


@FEW
@given(sops(max_rows=8), styles())
def test_no_character_is_lost_and_every_box_lies_on_the_page(tmp_path: Path, spec: SopSpec, style: Style) -> None:
    path = tmp_path / "random.pdf"
    typeset(spec, path, style)
    with pdfplumber.open(path) as pdf:
        printed = [Counter(c["text"] for c in page.chars if c["text"].isalnum()) for page in pdf.pages]
    for page, expected in zip(pages_of(path), printed, strict=True):
        assert Counter(char for word in page.words for char in word.text if char.isalnum()) == expected
        sheet = page.box.grown(1)
        assert all(sheet.contains(w.box.x0, w.box.top) and sheet.contains(w.box.x1, w.box.bottom) for w in page.words)


LOST = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R"
    " /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
    "<< /Length 79 >>\nstream\n"
    "BT /F1 12 Tf 72 250 Td (Surat masuk) Tj /F2 12 Tf 0 -40 Td <000100020003> Tj ET\nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /Lost /Encoding /Identity-H /DescendantFonts [7 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Lost /FontDescriptor 8 0 R"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    "<< /Type /FontDescriptor /FontName /Lost /FontBBox [0 0 1000 1000] /Ascent 800 /Descent -200 /Flags 4 >>",
)
"""The objects of a page with two words in Helvetica, and three glyphs of a font that does not say what they are."""


def with_lost_characters(path: Path) -> Path:
    content, places = "%PDF-1.4\n", []
    for number, thing in enumerate(LOST, 1):
        places.append(f"{len(content):010} 00000 n \n")
        content += f"{number} 0 obj\n{thing}\nendobj\n"
    table = f"xref\n0 {len(LOST) + 1}\n0000000000 65535 f \n{''.join(places)}"
    trailer = f"trailer\n<< /Size {len(LOST) + 1} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    path.write_bytes((content + table + trailer).encode("ascii"))
    return path


def test_characters_that_the_text_layer_does_not_name_are_left_out_and_told(tmp_path: Path) -> None:
    (page,) = pages_of(with_lost_characters(tmp_path / "lost.pdf"))
    assert [word.text for word in page.words] == ["Surat", "masuk"]
    assert [(issue.code, issue.message) for issue in page.issues] == [
        ("text-undecodable", "page 1: the text layer does not say which characters 3 of 14 glyphs are")
    ]


def test_a_page_whose_content_is_broken_keeps_its_picture_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typeset(ONE, tmp_path / "sop.pdf")

    def broken(*_: object) -> None:
        raise pdfium.PdfiumError("no such operator")

    monkeypatch.setattr(PdfFile, "_read", broken)
    file = PdfFile(tmp_path / "sop.pdf", None, ReadSettings())
    try:
        found = next(file.pages())
    finally:
        file.close()
    assert (found.page.kind, found.page.words, found.image_share) == ("scan", (), 1.0)
    assert [(issue.code, issue.message) for issue in found.page.issues] == [
        ("page-unreadable", "page 1: no such operator")
    ]


def test_a_page_that_cannot_be_opened_does_not_take_the_others_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typeset(ONE, tmp_path / "sop.pdf")
    get_page = pdfium.PdfDocument.get_page

    def opened(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
        if index == 0:
            raise pdfium.PdfiumError("Failed to load page.")
        return get_page(document, index)

    monkeypatch.setattr(pdfium.PdfDocument, "get_page", opened)
    with open_document(tmp_path / "sop.pdf", Settings()) as document:
        first, second = document.pages()
    assert (first.kind, first.words, [issue.code for issue in first.issues]) == ("blank", (), ["page-unreadable"])
    assert second.words
