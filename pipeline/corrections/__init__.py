"""What a reviewer says back: parse a corrections file, address what it names, apply it. Never a guess."""

from pipeline.corrections.apply import apply
from pipeline.corrections.entry import CorrectionsFile, Entry
from pipeline.corrections.lexicon import load_overlay, parse_overlay
from pipeline.corrections.outcome import Outcome, confirmed_paths, document_issues
from pipeline.corrections.parse import load_corrections, parse_corrections
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
    "load_corrections",
    "load_overlay",
    "parse_overlay",
    "parse_corrections",
]
