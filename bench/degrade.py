"""Text PDFs made into scans of every bad kind, the same bytes for the same seed.

    python -m bench.degrade IN.pdf OUT.pdf --kind skew --strength 2 --seed 1

A damage takes a gray page (uint8, rows x columns, 0 black) at a known resolution and gives it back worse. Strengths
run from 1 (an office scanner on a good day) to 3 (still legible to a person).
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import gmtime
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

Gray = NDArray[np.uint8]
Damage = Callable[[Gray, int, Generator, int], Gray]  # page, strength 1..3, randomness, dpi

DPI = 200
QUALITY = 90
WHITE = 255
STRENGTHS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Scan:
    """How a document was scanned: one kind of damage at one strength."""

    kind: str = "clean"
    strength: int = 1
    seed: int = 0

    @property
    def dpi(self) -> int:
        return {1: 400, 2: 300, 3: 150}[self.strength] if self.kind == "resolution" else DPI

    @property
    def quality(self) -> int:
        """The JPEG quality of the page's picture."""
        return {1: 40, 2: 20, 3: 10}[self.strength] if self.kind == "jpeg" else QUALITY


def clean(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """A flawless scan: what the resolution alone costs."""
    return page


def skew(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """Paper laid onto the glass askew, by 0.5, 1.5 or 3 degrees to either side."""
    angle = {1: 0.5, 2: 1.5, 3: 3.0}[strength] * rng.choice([-1, 1])
    rows, columns = page.shape
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), float(angle), 1.0)
    return as_gray(cv2.warpAffine(page, turn, (columns, rows), flags=cv2.INTER_LINEAR, borderValue=WHITE))


