"""A Draft's words cleaned and put in the contract's order: the Record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.model.draft import Draft, FlowDraft, MatrixDraft
from pipeline.model.issue import Issue
from pipeline.model.record import Record, Source
from pipeline.normalize.activities import build_roles, build_rows, role_heads
from pipeline.normalize.cells import clean_cell
from pipeline.normalize.cover_fields import build_header
from pipeline.normalize.evidence import Noted, evidence_of
from pipeline.normalize.flow_graph import build_flow, flow_issues
from pipeline.normalize.language import Language, language_of
from pipeline.normalize.lexicon import Lexicon
from pipeline.settings import LanguageSettings, Settings


def normalize(
    drafts: Sequence[Draft], file: str, sha256: str, stem: str, settings: Settings, lexicon: Lexicon
) -> Iterator[Record]:
    """The records of one document, "<stem>/01" onward in its order; `file` is the input's name, `sha256` its bytes'."""
    language = document_language(drafts, lexicon, settings.language)
    for place, draft in enumerate(drafts, 1):
        source = Source(file=file, sha256=sha256, pages=draft.pages, kind=draft.kind)
        yield build_record(draft, source, f"{stem}/{place:02d}", settings, lexicon, language)


def build_record(
    draft: Draft,
    source: Source,
    record_id: str,
    settings: Settings,
    lexicon: Lexicon,
    language: Language | None = None,
) -> Record:
    """One SOP's record, with the evidence of every value and all that is known to be wrong with it.

    `language` is that of its whole document; of this SOP alone where None.
    """
    language = language or document_language([draft], lexicon, settings.language)
    header, noted, issues = build_header(draft.header, language, scanned=draft.kind in ("scan", "mixed"))
    matrix = draft.matrix or MatrixDraft(columns=(), rows=(), parts=())
    flow_draft = draft.flow if draft.matrix is not None else FlowDraft()
    roles, role_notes = build_roles(matrix, language, language.roles)
    rows, row_notes, row_issues = build_rows(matrix, flow_draft, roles, language)
    flow, flow_notes = build_flow(flow_draft, roles, [row.no for row in rows])
    noted = {**_judul(matrix, language), **noted, **role_notes, **row_notes, **flow_notes}
    return Record(
        id=record_id,
        source=source,
        judul=noted["/judul"].clean or None if "/judul" in noted else None,
        header=header,
        pelaksana=list(roles.pelaksana),
        kegiatan=rows,
        flow=flow,
        evidence=evidence_of(noted, draft.transforms),
        issues=[*_stage_issues(draft), *issues, *row_issues, *doubted(noted, settings.language)],
    )


def document_language(drafts: Sequence[Draft], lexicon: Lexicon, settings: LanguageSettings) -> Language:
    """The language of a document: its own words, and the roles that head columns of it more than once."""
    language = language_of(drafts, lexicon, settings)
    heads = Counter(head for draft in drafts if draft.matrix for head in role_heads(draft.matrix, language))
    return replace(language, roles=tuple(head for head, count in heads.items() if count > 1))


def doubted(noted: Noted, settings: LanguageSettings) -> list[Issue]:
    """An issue for every field of words that is less probably right than the settings ask; flow has its own."""
    return [
        Issue(
            code="low-confidence",
            severity="warning",
            path=path,
            message=f"{value.clean!r} is right with a probability of {value.confidence:.2f} only",
        )
        for path, value in noted.items()
        if value.confidence is not None and value.confidence < _least(path, settings)
    ]


def _least(path: str, settings: LanguageSettings) -> float:
    """The least probability of a field that raises no doubt, by its kind; a flowchart is judged by its own stage."""
    if path.startswith("/flow/"):
        return 0.0
    if path.startswith("/kegiatan/"):
        return settings.doubt_cell
    return settings.doubt_item if path.rsplit("/", 1)[-1].isdigit() else settings.doubt_header


def _judul(matrix: MatrixDraft, language: Language) -> Noted:
    return {"/judul": clean_cell(matrix.judul, language)} if matrix.judul is not None else {}


def _stage_issues(draft: Draft) -> list[Issue]:
    """What earlier stages found, with JSON pointers."""
    found = list(draft.issues)
    found += draft.header.issues if draft.header else ()
    found += draft.matrix.issues if draft.matrix else ()
    return [*found, *flow_issues(draft.flow)]
