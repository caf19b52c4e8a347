"""Where letters stand that a file gives for others (ActualText): PDFium places them as if no form were turned.

A program marks a ligature so, as one glyph that stands for "fi". PDFium shares out the glyph's box among the letters
from left to right, whichever way the writing runs, and leaves out the matrix of the form that the text is in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import byref, c_float

import numpy as np

from pipeline.readers import pdfium_calls as calls
from pipeline.readers.characters import Flags, Floats, Integers
from pipeline.readers.pdfium_objects import Affine, concatenated, mapped_box

OFF = 0.01  # points: a text object's first letter stands nearer to where its matrix leads


def put_in_place(
    objects: Sequence[tuple[int, Affine]], run_places: Integers, origins: Floats, bounds: Floats
) -> tuple[Floats, Floats]:
    """The origins (glyphs, 2) and bounds (glyphs, 4) of letters, those put right that stand for other ones.

    Args:
        objects: each text object's address, and the matrix of its text in the page's user space.
        run_places: the place in `objects` of each letter's.
        origins: where each letter stands.
        bounds: left, top, right, bottom around each.
    """
    if not len(run_places):
        return origins, bounds
    first = np.full(len(objects), -1)
    first[run_places[::-1]] = np.arange(len(run_places))[::-1]
    starts = np.array([matrix[4:] for _, matrix in objects])
    moved = np.abs(origins[first] - starts).max(axis=1) > OFF
    moved |= _shared_across(objects, run_places, origins, bounds)
    if not moved.any():
        return origins, bounds
    origins, bounds = origins.copy(), bounds.copy()
    for place in np.flatnonzero(moved).tolist():
        address, matrix = objects[place]
        own, letters = _own_matrix(address), np.flatnonzero(run_places == place)
        if own is not None and np.abs(origins[letters] - np.array(own[4:])).max() <= OFF:
            form = concatenated(_inverse(own), matrix)
            origins[letters] = matrix[4:]
            bounds[letters] = list(_shares(bounds[letters], form, matrix[:2]))
    return origins, bounds


def _shared_across(
    objects: Sequence[tuple[int, Affine]], run_places: Integers, origins: Floats, bounds: Floats
) -> Flags:
    """Which text objects run up or down and have letters side by side that stand at one place."""
    found: Flags = np.zeros(len(objects), np.bool_)
    together = (run_places[1:] == run_places[:-1]) & (origins[1:] == origins[:-1]).all(axis=1)
    together &= (bounds[1:] != bounds[:-1]).any(axis=1)
    found[run_places[1:][together]] = True
    found &= np.array([abs(matrix[1]) > abs(matrix[0]) for _, matrix in objects], np.bool_)
    return found


def _own_matrix(address: int) -> Affine | None:
    """The matrix of a text object in the form that it is in; None where it can not be undone."""
    matrix = (c_float * 6)()
    if not calls.object_matrix(calls.as_argument(address), byref(matrix)):
        return None
    a, b, c, d, e, f = matrix
    return (a, b, c, d, e, f) if a * d - b * c else None


def _inverse(matrix: Affine) -> Affine:
    a, b, c, d, e, f = matrix
    by = a * d - b * c
    return d / by, -b / by, -c / by, a / by, (c * f - d * e) / by, (b * e - a * f) / by


def _shares(bounds: Floats, form: Affine, advance: tuple[float, float]) -> Iterator[tuple[float, float, float, float]]:
    """Equal parts of the box around some letters, one after the other in the direction of the writing."""
    left, right = float(bounds[:, 0].min()), float(bounds[:, 2].max())
    box = mapped_box(form, left, float(bounds[:, [1, 3]].min()), right, float(bounds[:, [1, 3]].max()))
    count, (dx, dy) = len(bounds), advance
    level = abs(dx) >= abs(dy)
    step = (box.width if level else box.height) / count
    for i in range(count):
        place = i if (dx if level else dy) > 0 else count - 1 - i
        if level:
            yield box.x0 + place * step, box.bottom, box.x0 + (place + 1) * step, box.top
        else:
            yield box.x0, box.top + (place + 1) * step, box.x1, box.top + place * step
