"""The rules that repair the words of a cell, in their order.

Specks go first, so that they part nothing, and letters set apart are joined before anything asks for words. Then lines:
a word broken by a narrow column is whole again before anything asks whether it is a word (broken_words, parted_words);
a misread rest of it is known by what it completes, and joined in a second round (misread_rests). What a recogniser tore
apart or ran together follows (torn_words, lost_spaces), and what is then still no word or number may be a misreading
(misread_numbers, misread_codes, misread_words). A semicolon before a condition needs the words beside it (conditions).
The reviewer's words come last and win (taught_words).

A rule is a pure function of a sentence and the document's language. To add one, write it in the module of its group,
with a real before and after in its docstring, and put it in its place here.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.normalize.language import Language
from pipeline.normalize.rules.letter_spacing import spaced_letters
from pipeline.normalize.rules.ocr_errors import (
    lost_spaces,
    misread_codes,
    misread_numbers,
    misread_rests,
    misread_words,
    torn_words,
)
from pipeline.normalize.rules.punctuation import comparisons, conditions, specks
from pipeline.normalize.rules.taught import taught_words
from pipeline.normalize.rules.word_breaks import all_broken_words, broken_words, parted_words
from pipeline.normalize.sentence import Sentence

Rule = Callable[[Sentence, Language], Sentence]

RULES: tuple[Rule, ...] = (
    comparisons,
    specks,
    spaced_letters,
    broken_words,
    misread_rests,
    broken_words,
    parted_words,
    torn_words,
    lost_spaces,
    misread_numbers,
    misread_codes,
    misread_words,
    conditions,
    taught_words,
)


TEXT_RULES: tuple[Rule, ...] = (spaced_letters, all_broken_words, parted_words, taught_words)
"""Those that may change what no recogniser has read."""


def repaired(sentence: Sentence, language: Language) -> Sentence:
    """Apply every rule in turn; the sentence keeps the changes each made."""
    for rule in RULES if sentence.scanned else TEXT_RULES:
        sentence = rule(sentence, language)
    return sentence
