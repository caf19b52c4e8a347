"""Scanned strings that are no words and a letter away from one: both readers may have misread them alike."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.normalize.language import Language
from pipeline.normalize.rules.ocr_errors import readings
from pipeline.normalize.unknown_words import is_word

_NARROW = "ijlt"


def is_near_miss(word: str, first: bool, language: Language) -> bool:
    """Whether a string, read from a scan, is no word but one letter away from one that is likelier.

    "aporan" where the document has "laporan", "diterina", "venfikasi"; but not a name, and not what the document prints
    as often as the other word.

    Args:
        word: The string, without marks around it.
        first: Whether it begins a sentence: else one with a capital may be a name.
        language: That of the document.
    """
    settings, small = language.settings, word.casefold()
    begins = first and word[1:].islower() and len(word) >= settings.near_miss_first
    own = language.printed.get(small, 0)
    if not word.isalpha() or not (word.islower() or begins) or _is_frequent(small, language):
        return False
    known = _is_known(small, language)
    least = settings.often * max(1, own) if known else own + 1
    sole = not known and own <= 1 and len(small) > settings.short_word
    return any(
        language.printed.get(other, 0) >= max(2, least) or (sole and language.vocabulary.general.real(other))
        for other in _likelier(small, language)
    )


def _is_frequent(word: str, language: Language) -> bool:
    """Whether a string is so frequent a word that it was surely meant, as most are."""
    return word in language.lexicon.short or language.lexicon.zipf.get(word, 0.0) >= language.settings.rare_zipf


def _is_known(word: str, language: Language) -> bool:
    lexicon, general = language.lexicon, language.vocabulary.general
    if word in lexicon.short or word in lexicon.role_parts or word in lexicon.field_words:
        return True
    return len(word) > language.settings.short_word and is_word(word, general)


def _likelier(word: str, language: Language) -> Iterator[str]:
    """The known words that a string may have been misread from: by letters easily mistaken, or a narrow one lost.

    Authors' own misspellings are mostly others: "infromasi", "Kompter".
    """
    strings = [other for _, other in readings(word, language.lexicon.misread_letters, 1)]
    if len(word) > language.settings.short_word:
        strings += [word[:place] + letter + word[place:] for place in range(len(word) + 1) for letter in _NARROW]
    yield from (other for other in strings if other != word and _is_known(other, language))
