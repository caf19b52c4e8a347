"""A document as far as its drafts, whole or in parts that several workers read and that are put together again.

What a page comes to depends on the pages of its SOP alone, but a part begins in the middle of one. So each part is read
on beyond its last page until an SOP begins, and counts from the page where the part before it ended. That nothing is
lost there is not assumed: both have to have come to the same state on that page. Where they have not, the parts do not
fit, and the document has to be read as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.layout.claims import Claim, PageSummary
from pipeline.layout.document_layout import NOTHING, DocumentLayout, Mark
from pipeline.model.draft import Draft
from pipeline.model.packed import Packing
from pipeline.model.part import Part
from pipeline.normalize.document_words import DocumentWords
from pipeline.readers.pdf import SoftHyphens


@dataclass
class Stretch:
    """Pages of a document that follow one another, and the SOPs of which it is known there that they have ended.

    Attributes:
        words: What the SOPs print.
        pages: What is kept of every page.
        claims: The pages of each SOP.
        drafts: Of the same SOPs.
    """

    words: DocumentWords
    pages: list[PageSummary] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    drafts: Packing[Draft] = field(default_factory=Packing)

    def add(self, claim: Claim, draft: Draft) -> None:
        """Take in an SOP."""
        self.words.add(draft)
        self.claims.append(claim)
        self.drafts.append(draft)


@dataclass
class PartAnalysis:
    """A part of a document as far as its drafts.

    Attributes:
        head: Up to the first page on which an SOP begins: what counts only where no SOP was met before the part.
        tail: Beyond that page.
        begins: That page; None where there is none.
        ends: The page that the part was read up to; None where that was the document's last.
        soft_hyphens: What the pages told of them.
    """

    head: Stretch
    tail: Stretch
    begins: Mark | None = None
    ends: Mark | None = None
    soft_hyphens: SoftHyphens = field(default_factory=SoftHyphens)

    @property
    def now(self) -> Stretch:
        """The stretch that is being read."""
        return self.head if self.begins is None else self.tail

    def reached_end(self, part: Part, layout: DocumentLayout, number: int) -> bool:
        """Note what is known once page `number` was taken; tell whether the part ends there.

        It does where no SOP was met up to its last page, or else where an SOP begins beyond that.
        """
        if self.begins is not None and number < part.last:
            return False  # to make a mark is dear
        mark = layout.mark(number)
        if mark is None:
            return False
        is_new = mark.state == NOTHING
        if self.begins is None and not is_new:
            self.begins = mark
        if number != part.last if is_new else number <= part.last:
            return False
        self.ends = mark
        return True


def joined(parts: Sequence[tuple[Part, PartAnalysis]]) -> list[Stretch] | None:
    """The stretches that make up a document, from its parts in their order; None where these do not fit.

    A part on which the SOP at hand goes on to the end, and no other begins, is left out: the one before has all of it.
    """
    found: list[Stretch] = []
    end: Mark | None = Mark(0, NOTHING)
    asked = True  # for soft hyphens, had one worker read all
    for part, analysis in parts:
        if end is None or end.page > part.last:
            continue
        is_new = end.page < part.first
        begins = Mark(part.first - 1, NOTHING) if is_new else analysis.begins
        if begins != end or (analysis.soft_hyphens.found and not asked):
            return None
        found += [analysis.head, analysis.tail] if is_new else [analysis.tail]
        end, asked = analysis.ends, asked and analysis.soft_hyphens.asked
    return found if end is None else None
