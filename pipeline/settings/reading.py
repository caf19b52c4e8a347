"""Reading of PDFs and the recognition of words."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TextLayerSettings:
    """Characters of a text layer and the words they make. Lengths are shares of the letters' own size (em)."""

    word_gap: float = 0.2  # more room between two letters parts two words
    kerned_word_gap: float = 0.11  # ... and this much on a page whose writer paints no blanks, ...
    close_letters: float = 0.05  # ... if of its letters that follow each other
    spread_letters: float = 0.01  # no larger share stands further apart than this, yet within a word
    line_shift: float = 0.25  # two letters that stand further apart, across their line, are on two lines
    overlap: float = 0.5  # a letter that begins further before the end of the one before it is another word's
    touch: float = 0.15  # likewise for parts of a word that were painted apart
    like_size: float = 0.6  # parts of one word differ no more in their size
    copy_offset: float = 0.06  # a copy that makes a letter look bold lies this near it
    overrun: int = 2  # letters: so many of a word, painted in one go, may stand beyond a ruling; one fewer in capitals
    seen_hyphen: float = 0.15  # a hyphen that is wider is seen
    tiny: float = 0.5  # points: smaller type is not to be seen
    clip_slack: float = 0.05  # a letter whose middle is no further outside its clip is seen
    paper_tone: int = 245  # of 255: what is at least as light, in all three colours, is as light as paper
    watermark_slant: float = 10.0  # degrees: writing this far off both axes of the page is a watermark ...
    watermark_size: float = 2.0  # ... where its letters are so many times as large as the others ...
    watermark_opacity: int = 200  # of 255: ... or less opaque ...
    watermark_tone: int = 90  # of 255: ... or lighter, in all three colours
    watermark_giant: float = 8.0  # times as large as the others: letters of no title, whatever way they run


@dataclass(frozen=True, slots=True)
class PathRulingSettings:
    """Rulings among the paths of a page."""

    thin_shape: float = 0.3  # of the page's text size: a filled shape no thicker is a line
    hairline: float = 0.5  # points: as thick is drawn what has no thickness
    slant: float = 0.01  # of its length, that a line along an axis may be off it ...
    slant_points: float = 0.5  # ... or so many points
    white: int = 245  # of 255: what is lighter, in all three colours, is not seen on paper


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Reading of text layers and vectors. Lengths are shares of the page's text size."""

    text: TextLayerSettings = field(default_factory=TextLayerSettings)
    rulings: PathRulingSettings = field(default_factory=PathRulingSettings)
    unmapped_share: float = 0.02  # of a page's characters: where PDFium knows the meaning of fewer, pdfplumber is asked
    garbled_glyphs: float = 0.3  # of a page's glyphs: where the meaning of more is unknown, the page is recognised ...
    garbled_letters: int = 60  # ... and where so many letters or more ...
    vowels: float = 0.22  # ... are vowels by a smaller share (Indonesian has 0.37 to 0.44) ...
    vowels_undecoded: float = 0.33  # ... or by this, where glyphs are unknown as well
    ruling_snap: float = 0.25  # parallel lines this near are one, doubled
    ruling_gap: float = 0.35  # pieces of a line this near are joined, dashes among them
    picture_dpi: float = 150.0
    render_megapixels: float = 40.0  # no page is rendered larger: A2 at 300 dpi, or A4 at 600
    scan_share: float = 0.5  # an image that covers this much of a page without visible text is a scan
    scan_dpi: tuple[float, float] = (150.0, 300.0)  # a scan is rendered at its own resolution within these
    stray_words: int = 8  # fewer words on a picture do not make it a text page
    pasted_width: float = 0.25  # an image at least this wide and ...
    pasted_height: float = 0.08  # ... this high, in shares of the page, may hold a table
    table_lines: int = 6  # a page with so many rulings each way has a table of its own, beside embedded images
    hidden_share: float = 0.5  # of the text on a picture that nobody sees: more, and the page is a scan
    edge_slack: float = 0.2  # a line no further outside the page is on its edge
    scan_dpi_slack: float = 0.01  # a page's size is hardly ever a whole number of pixels


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """Which recogniser, and its languages.

    `engine` is "auto", "tesserocr", "pytesseract", or the name of another package's entry point.
    `when` is "auto" (pages without a text layer to be believed), "force" (every page) or "never".
    `second` is what a second engine reads again, where one is installed: "none", "doubtful" (parts of lines) or "all";
    `second_engine` is the name of its entry point.
    """

    languages: tuple[str, ...] = ("ind",)
    engine: str = "auto"
    when: str = "auto"
    second: str = "doubtful"
    second_engine: str = "rapidocr"
    resolution: int = 300  # what Tesseract is told of a picture, whose text is brought to one height
