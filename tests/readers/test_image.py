"""Pictures are documents too, at the size that the paper had."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.model.document import DocumentError
from pipeline.readers.image import ImageFile, ImagePage, plausible_dpi
from pipeline.settings import LimitSettings, ScanSettings

SETTINGS = ScanSettings()
LIMITS = LimitSettings()
STRIP_OFFSETS = 273  # the tag of a TIFF that tells where its pixels are


def pictures_of(path: Path) -> list[ImagePage]:
    return [page for page in ImageFile(path, SETTINGS, LIMITS) if isinstance(page, ImagePage)]


def sheet(width: int = 620, height: int = 877, mode: str = "RGB") -> Image.Image:
    """A page with a dark corner at its top left."""
    picture = Image.new("L", (width, height), 250)
    picture.paste(10, (0, 0, 100, 50))
    return picture.convert(mode)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif"])
def test_a_picture_is_a_page_at_its_own_resolution(tmp_path: Path, suffix: str) -> None:
    sheet().save(tmp_path / f"sop{suffix}", dpi=(75, 75))
    (page,) = pictures_of(tmp_path / f"sop{suffix}")
    assert page.pixels.shape == (877, 620, 3)
    assert page.pixels.dtype == np.uint8
    assert page.dpi == pytest.approx(75, abs=0.1)
    assert page.scale == pytest.approx(75 / 72, abs=0.01)


def test_a_tiff_of_several_pictures_has_as_many_pages(tmp_path: Path) -> None:
    pages = [sheet(mode="1"), sheet(900, 600), sheet()]
    pages[0].save(tmp_path / "sop.tiff", save_all=True, append_images=pages[1:], dpi=(75, 75))
    file = ImageFile(tmp_path / "sop.tiff", SETTINGS, LIMITS)
    assert len(file) == 3
    assert [page.pixels.shape[:2] for page in pictures_of(tmp_path / "sop.tiff")] == [
        (877, 620),
        (600, 900),
        (877, 620),
    ]
    assert len(list(file)) == 3  # and again


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16"])
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    picture = (
        Image.fromarray(np.asarray(sheet(), dtype=np.uint16)[:, :, 0] * 256) if mode == "I;16" else sheet(mode=mode)
    )
    picture.save(tmp_path / ("sop.tif" if mode in ("CMYK", "I;16") else "sop.png"))
    (path,) = tmp_path.iterdir()
    (page,) = pictures_of(path)
    assert page.pixels.shape[2] == 3
    assert page.pixels[20, 20].max() < 60 < 200 < page.pixels[400, 400].min()


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    Image.new("RGBA", (300, 400), (0, 0, 0, 0)).save(tmp_path / "sop.png")
    (page,) = pictures_of(tmp_path / "sop.png")
    assert page.pixels.min() == 255


def test_a_camera_that_was_held_sideways_is_believed(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6  # turn clockwise to see it upright
    sheet().save(tmp_path / "sop.jpg", exif=exif, dpi=(75, 75))
    (page,) = pictures_of(tmp_path / "sop.jpg")
    assert page.pixels.shape == (620, 877, 3)
    assert page.pixels[20, -20].max() < 60


@pytest.mark.parametrize(
    ("told", "longest", "dpi"),
    [
        ((300, 300), 3508, 300),
        ((72, 72), 4000, 342),
        (None, 3508, 300),
        ((0, 0), 3508, 300),
        ((72, 72), 1654, 141),
        ((72, 72), 800, 72),
        ((96.0, 96.0), 1123, 96),
    ],
)
def test_a_resolution_that_makes_no_sheet_of_paper_is_not_believed(told: object, longest: int, dpi: float) -> None:
    assert plausible_dpi(told, longest, SETTINGS) == pytest.approx(dpi, abs=1)


def test_what_cannot_be_read_is_a_fault_of_the_document(tmp_path: Path) -> None:
    for name, content, status in (
        ("empty.png", b"", "empty"),
        ("text.png", b"not a picture", "not-an-image"),
        ("cut.png", _png()[:200], "damaged"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DocumentError) as fault:
            list(ImageFile(tmp_path / name, SETTINGS, LIMITS))
        assert fault.value.status == status


def _png() -> bytes:
    from io import BytesIO

    buffer = BytesIO()
    Image.effect_noise((200, 200), 80).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_program_under_the_name_of_a_picture_is_not_run(tmp_path: Path) -> None:
    told = tmp_path / "told.txt"
    program = f"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n({told}) (w) file (x) writestring showpage\n"
    (tmp_path / "sop.jpg").write_text(program)
    with pytest.raises(DocumentError) as fault:
        list(ImageFile(tmp_path / "sop.jpg", SETTINGS, LIMITS))
    assert fault.value.status == "not-an-image"
    assert not told.exists()


def test_limits_on_pictures(tmp_path: Path) -> None:
    sheet(mode="1").save(tmp_path / "sop.tif", save_all=True, append_images=[sheet(mode="1")] * 3)
    for limits in (replace(LIMITS, pages=3), replace(LIMITS, picture_megapixels=0.5)):
        with pytest.raises(DocumentError) as fault:
            list(ImageFile(tmp_path / "sop.tif", SETTINGS, limits))
        assert fault.value.status == "too-large"
    Image.new("1", (20_000, 20_000)).save(tmp_path / "bomb.png")
    with pytest.raises(DocumentError) as fault:
        ImageFile(tmp_path / "bomb.png", SETTINGS, LIMITS)
    assert fault.value.status == "too-large"


def test_a_picture_that_is_broken_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    pages = [sheet(mode="L") for _ in range(3)]
    pages[0].save(tmp_path / "sop.tif", save_all=True, append_images=pages[1:])
    content = bytearray((tmp_path / "sop.tif").read_bytes())
    (ifd,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, ifd)
    (second_ifd,) = struct.unpack_from("<I", content, ifd + 2 + 12 * entries)
    for entry in range(second_ifd + 2, second_ifd + 2 + 12 * entries, 12):
        if struct.unpack_from("<H", content, entry)[0] == STRIP_OFFSETS:
            struct.pack_into("<HHII", content, entry, STRIP_OFFSETS, 4, 1, 0x7FFFFFF0)
    (tmp_path / "sop.tif").write_bytes(content)
    first, second, third = ImageFile(tmp_path / "sop.tif", SETTINGS, LIMITS)
    assert isinstance(first, ImagePage)
    assert str(second).startswith("page 2: the picture is damaged")
    assert isinstance(third, ImagePage)
