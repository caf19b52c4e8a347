"""Text that another tool took from a document, as pages with a geometry of their own making."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.model.fault import DocumentFault
from pipeline.model.headings import Headings
from pipeline.model.issue import Issue
from pipeline.model.page import Page
from pipeline.model.text import squash
from pipeline.settings import TranscriptSettings
from pipeline.transcript.blocks import split_blocks
from pipeline.transcript.pages import pages_of
from pipeline.transcript.parts import sheets_of
from pipeline.transcript.tokens import Dictionary
from pipeline.transcript.vocabulary import load_vocabulary


class Transcript:
    """A transcript as a source of pages, which nobody can look at."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages

    def __len__(self) -> int:
        return len(self._pages)

    def pages(self) -> Iterator[Page]:
        """The pages in order."""
        return iter(self._pages)

    def picture(self, number: int) -> None:
        """None: there is nothing to look at."""

    def keep(self, numbers: Container[int]) -> None:
        """Nothing is kept of any page."""


def read_transcript(path: Path, headings: Headings, settings: TranscriptSettings) -> tuple[Page, ...]:
    """The pages of a `.txt` or `.md` file: one per cover and per table of a matrix, kind "transcript", without picture.

    Tables are rows of tab-separated cells, or Markdown's. Raises DocumentFault where the file holds no text.
    """
    text = decoded(path.read_bytes())
    if not text.strip():
        raise DocumentFault("empty", "the file holds no text")
    return read_text(text, headings, settings)


def read_text(text: str, headings: Headings, settings: TranscriptSettings) -> tuple[Page, ...]:
    """The pages of a transcript's text."""
    vocabulary = load_vocabulary(headings)
    blocks = split_blocks(text.replace("\r\n", "\n"), vocabulary.words.commands)
    words = Dictionary.of(text, settings)
    return _with_lost(tuple(pages_of(sheets_of(blocks, words, vocabulary), words, vocabulary)), text)


def _with_lost(pages: tuple[Page, ...], text: str) -> tuple[Page, ...]:
    """The pages, the last one telling of every word of the text that none of them holds or tells of."""
    if not pages:
        return pages
    read = (part for page in pages for word in page.words for part in (word.text, *word.readings))
    kept = squash("".join([*read, *(issue.message for page in pages for issue in page.issues)]))
    lost = dict.fromkeys(word for word in re.findall(r"\w+", text) if len(word) > 2 and squash(word) not in kept)
    if not lost:
        return pages
    message = f"page {pages[-1].number}: not taken for data: {' '.join(lost)}"
    issue = Issue(code="transcript-debris", severity="info", message=message)
    return (*pages[:-1], replace(pages[-1], issues=(*pages[-1].issues, issue)))


def decoded(data: bytes) -> str:
    """The file's text: UTF-8 or UTF-16 with a mark, else Windows-1252; zero bytes are no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise DocumentFault("not-text", "the file is not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
