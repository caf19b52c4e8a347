"""`sop diff`: what changed between two versions of a SOP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline import console
from pipeline.errors import OK, PipelineError
from pipeline.message import counted, msg
from pipeline.model.record import Record
from pipeline.options import OUTPUTS
from pipeline.store.record_files import found_record_files, read_record, read_records
from pipeline.store.remote_path import place_of
from pipeline.translation import shown, translate


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The older version: a .sop.json file, or the id of a SOP.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The newer version, likewise.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", metavar="DIR", parser=place_of, help="The folder that sop run wrote, for SOPs named by id."
        ),
    ] = OUTPUTS,
) -> int:
    """Tell what changed between two versions of a SOP: cover, performers, steps, durations and flowchart.

    Steps are taken for one by their words, wherever they stand. Case, spaces and punctuation are no change.
    """
    from pipeline.comparison.record_changes import changes_between
    from pipeline.settings.collections import CollectionSettings

    before, after = _record(old, out), _record(new, out)
    changes = changes_between(before, after, CollectionSettings())
    if as_json:
        found = {"old": before.id, "new": after.id, "changes": [change.as_json() for change in changes]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return OK
    for change in changes:
        console.say(f"- {' '.join(shown(change.message).split())}")
    if not changes:
        console.say(translate("Nothing changed."))
    else:
        console.say(shown(counted("{n} change", "{n} changes", len(changes))))
    return OK


def _record(given: str, out: Path) -> Record:
    """The record in a file, the only one of a folder, or the one of an id.

    Raises:
        PipelineError: There is none, or several.
    """
    path = place_of(given)
    if path.is_dir():
        files = found_record_files([path])
        if len(files) > 1:
            raise PipelineError(msg("{path} holds several SOPs", path=given), msg("Name the file of one."))
        return read_record(files[0])
    if path.exists() or given.endswith(".json"):
        return read_record(path)
    found = next((record for record in read_records([out]) if record.id == given), None)
    if found is None:
        raise PipelineError(
            msg("there is no SOP {id} in {folder}", id=given, folder=str(out)), msg("See sop list for their ids.")
        )
    return found
