"""`sop list` and `sop search`: what a collection of records holds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.collection import lists, relations
from pipeline.collection.listing import Listing
from pipeline.collection.wanted import Wanted
from pipeline.console_listing import ListFormat, show_listing
from pipeline.errors import OK, PipelineError
from pipeline.message import msg
from pipeline.model.pointer import split_pointer
from pipeline.normalize.duration_sums import calendar_minutes
from pipeline.normalize.durations import read_duration
from pipeline.normalize.lexicon import Lexicon, load_lexicon
from pipeline.options import OUTPUTS, RecordsGiven
from pipeline.settings import LanguageSettings
from pipeline.settings.collections import CollectionSettings
from pipeline.store.record_files import read_records
from pipeline.store.search_index import Hit
from pipeline.store.search_index import search as search_outputs

Format = Annotated[ListFormat, typer.Option("--format", help="How to print it.")]


class Listed(StrEnum):
    """What a row is."""

    SOPS = "sops"
    STEPS = "steps"
    PERFORMERS = "performers"
    AGENCIES = "agencies"
    LAWS = "laws"
    RELATED = "related"
    DOUBLES = "doubles"


LISTERS: Mapping[Listed, lists.Lister] = {
    Listed.SOPS: lists.sop_list,
    Listed.STEPS: lists.step_list,
    Listed.PERFORMERS: lists.performer_list,
    Listed.AGENCIES: lists.agency_list,
    Listed.LAWS: lists.law_list,
    Listed.RELATED: lambda records, wanted, lexicon: relations.related_list(records, CollectionSettings()),
    Listed.DOUBLES: lambda records, wanted, lexicon: relations.double_list(records, CollectionSettings()),
}


def list_command(
    records: RecordsGiven = None,
    show: Annotated[Listed, typer.Option("--show", help="What to list, a row each.")] = Listed.SOPS,
    performer: Annotated[
        str | None, typer.Option("--performer", metavar="TEXT", help="Only where a performer of that name acts.")
    ] = None,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="TEXT", help="Only of an agency or unit of that name.")
    ] = None,
    law: Annotated[
        str | None, typer.Option("--law", metavar="TEXT", help='Only where that law is cited, as in "UU 25/2009".')
    ] = None,
    longer_than: Annotated[
        str | None, typer.Option("--longer-than", metavar="TIME", help='Only with steps longer than, as in "3 hari".')
    ] = None,
    form: Format = ListFormat.TABLE,
) -> int:
    """List the SOPs that were read, or their steps, performers, agencies, laws, related SOPs and doubles.

    Times are summed in minutes, working days and months; where steps have no duration the sum is a lower bound.
    """
    lexicon = load_lexicon()
    wanted = Wanted(performer, agency, law, _minutes(longer_than, lexicon))
    found = wanted.of(read_records(records or [OUTPUTS]), lexicon)
    show_listing(LISTERS[show](found, wanted, lexicon), form)
    return OK


def _minutes(text: str | None, lexicon: Lexicon) -> float | None:
    """A length of time in minutes.

    Raises:
        PipelineError: The text is none.
    """
    if text is None:
        return None
    minutes = calendar_minutes(read_duration(text, lexicon, LanguageSettings())[0])
    if minutes is None:
        raise PipelineError(
            msg("{text} is no length of time", text=text), msg("Give a number and a unit, as in 3 hari or 90 menit.")
        )
    return minutes


def search(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="Words that stand in one field together.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder that sop run wrote.")] = OUTPUTS,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="How many hits to show.")] = (
        CollectionSettings().hits
    ),
    form: Format = ListFormat.TABLE,
) -> int:
    """Search the text of all records, and of pages without SOP, and tell the page of each hit.

    A word is found by its beginning too: lapor finds laporan. Words in double quotes stand one after the other.
    """
    hits = search_outputs(out, " ".join(text), most, CollectionSettings())
    heads = {
        "sop_id": msg("SOP"),
        "document": msg("Document"),
        "nama_sop": msg("Name"),
        "page": msg("Page"),
        "where": msg("Where"),
        "path": msg("Pointer"),
        "text": msg("Text"),
    }
    rows = [
        (hit.sop_id or hit.document, hit.document, hit.name, hit.page, _place(hit), hit.path, hit.text) for hit in hits
    ]
    shown = Listing(heads, rows)
    show_listing(shown.without("document", "path") if form == ListFormat.TABLE else shown, form)
    return OK


def _place(hit: Hit) -> str:
    """A place in the words of the record: "kegiatan 3: uraian", "header: nama_sop"."""
    parts = split_pointer(hit.path)
    room, rest = parts[0], [part for part in parts[1:] if part != "mutu_baku"]
    if room == "kegiatan":
        return f"{room} {int(rest[0]) + 1}: {' '.join(rest[1:])}"
    names = [part for part in rest if not part.isdigit()]
    return f"{room}: {' '.join(names)}" if names else room
