"""The part of a page's picture where the flowchart is, as layers of ink, of fill and of local contrast."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.freed_memory import release_memory
from pipeline.imaging.illumination import correct_illumination
from pipeline.imaging.morphology import Mask, closed, dilated, odd, opened, transposed, without
from pipeline.model.draft import MatrixPart
from pipeline.model.geometry import Box
from pipeline.model.page import Picture
from pipeline.settings import FlowInkSettings, FlowSettings


@dataclass(frozen=True)
class InkLayers:
    """The flowchart's part of a page. The four layers are uint8 of one shape (rows, columns).

    `contrast` (0..255) is how much darker than its surroundings a pixel is; `ink` (0 or 1) where that makes a line, a
    letter or a small blob; `depth` (0..255) is how far its colour is from the paper's, `fill` (0 or 1) where that makes
    an area of another colour. `scale` is pixels per point;
    pixel (0, 0) lies at the point (x, y) of the page.
    """

    ink: Mask
    fill: Mask
    contrast: Mask
    depth: Mask
    scale: float
    x: float
    y: float

    @cached_property
    def transposed_ink(self) -> Mask:
        """The ink with rows and columns exchanged."""
        return transposed(self.ink)

    def pixels(self, box: Box) -> Box:
        """A box of the page (points) in the layers' pixels."""
        return box.shifted(-self.x, -self.y).scaled(self.scale)

    def points(self, box: Box) -> Box:
        """A box of the layers (pixels) in the page's points."""
        return box.scaled(1 / self.scale).shifted(self.x, self.y)

    def window(self, box: Box) -> tuple[slice, slice]:
        """Rows and columns of the pixels under a box of the page, cut to the layers."""
        p = self.pixels(box)
        rows, columns = self.ink.shape
        top, left = max(0, round(p.top)), max(0, round(p.x0))
        return slice(top, max(top, min(rows, round(p.bottom)))), slice(left, max(left, min(columns, round(p.x1))))


def flow_region(part: MatrixPart, settings: FlowSettings) -> Box:
    """The Pelaksana columns beside the rows, with a margin where connectors leave the page; points."""
    box = Box(
        min(lane.x0 for lane in part.lanes) - settings.side_margin,
        min(band.top for band in part.bands) - settings.top_margin,
        max(lane.x1 for lane in part.lanes) + settings.side_margin,
        max(band.bottom for band in part.bands) + settings.bottom_margin,
    )
    return box.intersection(part.page.box) or part.page.box


def ink_layers(part: MatrixPart, picture: Picture | None, settings: FlowSettings) -> InkLayers | None:
    """The layers of a page's flowchart at about the working resolution; None where the page has no picture."""
    if picture is None or not part.bands or not part.lanes:
        return None
    region = flow_region(part, settings)
    s = picture.scale
    rows, columns = picture.pixels.shape[:2]
    top, bottom = max(0, round(region.top * s)), min(rows, round(region.bottom * s))
    left, right = max(0, round(region.x0 * s)), min(columns, round(region.x1 * s))
    crop = picture.pixels[top:bottom, left:right]
    if crop.size == 0:
        return None
    tone, scale = _resampled(_tone(crop, settings.ink), s, settings)
    release_memory(tone.nbytes)  # of the pages that were recognised
    if part.page.kind != "text":  # uneven illumination would pass for fill
        tone = correct_illumination(tone, scale, settings.ink.illumination_reach, settings.ink.illumination_floor)
    return InkLayers(*_layers(tone, scale, settings.ink), scale, left / s, top / s)


def _tone(crop: NDArray[np.uint8], settings: FlowInkSettings) -> Mask:
    """Grey where the crop has no colour, else all three channels: a red line on yellow shows in green only."""
    if crop.ndim == 2:
        return np.ascontiguousarray(crop)
    red, green, blue = (crop[::3, ::3, i] for i in range(3))
    chroma = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    if np.count_nonzero(chroma > settings.chroma) / chroma.size > settings.chroma_share:
        return np.ascontiguousarray(crop)
    return np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _resampled(tone: Mask, scale: float, settings: FlowSettings) -> tuple[Mask, float]:
    """The picture and its scale at the working resolution, where it differs from that enough to matter.

    A page that claims to be a house would be enlarged beyond all memory: it stays as it is.
    """
    factor = settings.dpi / 72 / scale
    most = (settings.most_megapixels * 1e6 / max(1, tone.shape[0] * tone.shape[1])) ** 0.5
    factor = min(factor, max(1.0, most))
    low, high = settings.ink.kept_scale
    if low <= factor <= high:
        return tone, scale
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(tone, None, fx=factor, fy=factor, interpolation=how), dtype=np.uint8), scale * factor


