"""The entry of this room: drafts become records, their words cleaned and put in the contract's order."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.model.draft import Draft, FlowDraft, MatrixDraft
from pipeline.model.issue import Issue
from pipeline.model.record import Record, Source
from pipeline.normalize.activities import build_roles, build_rows
from pipeline.normalize.cells import clean_cell
from pipeline.normalize.cover_fields import build_header
from pipeline.normalize.document_words import DocumentWords, cells_of
from pipeline.normalize.duration_jumps import with_jumps_doubted
from pipeline.normalize.evidence import ValuesByPointer, doubted, evidence_of, ink_lost
from pipeline.normalize.flow_graph import build_flow, flow_issues
from pipeline.normalize.language import Language, language_of
from pipeline.normalize.legibility import SurelyRead, surely_read
from pipeline.normalize.lexicon import Lexicon
from pipeline.normalize.text_layer import layer_doubts, letter_widths
from pipeline.normalize.unknown_words import unknown_words
from pipeline.process import stage
from pipeline.settings import LanguageSettings, Settings

log = logging.getLogger(__name__)


def normalize(
    drafts: Iterable[Draft],
    file: str,
    sha256: str,
    stem: str,
    settings: Settings,
    lexicon: Lexicon,
    words: DocumentWords | None = None,
    first: int = 1,
) -> Iterator[Record]:
    """Make the records of one document, or of some of its SOPs, one by one.

    Args:
        drafts: The SOPs in their order; taken one by one where `words` are given.
        file: Name of the input.
        sha256: Of the input's bytes.
        stem: What the records' ids begin with: "<stem>/01" onward.
        settings: The caller's.
        lexicon: The package's words, with the reviewer's laid over.
        words: What all SOPs of the document print; what these do if None.
        first: The number of the first of them.
    """
    if words is None:
        drafts = tuple(drafts)
        words = DocumentWords.of(drafts, settings.language)
    language = document_language(words, lexicon, settings.language)
    sure = surely_read(words, language)
    for place, draft in enumerate(drafts, first):
        source = Source(file=file, sha256=sha256, pages=draft.pages, kind=draft.kind)
        with stage(log, "normalization", page=draft.pages[0]):
            record = build_record(draft, source, f"{stem}/{place:02d}", settings, lexicon, language, sure)
        _log_changes(record)
        yield record


def build_record(
    draft: Draft,
    source: Source,
    record_id: str,
    settings: Settings,
    lexicon: Lexicon,
    language: Language,
    sure: SurelyRead,
) -> Record:
    """Make one SOP's record, with the evidence of every value and all that is known to be wrong with it.

    Args:
        draft: What was extracted.
        source: Where it came from.
        record_id: "<stem>/<number>".
        settings: The caller's.
        lexicon: The package's words, with the reviewer's laid over.
        language: That of the whole document.
        sure: What the covers of the whole document tell for sure.
    """
    header, noted, issues = build_header(draft.header, language, draft.kind in ("scan", "mixed"), sure)
    matrix = draft.matrix or MatrixDraft(columns=(), rows=(), parts=())
    flow_draft = draft.flow if draft.matrix is not None else FlowDraft()
    roles, role_notes = build_roles(matrix, language, language.roles)
    rows, row_notes, row_issues = build_rows(matrix, flow_draft, roles, language)
    row_notes, jumps = with_jumps_doubted(rows, row_notes, settings.language)
    flow, flow_notes = build_flow(flow_draft, roles, [row.no for row in rows])
    noted = {**_judul(matrix, language), **noted, **role_notes, **row_notes, **flow_notes}
    doubts = doubted(noted, settings.language)
    doubts += ink_lost(noted, draft.faded)
    doubts += _text_doubts(draft, noted, language, settings) if draft.kind == "text" else []
    return Record(
        id=record_id,
        source=source,
        judul=noted["/judul"].clean or None if "/judul" in noted else None,
        header=header,
        pelaksana=list(roles.pelaksana),
        kegiatan=rows,
        flow=flow,
        evidence=evidence_of(noted, draft.transforms, draft.tiles),
        issues=[*_stage_issues(draft), *issues, *row_issues, *jumps, *doubts],
    )


def _text_doubts(draft: Draft, noted: ValuesByPointer, language: Language, settings: Settings) -> list[Issue]:
    """What speaks against the text layer that a draft was read from."""
    words = [word for cell in cells_of([draft]) for word in cell.words]
    widths = letter_widths(words, settings.text_doubts)
    unknown = unknown_words(noted, language, widths.confirm(words))
    return [*unknown, *layer_doubts(draft, widths, settings.text_doubts)]


def _log_changes(record: Record) -> None:
    """Log how many values each rule changed."""
    if not log.isEnabledFor(logging.DEBUG):
        return
    rules = Counter(rule for known in record.evidence.values() for rule in {change.rule for change in known.changes})
    changed = sum(bool(known.changes) for known in record.evidence.values())
    counts = ", ".join(f"{rule} {count}" for rule, count in rules.most_common())
    log.debug("%s: rules changed %d of %d values: %s", record.id, changed, len(record.evidence), counts or "none")


def document_language(words: DocumentWords, lexicon: Lexicon, settings: LanguageSettings) -> Language:
    """Build the language of a document: its own words, and the roles that head columns of it more than once."""
    language = language_of(words, lexicon, settings)
    heads: Counter[str] = Counter()
    for printed, count in words.head_counts.items():
        heads[clean_cell(words.role_heads[printed], language).clean] += count
    return replace(language, roles=tuple(head for head, count in heads.items() if count > 1))


def _judul(matrix: MatrixDraft, language: Language) -> ValuesByPointer:
    return {"/judul": clean_cell(matrix.judul, language)} if matrix.judul is not None else {}


def _stage_issues(draft: Draft) -> list[Issue]:
    """What earlier stages found, with JSON pointers."""
    found = list(draft.issues)
    found += draft.header.issues if draft.header else ()
    found += draft.matrix.issues if draft.matrix else ()
    return [*found, *flow_issues(draft.flow)]