def blur(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """A lens out of focus."""
    sigma = dpi * {1: 0.003, 2: 0.005, 3: 0.007}[strength]
    return as_gray(cv2.GaussianBlur(page, (0, 0), sigma))


def noise(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """Salt and pepper."""
    share = {1: 0.002, 2: 0.01, 3: 0.03}[strength]
    luck = rng.random(page.shape)
    return np.where(luck < share / 2, 0, np.where(luck > 1 - share / 2, WHITE, page)).astype(np.uint8)


def fax(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """Black and white only; ragged edges at 2, half the vertical resolution at 3."""
    rows, columns = page.shape
    if strength == 3:
        half = cv2.resize(page, (columns, rows // 2), interpolation=cv2.INTER_AREA)
        page = as_gray(cv2.resize(half, (columns, rows), interpolation=cv2.INTER_NEAREST))
    grain = rng.normal(0, 0 if strength == 1 else 40, page.shape)
    return np.where(page + grain < 150, 0, WHITE).astype(np.uint8)


def shadow(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """The dark strip along the spine of a book pressed onto the glass, left or right."""
    width, depth = {1: (0.06, 0.5), 2: (0.10, 0.65), 3: (0.16, 0.75)}[strength]
    x = np.linspace(0, 1, page.shape[1])
    light = 1 - depth * np.exp(-x / width)
    return lit(page, light[None, :: int(rng.choice([-1, 1]))])


def background(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """Gray paper under uneven light."""
    amount = {1: 0.12, 2: 0.25, 3: 0.4}[strength]
    coarse = rng.random((4, 4)).astype(np.float32)
    field = cv2.resize(coarse, page.shape[::-1], interpolation=cv2.INTER_CUBIC)
    return lit(page, 1 - amount * np.clip(field, 0, 1))


def jpeg(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """Nothing to the page itself: its picture is stored at quality 40, 20 or 10."""
    return page


def perspective(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """A photograph not quite from above: each corner moves inward by up to 0.5, 1 or 2 percent."""
    reach = {1: 0.005, 2: 0.01, 3: 0.02}[strength]
    rows, columns = page.shape
    corners = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    inward = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * rng.uniform(0, reach, (4, 2)) * [columns, rows]
    matrix = cv2.getPerspectiveTransform(corners, (corners + inward).astype(np.float32))
    return as_gray(cv2.warpPerspective(page, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderValue=WHITE))


def curl(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """Paper that does not lie flat: lines bend by 0.1, 0.25 or 0.4 percent of the height."""
    rows, columns = page.shape
    reach = rows * {1: 0.001, 2: 0.0025, 3: 0.004}[strength]
    bend = reach * np.sin(np.linspace(0, np.pi, columns) + rng.uniform(0, np.pi))
    x, y = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    y = (y + bend[None, :]).astype(np.float32)
    return as_gray(cv2.remap(page, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=WHITE))


def stamp(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """One, two or three round stamps and a signature's stroke over whatever stands there."""
    ink = page.copy()
    for _ in range(strength):
        x, y = (int(rng.uniform(0.2, 0.8) * side) for side in (page.shape[1], page.shape[0]))
        radius, pen = int(0.55 * dpi), max(1, dpi // 70)
        cv2.circle(ink, (x, y), radius, 130, pen, cv2.LINE_AA)
        cv2.circle(ink, (x, y), int(radius * 0.7), 130, pen, cv2.LINE_AA)
        stroke = np.add(np.cumsum(rng.normal(0, dpi * 0.12, (12, 2)), axis=0), (x, y))
        cv2.polylines(ink, [stroke.astype(np.int32)], False, 90, pen, cv2.LINE_AA)
    return np.minimum(page, ink)


def rotation(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """Fed in sideways or upside down, and no /Rotate that would tell: 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(page, strength))


def resolution(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """Nothing to the page itself: it was scanned at 400, 300 or 150 dpi."""
    return page


def office(page: Gray, strength: int, rng: Generator, dpi: int) -> Gray:
    """A little of everything, as an office scanner does it."""
    page = perspective(page, 1, rng, dpi) if strength > 1 else page
    page = skew(page, 1 if strength < 3 else 2, rng, dpi)
    page = blur(page, 1, rng, dpi)
    page = background(page, 1 if strength < 3 else 2, rng, dpi)
    return noise(page, 1, rng, dpi)


DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        clean,
        office,
        skew,
        perspective,
        curl,
        rotation,
        resolution,
        blur,
        noise,
        fax,
        jpeg,
        shadow,
        background,
        stamp,
    )
}


def lit(page: Gray, light: NDArray[np.floating[Any]]) -> Gray:
    """The page under a light of 0..1 for each pixel."""
    return np.clip(page * light, 0, WHITE).astype(np.uint8)


def as_gray(page: NDArray[Any]) -> Gray:
    gray: Gray = np.clip(page, 0, WHITE).astype(np.uint8)
    return gray


def rendered(source: Path, dpi: int) -> Iterable[Gray]:
    """The pages of a PDF as displayed, as gray pictures."""
    with pypdfium2.PdfDocument(source) as pdf:
        for page in pdf:
            pixels = page.render(scale=dpi / 72, grayscale=True).to_numpy()
            yield np.ascontiguousarray(pixels.reshape(pixels.shape[:2]))


def randomness(scan: Scan, page: int) -> Generator:
    """Randomness of its own for each page and kind, the same on every machine."""
    return np.random.default_rng([scan.seed, page, scan.strength, zlib.crc32(scan.kind.encode())])


def scanned(source: Path, scan: Scan) -> list[Image.Image]:
    """The document's pages as they come out of the scanner."""
    damage = DAMAGES[scan.kind]
    pages = [
        damage(page, scan.strength, randomness(scan, number), scan.dpi)
        for number, page in enumerate(rendered(source, scan.dpi), 1)
    ]
    pictures = [Image.fromarray(page) for page in pages]
    return [picture.convert("1", dither=Image.Dither.NONE) for picture in pictures] if scan.kind == "fax" else pictures


def degrade(source: Path, target: Path, scan: Scan) -> Path:
    """Write `source` as a PDF of pictures without a text layer; ValueError for an unknown kind or strength."""
    if scan.kind not in DAMAGES or scan.strength not in STRENGTHS:
        raise ValueError(f"no damage {scan.kind!r} of strength {scan.strength}; kinds are {', '.join(DAMAGES)}")
    first, *others = scanned(source, scan)
    target.parent.mkdir(parents=True, exist_ok=True)
    quality = {} if scan.kind == "fax" else {"quality": scan.quality}  # a fax is stored as black and white
    epoch = gmtime(0)  # together with the title: nothing of the place or time gets into the bytes
    first.save(
        target,
        "PDF",
        save_all=True,
        append_images=others,
        resolution=scan.dpi,
        title=source.stem,
        creationDate=epoch,
        modDate=epoch,
        **quality,
    )
    return target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--kind", choices=list(DAMAGES), default="office")
    parser.add_argument("--strength", type=int, choices=STRENGTHS, default=1)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    degrade(given.source, given.target, Scan(given.kind, given.strength, given.seed))


if __name__ == "__main__":
    main()
