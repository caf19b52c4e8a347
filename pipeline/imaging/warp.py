"""Transforming a page's picture by a 3 x 3 homography, and the matrices for it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.geometry import PageTransform
from pipeline.model.orientation import Orientation
from pipeline.model.pixels import Pixels

Matrix = NDArray[np.float64]
"""A homography, float64 (3, 3): of a column (x, y, 1)."""
Points = NDArray[np.float64]

# Of a page's tones the one that lies beyond its edges, as a percentile: more of a page is paper than is not.
PAPER_PERCENTILE = 70
# A warp takes single pixels: a picture that gets smaller than this share is averaged to its size before.
AVERAGED_BELOW = 0.7


def upright_matrix(orientation: Orientation, width: float, height: float) -> Matrix:
    """The matrix that makes writing of that orientation upright on a page of width x height."""
    return np.array(orientation.to_upright(width, height).rows, dtype=np.float64)


def rotation_matrix(degrees: float, width: float, height: float) -> Matrix:
    """The matrix that turns a page clockwise by `degrees` about its centre."""
    turn = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0), dtype=np.float64)
    return np.vstack([turn, np.array([[0.0, 0.0, 1.0]])])


def mapped(matrix: Matrix, points: Points) -> Points:
    """Take points (n, 2) of x, y to where the matrix moves them."""
    moved = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(moved[:, :2] / moved[:, 2:])


def on_canvas(matrix: Matrix, width: float, height: float) -> tuple[Matrix, float, float]:
    """Shift a matrix so that the whole transformed page has positive coordinates.

    Returns:
        The matrix, and the width and height of the canvas that the page needs.
    """
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], dtype=np.float64)
    moved = mapped(matrix, corners)
    low, high = moved.min(axis=0), moved.max(axis=0)
    shift = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]], dtype=np.float64)
    return shift @ matrix, float(high[0] - low[0]), float(high[1] - low[1])


def page_transform(matrix: Matrix) -> PageTransform:
    """The transform that takes upright points back to displayed points, from the matrix of the way there."""
    back = np.linalg.inv(matrix)
    first, second, third = ((float(x), float(y), float(w)) for x, y, w in back / back[2, 2])
    return PageTransform((first, second, third))


def warped(picture: Pixels, matrix: Matrix, width: float, height: float) -> Pixels:
    """Transform a picture; what lies beyond its edges becomes paper.

    Interpolated by cubic splines: linear interpolation would smear small type into lines.

    Args:
        picture: uint8, grey (rows, columns) or RGB (rows, columns, 3).
        matrix: From pixels to pixels of the canvas, where a pixel's corner is a whole number and its middle a half.
        width: Of the canvas, in pixels.
        height: Of the canvas, in pixels.
    """
    channels = picture[..., None] if picture.ndim == 2 else picture
    paper = [
        float(np.percentile(channels[::7, ::7, channel], PAPER_PERCENTILE)) for channel in range(channels.shape[2])
    ]
    size = (max(1, round(width)), max(1, round(height)))
    if np.allclose(matrix, np.eye(3)) and size == (picture.shape[1], picture.shape[0]):
        return picture
    shrink = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    if shrink < AVERAGED_BELOW:
        factor = max(shrink, 0.01)
        small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        shape = np.diag([picture.shape[1] / small.shape[1], picture.shape[0] / small.shape[0], 1.0])
        return _warp(np.asarray(small, dtype=np.uint8), matrix @ shape, size, paper)
    return _warp(picture, matrix, size, paper)


def _warp(picture: Pixels, matrix: Matrix, size: tuple[int, int], paper: list[float]) -> Pixels:
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    middles = np.linalg.inv(half) @ matrix @ half  # OpenCV counts from the middle of a pixel
    out = cv2.warpPerspective(
        picture, middles, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
    )
    return np.asarray(out, dtype=np.uint8)
