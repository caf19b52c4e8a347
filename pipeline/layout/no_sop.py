"""Why a document gave no record: nothing of it was read, part of it was not, or it only looks like a SOP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.layout.claims import PageSummary
from pipeline.message import Message, msg
from pipeline.model.document import Status
from pipeline.model.headings import Headings
from pipeline.model.text import fold
from pipeline.settings import LayoutSettings

NO_SOP = msg("no page of it holds a SOP")
LOOKS_LIKE_ONE = msg(
    "page {page} looks like a SOP, it has {labels}, but neither a cover nor a table of steps was made out"
)
PARTLY_READ = msg("{fault}; {unread} of its {pages} pages were not read: {why}")
NOT_READ = msg("nothing of it was read: {why}")
UNREAD = ("page-not-read", "page-unreadable")
OWN_FIELDS = frozenset({"nomor_sop", "nama_sop"})
"""Fields of the cover with labels that other documents have too, but for those that name a SOP."""


def why_no_sop(
    pages: Sequence[PageSummary], headings: Headings, settings: LayoutSettings, *, switched_off: bool
) -> tuple[Status, Message]:
    """Tell the status of a document without records, and why it has none.

    Args:
        pages: All its pages.
        headings: The labels of the form.
        settings: How many of them make a page look like a SOP.
        switched_off: Whether nothing was to be recognised.
    """
    unread = [page for page in pages if any(issue.code in UNREAD for issue in page.issues)]
    why = next((issue for page in unread for issue in page.issues if issue.code in UNREAD), None)
    if why is not None and not any(page.text for page in pages):
        lost: Status = "damaged" if why.code == "page-unreadable" else "ocr-missing"
        return "not-read" if switched_off and lost != "damaged" else lost, NOT_READ.format(why=why.said)
    told = next((found for page in pages if (found := _likeness(page, headings, settings))), NO_SOP)
    if why is None:
        return "no-sop", told
    return "no-sop", PARTLY_READ.format(fault=told, unread=len(unread), pages=len(pages), why=why.said)


def _likeness(page: PageSummary, headings: Headings, settings: LayoutSettings) -> Message | None:
    """What makes a page look like a SOP; None where too few labels of the form stand on it."""
    text = f" {fold(page.text)} "
    labels = [label for label in _labels(headings) if f" {fold(label)} " in text]
    if len(labels) < settings.form_labels:
        return None
    return LOOKS_LIKE_ONE.format(page=page.number, labels=", ".join(f'"{label}"' for label in labels))


def _labels(headings: Headings) -> Iterator[str]:
    """The first label of each field, box and head of the form that hardly any other document has."""
    yield from (headings.cover[name][0] for name in sorted(OWN_FIELDS & headings.cover.keys()))
    yield from (synonyms[0] for synonyms in headings.boxes.values())
    yield from (synonyms[0] for synonyms in headings.spans.values())
    yield from (headings.columns[name][0] for name in ("kegiatan", "kelengkapan", "waktu", "output"))
