"""The last letters of a broken word, alone on their line, read as something else."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.model.draft import Change
from pipeline.normalize.language import Language
from pipeline.normalize.phrase import Phrase, Token
from pipeline.normalize.rules.ocr_errors import readings


def misread_rests(phrase: Phrase, language: Language) -> Phrase:
    """Sets the letters that complete a word broken above, where a scan shows others in their place.

    Before: "Monitorin|8 Pelayanan", "BUPA|Ti", "ORGANISAS|l"; after: "Monitorin|g Pelayanan", "BUPA|TI", "ORGANISAS|I".
    """
    tokens = list(phrase.tokens[:1])
    changes: list[Change] = []
    for last, token in pairwise(phrase.tokens):
        rest = _rest(last, token, language)
        if rest is not None:
            changes.append(Change("misread-rest", token.text, rest))
        tokens.append(token if rest is None else replace(token, text=rest, mended=True))
    return phrase.changed(tokens, changes)


def _rest(last: Token, token: Token, language: Language) -> str | None:
    """What completes the word that ends `last`; None where that is a word, nothing fits, or nothing is amiss."""
    head = re.search(r"[^\W\d_]{3,}$", last.text)
    full = token.room is not None and token.room < language.settings.full_letters
    if token.confidence is None or not full or head is None or language.vocabulary.real(head[0]):
        return None
    if head[0].isupper() and token.text.isalpha() and language.vocabulary.real(head[0] + token.text):
        return None if token.text.isupper() else token.text.upper()
    if not re.fullmatch(r"\W?\w?", token.text) or (token.text.isalpha() and not head[0].isupper()):
        return None
    known = [rest for _, rest in readings(token.text.casefold(), language.lexicon.misread_letters, 1)]
    known = [rest for rest in known if language.vocabulary.real(head[0] + rest)]
    return (known[0].upper() if head[0].isupper() else known[0]) if known else None
