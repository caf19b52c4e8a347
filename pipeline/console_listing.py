"""What the command prints of a collection: as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json

from rich.markup import escape
from rich.table import Column, Table

from pipeline.collection.listing import Listing, ListValue
from pipeline.console import output
from pipeline.export.tables.formula_text import as_text
from pipeline.model.text import printable
from pipeline.options import ListFormat
from pipeline.translation import shown, translate


def show_listing(listing: Listing, form: ListFormat) -> None:
    """Print a listing: CSV is safe for spreadsheets, JSON a list of objects, both with the columns' keys."""
    match form:
        case ListFormat.JSON:
            print(json.dumps(listing.as_json(), ensure_ascii=False, indent=2))
        case ListFormat.CSV:
            print(_csv(listing), end="")
        case ListFormat.TABLE if listing.rows:
            output().print(_table(listing))
        case ListFormat.TABLE:
            print(translate("Nothing was found."))


def _csv(listing: Listing) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(listing.heads)
    writer.writerows([as_text(value) if isinstance(value, str) else value for value in row] for row in listing.rows)
    return text.getvalue()


def _table(listing: Listing) -> Table:
    numeric = [all(not isinstance(row[place], str) for row in listing.rows) for place in range(len(listing.heads))]
    heads = zip(listing.heads.values(), numeric, strict=True)
    table = Table(*(Column(shown(head), justify="right" if number else "left") for head, number in heads))
    for row in listing.rows:
        table.add_row(*(escape(printable(" ".join(_shown(value).split()))) for value in row))
    return table


def _shown(value: ListValue) -> str:
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    return "" if value is None else str(value)
