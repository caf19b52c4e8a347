"""How probable it is that a phrase is right, from what the recogniser and the rules think of its words.

The curves come from scans of text PDFs made worse in known ways, every word of which was compared with the text
layer's: of words read with a given confidence, the share that was right, by kind of word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from math import prod

from pipeline.normalize.language import Language
from pipeline.normalize.phrase import Phrase, Token
from pipeline.settings import Curve


def phrase_confidence(phrase: Phrase, language: Language) -> float | None:
    """The probability 0..1 that every word of a phrase is right and none is missing; None where nothing scored any."""
    words = phrase.tokens[1:] if _marks_item(phrase) else phrase.tokens
    parts = [token_confidence(token, language) for token in words]
    if phrase.scanned and _unfinished(phrase, language):
        parts.append(language.settings.unfinished_trust)
    return together(parts)


def _unfinished(phrase: Phrase, language: Language) -> bool:
    """Whether a phrase ends with a word that no sentence ends with; "; dan" closes the last item but one of a list."""
    *before, last = phrase.tokens
    closes_item = bool(before) and before[-1].text[-1:] in (";", ",", ":", ".")
    return last.text.casefold() in language.lexicon.unfinished and not closes_item


def _marks_item(phrase: Phrase) -> bool:
    """Whether a phrase begins with a list item's mark, which says little wherever it is misread."""
    return len(phrase.tokens) > 1 and re.fullmatch(r"[-–—•·*]|\(?\w[.)]", phrase.tokens[0].text) is not None


def together(parts: Iterable[float | None]) -> float | None:
    """The probability that all parts are right, the unscored ones left out; None where none is scored."""
    scored = [part for part in parts if part is not None]
    return prod(scored) if scored else None


def token_confidence(token: Token, language: Language) -> float | None:
    """The probability that one word is right: the recogniser's by the curve of its kind, times the rules'."""
    if token.confidence is None:
        return token.sure
    read = on_curve(token.confidence, _curve(token, language))
    mended = language.settings.mended_trust if token.mended else 1.0
    return read * mended * (1.0 if token.sure is None else token.sure)


def on_curve(score: float, curve: Curve) -> float:
    """The height of a curve of straight pieces at `score`; its ends go on level."""
    if score <= curve[0][0]:
        return curve[0][1]
    for (x0, y0), (x1, y1) in pairwise(curve):
        if score <= x1:
            return y0 + (y1 - y0) * (score - x0) / (x1 - x0)
    return curve[-1][1]


def _curve(token: Token, language: Language) -> Curve:
    settings = language.settings
    core = re.sub(r"^\W+|\W+$", "", token.text)
    if not core:
        return settings.trust_code if re.fullmatch(r"[-–—&/+=]", token.text) else settings.trust_mark
    if core.isdigit():
        return settings.trust_number
    words = re.findall(r"[^\W\d_]+", core)
    if words and all(language.vocabulary.knows(word) for word in words) and not re.search(r"\d", core):
        return settings.trust_known
    return settings.trust_code if re.search(r"\d", core) else settings.trust_unknown
