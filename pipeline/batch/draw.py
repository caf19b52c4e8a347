"""The pages of one document drawn, in a worker process: a hostile file is no less one for being looked at."""

from __future__ import annotations

from pathlib import Path

from pipeline.batch.inputs import Input
from pipeline.batch.worker_process import report_page
from pipeline.process import log_stage_times, logging_of
from pipeline.settings import Settings
from pipeline.store.atomic import write_bytes
from pipeline.store.remote_path import fetched


def draw_pages(document: Input, settings: Settings, password: str | None, out: Path) -> int:
    """Draw the pages of one document; return how many. Raises DocumentError where it cannot be read."""
    from pipeline.export.draw import png
    from pipeline.stages import inspect

    count = 0
    with logging_of(document.name):
        with fetched(document.path) as path:
            for view in inspect(path, settings, password):
                write_bytes(out / document.name / f"page-{view.page.number:03d}.png", png(view))
                count += 1
                report_page(document.name, count, count)
        log_stage_times()
    return count
