"""Letters that a recogniser put into numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model.draft import Change
from pipeline.normalize.language import Language
from pipeline.normalize.phrase import Phrase, Token

# More digits than letters; of O, l and I, as many as digits will do: "O1" is 01, "S1" and "D3" stay.
_NUMBER = re.compile(r"(?<![^\W_])(?=[\w|!$]*\d)[\dOoQlI|!ZSB$]{2,}(?![^\W_])")


def misread_numbers(phrase: Phrase, language: Language) -> Phrase:
    """Sets the digits of a scanned number that has letters among them.

    Before: "Tahun 2O17", "SOP O1", "Pendidikan S1"; after: "Tahun 2017", "SOP 01", "Pendidikan S1".
    """
    tokens = [_set(token, language) for token in phrase.tokens]
    changed = [(a.text, b.text) for a, b in zip(phrase.tokens, tokens, strict=True) if a.text != b.text]
    return phrase.changed(tokens, [Change("misread-number", before, after) for before, after in changed])


def _set(token: Token, language: Language) -> Token:
    text = token.text
    if token.confidence is not None:
        text = _NUMBER.sub(lambda match: _digits(match[0], language), text)
    return token if text == token.text else replace(token, text=text, mended=True)


def _digits(number: str, language: Language) -> str:
    """The number in digits; as it was where letters other than O, l and I are no fewer than digits."""
    odd = sum(not c.isdigit() and c not in "OolI|!" for c in number)
    letters = sum(not c.isdigit() for c in number)
    digits = len(number) - letters
    if odd * 2 >= digits or letters > digits:
        return number
    return "".join(language.lexicon.misread_digits.get(c, c) for c in number)
