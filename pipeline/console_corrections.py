"""What `sop check`, `sop correct` and `sop rebase` print."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from pipeline.console import ends_of, say
from pipeline.corrections import Outcome
from pipeline.corrections.commands import CheckReport, can_rebase
from pipeline.corrections.doubts import Doubt, Pages
from pipeline.corrections.entry import STATUSES
from pipeline.corrections.request import AppendedEntry
from pipeline.corrections.yaml_edit import value_in_words
from pipeline.message import Message, counted, msg
from pipeline.model.issue import Severity
from pipeline.translation import shown, translate
from pipeline.validate import catalogue

SEVERITIES: dict[Severity, Message] = {"error": msg("error"), "warning": msg("warning"), "info": msg("info")}
MOST = 50  # doubts that are listed unless all are asked for: more than that nobody reads at once


def show_checked(checked: CheckReport, options: str = "", *, every: bool = False) -> None:
    """Print a line for every correction and every file about no document, a block for every doubt, and how many.

    Args:
        checked: What was found, doubts that nobody asked for left out.
        options: What the `sop correct` lines need to find the same folders.
        every: Whether to list all doubts, and not the first ones alone.
    """
    for outcome in checked.outcomes:
        say(outcome_line(outcome))
        if can_rebase(outcome):
            say(f"    sop rebase {shlex.quote(outcome.entry.file)} --line {outcome.entry.line}")
    for file in checked.unmatched:
        say(translate("{file}: about no document of this run", file=file))
    listed = checked.doubts if every else checked.doubts[:MOST]
    for doubt in listed:
        for line in doubt_lines(doubt, options):
            say(line)
    rest = len(checked.doubts) - len(listed)
    if rest:
        more = counted("and {n} more", "and {n} more", rest)
        say(translate("{more}: choose with --document, --page, --severity or --code, or list --all", more=more))
    if any(doubt.target for doubt in listed):
        say(translate("Right? Paste the line below it. Wrong? Write what it should read in the place of --confirm."))
    counts = ends_of(checked.outcomes) or translate("no corrections")
    issues = counted("{n} issue", "{n} issues", len(checked.doubts))
    say(f"{counts}; {shown(issues)}")


def doubt_lines(doubt: Doubt, options: str = "") -> list[str]:
    """A doubt as it is listed: where, what was read, why it is doubted, and what confirms it."""
    where = [doubt.record or doubt.document, *([shown(_pages(doubt.pages))] if doubt.pages else []), doubt.target or ""]
    issue = doubt.issue
    wrong = catalogue().doubt_of(issue.code) == "read"
    why = translate("read wrongly?") if wrong else translate("written so?")
    lines = [", ".join(part for part in where if part)]
    if doubt.read:
        lines.append("    " + translate("read: {text}", text=" ".join(doubt.read.split())))
    lines.append(f"    {shown(SEVERITIES[issue.severity])}: {shown(issue.said)} ({why} {issue.code})")
    if doubt.target and doubt.record:
        lines.append(f"    sop correct{options} {shlex.quote(doubt.record)} {shlex.quote(doubt.target)} --confirm")
    return lines


def _pages(pages: Pages) -> Message:
    first, last = pages
    return msg("page {page}", page=first) if first == last else msg("pages {first}-{last}", first=first, last=last)


def outcome_line(outcome: Outcome) -> str:
    """One outcome in one line: "corrections/a.yaml:12: stale: 02 header/nama_sop: it reads …"."""
    entry, detail = outcome.entry, f": {shown(outcome.detail)}" if outcome.detail else ""
    return f"{entry.file}:{entry.line}: {shown(STATUSES[outcome.status])}: {entry.sop} {entry.at}{detail}"


def show_correction(path: Path, done: AppendedEntry) -> None:
    """Print where an entry was written, how it ends, and what changes: "… header/nama_sop: "Satu" -> "Dua"."""
    outcome, entry = done.outcome, done.entry
    change = f"{shown(value_in_words(done.before))} -> {shown(value_in_words(done.after))}"
    told = shown(value_in_words(done.after)) if outcome.status == "confirmed" else change
    say(f"{path}:{outcome.entry.line}: {shown(STATUSES[outcome.status])}: {entry['sop']} {entry['at']}: {told}")


def show_stale(outcomes: Sequence[Outcome]) -> int:
    """Print for each stale entry what it would be rewritten to; return how many there are."""
    for outcome in outcomes:
        line = str(outcome.entry.line)
        by_hand = translate("put it right by hand")
        advice = translate("--line {line} rewrites it", line=line) if can_rebase(outcome) else by_hand
        say(f"{outcome_line(outcome)}; {advice}")
    return len(outcomes)
