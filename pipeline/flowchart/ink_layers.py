"""The part of a page where the flowchart is, as ink and fill."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.illumination import evenly_lit
from pipeline.imaging.morphology import Mask, closed, dilated, odd, turned, without
from pipeline.model.draft import MatrixPart
from pipeline.model.geometry import Box
from pipeline.model.page import Picture
from pipeline.settings import FlowSettings


@dataclass(frozen=True)
class View:
    """The flowchart's part of a page. `ink`, `fill` (0 or 1) and `dark` (0..255) are uint8 of one shape.

    `dark` is how much darker than its surroundings a pixel is, `ink` where that makes a line, a letter or a small
    blob, `fill` wide areas of another colour than the paper. `scale` is pixels per point; pixel (0, 0) lies at the
    point (x, y).
    """

    ink: Mask
    fill: Mask
    dark: Mask
    scale: float
    x: float
    y: float

    @cached_property
    def turned(self) -> Mask:
        """The ink with rows and columns exchanged."""
        return turned(self.ink)

    def pixels(self, box: Box) -> Box:
        """A box of the page in this view's pixels."""
        return box.shifted(-self.x, -self.y).scaled(self.scale)

    def points(self, box: Box) -> Box:
        """A box of this view in the page's points."""
        return box.scaled(1 / self.scale).shifted(self.x, self.y)

    def window(self, box: Box) -> tuple[slice, slice]:
        """Rows and columns of the pixels under a box of the page, cut to the view."""
        p = self.pixels(box)
        rows, columns = self.ink.shape
        top, left = max(0, round(p.top)), max(0, round(p.x0))
        return slice(top, max(top, min(rows, round(p.bottom)))), slice(left, max(left, min(columns, round(p.x1))))


def flow_region(part: MatrixPart, settings: FlowSettings) -> Box:
    """Where flowchart may be drawn: the Pelaksana columns beside the rows, and a margin where lines leave the page."""
    box = Box(
        min(lane.x0 for lane in part.lanes) - settings.side_margin,
        min(band.top for band in part.bands) - settings.head_margin,
        max(lane.x1 for lane in part.lanes) + settings.side_margin,
        max(band.bottom for band in part.bands) + settings.foot_margin,
    )
    return box.intersection(part.page.box) or part.page.box


def view_of(part: MatrixPart, picture: Picture | None, settings: FlowSettings) -> View | None:
    """The flowchart's part of the picture at about the working resolution; None where there is no picture."""
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
    tone, scale = _resampled(_tone(crop), s, settings)
    if part.page.kind != "text":
        tone = evenly_lit(tone, scale, settings.light_reach, settings.least_light)  # its shades would pass for fills
    return View(*_layers(tone, scale, settings), scale, left / s, top / s)


def _tone(crop: NDArray[np.uint8]) -> Mask:
    """Grey where the crop has no colour, else all three channels: a red line on yellow shows in green only."""
    if crop.ndim == 2:
        return np.ascontiguousarray(crop)
    red, green, blue = (crop[::3, ::3, i] for i in range(3))
    spread = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    if np.count_nonzero(spread > 40) / spread.size > 0.0005:
        return np.ascontiguousarray(crop)
    return np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _resampled(tone: Mask, scale: float, settings: FlowSettings) -> tuple[Mask, float]:
    """The picture brought to the working resolution, where it differs from that enough to matter."""
    factor = settings.dpi / 72 / scale
    if 0.72 <= factor <= 1.2:
        return tone, scale
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(tone, None, fx=factor, fy=factor, interpolation=how), dtype=np.uint8), scale * factor


def _layers(tone: Mask, scale: float, settings: FlowSettings, smoothed: bool = False) -> tuple[Mask, Mask, Mask]:
    """The view's `ink`, `fill` and `dark`: lines are what a closing takes away, fill what differs from the
    paper's colour. Grainy paper is smoothed first.
    """
    size = odd(settings.line_reach * scale)
    ground = closed(tone, size, size)
    paper = _paper(ground[::4, ::4])
    dark = _strongest(np.asarray(cv2.subtract(ground, tone, ground), dtype=np.uint8))
    faint = _line_contrast(dark, settings)
    if faint > settings.line_contrast and not smoothed:
        return _layers(np.asarray(cv2.GaussianBlur(tone, (3, 3), 0), dtype=np.uint8), scale, settings, smoothed=True)
    away = _strongest(np.asarray(cv2.absdiff(tone, paper), dtype=np.uint8))
    return _firm(dark, faint, settings), _at_least(away, settings.fill_contrast), dark


def _firm(dark: Mask, faint: float, settings: FlowSettings) -> Mask:
    """The lines without their blur: what is much fainter than the darkest lines counts only away from these."""
    soft = _at_least(dark, faint)
    counts = _histogram(dark[::2, ::2])
    counts[: math.ceil(faint)] = 0
    firm = min(settings.firm_contrast, settings.firm_share * _percentile(counts, 90)) if counts.any() else faint
    if firm <= faint:
        return soft
    strong = _at_least(dark, firm)
    strong |= without(soft, dilated(strong, 5, 5))
    return strong


def _at_least(values: Mask, limit: float) -> Mask:
    """1 where a value reaches a limit, else 0."""
    return (values >= math.ceil(limit)).view(np.uint8)


def _histogram(values: Mask) -> NDArray[np.int64]:
    """How many values there are of each of 256."""
    return np.asarray(cv2.calcHist([values], [0], None, [256], [0, 256]), dtype=np.int64).ravel()


def _percentile(counts: NDArray[np.int64], percent: float) -> float:
    """The value that so many percent of a histogram's values are below, between two of them in proportion."""
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
    """The paper's colour, the one most pixels have, to within 16 steps a channel; four channels, as OpenCV has it."""
    if ground.ndim == 2:
        counts = _histogram(ground).reshape(16, 16)
        most = int(counts.sum(axis=1).argmax())
        return np.array([16 * most + int(_percentile(counts[most], 50)), 0, 0, 0], np.float64)
    flat = ground.reshape(-1, 3)
    codes = (flat >> 4) @ np.array([1, 16, 256], np.uint16)
    colour = np.median(flat[codes == np.bincount(codes).argmax()], axis=0)
    return np.append(np.floor(colour), 0.0)


def _line_contrast(lines: Mask, settings: FlowSettings) -> float:
    """How much darker than its ground a line is at least: above the grain of the paper."""
    counts = _histogram(lines[::3, ::3])
    grain = _percentile(counts, 50)
    spread = _percentile(counts, 75) - grain
    return max(settings.line_contrast, grain + 5 * spread)
