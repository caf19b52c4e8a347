"""Writing `report.html` into the output folder of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from pipeline.export.json import REPORT_FILE
from pipeline.model.document import Digitized, FolderLayout
from pipeline.model.record import Record
from pipeline.review.page_parts import pictures_of
from pipeline.review.page_pictures import PagePictures
from pipeline.review.report import (
    Parts,
    ReportPart,
    part_as_json,
    part_from_json,
    part_of,
    report_from,
    report_html,
    within,
)
from pipeline.settings import Settings
from pipeline.settings.review_page import ReportSettings, ReviewSettings
from pipeline.store.atomic import write_bytes
from pipeline.store.cache import Cache
from pipeline.store.outputs import CACHE
from pipeline.store.record_files import read_record
from pipeline.store.remote_path import fetched


class KeptParts:
    """What a report may show of the documents of a run, made of what is kept of each when it is asked for."""

    def __init__(self, count: int, kept: Callable[[int], bytes]) -> None:
        """Take how many documents there are, and what gives what is kept of one by its place."""
        self._count, self._kept = count, kept

    def __getitem__(self, place: int) -> ReportPart:
        return part_from_json(self._kept(place))

    def __iter__(self) -> Iterator[ReportPart]:
        return (self[place] for place in range(self._count))


def part_bytes(document: Digitized, layout: FolderLayout) -> bytes:
    """What a report may show of a document, as it was written, to be kept."""
    return part_as_json(part_of(document, ReportSettings(), layout))


def write_report(
    out: Path,
    parts: Parts,
    paths: Mapping[str, Path],
    settings: Settings,
    password: str | None = None,
    limits: ReportSettings | None = None,
) -> Path:
    """Write the report of a run; return its path. A page is drawn where its pictures are not kept from a run before.

    Args:
        out: The output folder, with the records of the run.
        parts: What may be shown of its documents.
        paths: The files that were read, by the names of their documents.
        settings: Those of the run.
        password: Of encrypted PDFs.
        limits: How much the report holds.
    """
    limits = limits or ReportSettings()
    drawer = PagePictures(settings, ReviewSettings(), password)
    report = report_from(parts, lambda part, sop: _record(out, part, sop), limits)
    wanted = list(dict.fromkeys(report.crops))[: limits.crops]
    with ExitStack() as stack:
        stack.callback(drawer.close)
        here = cache(lambda path: stack.enter_context(fetched(path)))
        pictures = pictures_of(
            wanted,
            paths,
            Cache(out / CACHE),
            lambda path, page, boxes: drawer.parts(here(path), page, boxes, limits),
            limits,
        )
    path = out / REPORT_FILE
    write_bytes(path, report_html(report, within(report.crops, pictures, limits.crop_bytes), limits).encode())
    return path


def _record(out: Path, part: ReportPart, sop: int) -> Record:
    return read_record(out / part.entry.folder / part.files[sop - 1])
