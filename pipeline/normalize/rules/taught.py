"""Words that the reviewer taught in the corrections' lexicon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pipeline.normalize.language import Language
from pipeline.normalize.sentence import Sentence


def taught_words(sentence: Sentence, language: Language) -> Sentence:
    """Set every word that the reviewer's lexicon has another form of.

    Before: "Menteri Perdayagunaan", with {Perdayagunaan: Pendayagunaan}; after: "Menteri Pendayagunaan".
    """
    taught = language.lexicon.reviewed_words
    if not taught:
        return sentence
    return sentence.with_each("taught-word", lambda word: replace(word, text=_taught(word.text, taught)))


def _taught(text: str, taught: Mapping[str, str]) -> str:
    """`text` with the word inside its punctuation in the taught form: "Perdayagunaan;" -> "Pendayagunaan;"."""
    match = re.fullmatch(r"(\W*)(.*?)(\W*)", text)
    if match is None:
        return text
    return match[1] + taught.get(match[2], match[2]) + match[3]
