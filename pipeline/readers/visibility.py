"""Which characters of a text layer can be seen, and how they stand on the upright page."""

from __future__ import annotations

import math
import sys
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Picture
from pipeline.model.vectors import Colour, VectorPath
from pipeline.readers.characters import HIDDEN, Characters, Flags, Floats, Hidden
from pipeline.readers.glyphs import put_right
from pipeline.readers.pdfium_objects import Affine, PageObjects, PaintedText
from pipeline.readers.pdfium_text import RawText
from pipeline.settings import TextLayerSettings

NEVER = sys.maxsize  # the place in the order of painting of what is not known to be painted

_as_read = lru_cache(maxsize=4096)(put_right)  # few glyphs make many characters


def characters_of(text: RawText, objects: PageObjects, to_upright: Affine, settings: TextLayerSettings) -> Characters:
    """The characters on the upright page, those that cannot be seen with the reason why.

    Args:
        text: The page's text.
        objects: What is painted on it, in the coordinates that `to_upright` leads to.
        to_upright: From the page's user space to points of the upright page.
        settings: What is tiny, and what is white.
    """
    found = _placed(text, to_upright)
    sight = _Sight(objects, settings)
    painted = {thing.address: thing for thing in objects.texts}
    things = [painted.get(run.address) for run in text.runs]
    order = np.argsort(text.run_places, kind="stable")
    starts = np.searchsorted(text.run_places[order], np.arange(len(text.runs) + 1)).tolist()
    by_run, sizes = order.tolist(), found.sizes.tolist()
    under = set(text.run_places[sight.may_be_covered(found, text, things)].tolist())
    for number, (thing, (start, end)) in enumerate(zip(things, pairwise(starts), strict=True)):
        if thing is None or start == end:
            continue
        doubts = sight.doubts(thing, sizes[by_run[start]], number in under)
        if doubts is not None:
            for place in by_run[start:end]:
                if found.texts[place].strip():
                    x, y = found.center(place)
                    found.hidden[place] = HIDDEN.index(sight.hidden(x, y, doubts))
    _show_twins(found, text, objects)
    _hide_watermarks(found, text, things, settings)
    return found


def _hide_watermarks(
    characters: Characters, text: RawText, things: Sequence[PaintedText | None], settings: TextLayerSettings
) -> None:
    """Hide watermarks ("DRAFT"), whose letters would stand among those of the cells that they cross.

    They are written on the slant, large or faded, or larger than any title. Small dark writing on the slant is that of
    a spreadsheet's heads.
    """
    slants = {way for way in {run.advance for run in text.runs} if _is_slanted(*way, settings.watermark_slant)}
    seen = characters.are_seen & ~characters.are_blank
    sizes = characters.sizes
    if not seen.any() or not (slants or sizes[seen].max() > settings.watermark_giant * sizes[seen].min()):
        return  # as on most pages
    slanted = np.array([run.advance in slants for run in text.runs], np.bool_)[text.run_places]
    usual = np.median(sizes[seen & ~slanted]) if (seen & ~slanted).any() else np.inf
    faded = np.array([thing is not None and _is_faded(thing.fill, settings) for thing in things], np.bool_)
    large = (sizes > settings.watermark_size * usual) | faded[text.run_places]
    giant = sizes > settings.watermark_giant * usual
    characters.hidden[seen & (slanted & large | giant)] = HIDDEN.index("watermark")


def _is_slanted(dx: float, dy: float, least: float) -> bool:
    """Whether a direction is off both axes by so many degrees at least."""
    return min(abs(dx), abs(dy)) > math.sin(math.radians(least)) * math.hypot(dx, dy)


def _is_faded(colour: Colour | None, settings: TextLayerSettings) -> bool:
    """Whether a colour is see-through or light, so that what it lies on can be read."""
    return colour is not None and (colour[3] < settings.watermark_opacity or min(colour[:3]) > settings.watermark_tone)


