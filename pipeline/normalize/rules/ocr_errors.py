"""Letters that a recogniser took for others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.model.draft import Change
from pipeline.normalize.language import Language
from pipeline.normalize.phrase import Phrase, Token

_WORD = re.compile(r"^(\W*?)([^\W\d_](?:[\w|!$&¢€]*[^\W_])?)(\W*)$")


def misread_words(phrase: Phrase, language: Language) -> Phrase:
    """Sets a known word for a scanned string that is none and differs from it by letters easily mistaken.

    Before: "keputusan hasii seleksi", "KABAG ORGANISASl"; after: "keputusan hasil seleksi", "KABAG ORGANISASI".
    An author's own misspelling ("infomasi") differs otherwise, or was read surely, and stays.
    """
    tokens = [_mended(token, language) for token in phrase.tokens]
    changed = [(a.text, b.text) for a, b in zip(phrase.tokens, tokens, strict=True) if a.text != b.text]
    return phrase.changed(tokens, [Change("misread-word", before, after) for before, after in changed])


def readings(word: str, letters: Mapping[str, tuple[str, ...]], edits: int) -> Iterator[tuple[int, str]]:
    """Every string that `word` may be a misreading of, with the number of letters mistaken, 1 to `edits`."""
    found = {word}
    for count in range(1, edits + 1):
        found = {other for one in found for other in _once(one, letters)} - {word}
        yield from ((count, other) for other in sorted(found))


def likeliest(word: str, language: Language) -> str | None:
    """The word that casefolded `word`, itself unknown, was most likely read from; None where no word comes near."""
    settings, vocabulary = language.settings, language.vocabulary
    edits = settings.misread_letters if len(word) >= settings.misread_long else 1
    options = [
        (vocabulary.weight(other) - settings.misread_cost * count, other)
        for count, other in readings(word, language.lexicon.misread_letters, edits)
        if vocabulary.real(other) or (count == 1 and vocabulary.knows(other))
    ]
    return max(options)[1] if options else None


def _once(word: str, letters: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """`word` with one of its letters, or pairs of letters, as what it may have been."""
    for start in range(len(word)):
        for length in (1, 2):
            for true in letters.get(word[start : start + length], ()) if start + length <= len(word) else ():
                yield word[:start] + true + word[start + length :]


def _mended(token: Token, language: Language) -> Token:
    match = _WORD.match(token.text)
    settings = language.settings
    if token.confidence is None or token.confidence >= settings.sure_word or match is None or token.piece:
        return token
    word = match[2]
    if len(word) < settings.misread_short or language.vocabulary.knows(word):
        return token
    other = likeliest(word.casefold(), language)
    return token if other is None else replace(token, text=match[1] + as_cased(word, other) + match[3], mended=True)


def as_cased(pattern: str, word: str) -> str:
    """`word` in the case of `pattern`: capitals where most of its letters are, a capital first, or none."""
    letters = [letter for letter in pattern if letter.isalpha()]
    if sum(letter.isupper() for letter in letters) * 2 > len(letters) and len(letters) > 1:
        return word.upper()
    return word.capitalize() if pattern[0].isupper() else word
