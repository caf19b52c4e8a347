"""Corrections that reviewers write as YAML: parsed, addressed to places of the record, and applied; never by guess.

`parse` reads a file into entries (`entry`). `apply` takes them from top to bottom: `address` finds the place, `resolve`
compares it with what the reviewer saw (`matching`), `write` changes it, and `cascade` keeps the rest of the record true
to the change. `yaml_edit` and `commands` are for those who write entries at a terminal.
"""

from pipeline.corrections.apply import apply
from pipeline.corrections.entry import CorrectionsFile, Entry, Outcome, confirmed_paths, document_issues
from pipeline.corrections.parse import parse_corrections, parse_overlay
from pipeline.corrections.problem import CorrectionsError, Problem

__all__ = [
    "CorrectionsError",
    "CorrectionsFile",
    "Entry",
    "Outcome",
    "Problem",
    "apply",
    "confirmed_paths",
    "document_issues",
    "parse_corrections",
    "parse_overlay",
]
