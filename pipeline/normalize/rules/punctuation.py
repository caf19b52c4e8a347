"""Marks that a recogniser misread, or saw where there are none. What a text layer holds stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from pipeline.model.draft import Change, Value
from pipeline.normalize.language import Language
from pipeline.normalize.sentence import CellWord, Sentence

_QUOTES = {"“": "”", "”": "“", "‘": "’", "’": "‘", '"': '"', "'": "'", "«": "»", "»": "«", "|": "|"}
_MARKS = re.compile(r"(?!-+$|–$|—$)[.,:;'\"`\u00b4‘’“”«»|!*~^_°–—-]+")
_SIGNS = {"«": "<", "»": ">", "&": "±"}
_NUMBER = re.compile(r"[-–]?\d")
_DEGREE = r"(?:[A-Z][A-Za-z]{0,4}\.){1,3}[A-Za-z]{0,5}"
_LOST_COMMA = re.compile(rf"(?<=[^\W\d_]{{4}})\.\s*(?={_DEGREE}(?:,|\s|$))")

NameRule = Callable[[Value[str], Language], Value[str]]


def specks(sentence: Sentence, language: Language) -> Sentence:
    """Take out doubtful marks that stand alone, and quotation marks without their other half.

    Before: "Surat . tugas |", "“10 menit"; after: "Surat tugas", "10 menit". Dashes, slashes and bullets stay. Several
    marks in one ("'—") may have been letters under a stamp, so that what follows them is doubted.
    """
    if not sentence.scanned:
        return sentence
    words: list[CellWord] = []
    changes: list[Change] = []
    smudged = False
    for word in sentence.words:
        text = "" if _is_speck(word, language) else _unquoted(word, sentence.words)
        if text != word.text:
            changes.append(Change("speck", word.text, text))
        if text:
            sure = language.settings.smudge_trust if smudged else word.sure
            words.append(replace(word, text=text, sure=sure) if smudged or text != word.text else word)
        smudged = not text and len(word.text) > 1
    return sentence.changed(words, changes)


def comparisons(sentence: Sentence, language: Language) -> Sentence:
    """Write the sign before a number that an engine without it took for another; what is guessed is doubted.

    Before: "BB/TB « -3 SD", "& 10 menit"; after: "BB/TB < -3 SD", "± 10 menit".
    """
    words = list(sentence.words)
    changes: list[Change] = []
    for place, (word, after) in enumerate(pairwise(sentence.words)):
        sign = _SIGNS.get(word.text) if word.confidence is not None and _NUMBER.match(after.text) else None
        if sign and not (sign == "±" and place):
            words[place] = replace(word, text=sign, mended=True, sure=language.settings.smudge_trust)
            changes.append(Change("comparison", word.text, sign))
    return sentence.changed(words, changes)


def conditions(sentence: Sentence, language: Language) -> Sentence:
    """Part a condition from the clause before it by a semicolon, where a colon was read.

    Before: "Memeriksa usia dan status: apabila kurang"; after: "Memeriksa usia dan status; apabila kurang".
    Behind a word or two ("Catatan: apabila ...") a colon is right.
    """
    words = list(sentence.words)
    changes: list[Change] = []
    for place in range(language.settings.clause_words, len(words)):
        last, word = words[place - 1], words[place]
        begins = word.text.casefold() in language.lexicon.conditions and word.text[0].islower()
        if begins and last.confidence is not None and re.search(r"\w:$", last.text):
            words[place - 1] = replace(last, text=last.text[:-1] + ";", mended=True)
            changes.append(Change("condition", last.text, words[place - 1].text))
    return sentence.changed(words, changes)


def degree_commas(name: Value[str], language: Language) -> Value[str]:
    """Set the comma before the degrees of a scanned name, where a full stop was read.

    Before: "Drs. ADI PRIHANTARA. M.M"; after: "Drs. ADI PRIHANTARA, M.M".
    """
    return _with_text(name, "degree-comma", _LOST_COMMA.sub(", ", name.clean))


def title_stops(name: Value[str], language: Language) -> Value[str]:
    """End the titles of a scanned name with a full stop, where a comma was read.

    Where nothing was read, only beside a title that has its full stop.

    Before: "Prof, Dr Muh Saerozi, M.Ag."; after: "Prof. Dr. Muh Saerozi, M.Ag.".
    """
    titles = "|".join(language.lexicon.titles)
    text, before = name.clean, ""
    while text != before:
        before, text = text, _with_next_stop(text, titles)
    return _with_text(name, "title-stop", text)


NAME_RULES: tuple[NameRule, ...] = (degree_commas, title_stops)
"""The rules for the name of who signed: degrees first, since their comma ends what may be a title."""


def item_endings(items: Sequence[Value[str]]) -> list[Value[str]]:
    """End the items of one scanned list with the semicolon that legal drafting puts there, where it was misread.

    Before: "Pelayanan Publik:", "Bakamla RI, dan"; after: "Pelayanan Publik;", "Bakamla RI; dan".
    """
    ended = [_ended(item, last=index == len(items) - 1) for index, item in enumerate(items)]
    if not any(text.endswith((";", "; dan")) for text in ended):
        return list(items)
    return [_with_ending(item, text) for item, text in zip(items, ended, strict=True)]


def _is_speck(word: CellWord, language: Language) -> bool:
    least = language.settings.sure_colon if word.text == ":" else language.settings.sure_mark
    return word.confidence is not None and word.confidence < least and _MARKS.fullmatch(word.text) is not None


def _unquoted(word: CellWord, words: Sequence[CellWord]) -> str:
    """The word without a quotation mark or bar at its start or end that has no other half among `words`."""
    text = word.text
    if word.confidence is None:
        return text
    for mark in (text[:1], text[-1:]):
        other = _QUOTES.get(mark)
        if other is None:
            continue
        halves = sum(w.text.count(mark) + (w.text.count(other) if other != mark else 0) for w in words)
        if halves % 2 and not (mark in "'’" and not text.startswith(mark)):
            text = text.removeprefix(mark) if text.startswith(mark) else text.removesuffix(mark)
    return text


@lru_cache(maxsize=8)
def _misread_stop(titles: str) -> re.Pattern[str]:
    """What finds a title with a comma or nothing behind it; `titles` are parted by "|"."""
    return re.compile(rf"(?P<before>^|[.,]\s*)(?P<title>{titles})(?P<mark>\s*,\s*|\s+)(?=[^\W\d_])")


def _with_next_stop(text: str, titles: str) -> str:
    """The name with the full stop of its first title that lacks one."""
    for found in _misread_stop(titles).finditer(text):
        leads = not found["before"] or bool(re.fullmatch(rf"(?:(?:{titles})\.\s*)+", text[: found.start("title")]))
        if leads and ("," in found["mark"] or re.search(rf"\b(?:{titles})\.", text)):
            return f"{text[: found.start('mark')]}. {text[found.end('mark') :]}"
    return text


def _with_text(name: Value[str], rule: str, text: str) -> Value[str]:
    if name.confidence is None or text == name.clean:
        return name
    return replace(name, clean=text, changes=(*name.changes, Change(rule, name.clean, text)))


def _ended(item: Value[str], last: bool) -> str:
    text = re.sub(r"\s*[:;,.]\s*dan$", "; dan", item.clean)
    return text if last else re.sub(r"(?<=[\w)])\s*[:,]$", ";", text)


def _with_ending(item: Value[str], text: str) -> Value[str]:
    if item.confidence is None or text == item.clean:
        return item
    change = Change("item-ending", item.clean[-8:], text[-8:])
    return replace(item, clean=text, changes=(*item.changes, change))
