"""Writing `report.html` into the output folder of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from pipeline.model.document import Digitized, FolderLayout
from pipeline.review.page_parts import pictures_of
from pipeline.review.page_pictures import PagePictures
from pipeline.review.report import REPORT_FILE, report_html, report_of, within
from pipeline.settings import Settings
from pipeline.settings.review_page import ReportSettings, ReviewSettings
from pipeline.store.atomic import write_bytes
from pipeline.store.cache import Cache
from pipeline.store.outputs import CACHE
from pipeline.store.remote_path import fetched


def write_report(
    out: Path,
    documents: Sequence[Digitized],
    paths: Mapping[str, Path],
    settings: Settings,
    password: str | None = None,
    limits: ReportSettings | None = None,
    layout: FolderLayout = "flat",
) -> Path:
    """Write the report of a run; return its path. A page is drawn where its pictures are not kept from a run before.

    Args:
        out: The output folder.
        documents: As they were written.
        paths: The files that were read, by the names of their documents.
        settings: Those of the run.
        password: Of encrypted PDFs.
        limits: How much the report holds.
        layout: How the folders of documents lie.
    """
    limits = limits or ReportSettings()
    drawer = PagePictures(settings, ReviewSettings(), password)
    report = report_of(documents, limits, layout)
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
