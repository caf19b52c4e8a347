"""The displayed part of a PDF's page, and everything drawn on it in its coordinates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.layout import LTChar, LTComponent, LTContainer
from pdfplumber.page import Page as PlumberPage

from pipeline.model.geometry import Box

Thing = dict[str, Any]


@dataclass(frozen=True)
class DisplayedArea:
    """The displayed part of a page: its crop box moved to the origin, in units of a point."""

    left: float
    top: float
    unit: float
    box: Box

    @classmethod
    def of(cls, plumber: PlumberPage) -> DisplayedArea:
        """What is displayed of a page."""
        x0, top, x1, bottom = _displayed_crop(plumber)
        unit = unit_of(plumber)
        return cls(x0, top, unit, Box(0.0, 0.0, (x1 - x0) * unit, (bottom - top) * unit))

    def things(self, plumber: PlumberPage) -> dict[str, list[Thing]]:
        """The page's objects as pdfplumber tells them, by kind ("char", "line", "rect", "curve", "image"), placed here.

        Raises PdfminerException where pdfminer cannot follow the page. A character, which most objects are, has only
        what words are made of.
        """
        found: dict[str, list[Thing]] = {}
        for item in _leaves(plumber.layout):
            if isinstance(item, LTChar) and isinstance(item.fontname, str):
                found.setdefault("char", []).append(self._char(plumber, item))
            else:
                thing = plumber.process_object(item)
                found.setdefault(thing["object_type"], []).append(self.placed(thing))
        return found

    def _char(self, plumber: PlumberPage, char: LTChar) -> Thing:
        x, y = plumber.mediabox[:2]
        top, bottom = plumber.height - char.y1 + y, plumber.height - char.y0 + y
        return {
            "text": char.get_text(),
            "fontname": char.fontname,
            "matrix": char.matrix,
            "upright": char.upright,
            "size": char.size * self.unit,
            "height": char.height,
            "x0": (char.x0 + x - self.left) * self.unit,
            "x1": (char.x1 + x - self.left) * self.unit,
            "top": (top - self.top) * self.unit,
            "bottom": (bottom - self.top) * self.unit,
            "doctop": plumber.initial_doctop + top,
        }

    def placed(self, thing: Thing) -> Thing:
        """A pdfplumber object in displayed coordinates."""
        moved = dict(thing)
        for key in ("x0", "x1"):
            moved[key] = (thing[key] - self.left) * self.unit
        for key in ("top", "bottom"):
            moved[key] = (thing[key] - self.top) * self.unit
        for key in ("size", "linewidth"):
            if isinstance(thing.get(key), int | float):
                moved[key] = thing[key] * self.unit
        if "path" in thing:
            moved["path"] = [(command, *map(self._point, points)) for command, *points in thing["path"]]
        return moved

    def _point(self, point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] - self.left) * self.unit, (point[1] - self.top) * self.unit

    def shows(self, char: Thing) -> bool:
        """Whether the middle of a placed character is displayed."""
        return self.box.contains((char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2)


def unit_of(plumber: PlumberPage) -> float:
    """The page's unit in points."""
    return float(plumber.page_obj.attrs.get("UserUnit", 1) or 1)


def _displayed_crop(plumber: PlumberPage) -> tuple[float, float, float, float]:
    """x0, top, x1 and bottom of the page's crop box in pdfplumber's coordinates.

    pdfplumber's own `cropbox` is right on unturned pages only: it exchanges the axes of a turned box, no more.
    """
    crop, media = (_sorted_box(box) for box in (plumber.page_obj.cropbox, plumber.page_obj.mediabox))
    left, low = max(crop[0] - media[0], 0.0), max(crop[1] - media[1], 0.0)
    right, high = max(media[2] - crop[2], 0.0), max(media[3] - crop[3], 0.0)
    # what is cut off at the displayed page's left, top, right and bottom
    cut = {
        0: (left, high, right, low),
        90: (low, left, high, right),
        180: (right, low, left, high),
        270: (high, right, low, left),
    }.get(plumber.rotation, (left, high, right, low))
    x0, top, x1, bottom = plumber.mediabox
    return x0 + cut[0], top + cut[1], x1 - cut[2], bottom - cut[3]


def _sorted_box(box: Sequence[float]) -> tuple[float, float, float, float]:
    """A PDF rectangle, given by any two opposite corners, as left, low, right, high."""
    x0, y0, x1, y1 = (float(value) for value in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _leaves(container: LTContainer[Any]) -> Iterator[LTComponent]:
    """Everything that is drawn, figures opened."""
    for item in container:
        if isinstance(item, LTContainer):
            yield from _leaves(item)
        else:
            yield item
