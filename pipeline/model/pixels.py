"""Types of pictures as arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""A picture, uint8: grey (rows, columns), 0 black to 255 white, or RGB (rows, columns, 3)."""
