"""How probable it is that a sentence is right, from what the recogniser and the rules think of its words.

The curves come from scans of text PDFs made worse in known ways, every word of which was compared with the text
layer's: of words read with a given confidence, the share that was right, by kind of word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import prod

import numpy as np

from pipeline.normalize.language import Language
from pipeline.normalize.near_misses import is_near_miss
from pipeline.normalize.sentence import CellWord, Sentence
from pipeline.settings import Curve

_EDGES = re.compile(r"^\W+|\W+$")
_MARK = re.compile(r"[-–—•·*]|\(?\w[.)]")  # of a list item


def sentence_confidence(sentence: Sentence, language: Language) -> float | None:
    """Tell the probability 0..1 that every word is right and none is missing; None where nothing scored any."""
    words = sentence.words[1:] if _begins_with_mark(sentence) else sentence.words
    parts = [word_confidence(word, language) for word in words]
    parts += [language.settings.near_miss_trust for place, word in enumerate(words) if _may_miss(word, place, language)]
    if sentence.scanned and _is_unfinished(sentence, language):
        parts.append(language.settings.unfinished_trust)
    return together(parts)


def word_confidence(word: CellWord, language: Language) -> float | None:
    """Tell the probability that one word is right: the recogniser's by the curve of its kind, times the rules'."""
    if word.confidence is None:
        return word.sure
    read = on_curve(word.confidence, _curve(word, language))
    mended = language.settings.mended_trust if word.mended else 1.0
    return read * mended * (1.0 if word.sure is None else word.sure)


def together(parts: Iterable[float | None]) -> float | None:
    """Tell the probability that all parts are right, the unscored ones left out; None where none is scored."""
    scored = [part for part in parts if part is not None]
    return prod(scored) if scored else None


def on_curve(score: float, curve: Curve) -> float:
    """Read off a curve of straight pieces at `score`; beyond its ends it goes on level."""
    scores, shares = zip(*curve, strict=True)
    return float(np.interp(score, scores, shares))


def _may_miss(word: CellWord, place: int, language: Language) -> bool:
    """Whether a scanned word may be another one with a letter misread; `place` is where it stands in its sentence."""
    return word.confidence is not None and is_near_miss(_EDGES.sub("", word.text), place == 0, language)


def _begins_with_mark(sentence: Sentence) -> bool:
    """Whether a sentence begins with a list item's mark, which says little wherever it is misread."""
    return len(sentence.words) > 1 and _MARK.fullmatch(sentence.words[0].text) is not None


def _is_unfinished(sentence: Sentence, language: Language) -> bool:
    """Whether the last word is one that no sentence ends with; "; dan" closes the last item but one of a list."""
    *before, last = sentence.words
    closes_item = bool(before) and before[-1].text[-1:] in (";", ",", ":", ".")
    return last.text.casefold() in language.lexicon.unfinished and not closes_item


def _curve(word: CellWord, language: Language) -> Curve:
    settings = language.settings
    core = _EDGES.sub("", word.text)
    if not core:
        return settings.trust_code if re.fullmatch(r"[-–—&/+=]", word.text) else settings.trust_mark
    if core.isdigit():
        return settings.trust_number
    parts = re.findall(r"[^\W\d_]+", core)
    if parts and all(language.vocabulary.knows(part) for part in parts) and not re.search(r"\d", core):
        return settings.trust_known
    return settings.trust_code if re.search(r"\d", core) else settings.trust_unknown
