"""Words that the reviewer taught in the corrections' lexicon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pipeline.model.draft import Change
from pipeline.normalize.language import Language
from pipeline.normalize.phrase import Phrase


def taught_words(phrase: Phrase, language: Language) -> Phrase:
    """Sets every word that the reviewer's lexicon has another form of.

    Before: "Menteri Perdayagunaan", with {Perdayagunaan: Pendayagunaan}; after: "Menteri Pendayagunaan".
    """
    taught = language.lexicon.reviewed_words
    if not taught:
        return phrase
    tokens = [replace(token, text=_taught(token.text, taught)) for token in phrase.tokens]
    changed = [(a.text, b.text) for a, b in zip(phrase.tokens, tokens, strict=True) if a.text != b.text]
    return phrase.changed(tokens, [Change("taught-word", before, after) for before, after in changed])


def _taught(text: str, taught: Mapping[str, str]) -> str:
    """`text` with the word inside its punctuation in the taught form: "Perdayagunaan;" -> "Pendayagunaan;"."""
    match = re.fullmatch(r"(\W*)(.*?)(\W*)", text)
    if match is None:
        return text
    return match[1] + taught.get(match[2], match[2]) + match[3]
