"""Specks and rulings that a recogniser took for marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.draft import Change
from pipeline.normalize.language import Language
from pipeline.normalize.phrase import Phrase, Token

_QUOTES = {"“": "”", "”": "“", "‘": "’", "’": "‘", '"': '"', "'": "'", "«": "»", "»": "«", "|": "|"}


def specks(phrase: Phrase, language: Language) -> Phrase:
    """Takes out of a scanned line the doubtful marks that stand alone, and quotation marks without their other half.

    Before: "Surat . tugas |", "“10 menit"; after: "Surat tugas", "10 menit". Dashes, slashes and bullets stay. Several
    marks in one ("'—") may have been letters under a stamp, so that what follows them is doubted.
    """
    if not phrase.scanned:
        return phrase
    tokens: list[Token] = []
    changes: list[Change] = []
    smudged = False
    for token in phrase.tokens:
        text = "" if _speck(token, language) else _unquoted(token, phrase.tokens)
        if text != token.text:
            changes.append(Change("speck", token.text, text))
        if text:
            sure = language.settings.smudge_trust if smudged else token.sure
            tokens.append(replace(token, text=text, sure=sure) if smudged or text != token.text else token)
        smudged = not text and len(token.text) > 1
    return phrase.changed(tokens, changes)


def _speck(token: Token, language: Language) -> bool:
    least = language.settings.sure_colon if token.text == ":" else language.settings.sure_mark
    doubted = token.confidence is not None and token.confidence < least
    return doubted and re.fullmatch(r"(?!-+$|–$|—$)[.,:;'\"`´‘’“”«»|!*~^_°–—-]+", token.text) is not None


def _unquoted(token: Token, tokens: Sequence[Token]) -> str:
    """The token without a quotation mark or bar at its start or end that has no other half in the phrase."""
    text = token.text
    if token.confidence is None:
        return text
    for mark in (text[:1], text[-1:]):
        other = _QUOTES.get(mark)
        if other is None:
            continue
        halves = sum(t.text.count(mark) + (t.text.count(other) if other != mark else 0) for t in tokens)
        if halves % 2 and not (mark in "'’" and not text.startswith(mark)):
            text = text.removeprefix(mark) if text.startswith(mark) else text.removesuffix(mark)
    return text
