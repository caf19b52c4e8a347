"""What became of one input file, and of all of a run: document.json and index.json."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from pipeline.message import Message
from pipeline.model.issue import Issue
from pipeline.model.page import PageKind
from pipeline.model.record import Model, Record, SourceKind

PageRole = Literal["cover", "matrix", "cover+matrix", "other", "blank"]

FolderLayout = Literal["flat", "sharded"]
"""Whether a document's folder lies in the output folder, or in one of 256 there that its name tells."""

Status = Literal[
    "ok",
    "no-sop",  # read, but no page of it is a SOP
    "not-a-pdf",
    "not-an-image",
    "not-text",
    "unsupported",  # a kind of file that no reader takes
    "empty",  # zero bytes
    "truncated",  # cut off
    "damaged",  # beyond what the reader can mend
    "encrypted",  # a password is needed, or the one given is wrong
    "zero-pages",
    "unreadable",  # the disk or its permissions refuse it
    "timed-out",  # given up: it took more time than allowed
    "too-large",  # given up: more memory, pages, pixels or text than allowed
    "not-read",  # nothing but pictures, and recognition was switched off
    "ocr-missing",  # nothing but pictures, and no Tesseract or not the language asked for
    "failed",  # the program's own fault: an error nobody foresaw
]


class DocumentError(Exception):
    """A document that cannot be read: data for its entry in the index, not a failure of the run.

    Attributes:
        status: As index.json tells it.
        message: What is wrong, in one line.
    """

    def __init__(self, status: Status, message: Message | str) -> None:
        super().__init__(str(message))
        self.status = status
        self.message = message

    def __reduce__(self) -> tuple[type[DocumentError], tuple[Status, Message | str]]:
        # Pickled by both, for worker processes: an exception's own way knows the message alone.
        return DocumentError, (self.status, self.message)


class PageEntry(Model):
    """A page of the document.

    Attributes:
        number: Its place, from 1.
        kind: What it was read from.
        role: What it holds.
        sops: The ids of the records that claim it.
        text: Its words line by line, also those that no field of a record took, so that nothing that was read is
            dropped; null on a blank page.
        hidden_text: Words of its text layer that nobody can see (clipped, covered, invisible, in white or of no size)
            or that are a watermark, and that are in no field; null where there are none. Since 1.1.
    """

    number: int
    kind: PageKind
    role: PageRole
    sops: list[str] = Field(default_factory=list)
    text: str | None = None
    hidden_text: str | None = None


class WaktuTotal(Model):
    """A sum of durations, from its least to its most (they differ where a step gives a range).

    `menit` holds menit, jam (60 menit), hari (1,440 menit) and minggu (10,080 menit). A hari kerja is a day of work and
    no 24 hours, a month or year has no fixed length: `hari_kerja` and `bulan` (a tahun is 12) are summed on their own.
    `unknown` counts the steps, of all `steps`, whose Waktu is no duration: where it is not 0 the sum is a lower bound.
    `total_menit` is the sum in minutes, of ranges the most; null where a step does not allow it.
    """

    total_menit: float | None = 0.0
    menit: tuple[float, float] = (0.0, 0.0)
    hari_kerja: tuple[float, float] = (0.0, 0.0)
    bulan: tuple[float, float] = (0.0, 0.0)
    steps: int = 0
    unknown: int = 0


class SopEntry(Model):
    """A record of the document: its id, its file beside document.json, and how much it holds.

    `waktu` is the sum over all its steps, `waktu_pelaksana` that of each performer by id; a step of several performers
    counts in full for each of them.
    """

    id: str
    file: str
    nama_sop: str | None = None
    judul: str | None = None
    pages: tuple[int, int]
    kegiatan: int
    waktu: WaktuTotal = WaktuTotal()
    waktu_pelaksana: dict[str, WaktuTotal] = Field(default_factory=dict)
    issues: int


class Document(Model):
    """One input file. `name` is its stem: the folder of its records and the first part of their ids.

    `kind` is None where nothing could be read. `message` says in one sentence what is wrong unless `status` is "ok";
    `wording` is the same with what fills it kept apart, to be shown in other languages (since 1.2).
    `sops` is written on export, when the records have their last names. `kept_from` is null where the records are of
    this reading; else pages and records were kept, and it is the sha256 of the file that they are from; since 1.1.
    """

    schema_version: Literal["1.0", "1.1", "1.2"] = "1.2"
    name: str
    file: str
    sha256: str
    kind: SourceKind | None = None
    status: Status = "ok"
    message: str | None = None
    wording: Message | None = None
    pages: list[PageEntry] = Field(default_factory=list)
    sops: list[SopEntry] = Field(default_factory=list)
    issues: list[Issue] = Field(default_factory=list)
    kept_from: str | None = None

    @property
    def said(self) -> Message | str | None:
        """What to show of what is wrong: the wording, or the English message where there is none."""
        return self.wording or self.message

    @property
    def failed(self) -> bool:
        """Whether nothing could be read."""
        return self.status not in ("ok", "no-sop")


class IndexEntry(Model):
    """One document; `folder` holds its document.json. `issues` counts its records' and its own.

    `kept_from` is that of document.json. `earlier` tells documents of earlier runs into the same folder, which were not
    among the inputs of the last one. These, and `wording`, came with version 1.1.
    """

    name: str
    file: str
    sha256: str
    kind: SourceKind | None
    status: Status
    message: str | None
    wording: Message | None = None
    folder: str
    pages: int
    sops: int
    kegiatan: int
    issues: int
    kept_from: str | None = None
    earlier: bool = False

    @property
    def said(self) -> Message | str | None:
        """What to show of what is wrong: the wording, or the English message where there is none."""
        return self.wording or self.message


class Totals(Model):
    """The sums over a run."""

    documents: int
    ok: int
    no_sop: int
    failed: int
    pages: int
    sops: int
    kegiatan: int
    issues: int


class Index(Model):
    """Every document of the runs into a folder, in order of name.

    `passed_over` is what stood in the given folders of the last run and was not read. `corrections` is the folder of
    its correction files, as it is reached from the output folder; null where there was none; since 1.1. `layout` says
    how the folders of documents lie. Where there are very many, `documents` is empty and `documents_file` names the
    file beside that lists them, an entry a line; both since 1.2.
    """

    schema_version: Literal["1.0", "1.1", "1.2"] = "1.2"
    totals: Totals
    layout: FolderLayout = "flat"
    documents_file: str | None = None
    documents: list[IndexEntry]
    passed_over: list[str] = Field(default_factory=list)
    corrections: str | None = None


@dataclass(frozen=True)
class Digitized:
    """All that came out of one input: what became of it, and its records in page order."""

    document: Document
    records: Sequence[Record] = ()
