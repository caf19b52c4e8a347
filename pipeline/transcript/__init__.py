"""Text that another tool took from a document, as drafts and as pages with a geometry of our own making."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.layout.regions import SopRegion
from pipeline.message import msg
from pipeline.model.document import DocumentError
from pipeline.model.draft import Draft
from pipeline.model.headings import Headings
from pipeline.model.issue import Issue
from pipeline.model.page import Page
from pipeline.model.text import squash
from pipeline.settings import Settings
from pipeline.transcript.blocks import split_blocks
from pipeline.transcript.dictionary import Dictionary
from pipeline.transcript.drafts import drafts_of
from pipeline.transcript.known_words import load_known_words
from pipeline.transcript.page_texts import page_texts_of, place_pages
from pipeline.transcript.typesetting import PlacedPage


@dataclass(frozen=True)
class Transcript:
    """A transcript as far as its drafts: its pages, and its SOPs as `regions` and `drafts`, one of each for each."""

    pages: tuple[Page, ...]
    regions: tuple[SopRegion, ...]
    drafts: tuple[Draft, ...]

    def __len__(self) -> int:
        return len(self.pages)

    def picture(self, number: int) -> None:
        """No page of a transcript has a picture."""


def read_transcript(content: bytes, headings: Headings, settings: Settings) -> Transcript:
    """Read the bytes of a `.txt` or `.md` file, whose tables are rows of tab-separated cells, or Markdown's.

    Raises:
        DocumentError: The file holds no text.
    """
    text = decoded(content)
    if not text.strip():
        raise DocumentError("empty", msg("the file holds no text"))
    return read_text(text, headings, settings)


def read_text(text: str, headings: Headings, settings: Settings) -> Transcript:
    """Read a transcript's text: a page of kind "transcript" for each cover and each table of a matrix."""
    vocabulary = load_known_words(headings)
    blocks = split_blocks(text.replace("\r\n", "\n"), vocabulary.words.commands)
    words = Dictionary.of(text, settings.transcript)
    page_texts = page_texts_of(blocks, words, vocabulary)
    pages = _with_lost(place_pages(page_texts, words, vocabulary), text)
    return Transcript(tuple(placed.page for placed in pages), *drafts_of(page_texts, pages, headings, settings))


def _with_lost(pages: Sequence[PlacedPage], text: str) -> list[PlacedPage]:
    """The pages, the last one telling of every word of the text that none of them holds or tells of."""
    if not pages:
        return []
    read = (part for placed in pages for word in placed.page.words for part in (word.text, *word.readings))
    kept = squash("".join([*read, *(issue.message for placed in pages for issue in placed.page.issues)]))
    lost = dict.fromkeys(word for word in re.findall(r"\w+", text) if len(word) > 2 and squash(word) not in kept)
    if not lost:
        return list(pages)
    last = pages[-1].page
    message = msg("page {page}: not taken for data: {words}", page=last.number, words=" ".join(lost))
    issue = Issue.of("transcript-debris", "info", message)
    return [*pages[:-1], replace(pages[-1], page=replace(last, issues=(*last.issues, issue)))]


def decoded(data: bytes) -> str:
    """The file's text: UTF-8 or UTF-16 with a mark, else Windows-1252; zero bytes are no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise DocumentError("not-text", msg("the file is not text"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
