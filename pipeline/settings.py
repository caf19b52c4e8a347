"""Every threshold of the pipeline, in one frozen tree that the caller builds once and passes on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Reading of text layers and vectors. Lengths are shares of the page's text size."""

    word_gap: float = 0.2
    duplicate_tolerance: float = 0.6  # points: a fake-bold copy lies this near its twin
    thin_shape: float = 0.3  # a filled shape no thicker is a line
    ruling_snap: float = 0.25  # parallel lines this near are one, doubled
    ruling_gap: float = 0.35  # pieces of a line this near are joined, dashes among them
    picture_dpi: float = 150.0
    scan_share: float = 0.5  # an image that covers this much of a page without visible text is a scan
    pasted_width: float = 0.25  # an image at least this wide and ...
    pasted_height: float = 0.08  # ... this high, in shares of the page, may hold a table


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """Which recogniser, and its languages. `engine` is "auto", "tesserocr" or "pytesseract"."""

    languages: tuple[str, ...] = ("ind",)
    engine: str = "auto"
    resolution: int = 300  # what Tesseract is told of a snippet, whose text is brought to one height


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole tree: one branch per room."""

    read: ReadSettings = field(default_factory=ReadSettings)
    ocr: OcrSettings = field(default_factory=OcrSettings)
