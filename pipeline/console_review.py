"""What `sop review` does at the terminal: it finds the folders, tells the address, and serves until interrupted."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.earlier import corrections_folder
from pipeline.batch.inputs import gather
from pipeline.console import say
from pipeline.doctor import ocr_environment
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.options import CORRECTIONS
from pipeline.settings import Settings
from pipeline.settings.review_page import ReviewSettings
from pipeline.store.remote_path import remote
from pipeline.translation import translate

NOBODY = "reviewer"


@dataclass(frozen=True)
class ReviewOptions:
    """What the command was told.

    Attributes:
        inputs: Files and folders that the last run read.
        out: Where it wrote its records.
        corrections: The folder of corrections files; None to find it.
        reviewer: Who reviews; None for the name on this machine.
        host: Where to listen.
        port: At which port; None for the usual one, or a free one.
        browser: Whether to open the browser.
        password: Of encrypted PDFs.
    """

    inputs: tuple[Path, ...]
    out: Path
    corrections: Path | None
    reviewer: str | None
    host: str
    port: int | None
    browser: bool
    password: str | None


def run_review(options: ReviewOptions) -> None:
    """Serve the review page until the process is interrupted.

    Raises:
        PipelineError: There are no records, they are in a store, or the port is taken.
    """
    stores = [place for place in (*options.inputs, options.out, options.corrections) if place and remote(place)]
    if stores:
        fault = msg("{path} is in a store: the review page takes folders of this machine only", path=str(stores[0]))
        raise PipelineError(fault, msg("Copy inputs, outputs with .cache in them, and corrections here first."))
    # Imported here: no other command must wait for a web server's libraries.
    from pipeline.review.folder import ReviewFolder
    from pipeline.review.missed_sops import SelectionReader
    from pipeline.review.page_pictures import PagePictures
    from pipeline.review.page_requests import ReviewPage
    from pipeline.review.serve import bound, serve

    settings, limits = Settings(), ReviewSettings()
    given = options.corrections
    corrections = given if given is not None else corrections_folder(None, options.inputs, options.out) or CORRECTIONS
    paths = {document.name: document.path for document in gather(options.inputs, options.out).documents}
    folder = ReviewFolder(options.out, corrections, paths, settings, limits)
    pictures = PagePictures(settings, limits, options.password)
    place = bound(options.host, options.port or limits.port, exact=options.port is not None)
    say(translate("The review page is at {address}", address=place.address))
    say(translate("Ctrl+C ends it. Corrections go to {folder}/.", folder=str(corrections)))
    reader = SelectionReader(options.out, settings, ocr_environment(), options.password)
    page = ReviewPage(folder, pictures, options.reviewer or _user(), reader=reader)
    serve(page, place, browser=options.browser)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return NOBODY
