"""Characters put right one by one: ligatures, spaces, soft hyphens, private-use bullets."""

from __future__ import annotations

import re
import unicodedata

SOFT_HYPHEN = "\u00ad"
BULLET = "•"
# Symbol and Wingdings glyphs that office programs store as U+F000 + code and that are no bullet.
PRIVATE_GLYPHS = {0xFC: "√", 0xFE: "√", 0x50: "√", 0xFB: "X", 0xFD: "X", 0xE0: "→", 0xDF: "←", 0x2D: "-"}
PRIVATE_ASCII = re.compile(r"[A-Za-z0-9.,;:()/&]")
# Ghostscript writes the letters of some ligatures with their two bytes swapped: U+7400 U+6900 for "ti".
SWAPPED_LETTER = re.compile(r"[A-Za-z]")
UNDECODED = re.compile(r"\(cid:\d+\)")
# Codes that WinAnsiEncoding leaves open are bullets (PDF 32000-1, D.2, note 3); pdfminer does not know.
OPEN_CODES = re.compile(r"\(cid:(?:127|129|141|143|144|157)\)")


def put_right(text: str) -> str:
    """The glyph's text as a reader takes it: "ﬁ" -> "fi", U+F0B7 -> "•", no-break space -> " ", "琀椀" -> "ti".

    Soft hyphens are kept: only whoever joins lines knows whether one stood for a break.
    """
    if OPEN_CODES.fullmatch(text):
        return BULLET
    return "".join(_glyph(char) for char in text)


def _glyph(char: str) -> str:
    code = ord(char)
    if 0xE000 <= code <= 0xF8FF:
        return _private(code)
    if not code & 0xFF and SWAPPED_LETTER.fullmatch(chr(code >> 8)):
        return chr(code >> 8)
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", char)
    if char in "\u00a0\u2007\u202f":
        return " "
    if char in "\u200b\u200c\u200d\ufeff\u0000":
        return ""
    return char


def _private(code: int) -> str:
    low = code & 0xFF
    if low in PRIVATE_GLYPHS:
        return PRIVATE_GLYPHS[low]
    if PRIVATE_ASCII.fullmatch(chr(low)) and low not in (0x6E, 0x71, 0x6C, 0x76, 0x77):
        return chr(low)
    return BULLET


def undecodable(text: str) -> bool:
    """Whether the text layer could not say which character this is."""
    if OPEN_CODES.fullmatch(text):
        return False
    return bool(UNDECODED.search(text)) or "\ufffd" in text
