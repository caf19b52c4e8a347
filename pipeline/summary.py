"""What a run came to, in words: how many documents failed, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.message import Message, counted, msg
from pipeline.model.document import IndexEntry, Status

_SOUND: tuple[Status, ...] = ("ok", "no-sop")
_DAMAGED: tuple[Status, ...] = (
    *("not-a-pdf", "not-an-image", "not-text", "empty", "truncated", "damaged", "zero-pages"),
)
_ADVICE: tuple[tuple[tuple[Status, ...], Message], ...] = (
    (("encrypted",), msg("Give the password of encrypted PDFs; `sop run --help` says how.")),
    (("ocr-missing",), msg("Install what scans need: `sop doctor` says how.")),
    (("not-read",), msg("Run again without --no-ocr, so that scans are read.")),
    (
        ("timed-out", "too-large"),
        msg("Run again with --retry and more --timeout or --memory, or split the document."),
    ),
    (_DAMAGED, msg("Ask for damaged and empty files again, or save them anew as PDF.")),
    (("unsupported",), msg("Save files of other kinds as PDF.")),
    (("unreadable",), msg("See who may read the files that could not be opened.")),
    (("failed",), msg("Please report what failed, with the document where it may be passed on.")),
    (("no-sop",), msg("Look at what was found on pages without a SOP: `sop draw FILE`.")),
)


def shortened(name: str, width: int) -> str:
    """Take the middle out of a name that is longer than `width` characters.

    >>> shortened("sop-penyusunan-laporan-akuntabilitas.pdf", 20), shortened("a.pdf", 20)
    ('sop-penyus…litas.pdf', 'a.pdf')
    """
    if len(name) <= width:
        return name
    head = (width - 1 + 1) // 2
    return f"{name[:head]}…{name[len(name) - (width - 1 - head) :]}"


def worst_first(entries: Sequence[IndexEntry], most: int) -> list[IndexEntry]:
    """Choose up to `most` documents, those that gave no records before the others, in the order of the index."""
    chosen = sorted(range(len(entries)), key=lambda place: (entries[place].status == "ok", place))[:most]
    return [entries[place] for place in sorted(chosen)]


def and_more(rest: int, where: str) -> Message:
    """Tell how many were left out of a list, and where all of them are."""
    return msg("{more}, see {where}", more=counted("and {n} more", "and {n} more", rest), where=where)


def named(names: Sequence[str], most: int, where: str) -> Message | str:
    """Name things: all of them, or the first ones and how many more there are."""
    if len(names) <= most:
        return ", ".join(names)
    return msg("{names} {more}", names=", ".join(names[:most]), more=and_more(len(names) - most, where))


def failures(entries: Iterable[IndexEntry]) -> list[Message]:
    """Count the documents that gave no records; none where all did."""
    statuses = [entry.status for entry in entries]
    unread, without = sum(status not in _SOUND for status in statuses), statuses.count("no-sop")
    told = []
    if unread:
        told.append(counted("{n} document could not be read", "{n} documents could not be read", unread))
    if without:
        told.append(counted("{n} holds no SOP", "{n} hold no SOP", without))
    return told


def next_steps(entries: Sequence[IndexEntry]) -> list[Message]:
    """Say what to do about what failed, and about what is doubted of the rest."""
    statuses = {entry.status for entry in entries}
    steps = [advice for about, advice in _ADVICE if statuses & set(about)]
    if any(entry.status == "ok" and entry.issues for entry in entries):
        steps.append(msg("See what is doubted, and confirm or correct it: `sop check`."))
    return steps
