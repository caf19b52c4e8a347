"""A page that is one JPEG is taken as it was scanned; whatever shows anything else is rendered."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from scanned import Silent

from pipeline.imaging.colour import luminance
from pipeline.model.pixels import Pixels
from pipeline.readers.document import Recognition, open_document, scanned_pixels
from pipeline.readers.jpeg import pixels_of
from pipeline.readers.pdf import PdfFile, PdfPage
from pipeline.settings import Settings

SETTINGS = Settings()
WIDTH, HEIGHT = 595, 842  # points
ROWS, COLUMNS = 1754, 1240  # at 150 dpi


def scan(colour: bool = False) -> Pixels:
    """A white page with a dark bar near its head, on the left; red where there is colour."""
    page = np.full((ROWS, COLUMNS, 3) if colour else (ROWS, COLUMNS), 255, np.uint8)
    page[100:140, 60:400] = (0, 0, 200) if colour else 20  # OpenCV's order: blue, green, red
    return page


def jpeg(page: Pixels) -> bytes:
    return bytes(cv2.imencode(".jpg", page)[1].tobytes())


def pdf_of(
    path: Path,
    data: bytes,
    matrix: str = f"{WIDTH} 0 0 {HEIGHT} 0 0",
    image: str = "/ColorSpace /DeviceGray",
    page: str = "",
    also: str = "",
) -> Path:
    """A PDF of one page that draws one JPEG under `matrix`, and `also` what else its content says."""
    content = f"q {matrix} cm /Im Do Q {also}".encode()
    facts = f"/Type /XObject /Subtype /Image /Width {COLUMNS} /Height {ROWS} /BitsPerComponent 8 /Filter /DCTDecode"
    things = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R {page}"
        " /Resources << /XObject << /Im 5 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        f"<< {facts} {image} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, thing in enumerate(things, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    path.write_bytes(body + tail % (table, len(body)))
    return path


def opened(path: Path) -> tuple[PdfPage, Pixels, float]:
    """What is known of the only page, and the picture that would be read, with its pixels per point."""
    file = PdfFile(path, None, SETTINGS.read)
    try:
        (found,) = file.pages()
        return found, *scanned_pixels(file, found, SETTINGS)
    finally:
        file.close()


def test_a_scan_keeps_the_pixels_that_the_scanner_made(tmp_path: Path) -> None:
    data = jpeg(scan())
    found, pixels, scale = opened(pdf_of(tmp_path / "scan.pdf", data))
    assert found.jpeg == data
    own = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert own is not None
    assert np.array_equal(pixels, own)
    assert scale == pytest.approx(COLUMNS / WIDTH)


def test_colours_keep_their_order(tmp_path: Path) -> None:
    _, pixels, _ = opened(pdf_of(tmp_path / "scan.pdf", jpeg(scan(colour=True)), image="/ColorSpace /DeviceRGB"))
    red, green, blue = (int(tone) for tone in pixels[120, 200])
    assert red > 150 > 80 > green
    assert blue < 80


@pytest.mark.parametrize(
    "odd",
    [
        {"image": "/ColorSpace /DeviceGray /Decode [1 0]"},
        {"image": "/ColorSpace /DeviceGray /Mask [0 30]"},
        {"matrix": f"-{WIDTH} 0 0 {HEIGHT} {WIDTH} 0"},
        {"matrix": f"{WIDTH} 0 0 -{HEIGHT} 0 {HEIGHT}"},
        {"matrix": f"0 {HEIGHT} -{WIDTH} 0 {WIDTH} 0"},
        {"matrix": f"{WIDTH - 40} 0 0 {HEIGHT - 40} 20 20"},
        {"page": "/Rotate 180"},
        {"page": f"/CropBox [20 20 {WIDTH} {HEIGHT}]"},
        {"also": "1 0 0 rg 100 100 50 50 re f"},
    ],
    ids=["inverted", "masked", "mirrored", "upended", "on its side", "with margins", "turned", "cropped", "drawn over"],
)
def test_what_shows_anything_but_the_jpeg_is_rendered(tmp_path: Path, odd: dict[str, str]) -> None:
    found, pixels, scale = opened(pdf_of(tmp_path / "odd.pdf", jpeg(scan()), **odd))
    assert found.jpeg is None
    assert pixels.shape[:2] == (math.ceil(found.page.height * scale), math.ceil(found.page.width * scale))


def test_a_damaged_jpeg_is_left_to_the_renderer(tmp_path: Path) -> None:
    _, pixels, _ = opened(pdf_of(tmp_path / "damaged.pdf", b"\xff\xd8 and no more"))
    assert pixels_of(b"\xff\xd8 and no more", WIDTH, HEIGHT) is None
    assert pixels.ndim == 3
    assert pixels.shape[0] > 1000


def test_a_stretched_scan_is_rendered() -> None:
    data = jpeg(scan())
    assert pixels_of(data, WIDTH, HEIGHT) is not None
    assert pixels_of(data, WIDTH, HEIGHT * 1.02) is None


def test_both_ways_show_the_same_page(tmp_path: Path) -> None:
    data = jpeg(scan())
    _, own, _ = opened(pdf_of(tmp_path / "own.pdf", data))
    _, rendered, _ = opened(pdf_of(tmp_path / "rendered.pdf", data, also="1 1 1 rg 0 0 1 1 re f"))
    assert rendered.ndim == 3
    assert abs(rendered.shape[0] - ROWS) <= 2
    small = (124, 175)
    apart = cv2.absdiff(cv2.resize(own, small), cv2.resize(rendered[..., 0], small))
    assert float(np.mean(apart)) < 2


def test_the_engine_sees_the_scanners_own_sharpness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is rendered on the way from such a page to the engine."""
    page = scan()
    for row in range(300, 900, 60):
        cv2.putText(page, "Menerima surat masuk", (100, row), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2, cv2.LINE_AA)

    engine = Silent()
    monkeypatch.setattr(Recognition, "engine", engine)
    monkeypatch.setattr(PdfFile, "render", lambda *_: pytest.fail("rendered"))
    with open_document(pdf_of(tmp_path / "scan.pdf", jpeg(page)), SETTINGS) as document:
        list(document.pages())
    assert engine.shown


@pytest.mark.parametrize(("rows", "columns"), [(1654, 2339), (2339, 1654), (1700, 2800)])
def test_a_black_and_white_scan_keeps_its_pixels_where_it_is_rendered(rows: int, columns: int, tmp_path: Path) -> None:
    page = np.where(np.random.default_rng(3).random((rows, columns)) < 0.1, 0, 255).astype(np.uint8)
    Image.fromarray(page).convert("1").save(tmp_path / "fax.pdf", resolution=200)
    _, pixels, scale = opened(tmp_path / "fax.pdf")
    assert pixels.shape[:2] == (rows, columns)
    assert (luminance(pixels) == page).all()
    assert scale == pytest.approx(200 / 72)
