"""The quarter turn at which writing lies on a page, and the ways between the displayed page and the upright one."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import IntEnum

import numpy as np

from pipeline.model.geometry import Axis, Box, PageTransform, Row3
from pipeline.model.pixels import Pixels


class Orientation(IntEnum):
    """The counter-clockwise turn of writing on the displayed page, in degrees.

    A displayed page of `width` x `height` becomes upright when it is turned clockwise by as much. All methods take the
    sizes of the picture or page that the writing lies on, before it is made upright.

    Attributes:
        is_horizontal: Whether lines of this writing run along the displayed page's rows, upright or upside down.
    """

    UPRIGHT = 0
    BOTTOM_TO_TOP = 90
    UPSIDE_DOWN = 180
    TOP_TO_BOTTOM = 270

    def __init__(self, degrees: int) -> None:
        self.is_horizontal = degrees % 180 == 0

    @classmethod
    def of_vector(cls, dx: float, dy: float) -> Orientation:
        """The orientation nearest to a writing direction; `dx` grows to the right, `dy` upward."""
        return cls(round(math.degrees(math.atan2(dy, dx)) / 90) * 90 % 360)

    @property
    def inverse(self) -> Orientation:
        """The orientation that takes this one back."""
        return Orientation(-self % 360)

    def plus(self, other: Orientation) -> Orientation:
        """The orientation of writing that is turned by `other` on top of this one."""
        return Orientation((self + other) % 360)

    def minus(self, other: Orientation) -> Orientation:
        """The orientation that writing has after writing of orientation `other` was made upright."""
        return Orientation((self - other) % 360)

    def turned_axis(self, axis: Axis) -> Axis:
        """The axis of a displayed line once it is upright, and the other way round."""
        if self.is_horizontal:
            return axis
        return "v" if axis == "h" else "h"

    def upright_size(self, width: float, height: float) -> tuple[float, float]:
        """The width and height of the upright page."""
        return (width, height) if self.is_horizontal else (height, width)

    def to_upright(self, width: float, height: float) -> PageTransform:
        """The transform from displayed to upright coordinates, in the unit of `width` and `height`."""
        return PageTransform((*_UPRIGHT_ROWS[self](width, height), (0.0, 0.0, 1.0)))

    def page_transform(self, width: float, height: float) -> PageTransform:
        """The transform from upright coordinates back to the displayed page of `width` x `height`."""
        return self.inverse.to_upright(*self.upright_size(width, height))

    def upright_box(self, box: Box, width: float, height: float) -> Box:
        """A displayed box in upright coordinates."""
        return self.to_upright(width, height).displayed(box) if self else box

    def displayed_box(self, box: Box, width: float, height: float) -> Box:
        """An upright box in the coordinates of the displayed page of `width` x `height`."""
        return self.page_transform(width, height).displayed(box) if self else box

    def upright_pixels(self, pixels: Pixels) -> Pixels:
        """A displayed picture, uint8 (rows, columns) or (rows, columns, 3), turned upright and contiguous in memory."""
        return np.ascontiguousarray(np.rot90(pixels, k=-(self // 90)))


_UPRIGHT_ROWS: dict[Orientation, Callable[[float, float], tuple[Row3, Row3]]] = {
    Orientation.UPRIGHT: lambda _width, _height: ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    Orientation.BOTTOM_TO_TOP: lambda _width, height: ((0.0, -1.0, height), (1.0, 0.0, 0.0)),
    Orientation.UPSIDE_DOWN: lambda width, height: ((-1.0, 0.0, width), (0.0, -1.0, height)),
    Orientation.TOP_TO_BOTTOM: lambda width, _height: ((0.0, 1.0, 0.0), (-1.0, 0.0, width)),
}
