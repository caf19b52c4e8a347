"""A SOP that was missed: pages that a reviewer names, with frames drawn on them, are read by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.batch.inputs import Input
from pipeline.batch.job import Job
from pipeline.batch.run import run_jobs
from pipeline.batch.workers import local_workers
from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.page_readings import selection_value
from pipeline.corrections.yaml_edit import inline, new_file
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.document import Digitized, Document
from pipeline.model.geometry import Box
from pipeline.model.page_selection import PageSelection
from pipeline.review.editing import Editing, Form
from pipeline.settings import Settings
from pipeline.store.outputs import CACHE

LEAST_FRAME = 20.0  # points: what is narrower was no frame but a click
MOST_POINTS = 20_000.0  # of the side of a page


@dataclass(frozen=True)
class SelectionReader:
    """Reads pages of documents by themselves, in a process with the limits of a run, and keeps what was read.

    Attributes:
        out: The output folder, whose cache keeps it.
        settings: Those of the run.
        environment: The OCR engine and its languages, as for `Job`.
        password: Of encrypted PDFs.
    """

    out: Path
    settings: Settings
    environment: str = ""
    password: str | None = None

    def read(self, document: Input, selection: PageSelection, taught: Mapping[str, object] | None) -> None:
        """Read the pages, unless they were read before.

        Raises:
            PipelineError: The document cannot be read.
        """
        cache = self.out / CACHE
        job = Job(document, self.settings, self.password, cache, self.environment, taught, selection=selection)
        (result,) = run_jobs([job], local_workers(1, limits=self.settings.limits))
        if result.document.failed:
            why = result.document.said or ""
            raise PipelineError(msg("{file}: {fault}", file=document.file, fault=why))


def selection_asked(form: Form, pages: int) -> PageSelection:
    """The pages that a reviewer asks for.

    Args:
        form: `first` and `last` page, and `frames` parted by ";", of each its page and its four edges in points.
        pages: How many the document has.

    Raises:
        PipelineError: There are no such pages, or a frame is none.
    """
    try:
        first, last = int(form["first"]), int(form["last"])
        lines = [line.split() for line in form.get("frames", "").split(";") if line.strip()]
        frames = {int(page): Box(*map(float, edges)) for page, *edges in lines}
    except (KeyError, ValueError, TypeError) as error:
        raise PipelineError(msg("the page asked for something that is not there"), msg("Load it anew.")) from error
    if not 0 < first <= last <= pages:
        raise PipelineError(msg("the document has pages 1 to {pages}", pages=pages))
    wide = all(min(box.width, box.height) >= LEAST_FRAME and _on_a_page(box) for box in frames.values())
    if not wide or any(not first <= page <= last for page in frames):
        raise PipelineError(msg("a frame must stand on one of the pages, and be large enough to hold a table"))
    return PageSelection(first, last, tuple(sorted(frames.items())))


def _on_a_page(box: Box) -> bool:
    return all(-MOST_POINTS < edge < MOST_POINTS for edge in (box.x0, box.top, box.x1, box.bottom))


def place_of_new(now: Digitized, selection: PageSelection) -> int:
    """The number of a new SOP in its document: behind those that begin on its first page, or before it."""
    return 1 + sum(record.source.pages[0] <= selection.first for record in now.records)


def inserted_sop(editing: Editing, document: Document, number: int, selection: PageSelection) -> Editing:
    """With an entry that inserts the SOP that is read of some pages."""
    if editing.now.text is None:
        head = new_file(document.file, document.sha256)
        editing = replace(editing, now=editing.base.applied(head))
    request = CorrectionRequest("sop", "insert", inline(selection_value(selection)), yaml=True)
    return editing.asked(f"{document.name}/{number:02d}", request)
