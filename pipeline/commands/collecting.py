"""`sop list` and `sop search`: what a collection of records holds.

What answers is imported when it is asked: `sop --help` reads this, and is not to wait for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import OK, PipelineError
from pipeline.message import msg
from pipeline.options import OUTPUTS, Listed, ListFormat, PrintedAs, RecordsGiven
from pipeline.store.record_files import read_records
from pipeline.store.remote_path import place_of

if TYPE_CHECKING:
    from pipeline.normalize.lexicon import Lexicon
    from pipeline.store.search_index import Hit

MOST_HITS = 20  # that are shown if not told otherwise: a screen


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
    form: PrintedAs = ListFormat.TABLE,
) -> int:
    """List the SOPs that were read, or their steps, performers, agencies, laws, related SOPs and doubles.

    Times are summed in minutes, working days and months; where steps have no duration the sum is a lower bound.
    """
    from pipeline.collection.listers import LISTERS
    from pipeline.collection.wanted import Wanted
    from pipeline.console_listing import show_listing
    from pipeline.normalize.lexicon import load_lexicon

    lexicon = load_lexicon()
    wanted = Wanted(performer, agency, law, _minutes(longer_than, lexicon))
    found = wanted.of(read_records(records or [OUTPUTS]), lexicon)
    show_listing(LISTERS[show.value](found, wanted, lexicon), form)
    return OK


def _minutes(text: str | None, lexicon: Lexicon) -> float | None:
    """A length of time in minutes.

    Raises:
        PipelineError: The text is none.
    """
    from pipeline.normalize.duration_sums import calendar_minutes
    from pipeline.normalize.durations import read_duration
    from pipeline.settings import LanguageSettings

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
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", parser=place_of, help="The folder that sop run wrote.")
    ] = OUTPUTS,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="How many hits to show.")] = MOST_HITS,
    form: PrintedAs = ListFormat.TABLE,
) -> int:
    """Search the text of all records, and of pages without SOP, and tell the page of each hit.

    A word is found by its beginning too: lapor finds laporan. Words in double quotes stand one after the other.
    """
    from pipeline.collection.listing import Listing
    from pipeline.console_listing import show_listing
    from pipeline.settings.collections import CollectionSettings
    from pipeline.store.search_index import search as search_outputs

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
    from pipeline.model.pointer import split_pointer

    parts = split_pointer(hit.path)
    room, rest = parts[0], [part for part in parts[1:] if part != "mutu_baku"]
    if room == "kegiatan":
        return f"{room} {int(rest[0]) + 1}: {' '.join(rest[1:])}"
    names = [part for part in rest if not part.isdigit()]
    return f"{room}: {' '.join(names)}" if names else room
