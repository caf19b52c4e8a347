"""Whether the text layer that lies over a picture says what the picture shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from pipeline.model.page import Pixels, Word
from pipeline.ocr.engine import Engine, Snippet
from pipeline.read.ink import flattened, ink_mask, letter_stats
from pipeline.settings import LayerSettings, ScanSettings

WORD = re.compile(r"[^\W\d_]+(?:[-/'’.&][^\W\d_]+)*")
NUMBER = re.compile(r"(?:Rp\.?)?[\dIVX]+(?:[.,:/-]\d+)*\.?")
EDGE_MARKS = "()[]{}\"'“”‘’.,;:!?-–—•/&*"
VOWELS = frozenset("aeiouyAEIOUY")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well a text layer fits its picture, each 0..1, and whether it is to be believed.

    `readable`: characters in words and numbers that look like such. `on_ink`: words with ink under them. `covered`:
    letters of the picture that lie under a word. `agreed`: how alike the words and a fresh reading of a few of them
    are, None where nothing could read them.
    """

    believed: bool
    readable: float
    on_ink: float
    covered: float
    agreed: float | None = None


def believable(
    words: Sequence[Word],
    grey: Pixels,
    scale: float,
    settings: LayerSettings,
    scan: ScanSettings,
    engine: Engine | None = None,
) -> Verdict:
    """The verdict on the words of a layer over a grey picture with `scale` pixels per point.

    Words and picture are in the same coordinates: both as displayed, or both turned alike. With an engine a few
    words are read again, which alone unmasks a good text that belongs to another page.
    """
    if not words:
        return Verdict(False, 0.0, 0.0, 0.0)
    ink = ink_mask(flattened(grey, scan.paper_reach * scale), scan.ink_reach * scale, scan.text_contrast)
    readable = readable_share([word.text for word in words])
    on_ink, covered = _on_ink(words, ink, scale), _covered(words, ink, scale, scan)
    fits = readable >= settings.readable and on_ink >= settings.on_ink and covered >= settings.covered
    if not fits or engine is None:
        return Verdict(fits, readable, on_ink, covered)
    agreed = _agreement(words, grey, scale, settings, engine)
    return Verdict(agreed >= settings.agreed, readable, on_ink, covered, agreed)


def readable_share(texts: Sequence[str]) -> float:
    """The share of characters that stand in something like a word or a number: "Tanggal" and "2017", not "Ii:-.i"."""
    total = sum(len(text) for text in texts)
    return sum(len(text) for text in texts if _is_readable(text)) / total if total else 0.0


def _is_readable(text: str) -> bool:
    bare = text.strip(EDGE_MARKS)
    if NUMBER.fullmatch(bare):
        return True
    if not WORD.fullmatch(bare) or len(bare) < 2:
        return False
    cased = bare.islower() or bare.isupper() or all(p[:1].isupper() for p in re.split(r"[-/'’.&]", bare))
    return (cased and bool(VOWELS & set(bare))) or (bare.isupper() and len(bare) <= 5)


def _on_ink(words: Sequence[Word], ink: Pixels, scale: float) -> float:
    """The share of words whose box holds at least a little ink."""
    sums = cv2.integral(ink)
    hits = 0
    for word in words:
        x0, x1 = _clipped(word.box.x0 * scale, word.box.x1 * scale, ink.shape[1])
        y0, y1 = _clipped(word.box.top * scale, word.box.bottom * scale, ink.shape[0])
        inside = int(sums[y1, x1]) - int(sums[y0, x1]) - int(sums[y1, x0]) + int(sums[y0, x0])
        hits += inside > 0.03 * max(1, (x1 - x0) * (y1 - y0))
    return hits / len(words)


def _covered(words: Sequence[Word], ink: Pixels, scale: float, scan: ScanSettings) -> float:
    """The share of the picture's letters whose middle lies in a word's box; 0 where it shows none."""
    stats = letter_stats(ink, scale, scan)
    if not len(stats):
        return 0.0
    under: NDArray[np.uint8] = np.zeros(ink.shape, np.uint8)
    for word in words:
        x0, x1 = _clipped(word.box.x0 * scale - 1, word.box.x1 * scale + 1, ink.shape[1])
        y0, y1 = _clipped(word.box.top * scale - 1, word.box.bottom * scale + 1, ink.shape[0])
        under[y0:y1, x0:x1] = 1
    middles = stats[:, :2] + stats[:, 2:4] // 2
    return float(under[middles[:, 1], middles[:, 0]].mean())


def _clipped(low: float, high: float, size: int) -> tuple[int, int]:
    return min(size, max(0, round(low))), min(size, max(0, round(high)))


def _agreement(words: Sequence[Word], grey: Pixels, scale: float, settings: LayerSettings, engine: Engine) -> float:
    """How alike some longer words, spread over the page, and a fresh reading of them are: 0..1."""
    long = [word for word in words if len(word.text) >= settings.probe_length] or list(words)
    probes = long[:: max(1, len(long) // settings.probes)][: settings.probes]
    snippets = [Snippet(_crop(word, grey, scale), "line") for word in probes]
    alike = [
        Indel.normalized_similarity(_letters(word.text), _letters("".join(reading.text for reading in found)))
        for word, found in zip(probes, engine.read(snippets), strict=True)
    ]
    return float(np.median(alike))


def _crop(word: Word, grey: Pixels, scale: float) -> Pixels:
    """The word's picture, upright, on white."""
    margin = 0.2 * word.size
    x0, x1 = _clipped((word.box.x0 - margin) * scale, (word.box.x1 + margin) * scale, grey.shape[1])
    y0, y1 = _clipped((word.box.top - margin) * scale, (word.box.bottom + margin) * scale, grey.shape[0])
    part = np.rot90(grey[y0:y1, x0:x1], k=-(word.direction // 90))
    if not part.size:
        return np.full((32, 32), 255, np.uint8)
    return np.asarray(cv2.copyMakeBorder(part, 8, 8, 8, 8, cv2.BORDER_REPLICATE), dtype=np.uint8)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
