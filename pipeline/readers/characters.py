"""The characters of a page as columns: a page has thousands, and what is asked of one is asked of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation

Hidden = Literal["", "invisible", "tiny", "clipped", "covered", "paper-coloured", "watermark"]
"""Why a character is no text of the page: painted in no colour, at no size, outside its clip, under a white patch that
was painted later, in the colour of the paper, or as part of a watermark; "" where it is."""

HIDDEN: tuple[Hidden, ...] = get_args(Hidden)

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Character:
    """A character as it stands on the upright page, in points.

    Attributes:
        text: One character, or none where it stands for nothing; a ligature is as many as it has letters.
        box: From where the pen stood to where it went on, and from the descent up by the size.
        baseline: Where it stands: y of horizontal writing, x of writing on end.
        size: Of its font.
        orientation: Of its writing on the upright page.
        font: What its font is called.
    """

    text: str
    box: Box
    baseline: float
    size: float
    orientation: Orientation
    font: str


@dataclass(frozen=True, eq=False, slots=True)
class Characters:
    """Characters in the order in which they are painted, a column for each attribute of `Character`.

    Attributes:
        texts: Of each character.
        fonts: What the font of each is called.
        boxes: float64 (characters, 4): x0, top, x1, bottom in points.
        baselines: float64 (characters,), in points.
        sizes: float64 (characters,), in points.
        orientations: int64 (characters,), degrees.
        hidden: int64 (characters,), places in `HIDDEN`.
    """

    texts: list[str]
    fonts: list[str]
    boxes: Floats
    baselines: Floats
    sizes: Floats
    orientations: Integers
    hidden: Integers

    @classmethod
    def of(cls, characters: Sequence[Character], tiny: float = 0.0) -> Characters:
        """The columns of characters that can all be seen, but for those of a size of less than `tiny` points."""
        sizes = np.array([c.size for c in characters], np.float64)
        return cls(
            texts=[c.text for c in characters],
            fonts=[c.font for c in characters],
            boxes=np.array([c.box.as_list() for c in characters], np.float64).reshape(-1, 4),
            baselines=np.array([c.baseline for c in characters], np.float64),
            sizes=sizes,
            orientations=np.array([c.orientation for c in characters], np.int64),
            hidden=np.where(sizes >= tiny, 0, HIDDEN.index("tiny")),
        )

    def __len__(self) -> int:
        """How many there are."""
        return len(self.texts)

    def where(self, chosen: npt.NDArray[Any]) -> Characters:
        """Those of a mask, bool (characters,), or of places, int64 (any,), in that order."""
        if chosen.dtype == np.bool_ and chosen.all():
            return self
        places = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
        listed = places.tolist()
        return Characters(
            texts=[self.texts[place] for place in listed],
            fonts=[self.fonts[place] for place in listed],
            boxes=self.boxes[places],
            baselines=self.baselines[places],
            sizes=self.sizes[places],
            orientations=self.orientations[places],
            hidden=self.hidden[places],
        )

    @property
    def centers(self) -> Floats:
        """The middles of the boxes, (characters, 2): x, y."""
        return (self.boxes[:, :2] + self.boxes[:, 2:]) / 2

    def center(self, place: int) -> tuple[float, float]:
        """The middle of the box of one, x and y."""
        x0, top, x1, bottom = self.boxes[place].tolist()
        return (x0 + x1) / 2, (top + bottom) / 2

    @property
    def are_seen(self) -> Flags:
        """Which of them are not hidden, (characters,)."""
        seen: Flags = self.hidden == 0
        return seen

    @property
    def are_blank(self) -> Flags:
        """Which of them have no ink, spaces and those without text, (characters,)."""
        blank = {text for text in set(self.texts) if not text or text.isspace()}  # few letters make many characters
        return np.fromiter(map(blank.__contains__, self.texts), np.bool_, len(self.texts))

    def lie_in(self, area: Box) -> Flags:
        """Those whose middle lies in an area or on its edge, (characters,)."""
        x, y = self.centers.T
        inside: Flags = (area.x0 <= x) & (x <= area.x1) & (area.top <= y) & (y <= area.bottom)
        return inside
