"""What the tests of the review page share: the sample, and a page over the folders of a run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pipeline.cli import exit_code
from pipeline.review.editing import Signature
from pipeline.review.edits import edited
from pipeline.review.folder import ReviewFolder
from pipeline.review.missed_sops import SelectionReader
from pipeline.review.opened import Opened
from pipeline.review.page_pictures import PagePictures
from pipeline.review.page_requests import ReviewPage
from pipeline.settings import Settings

SAMPLE = Path(__file__).parents[1] / "inputs" / "sop-bintan.pdf"
TODAY = date(2026, 3, 4)
BY = Signature("budi", TODAY.isoformat())
SOP = 2  # of the sample, whose steps, performers and lists the tests change


def run_sample(place: Path) -> int:
    """Read the sample into `place`; its exit code."""
    folders = ["--out", str(place / "outputs"), "--corrections", str(place / "corrections")]
    return exit_code(["run", str(SAMPLE), "--jobs", "1", *folders])


def folder_at(place: Path) -> ReviewFolder:
    return ReviewFolder(place / "outputs", place / "corrections", {"sop-bintan": SAMPLE}, Settings())


def page_at(place: Path) -> ReviewPage:
    folder = folder_at(place)
    reader = SelectionReader(place / "outputs", Settings())
    return ReviewPage(folder, PagePictures(Settings(), folder.limits), BY.reviewer, lambda: TODAY, reader)


def act(folder: ReviewFolder, action: str, form: Mapping[str, str], opened: Opened | None = None) -> Opened:
    """Do something as the page would, with the document as it is now, or as it was `opened`."""
    version = (opened or folder.open(0)).version
    return folder.edit(0, version, BY, lambda editing: edited(editing, SOP, action, form))
