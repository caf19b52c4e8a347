"""The printed lines of a text region, by the rows that its dark ink takes up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

Band = tuple[int, int, int, int]
"""A printed line, or a part of one, without margins: left, top, right, bottom in pixels."""


def text_bands(tones: Pixels, own: NDArray[np.bool_], em: float, settings: ScanSettings) -> list[Band]:
    """Find the printed lines of a region though a stamp runs through them: what is lighter than letters is left out.

    Args:
        tones: uint8 (rows, columns), letters dark.
        own: True on the region's ink.
        em: The text size in pixels.
        settings: The scan's thresholds.

    Returns:
        The lines from top to bottom, the parts of one that stand far apart each by itself; none where two lines run
        into each other.
    """
    if not own.any():
        return []
    heart = float(np.percentile(tones[own], settings.band_heart))
    dark = own & (tones < heart + settings.band_tone)
    reach = max(1, round(settings.band_blur * em))
    profile = np.convolve(dark.sum(axis=1), np.full(reach, 1 / reach), "same")
    inked = profile > max(1.0, settings.band_share * float(np.percentile(profile[profile > 0], settings.band_full)))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]])))
    least = settings.band_least * em
    spans = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least]
    if any(bottom - top > settings.band_most * em for top, bottom in spans):
        return []
    return [
        (left, top, right, bottom)
        for top, bottom in spans
        for left, right in _columns(np.flatnonzero(dark[top:bottom].any(axis=0)), settings.band_gap * em)
    ]


def _columns(places: NDArray[np.intp], gap: float) -> list[tuple[int, int]]:
    """Parts of the columns that a line has ink in, with more than `gap` between them: each stands by itself."""
    cuts = np.flatnonzero(np.diff(places) > gap)
    starts, ends = [places[0], *places[cuts + 1]], [*places[cuts], places[-1]]
    return [(int(start), int(end) + 1) for start, end in zip(starts, ends, strict=True)]
