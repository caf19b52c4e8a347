"""Words that a recogniser ran together."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model.draft import Change
from pipeline.normalize.language import Language
from pipeline.normalize.phrase import Phrase, Token


def lost_spaces(phrase: Phrase, language: Language) -> Phrase:
    """Parts a scanned word that is none into two that are, and sets the space after a comma.

    Before: "denganjenis surat,dan"; after: "dengan jenis surat, dan". What a text layer has run together, or a
    recogniser is sure of, was written so ("Memeriksadan", "dilingkungan") and stays.
    """
    tokens: list[Token] = []
    changes: list[Change] = []
    for token in phrase.tokens:
        doubted = token.confidence is not None and token.confidence < language.settings.sure_word
        parts = parted(token.text, language) if doubted else [token.text]
        if len(parts) == 1:
            tokens.append(token)
            continue
        changes.append(Change("lost-space", token.text, " ".join(parts)))
        tokens.append(replace(token, text=parts[0], mended=True))
        tokens += [Token(part, token.confidence, mended=True) for part in parts[1:]]
    return phrase.changed(tokens, changes)


def parted(text: str, language: Language) -> list[str]:
    """The words that `text` runs together; `text` alone where it is one."""
    pieces = re.split(r"(?<=[^\W\d_]{2}[,;])(?=[^\W\d_]{2})", text)
    return [word for piece in pieces for word in _two_words(piece, language)]


def _plain(word: str, language: Language) -> bool:
    """Whether a string is a word so frequent that nobody takes it for a piece of another."""
    return language.vocabulary.real(word) and language.vocabulary.weight(word) >= language.settings.parted_zipf - 9.0


def _two_words(text: str, language: Language) -> list[str]:
    """Two surely known words, of four letters and three at least, that make up an unknown string; else the string.

    Authors write "dilingkungan" and "keseluruh" themselves: "di", "ke" and "se" are never parted.
    """
    match = re.fullmatch(r"(\W*)([^\W\d_]{7,})(\W*)", text)
    known = language.vocabulary
    if match is None or known.knows(match[2]):
        return [text]
    opening, word, closing = match.groups()
    cuts = [cut for cut in range(3, len(word) - 2) if max(cut, len(word) - cut) >= 4]
    cuts = [
        cut for cut in cuts if word[cut:].islower() and all(_plain(part, language) for part in (word[:cut], word[cut:]))
    ]
    if not cuts:
        return [text]
    best = max(cuts, key=lambda cut: known.weight(word[:cut]) + known.weight(word[cut:]))
    return [opening + word[:best], word[best:] + closing]
