"""How a page lies: turned by quarters, skewed by a few degrees, seen in perspective. Everything is measured."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.spatial import cKDTree

from pipeline.imaging.binarize import inked
from pipeline.model.geometry import PageTransform
from pipeline.model.orientation import Orientation
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

Matrix = NDArray[np.float64]
Points = NDArray[np.float64]


def orientation_of(letters: NDArray[np.int32], settings: ScanSettings) -> Orientation:
    """The axis of a page's lines of text: upright, or bottom to top where the letters' neighbours are above and below.

    `letters` are rows of left, top, width, height, as `letter_stats` finds them. Which of an axis' two ways the writing
    runs only words can tell.
    """
    if len(letters) < settings.letters_needed:
        return Orientation.UPRIGHT
    centres = letters[:, :2] + letters[:, 2:4] / 2
    _, nearest = cKDTree(centres).query(centres, k=2)
    steps = np.abs(centres[nearest[:, 1]] - centres)
    sideways = np.mean(steps[:, 1] > steps[:, 0]) > 0.5
    return Orientation.BOTTOM_TO_TOP if sideways else Orientation.UPRIGHT


def skew_degrees(ink: Pixels, settings: ScanSettings) -> float:
    """The clockwise turn of the page's lines in degrees, within settings.skew_limit, to 0.05 degree.

    Rows of ink are sharpest when counted along the lines; three rounds, each ten times finer, the first on a quarter
    of the samples.
    """
    place = inked(ink)
    if len(place) < 100:
        return 0.0
    sample = place[:: max(1, len(place) // settings.skew_samples)]
    y, x = (side.astype(np.float64) for side in np.divmod(sample, ink.shape[1]))
    best, reach, step, every = 0.0, settings.skew_limit, 0.5, 4
    while step >= 0.02:
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(angles[int(np.argmax([_sharpness(x[::every], y[::every], angle) for angle in angles]))])
        reach, step, every = step, step / 5, 1
    return best


def _sharpness(x: Points, y: Points, degrees: float) -> float:
    turn = np.radians(degrees)
    level = y * np.cos(turn) - x * np.sin(turn)
    counts = np.bincount(np.rint(level - level.min()).astype(np.int64))
    return float(np.square(counts.astype(np.float64)).sum())


def upright_matrix(orientation: Orientation, width: float, height: float) -> Matrix:
    """The matrix that makes writing of that orientation upright on a page of width x height."""
    return np.array(orientation.to_upright(width, height).rows, dtype=np.float64)


def rotation_matrix(degrees: float, width: float, height: float) -> Matrix:
    """The matrix that turns a page clockwise by `degrees` about its centre."""
    turn = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0), dtype=np.float64)
    return np.vstack([turn, np.array([[0.0, 0.0, 1.0]])])


def levelling_matrix(traces: list[tuple[str, Points]], width: float, height: float, settings: ScanSettings) -> Matrix:
    """The matrix that makes traced rulings level and plumb: shear and perspective, fitted to all of them at once.

    `traces` are ("h" or "v", points (n, 2)) in the page's units. With too few rulings nothing is done; the fit is
    robust, so that a connector or a bent line does not pull the page.
    """
    levels = [_thinned(points, settings) for axis, points in traces if axis == "h"]
    plumbs = [_thinned(points, settings) for axis, points in traces if axis == "v"]
    if len(levels) < settings.levelling_lines or len(plumbs) < settings.levelling_lines:
        return np.eye(3)
    size = max(width, height) / 2
    shift = np.array([[1 / size, 0, -width / 2 / size], [0, 1 / size, -height / 2 / size], [0, 0, 1]])
    points = np.concatenate([*levels, *plumbs])
    starts = np.concatenate([[0], np.cumsum([len(trace) for trace in (*levels, *plumbs)])[:-1]])
    of_level = int(starts[len(levels)])

    def residuals(values: Points) -> Points:
        mapped = _mapped(_bend(values) @ shift, points)
        across = np.concatenate([mapped[:of_level, 1], mapped[of_level:, 0]])
        return np.concatenate([_spread(across, starts), values[2:] * settings.perspective_cost])

    fit = least_squares(residuals, np.zeros(4), loss="soft_l1", f_scale=1.0 / size)
    matrix = np.linalg.inv(shift) @ _bend(fit.x) @ shift
    return np.asarray(matrix / matrix[2, 2], dtype=np.float64)


def _thinned(points: Points, settings: ScanSettings) -> Points:
    return points[:: max(1, len(points) // settings.levelling_points)]


def _bend(values: Points) -> Matrix:
    """Shear of x and y, and perspective along x and y."""
    shear_x, shear_y, along_x, along_y = values
    return np.array([[1, shear_x, 0], [shear_y, 1, 0], [along_x, along_y, 1]])


def _mapped(matrix: Matrix, points: Points) -> Points:
    mapped = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(mapped[:, :2] / mapped[:, 2:])


def _spread(values: Points, starts: NDArray[np.int64]) -> Points:
    """How far each value is from the mean of its group; the groups begin at `starts`."""
    sizes = np.diff(starts, append=len(values))
    return np.asarray(values - np.repeat(np.add.reduceat(values, starts) / sizes, sizes), dtype=np.float64)


def on_canvas(matrix: Matrix, width: float, height: float) -> tuple[Matrix, float, float]:
    """The matrix moved so that the whole mapped page has positive coordinates, and the canvas size it needs."""
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], dtype=np.float64)
    mapped = _mapped(matrix, corners)
    low, high = mapped.min(axis=0), mapped.max(axis=0)
    move = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]], dtype=np.float64)
    return move @ matrix, float(high[0] - low[0]), float(high[1] - low[1])


def page_transform(matrix: Matrix) -> PageTransform:
    """The transform that takes upright points back to displayed points, from the matrix of the way there."""
    back = np.linalg.inv(matrix)
    rows = (back / back[2, 2]).tolist()
    return PageTransform(tuple(tuple(row) for row in rows))  # type: ignore[arg-type]


def warped(picture: Pixels, matrix: Matrix, width: float, height: float) -> Pixels:
    """The picture under `matrix` on a canvas of that size; what lies beyond the page is paper.

    The matrix takes places to places, where a pixel's corner is whole and its middle is at a half. Cubic, as a linear
    one would smear small type into lines.
    """
    channels = picture[..., None] if picture.ndim == 2 else picture
    paper = [float(np.percentile(channels[::7, ::7, channel], 70)) for channel in range(channels.shape[2])]
    size = (max(1, round(width)), max(1, round(height)))
    if np.allclose(matrix, np.eye(3)) and size == (picture.shape[1], picture.shape[0]):
        return picture
    shrink = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    if shrink < 0.7:  # a plain warp would skip pixels: average first
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
