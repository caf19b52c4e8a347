"""Dasar hukum: a citation of the law in its parts, jenis, nomor, tahun and tentang."""

from __future__ import annotations

import re

from pipeline.model.record import DasarHukum
from pipeline.model.text import fold, one_line
from pipeline.normalize.lexicon import Lexicon

_NOMOR = re.compile(
    r"\b(?:nomor|nomer|no)\b\s*[.:]?\s*(?P<nomor>[^\s,;()]+(?:\s+dan\s+(?:nomor\s+)?\d[^\s,;()]*)?)", re.IGNORECASE
)
_TAHUN = re.compile(r"\b(?:tahun|thn|th)\b\.?\s*(?P<tahun>(?:19|20)\d{2})\b", re.IGNORECASE)
_TENTANG = re.compile(r"\b(?:tentang|perihal|ttg)\b\.?\s*", re.IGNORECASE)


def read_citation(text: str, lexicon: Lexicon) -> DasarHukum:
    """Split a citation into the parts that can be told; a part that is not there, or unclear, is None.

    "Permenpan No 15 Tahun 2014 tentang Standar Pelayanan;" -> Peraturan Menteri, 15, 2014, Standar Pelayanan.
    """
    opening, tentang = _split_tentang(text)
    nomor, tahun = _NOMOR.search(opening), _TAHUN.search(opening)
    return DasarHukum(
        text=text,
        jenis=citation_kind(opening, lexicon),
        nomor=_nomor(nomor["nomor"]) if nomor else _leading_number(opening),
        tahun=int(tahun["tahun"]) if tahun else _bare_year(opening),
        tentang=tentang,
    )


def citation_kind(opening: str, lexicon: Lexicon) -> str | None:
    """Tell the kind of law that opens a citation, by its longest known form: "PP No. 61" -> "Peraturan Pemerintah"."""
    words = fold(opening).split()
    openings = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((lexicon.citation_kinds[form] for form in openings if form in lexicon.citation_kinds), None)


def _split_tentang(text: str) -> tuple[str, str | None]:
    """What stands before the first "tentang", and what after it, without the closing mark."""
    match = _TENTANG.search(text)
    if match is None:
        return text, None
    subject = re.sub(r"\s*[;.,]?\s*(?:dan)?\s*[;.,]?$", "", text[match.end() :].strip())
    return text[: match.start()], one_line(subject) or None


def _nomor(found: str) -> str | None:
    """The number as printed, without marks around it; None where no digit or Roman numeral is in it."""
    nomor = re.sub(r"/(?:19|20)\d{2}$", "", found.strip(" .:;,"))
    return nomor if re.search(r"\d|^[IVXLC]+$", nomor) else None


def _leading_number(opening: str) -> str | None:
    """A number without "Nomor": "UU 25/2009", "PP 61 Tahun 2010" -> "25", "61"."""
    match = re.search(r"\b(\d{1,3})(?=\s*/\s*(?:19|20)\d{2}\b|\s+(?:tahun|thn|th)\b)", opening, re.IGNORECASE)
    return match[1] if match else None


def _bare_year(opening: str) -> int | None:
    """A year without "Tahun": "Nomor. 27 2014", "UU 25/2009"; None where there are several."""
    years = re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", opening)
    return int(years[0]) if len(set(years)) == 1 else None