def _layers(
    tone: Mask, scale: float, settings: FlowInkSettings, smoothed: bool = False
) -> tuple[Mask, Mask, Mask, Mask]:
    """Ink, fill, local contrast and depth of a picture.

    Lines are what a closing takes away, fill is what differs from the paper's colour. Grainy paper is smoothed first.
    """
    size = odd(settings.line_reach * scale)
    ground = closed(tone, size, size)
    paper = _paper(ground[::4, ::4])
    contrast = _strongest(np.asarray(cv2.subtract(ground, tone, ground), dtype=np.uint8))
    del ground  # of a picture in colour as large as itself
    threshold = _line_threshold(contrast, settings)
    if threshold > settings.line_contrast and not smoothed:
        return _layers(np.asarray(cv2.GaussianBlur(tone, (3, 3), 0), dtype=np.uint8), scale, settings, smoothed=True)
    from_paper = _strongest(np.asarray(cv2.absdiff(tone, paper), dtype=np.uint8))
    width = odd(settings.fill_width * scale)
    above_fill = np.asarray(cv2.subtract(from_paper, opened(from_paper, width, width)), dtype=np.uint8)
    ink = _ink(contrast, threshold, _at_least(above_fill, threshold) == 0, settings)
    return ink, _at_least(from_paper, settings.fill_contrast), contrast, from_paper


def _ink(contrast: Mask, threshold: float, filled: NDArray[np.bool_], settings: FlowInkSettings) -> Mask:
    """The lines without their blur: what is much fainter than the darkest lines counts only away from these.

    Nor does it count where it is no darker than a filled area: a narrow corner of that has paper about it, as lines do.
    """
    soft = _at_least(contrast, threshold)
    counts = _histogram(contrast[::2, ::2])
    counts[: math.ceil(threshold)] = 0
    firm = threshold
    if counts.any():
        firm = min(settings.firm_contrast, settings.firm_share * _percentile(counts, settings.firm_percentile))
    if firm <= threshold:
        return soft
    strong = _at_least(contrast, firm)
    strong |= without(soft, dilated(strong, settings.blur_reach, settings.blur_reach)) & ~filled
    return strong


def _line_threshold(contrast: Mask, settings: FlowInkSettings) -> float:
    """The least local contrast of a line, in grey levels: above the grain of the paper."""
    counts = _histogram(contrast[::3, ::3])
    grain = _percentile(counts, 50)
    spread = _percentile(counts, 75) - grain
    return max(settings.line_contrast, grain + settings.grain_factor * spread)


def _at_least(values: Mask, limit: float) -> Mask:
    """1 where a value reaches a limit, else 0."""
    return (values >= math.ceil(limit)).view(np.uint8)


def _histogram(values: Mask) -> NDArray[np.int64]:
    """How many values there are of each of 256."""
    return np.asarray(cv2.calcHist([values], [0], None, [256], [0, 256]), dtype=np.int64).ravel()


def _percentile(counts: NDArray[np.int64], percent: float) -> float:
    """The percentile of a histogram's values, interpolated as numpy.percentile does."""
    ends = np.cumsum(counts)
    place = percent / 100 * (int(ends[-1]) - 1)
    low, high = (int(np.searchsorted(ends, rank, side="right")) for rank in (math.floor(place), math.ceil(place)))
    return low + (high - low) * (place - math.floor(place))


def _strongest(difference: Mask) -> Mask:
    """The largest difference of any channel."""
    if difference.ndim == 2:
        return difference
    return np.asarray(cv2.max(cv2.max(difference[..., 0], difference[..., 1]), difference[..., 2]), dtype=np.uint8)


def _paper(ground: Mask) -> NDArray[np.float64]:
    """The paper's colour: the one most pixels have, to within 16 levels a channel; four channels, for OpenCV."""
    if ground.ndim == 2:
        counts = _histogram(ground).reshape(16, 16)
        most = int(counts.sum(axis=1).argmax())
        return np.array([16 * most + int(_percentile(counts[most], 50)), 0, 0, 0], np.float64)
    flat = ground.reshape(-1, 3)
    codes = (flat >> 4) @ np.array([1, 16, 256], np.uint16)
    colour = np.median(flat[codes == np.bincount(codes).argmax()], axis=0)
    return np.append(np.floor(colour), 0.0)
