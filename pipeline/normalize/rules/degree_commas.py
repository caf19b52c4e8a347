"""Academic degrees after a name."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model.draft import Change, Value

_DEGREE = r"(?:[A-Z][A-Za-z]{0,4}\.){1,3}[A-Za-z]{0,5}"


def degree_commas(name: Value[str]) -> Value[str]:
    """A scanned name with the comma before its degrees where a full stop was read.

    Before: "Drs. ADI PRIHANTARA. M.M"; after: "Drs. ADI PRIHANTARA, M.M". A name of a text layer stays.
    """
    if name.confidence is None:
        return name
    text = re.sub(rf"(?<=[^\W\d_]{{4}})\.\s*(?={_DEGREE}(?:,|\s|$))", ", ", name.clean)
    if text == name.clean:
        return name
    return replace(name, clean=text, changes=(*name.changes, Change("degree-comma", name.clean, text)))
