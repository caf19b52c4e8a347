"""The templates of the review page with what they ask for, and the scripts and styles that the browser loads."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from jinja2 import Environment

from pipeline.corrections.commands import can_rebase
from pipeline.corrections.entry import STATUSES
from pipeline.corrections.yaml_edit import value_in_words
from pipeline.export.diagram import OUTLINES
from pipeline.review.escaping import escaping
from pipeline.review.fields import LISTS, SURENESS, SYMBOLS, box_text
from pipeline.review.queue import SEVERITIES
from pipeline.translation import shown, translate
from pipeline.validate import catalogue

STATIC_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "txt": "text/plain"}

_IMPORT = re.compile(r'^import .* from "\./([\w.]+)";', re.MULTILINE)


@cache
def environment() -> Environment:
    """The templates, whatever they show escaped; made once."""
    made = escaping()
    made.globals.update(
        _=translate,
        shown=shown,
        severities=SEVERITIES,
        statuses=STATUSES,
        sureness=SURENESS,
        symbols=SYMBOLS,
        outlines=OUTLINES,
        list_names=LISTS,
        box_text=box_text,
        modules=modules(),
        can_rebase=can_rebase,
        value_in_words=value_in_words,
        doubt_of=lambda code: catalogue().doubt_of(code),
    )
    return made


def static_files() -> dict[str, tuple[bytes, str]]:
    """The package's own scripts and styles by name, read once: no request's path reaches the disk."""
    folder = resources.files("pipeline.review") / "static"
    return {
        file.name: (file.read_bytes(), STATIC_TYPES.get(file.name.rpartition(".")[2], "application/octet-stream"))
        for file in folder.iterdir()
    }


def modules() -> tuple[str, ...]:
    """The scripts that `review.js` imports, and those imports: named to the browser, it fetches all of them at once."""
    texts = {name: content.decode() for name, (content, _) in static_files().items() if name.endswith(".js")}
    found, left = list[str](), ["review.js"]
    while left:
        imported = [name for name in _IMPORT.findall(texts[left.pop(0)]) if name not in found]
        found += imported
        left += imported
    return tuple(found)
