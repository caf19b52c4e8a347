"""Words parted at a hyphen by the end of their line."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model.draft import Change
from pipeline.normalize.language import Language
from pipeline.normalize.phrase import Phrase, Token, merged


def parted_words(phrase: Phrase, language: Language) -> Phrase:
    """Closes the gap at a hyphen beside a line's end and before a line that begins with a closing mark, and takes the
    hyphen out where it only parted a word.

    Before: "perundang-|undangan", "masing|-masing", "kegia-|tan", "Barat|."; after: "perundang-undangan",
    "masing-masing", "kegiatan", "Barat.".
    """
    tokens: list[Token] = []
    changes: list[Change] = []
    for token in phrase.tokens:
        last = tokens[-1] if tokens else None
        if last is None or not token.new_line:
            tokens.append(token)
        elif _closing(token.text) or goes_on(last.text, token.text):
            tokens.append(replace(token, glued=True))
        elif not re.search(r"\w-$", last.text) or not token.text[0].isalnum():
            tokens.append(token)
        elif _syllables(last.text[:-1], token.text, language):
            tokens[-1] = merged([last, token], last.text[:-1] + token.text)
            changes.append(Change("parted-word", f"{last.text} {token.text}", tokens[-1].text))
        else:
            tokens.append(replace(token, glued=True))
    return phrase.changed(tokens, changes)


def _closing(text: str) -> bool:
    """Whether a token is, or starts with, a mark that no line starts with: "." or "),"."""
    return re.match(r"[.,;:)!?]+(\W|$)", text) is not None


def goes_on(before: str, after: str) -> bool:
    """Whether "-masing" goes on "masing": the same word, or one with the same root ("undang", "-undangan")."""
    match = re.match(r"-([^\W\d_]{3,})", after)
    head = re.findall(r"[^\W\d_]+", before)[-1:]
    return match is not None and bool(head) and (match[1][:4].casefold() in head[0].casefold())


def _syllables(before: str, after: str, language: Language) -> bool:
    """Whether two pieces are one known word, and neither a word of its own."""
    head, tail = re.findall(r"[^\W\d_]+", before)[-1:], re.findall(r"[^\W\d_]+", after)[:1]
    if not head or not tail or tail[0][0].isupper() != head[0].isupper():
        return False
    known = language.vocabulary
    return known.knows(head[0] + tail[0]) and not known.real(head[0]) and not known.real(tail[0])