def show_on_ground(
    characters: Characters, picture_of: Callable[[], Picture | None], settings: TextLayerSettings
) -> None:
    """Show white characters that stand on a ground which only the page's picture tells: a gradient, a pattern.

    Args:
        characters: Those of a page; their `hidden` is changed.
        picture_of: Gives the picture of the page as it lies upright; asked where a white character is hidden.
        settings: What is white.
    """
    white = np.flatnonzero(characters.hidden == HIDDEN.index("paper-coloured")).tolist()
    picture = picture_of() if white else None
    if picture is None:
        return
    lightness = picture.pixels if picture.pixels.ndim == 2 else picture.pixels.min(axis=2)
    for place in white:
        x0, top, x1, bottom = (max(0, round(edge * picture.scale)) for edge in characters.boxes[place].tolist())
        around = lightness[top : bottom + 1, x0 : x1 + 1]
        if around.size and np.median(around) < settings.paper_tone:
            characters.hidden[place] = 0


def _placed(text: RawText, to_upright: Affine) -> Characters:
    """The characters, their boxes from the font's descent up by its size: fonts reach up differently."""
    a, b, c, d, e, f = to_upright
    left, top, right, bottom = text.bounds.T
    x0, x1 = _sorted(a * left + c * bottom + e, a * right + c * top + e)
    y0, y1 = _sorted(b * left + d * bottom + f, b * right + d * top + f)
    scale = math.sqrt(abs(a * d - b * c))
    orientations = np.array(text.run_orientations(to_upright), np.int64)[text.run_places]
    sizes = np.array([run.size * scale for run in text.runs], np.float64)[text.run_places]
    x, y = text.origins.T
    level, upward = orientations % 180 == 0, orientations == Orientation.BOTTOM_TO_TOP
    boxes = np.stack(
        [
            np.where(upward, x1 - sizes, x0),
            np.where(orientations == Orientation.UPRIGHT, y1 - sizes, y0),
            np.where(orientations == Orientation.TOP_TO_BOTTOM, x0 + sizes, x1),
            np.where(orientations == Orientation.UPSIDE_DOWN, y0 + sizes, y1),
        ],
        axis=1,
    )
    return Characters(
        texts=[_as_read(letters) for letters in text.texts],
        fonts=[text.runs[place].name for place in text.run_places.tolist()],
        boxes=boxes,
        baselines=np.where(level, b * x + d * y + f, a * x + c * y + e),
        sizes=sizes,
        orientations=orientations,
        hidden=np.zeros(len(text.texts), np.int64),
    )


