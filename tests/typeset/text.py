"""Text as a word processor breaks it: fonts, widths, lines."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from .spec import Style

FONTS = {
    "Helvetica": ("Helvetica", "Helvetica-Bold"),
    "Times": ("Times-Roman", "Times-Bold"),
    "Vera": ("Vera", "VeraBd"),  # ships with reportlab; the only one with ligatures and soft hyphens
    **{name: (name, f"{name}-Bold") for name in ("Carlito", "Caladea", "LiberationSansNarrow")},
}
SYSTEM_FONTS = {
    "Carlito": "/usr/share/fonts/truetype/crosextra/Carlito",
    "Caladea": "/usr/share/fonts/truetype/crosextra/Caladea",
    "LiberationSansNarrow": "/usr/share/fonts/truetype/liberation/LiberationSansNarrow",
}
"""Of the Debian packages fonts-crosextra-carlito, fonts-crosextra-caladea and fonts-liberation; for benchmarks."""
LEADING = 1.2
SMALLEST = 4.0


def register() -> None:
    """Make reportlab's own TrueType fonts known; harmless when repeated."""
    for name in FONTS["Vera"]:
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    for name, place in SYSTEM_FONTS.items():
        if Path(f"{place}-Regular.ttf").exists():
            pdfmetrics.registerFont(TTFont(name, f"{place}-Regular.ttf"))
            pdfmetrics.registerFont(TTFont(f"{name}-Bold", f"{place}-Bold.ttf"))


def font_of(style: Style, bold: bool = False) -> str:
    """The font's name; a fake bold is the plain font."""
    return FONTS[style.font][bold and not style.fake_bold]


def width_of(text: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, font, size))


def wrap(text: str, width: float, font: str, size: float, style: Style) -> list[str]:
    """The lines of `text` in a column of `width`; "\\n" starts a new one. Words too wide for it are broken."""
    return [line for part in text.split("\n") for line in wrap_part(part, width, font, size, style)]


def wrap_part(text: str, width: float, font: str, size: float, style: Style) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        joined = f"{line} {word}".strip()
        if width_of(joined, font, size) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = broken(word, width, font, size, style)
        lines += full
    return [*lines, line]


def broken(word: str, width: float, font: str, size: float, style: Style) -> list[str]:
    """A word in pieces that fit; one piece where it fits whole."""
    mark = "\xad" if style.soft_hyphens else ""
    pieces, piece = [], ""
    for char in word:
        if piece and width_of(piece + char + mark, font, size) > width + 0.01:
            pieces.append(piece + mark)
            piece = ""
        piece += char
    return [*pieces, piece]


def fitting_size(text: str, width: float, font: str, size: float, style: Style) -> float:
    """The size at which the longest word fits into `width`, so that none is broken against the style's will."""
    if style.break_words or style.soft_hyphens:
        return size
    longest = max((width_of(word, font, 1.0) for word in text.split()), default=0.0)
    return max(SMALLEST, min(size, width / longest)) if longest else size


def dressed(text: str, style: Style) -> str:
    """The characters as they are written into the file: ligatures, no-break spaces."""
    if style.ligatures:
        text = text.replace("fi", "\ufb01").replace("fl", "\ufb02")
    return text.replace(" ", "\xa0") if style.no_break_spaces else text
