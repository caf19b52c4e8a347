"""Values of the cover that do not stand where its others stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model.draft import HeaderDraft
from pipeline.model.page import Line
from pipeline.model.pointer import pointer
from pipeline.settings import TextDoubtSettings


def out_of_line(header: HeaderDraft, settings: TextDoubtSettings) -> Iterator[tuple[str, str]]:
    """Find values whose first word may be missing, each as (JSON pointer, words): they begin behind the others.

    The lines of a signature, and those of the issuing body, are centred upon each other, or begin at one place.
    """
    fields = {pointer("header", name): cell for name, cell in header.fields.items() if name != "instansi"}
    body = header.fields["instansi"].lines if "instansi" in header.fields else ()
    starts = [line.box.x0 for cell in fields.values() for line in cell.lines]
    for path, cell in fields.items():
        yield from ((path, line.text) for line in cell.lines[:1] if _begins_late(line, starts, settings))
    signed = {pointer("header", "disahkan_oleh", name): cell.lines for name, cell in header.signature.items()}
    for path, lines in signed.items():
        others = [line for other, found in signed.items() if other != path for line in found]
        yield from ((path, line.text) for line in lines if _is_off(line, others, starts, settings))
    for n, line in enumerate(body):
        if _is_off(line, [*body[:n], *body[n + 1 :]], starts, settings, least=1):
            yield pointer("header", "instansi"), line.text


def _begins_late(line: Line, starts: Sequence[float], settings: TextDoubtSettings) -> bool:
    """Whether a line begins behind where most others do, alone."""
    size = line.words[0].size
    usual = max(starts, key=lambda start: _near(start, starts, settings.same_place * size))
    many = _near(usual, starts, settings.same_place * size) >= settings.aligned_texts
    alone = _near(line.box.x0, starts, settings.same_place * size) == 1
    return many and alone and line.box.x0 > usual + settings.out_of_line * size


def _is_off(
    line: Line, others: Sequence[Line], starts: Sequence[float], settings: TextDoubtSettings, least: int = 2
) -> bool:
    """Whether a line has another middle than the others of its block, which share theirs, and begins as none does."""
    size = line.words[0].size
    shared = [other.box.center[0] for other in others if _centred_with(other, others, settings) >= least]
    begins = [*starts, *(other.box.x0 for other in others)]
    if not shared or _near(line.box.x0, begins, settings.same_place * size):
        return False
    return all(abs(line.box.center[0] - middle) > settings.off_centre * size for middle in shared)


def _centred_with(line: Line, lines: Sequence[Line], settings: TextDoubtSettings) -> int:
    """How many of some lines have its middle, itself included; those that also begin with it may have it by chance."""
    reach = settings.same_place * line.words[0].size
    alike = [other for other in lines if abs(other.box.center[0] - line.box.center[0]) <= reach]
    return sum(other is line or abs(other.box.x0 - line.box.x0) > reach for other in alike)


def _near(place: float, places: Sequence[float], reach: float) -> int:
    return sum(abs(other - place) <= reach for other in places)
