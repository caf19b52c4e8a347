"""The rules that repair the words of a cell, in their order.

Specks go first, so that they part nothing. Then lines: a word broken by a narrow column is whole again before anything
asks whether it is a word (broken_words, parted_words); a misread rest of it is known by what it completes, and joined
in a second round (misread_rests). What a recogniser tore apart or ran together follows (torn_words, lost_spaces), and
what is then still no word or number may be a misreading (misread_numbers, misread_words). The reviewer's words come
last and win (taught_words).
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.normalize.language import Language
from pipeline.normalize.phrase import Phrase
from pipeline.normalize.rules.lost_spaces import lost_spaces
from pipeline.normalize.rules.misread_numbers import misread_numbers
from pipeline.normalize.rules.misread_rests import misread_rests
from pipeline.normalize.rules.ocr_errors import misread_words
from pipeline.normalize.rules.parted_words import parted_words
from pipeline.normalize.rules.punctuation import specks
from pipeline.normalize.rules.taught import taught_words
from pipeline.normalize.rules.torn_words import torn_words
from pipeline.normalize.rules.word_breaks import broken_words

Rule = Callable[[Phrase, Language], Phrase]

RULES: tuple[Rule, ...] = (
    specks,
    broken_words,
    misread_rests,
    broken_words,
    parted_words,
    torn_words,
    lost_spaces,
    misread_numbers,
    misread_words,
    taught_words,
)


def repaired(phrase: Phrase, language: Language) -> Phrase:
    """The phrase after every rule, with the changes each made."""
    for rule in RULES:
        phrase = rule(phrase, language)
    return phrase
