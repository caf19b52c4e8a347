"""How a page lies: its orientation, its skew by a few degrees, and its perspective. Everything is measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.components import Stats, nonzero_indices
from pipeline.imaging.warp import Matrix, Points, mapped
from pipeline.model.geometry import Axis
from pipeline.model.orientation import Orientation
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings


def orientation_of(letters: Stats, settings: ScanSettings) -> Orientation:
    """Measure the orientation of a page's lines of text.

    Which of its axis' two ways the writing runs only words can tell.

    Args:
        letters: The stats of its letters.
        settings: The scan's thresholds.

    Returns:
        Bottom to top where most letters have their nearest neighbours above and below them, else upright.
    """
    from scipy.spatial import cKDTree  # here: text pages do without, and SciPy's is a quarter of a worker's start

    if len(letters) < settings.letters_needed:
        return Orientation.UPRIGHT
    centres = letters[:, :2] + letters[:, 2:4] / 2
    _, nearest = cKDTree(centres).query(centres, k=2)
    steps = np.abs(centres[nearest[:, 1]] - centres)
    sideways = np.mean(steps[:, 1] > steps[:, 0]) > 0.5
    return Orientation.BOTTOM_TO_TOP if sideways else Orientation.UPRIGHT


def skew_degrees(ink: Pixels, settings: ScanSettings) -> float:
    """Measure the clockwise turn of a page's lines in degrees, within settings.skew_limit.

    Projection profiles are sharpest along the lines. Three rounds, each finer than the last, the first of them on every
    fourth sample.

    Args:
        ink: uint8 (rows, columns), 1 where there is ink.
        settings: The scan's thresholds.
    """
    index = nonzero_indices(ink)
    if len(index) < settings.skew_pixels:
        return 0.0
    sample = index[:: max(1, len(index) // settings.skew_samples)]
    y, x = (side.astype(np.float64) for side in np.divmod(sample, ink.shape[1]))
    best, reach, step, every = 0.0, settings.skew_limit, settings.skew_step, 4
    while step >= settings.skew_precision:
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(angles[int(np.argmax([_sharpness(x[::every], y[::every], angle) for angle in angles]))])
        reach, step, every = step, step / 5, 1
    return best


def _sharpness(x: Points, y: Points, degrees: float) -> float:
    """The sum of the squares of a projection profile."""
    angle = np.radians(degrees)
    row = y * np.cos(angle) - x * np.sin(angle)
    counts = np.bincount(np.rint(row - row.min()).astype(np.int64))
    return float(np.square(counts.astype(np.float64)).sum())


def perspective_matrix(
    traces: Sequence[tuple[Axis, Points]], width: float, height: float, settings: ScanSettings
) -> Matrix:
    """Find the matrix that makes ruling lines horizontal and vertical: shear and perspective, fitted to all at once.

    The fit is robust, so that a connector or a bent line does not pull the page.

    Args:
        traces: For each line its axis and points (n, 2) of x, y.
        width: Of the page, in the points' unit.
        height: Of the page.
        settings: The scan's thresholds.

    Returns:
        The identity where an axis has too few lines.
    """
    from scipy.optimize import least_squares

    horizontal = [_thinned(points, settings) for axis, points in traces if axis == "h"]
    vertical = [_thinned(points, settings) for axis, points in traces if axis == "v"]
    if min(len(horizontal), len(vertical)) < settings.perspective_lines:
        return np.eye(3)
    size = max(width, height) / 2
    shift = np.array([[1 / size, 0, -width / 2 / size], [0, 1 / size, -height / 2 / size], [0, 0, 1]])
    points = np.concatenate([*horizontal, *vertical])
    starts = np.concatenate([[0], np.cumsum([len(trace) for trace in (*horizontal, *vertical)])[:-1]])
    split = int(starts[len(horizontal)])

    def residuals(values: Points) -> Points:
        moved = mapped(_shear_and_perspective(values) @ shift, points)
        across = np.concatenate([moved[:split, 1], moved[split:, 0]])
        return np.concatenate([_deviations(across, starts), values[2:] * settings.perspective_cost])

    fit = least_squares(residuals, np.zeros(4), loss="soft_l1", f_scale=1.0 / size)
    matrix = np.linalg.inv(shift) @ _shear_and_perspective(fit.x) @ shift
    return np.asarray(matrix / matrix[2, 2], dtype=np.float64)


def _thinned(points: Points, settings: ScanSettings) -> Points:
    return points[:: max(1, len(points) // settings.perspective_points)]


def _shear_and_perspective(values: Points) -> Matrix:
    shear_x, shear_y, along_x, along_y = values
    return np.array([[1, shear_x, 0], [shear_y, 1, 0], [along_x, along_y, 1]])


def _deviations(values: Points, starts: NDArray[np.int64]) -> Points:
    """How far each value is from the mean of its group; the groups begin at `starts`."""
    sizes = np.diff(starts, append=len(values))
    return np.asarray(values - np.repeat(np.add.reduceat(values, starts) / sizes, sizes), dtype=np.float64)
