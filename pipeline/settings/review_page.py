"""What the review page shows, and how much it takes from a browser."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """Limits and thresholds of `sop review`."""

    port: int = 8350  # of the loopback interface; the next free one where it is taken
    body_bytes: int = 1_000_000  # of one request: ten fields of 100 kB
    dpi: float = 144.0  # pixels per inch of a page's picture: two a point, sharp on a laptop
    fine_dpi: float = 288.0  # of a page that was zoomed in
    jpeg_quality: int = 88  # of a page's picture: letters of 6 points without a halo
    picture_seconds: float = 60.0  # to draw one page, in a process that was just started
    kept_pictures: int = 60  # of pages, the last that were asked for: some 20 MB
    kept_documents: int = 4  # that were read from the disk, the last that were opened
    queue_rows: int = 100  # of the queue that are shown at once: more nobody reads
    search_rows: int = 50
    sure: float = 0.95  # confidence from which a reading is called sure
    unsure: float = 0.8  # confidence below which it is called unsure
    undo_steps: int = 200  # of a document that can be taken back
    kept_results: int = 3_000  # of entries and records: several files of hundreds of entries, in some 30 MB


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """How much `report.html` holds, so that a run of a thousand documents gives a file that a browser opens at once."""

    rows: int = 400  # of the queue, the worst: more nobody reads in a file that cannot be filtered
    documents: int = 300  # in the table of documents, those that could not be read and the doubtful ones first
    crops: int = 250  # pictures of fields: each takes a page drawn, some 0.1 s, when it is new
    crop_bytes: int = 4_000_000  # of all of them together
    diagrams: int = 150  # of SOPs, those of the rows first
    diagram_characters: int = 2_500_000  # of all of them together
    text: int = 300  # characters of a sentence or reading that are shown
    crop_dpi: float = 110.0  # letters of 8 points can be read
    crop_quality: int = 60  # of JPEG: a line of text takes some 5 kB
    crop_margin: tuple[float, float] = (24.0, 8.0)  # points of the page beside and above what is doubted
    crop_size: tuple[float, float] = (420.0, 150.0)  # points at most: of what is larger its beginning is shown
