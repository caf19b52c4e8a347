"""Words that a recogniser tore apart within a line."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.draft import Change
from pipeline.normalize.language import Language
from pipeline.normalize.phrase import Phrase, Token, merged
from pipeline.normalize.rules.word_breaks import may_go_on


def torn_words(phrase: Phrase, language: Language) -> Phrase:
    """Joins two neighbours of a scanned line that are no words, with a narrow gap between, where their sum is one, and
    closes the narrow gap that a slash leaves.

    Before: "Moni toring hasil", "Sekda/ asisten"; after: "Monitoring hasil", "Sekda/asisten".
    """
    tokens: list[Token] = []
    changes: list[Change] = []
    for token in phrase.tokens:
        if tokens and (_torn(tokens[-1], token, language) or _slashed(tokens[-1], token, language)):
            changes.append(Change("torn-word", f"{tokens[-1].text} {token.text}", tokens[-1].text + token.text))
            tokens[-1] = replace(merged([tokens[-1], token]), mended=True)
        else:
            tokens.append(token)
    return phrase.changed(tokens, changes)


def _slashed(last: Token, token: Token, language: Language) -> bool:
    """Whether a slash only seems to have a space beside it: a recogniser sees one where letters lean away from it."""
    if token.confidence is None or token.gap is None or token.gap > language.settings.slash_gap:
        return False
    return len(last.text) > 1 and len(token.text) > 1 and (last.text[-1] == "/" or token.text[0] == "/")


def _torn(last: Token, token: Token, language: Language) -> bool:
    if token.confidence is None or token.gap is None or token.gap > language.settings.torn_gap:
        return False
    known = language.vocabulary
    if not may_go_on(last.text, token.text) or known.knows(last.text):
        return False
    return not known.real(token.text.rstrip(".,;:)")) and known.knows((last.text + token.text).strip(".,;:()"))
