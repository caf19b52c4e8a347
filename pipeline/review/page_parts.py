"""What stood on the page where something is doubted: small pictures, kept for the next run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.model.geometry import Box, union
from pipeline.model.pointer import is_within
from pipeline.model.record import Evidence, Record
from pipeline.settings.review_page import ReportSettings
from pipeline.store.cache import Cache, code_version, key_of


@dataclass(frozen=True)
class Crop:
    """A part of a page: the document by its name and the sha256 of its file, the page from 1, the box in points."""

    document: str
    sha256: str
    page: int
    box: Box


DrawCrops = Callable[[Path, int, Sequence[Box]], "Sequence[bytes] | None"]
"""Draws boxes of a page of a file as JPEGs; None where the page cannot be drawn."""


def place_of(record: Record, at: str) -> tuple[int, Box] | None:
    """Where on which page something was seen, or what is in it, or the step it is of; None where nothing tells.

    Args:
        record: What it stands in.
        at: Its JSON pointer.
    """
    exact, step = record.evidence.get(at), "/".join(at.split("/")[:3]) if at.startswith("/kegiatan/") else at
    around = ([seen for path, seen in record.evidence.items() if at and is_within(path, outer)] for outer in (at, step))
    candidates = ([exact] if exact else [], *around)
    return next((found for seen in candidates if (found := _together(seen)) is not None), None)


def _together(seen: Iterable[Evidence]) -> tuple[int, Box] | None:
    """The first page of what was seen, and the box around what of it stands there."""
    placed = [(one.page, Box(*one.box)) for one in seen if one.page is not None and one.box is not None]
    if not placed:
        return None
    page = min(number for number, _ in placed)
    return page, union([box for number, box in placed if number == page])


def pictures_of(
    crops: Sequence[Crop], paths: Mapping[str, Path], cache: Cache, draw: DrawCrops, settings: ReportSettings
) -> dict[Crop, bytes]:
    """The pictures of parts of pages, as JPEG; those of an earlier run are taken from the cache.

    Args:
        crops: What is wanted; what cannot be drawn is missing in what comes back.
        paths: The files of the run by the names of their documents.
        cache: Where pictures are kept.
        draw: Called once for each page that has a picture missing.
        settings: How they are drawn: a part of what tells one picture from another.
    """
    keys = {crop: _key(crop, settings) for crop in crops}
    found = {crop: kept for crop, key in keys.items() if (kept := cache.get(key)) is not None}
    missing: defaultdict[tuple[str, int], list[Crop]] = defaultdict(list)
    for crop in keys:
        if crop not in found and crop.document in paths:
            missing[crop.document, crop.page].append(crop)
    for (name, page), wanted in missing.items():
        drawn = draw(paths[name], page, [crop.box for crop in wanted])
        for crop, picture in zip(wanted, drawn or (), strict=False):
            cache.put(keys[crop], picture)
            found[crop] = picture
    return found


def _key(crop: Crop, settings: ReportSettings) -> str:
    drawn = replace(ReportSettings(), crop_dpi=settings.crop_dpi, crop_quality=settings.crop_quality)
    return key_of(["crop", code_version(), crop.sha256, str(crop.page), repr(crop.box), repr(drawn)])
