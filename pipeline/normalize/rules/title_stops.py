"""Titles before a name."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model.draft import Change, Value

_TITLE = r"(?:Prof|Drs|Dra|Dr|dr|drg|drh|Ir|KH|Hj|H)"
_STOPPED = re.compile(rf"\b{_TITLE}\.")
_MISREAD = re.compile(rf"(?P<before>^|[.,]\s*)(?P<title>{_TITLE})(?P<mark>\s*,\s*|\s+)(?=[^\W\d_])")


def title_stops(name: Value[str]) -> Value[str]:
    """A scanned name whose titles end with a full stop, where a comma was read; where nothing was, only beside a title
    that has its full stop.

    Before: "Prof, Dr Muh Saerozi, M.Ag."; after: "Prof. Dr. Muh Saerozi, M.Ag.". A name of a text layer stays.
    """
    if name.confidence is None:
        return name
    text, before = name.clean, ""
    while text != before:
        before, text = text, _with_next_stop(text)
    if text == name.clean:
        return name
    return replace(name, clean=text, changes=(*name.changes, Change("title-stop", name.clean, text)))


def _with_next_stop(text: str) -> str:
    """The name with the full stop of its first title that lacks one."""
    for found in _MISREAD.finditer(text):
        leads = not found["before"] or bool(re.fullmatch(rf"(?:{_TITLE}\.\s*)+", text[: found.start("title")]))
        if leads and ("," in found["mark"] or _STOPPED.search(text)):
            return f"{text[: found.start('mark')]}. {text[found.end('mark') :]}"
    return text
