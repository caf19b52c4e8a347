"""Words of a text layer that are none: what a font says may not be what it shows, and nothing scores it.

An author's own misspelling looks the same. Where all words are as wide as their letters it is told as that, and no
field is doubted; what a document prints more than once is its own word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from pipeline.message import msg
from pipeline.model.issue import Issue
from pipeline.normalize.acronyms import is_acronym
from pipeline.normalize.evidence import ValuesByPointer
from pipeline.normalize.language import Language
from pipeline.normalize.vocabulary import Vocabulary, roots

# Names, numbers and dates are no words of the language, and symbols are judged by a stage of their own.
_NO_WORDS = re.compile(r"/header/(nomor_sop|tanggal_\w+|disahkan_oleh/(nama|nip))$|/kegiatan/\d+/nomor$|/flow/")
_TOKEN = re.compile(r"(?:[^\s/,;:()\"“”&+=|–—.-]|\.(?![^\W\d_]{3}))+")
# A digit within small letters, capitals behind a small letter, and signs that no text has but one of a broken font.
_BROKEN = re.compile(r"[a-z]\d+[a-z]|[a-z][A-Z]{2}|[\ufffd¤¦¬¶\ue000-\uf0a6\uf100-\uf8ff]")
_BESIDE = re.compile(r"[^\s,;]")
_ROMAN = re.compile(r"[IVXLC]+")
_NO_AFFIXES = re.compile(r"(?:di|me)\w+(?<!k)an")  # no word has both: "dibutuhan"
_ABBREVIATION = 5  # letters: a word up to so long that ends with a full stop may be cut short
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def unknown_words(noted: ValuesByPointer, language: Language, confirmed: bool = False) -> Iterator[Issue]:
    """Raise an issue for every value that holds strings which are no words.

    Args:
        noted: The values of a record by JSON pointer.
        language: That of the document.
        confirmed: Whether the widths of the words tell that the text says what the page shows: then they were written
            so, which is one issue of the whole record.
    """
    values = {path: value.clean for path, value in noted.items() if not _NO_WORDS.search(path)}
    strange = {path: found for path, text in values.items() if (found := strange_words(text, language))}
    words = [word for found in strange.values() for word in found]
    printed = sum(len(_TOKEN.findall(text)) for text in values.values())
    if confirmed and len(words) <= language.settings.misspelt_share * printed and not any(map(_BROKEN.search, words)):
        yield from _misspelt(strange)
        return
    for path, found in strange.items():
        yield Issue.of("word-unknown", "info", msg("no known word: {words}", words=_quoted(found)), path)


def _misspelt(strange: dict[str, list[str]]) -> Iterator[Issue]:
    """One issue for all strings that are no words and were printed so."""
    if strange:
        told = "; ".join(f"{_quoted(words)} ({path})" for path, words in strange.items())
        yield Issue.of("word-misspelt", "info", msg("printed so, but no known word: {words}", words=told))


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def strange_words(text: str, language: Language) -> list[str]:
    """List the strings of a text that are no words, left to right: "Dkumen dn surat" -> "Dkumen", "dn"."""
    found = []
    for match in _TOKEN.finditer(text):
        token, start, end = match[0], match.start(), match.end()
        word = token.strip(".'’‘!?*[]{}<>%•·")
        if len(word) == 1 and _BESIDE.search(text[start - 1 : start] + token[1:] + text[end : end + 1]):
            continue  # the mark of a list item, or part of "e-mail" and "s.d."
        ended = len(word) <= _ABBREVIATION and "." in token[len(word) :]
        first = start == 0 or text[start - 1] == "\n"
        if _BROKEN.search(word) or (word.isalpha() and not ended and _is_strange(word, first, language)):
            found.append(word)
    return found


def _is_strange(word: str, first: bool, language: Language) -> bool:
    """Whether a string of letters is no word; one that is not the `first` of its text may be a name."""
    small, lexicon, settings = word.casefold(), language.lexicon, language.settings
    general = language.vocabulary.general
    if small in lexicon.short or small in lexicon.role_parts or small in lexicon.field_words:
        return False
    if word.isupper() and (_ROMAN.fullmatch(word) or is_acronym(word, "", lexicon, language.acronyms)):
        known = lexicon.capitals | language.acronyms
        usual = _usual_forms(small, language)
        return word not in lexicon.capitals and any(
            other.upper() in known or other not in general.zipf for other in usual
        )
    if len(word) > settings.short_word and is_word(small, general):
        frequent = general.zipf.get(small, 0.0) >= settings.rare_zipf  # as most are, without asking for roots
        return not frequent and general.zipf_of(small) < settings.rare_zipf and _is_rare_form(small, language)
    if language.printed.get(small, 0) > 1:
        return _is_rare_form(small, language)
    if len(word) <= settings.short_word:
        return word.islower() or (first and not word.isupper() and any(general.real(w) for w in _longer(small)))
    if _is_common_form(small, general):
        return False
    unlike_a_name = first or not _is_name(word) or _is_rare_form(small, language)
    return unlike_a_name or any(general.real(near) for near in _near(small))


def _is_common_form(word: str, general: Vocabulary) -> bool:
    """Whether authors write so: two words without the space between, or a p for an f ("tentatip")."""
    frequent = general.settings.parted_zipf
    cuts = [(word[:cut], word[cut:]) for cut in range(general.settings.parted_shorter, len(word) - 2)]
    apart = any(min(general.zipf_of(one), general.zipf_of(other)) >= frequent for one, other in cuts)
    other = re.sub(r"(?<=[st]i)p(?=$|kan$|nya$)", "f", word)
    return apart or (other != word and general.knows(other))


def _is_rare_form(word: str, language: Language) -> bool:
    """Whether a word differs by a letter from one that the document has many times as often."""
    return any(True for _ in _usual_forms(word, language))


def _usual_forms(word: str, language: Language) -> Iterator[str]:
    """The words that differ by a letter from one that the document prints, and that it has many times as often."""
    least = language.settings.often * max(1, language.printed.get(word, 0))
    for other, count in language.frequent:
        if count >= least and OSA.distance(word, other, score_cutoff=1) == 1:
            yield other


def is_word(word: str, general: Vocabulary) -> bool:
    """Whether a casefolded string is a word of the language, of the field, or of English."""
    if word in general.zipf or word in general.foreign or word in general.words:
        return True
    if _NO_AFFIXES.fullmatch(word):
        return False
    return general.knows(word) or any(
        len(root) > general.settings.least_root and root in general.zipf for root in roots(word)
    )


def _is_name(word: str) -> bool:
    """Whether a word may be a name, by its capital."""
    return word[0].isupper() and word[1:].islower()


def _longer(word: str) -> Iterable[str]:
    """The strings that one letter more makes of a word."""
    return (word[:place] + letter + word[place:] for place in range(len(word) + 1) for letter in _LETTERS)


def _near(word: str) -> Iterable[str]:
    """The strings that one letter more, less or otherwise makes of a word, and those with two letters exchanged."""
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        yield from (head + letter + tail for letter in _LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