def _sorted(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    return np.minimum(one, other), np.maximum(one, other)


@dataclass(frozen=True, slots=True)
class _Doubts:
    """What may keep characters of a text object from being seen.

    `hidden` holds for all of them; `clip` cuts through them, `patches` lie on some of them; `on_paper`, they have the
    colour of paper.
    """

    order: int
    hidden: Hidden
    clip: Box | None
    patches: tuple[VectorPath, ...]
    on_paper: bool


class _Sight:
    """What can be seen of a page's text, by what else is painted on it."""

    def __init__(self, objects: PageObjects, settings: TextLayerSettings) -> None:
        self._settings, self._images = settings, objects.images
        filled = [path for path in objects.paths if path.fill is not None]
        colours = {path.fill for path in filled} | {text.fill for text in objects.texts}
        self._light = {colour for colour in colours if self._is_paper(colour)}
        self._patches = [path for path in filled if path.fill in self._light]
        self._patch_orders = [path.order for path in self._patches]
        self._grounds = [path for path in filled if path.fill not in self._light]

    def may_be_covered(self, found: Characters, text: RawText, things: Sequence[PaintedText | None]) -> Flags:
        """Which characters have their middle in the box of a patch that is painted later than they, (characters,)."""
        orders = np.array([NEVER if thing is None else thing.order for thing in things], np.int64)
        own, covered = orders[text.run_places], np.zeros(len(found), np.bool_)
        x, y = found.centers.T
        for patch in self._patches[bisect_right(self._patch_orders, orders.min(initial=NEVER)) :]:
            box = patch.box
            covered |= (own < patch.order) & (box.x0 <= x) & (x <= box.x1) & (box.top <= y) & (y <= box.bottom)
        return covered

    def doubts(self, run: PaintedText, size: float, under: bool) -> _Doubts | None:
        """What may keep the characters of a text object from being seen, if anything.

        Args:
            run: The text object.
            size: Of its characters, in points.
            under: Whether a patch that is painted later may lie on one of them.
        """
        if not (run.invisible or run.clip or under or run.fill in self._light or size < self._settings.tiny):
            return None  # as most are
        hidden: Hidden = "invisible" if run.invisible else "tiny" if size < self._settings.tiny else ""
        clip = run.clip.grown(self._settings.clip_slack * size) if run.clip else None
        patches = self._patches_after(run) if under else ()
        if clip is not None or patches:
            box = run.box
            clip = None if clip is not None and _holds(clip, box) else clip
            patches = [patch for patch in patches if patch.box.meets(box)]
        on_paper = run.fill in self._light
        if not (hidden or clip or patches or on_paper):
            return None
        return _Doubts(run.order, hidden, clip, tuple(patches), on_paper)

    def hidden(self, x: float, y: float, doubts: _Doubts) -> Hidden:
        """Why a character whose middle is x, y cannot be seen; "" where it can."""
        if doubts.hidden:
            return doubts.hidden
        if doubts.clip is not None and not doubts.clip.contains(x, y):
            return "clipped"
        if any(_covers(path, x, y) for path in doubts.patches):
            return "covered"
        if doubts.on_paper and not self._stands_out(x, y, doubts.order):
            return "paper-coloured"
        return ""

    def _patches_after(self, run: PaintedText) -> Sequence[VectorPath]:
        """The patches that are painted after a text object: they are in the order of painting."""
        return self._patches[bisect_right(self._patch_orders, run.order) :]

    def _stands_out(self, x: float, y: float, order: int) -> bool:
        """Whether something darker than paper, or an image, was painted there before."""
        return any(path.order < order and _covers(path, x, y) for path in self._grounds) or any(
            image.order < order and image.box.contains(x, y) for image in self._images
        )

    def _is_paper(self, colour: Colour | None) -> bool:
        """Whether a colour is opaque and as light as paper."""
        if colour is None:
            return False
        red, green, blue, opacity = colour
        return opacity == 255 and min(red, green, blue) >= self._settings.paper_tone


def _holds(clip: Box, box: Box) -> bool:
    """Whether a box that has an area lies in the clip."""
    inside = clip.x0 <= box.x0 and box.x1 <= clip.x1 and clip.top <= box.top and box.bottom <= clip.bottom
    return inside and box.x0 < box.x1 and box.top < box.bottom


def _covers(path: VectorPath, x: float, y: float) -> bool:
    """Whether a point lies in the area of a filled path, by the even-odd rule (ISO 32000-2, 8.5.3.3.3)."""
    if not path.box.contains(x, y):
        return False
    inside = False
    for subpath in path.subpaths:
        points = subpath.points
        for (x0, y0), (x1, y1) in pairwise((*points, points[0])):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                inside = not inside
    return inside


def _show_twins(characters: Characters, text: RawText, objects: PageObjects) -> None:
    """Show covered characters that stand for a later one: PDFium leaves out the second of two alike in one place."""
    covered = np.flatnonzero(characters.hidden == HIDDEN.index("covered")).tolist()
    if not covered:
        return
    order = {thing.address: thing.order for thing in objects.texts}
    x0, top, x1, bottom = characters.where(characters.are_seen & ~characters.are_blank).boxes.T
    for place in covered:
        x, y = characters.center(place)
        own = order[text.runs[text.run_places[place]].address]
        over = any(thing.order > own and thing.box.contains(x, y) for thing in objects.texts)
        if over and not ((x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom)).any():
            characters.hidden[place] = 0
