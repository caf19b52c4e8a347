"""Words that a narrow column broke over two lines, put together again.

A typesetter breaks a word only where it is wider than its column: it then starts a line, fills it to the last letter
that fits, and goes on below. So the geometry says where a break may be, and the language whether there is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp

from pipeline.model.clustering import split_between
from pipeline.model.draft import Change
from pipeline.normalize.language import Language
from pipeline.normalize.phrase import Phrase, Token, merged

_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_FIRST_LETTERS = re.compile(r"^[^\W\d_]+")
_PART = re.compile(r"[^\W\d_]+[^\w]+(?=[^\W\d_])|.+")


def broken_words(phrase: Phrase, language: Language) -> Phrase:
    """Joins the pieces of a broken word.

    Before: "Keputus|an tim|Monitori|ng"; after: "Keputusan tim Monitoring". "Tabel|yang" are two words and stay so.
    """
    tokens: list[Token] = []
    changes: list[Change] = []
    for chain in _chains(_parts(phrase.tokens), language):
        groups, sure = best_grouping(chain, language)
        for index, group in enumerate(groups):
            tokens.append(_with_trust(merged(group), None if index else sure))
            if len(group) > 1:
                changes.append(Change("broken-word", " ".join(t.text for t in group), tokens[-1].text))
    return phrase.changed(glued_together(tokens), changes)


def _with_trust(token: Token, sure: float | None) -> Token:
    return token if token.sure == sure else replace(token, sure=sure)


def best_grouping(chain: Sequence[Token], language: Language) -> tuple[list[list[Token]], float | None]:
    """The chain cut into words so that together they are the likeliest, and how sure that is, 0..1.

    Of equally likely cuts, the one with more words; None for a chain of one, about which there is nothing to decide.
    """
    if len(chain) == 1:
        return [list(chain)], None
    ways = _likeliest_ways(chain, language)
    margin = ways[1][0] - ways[0][0] if len(ways) > 1 else 0.0
    sure = 1 - 0.5 * exp(-language.settings.margin_trust * margin)
    tempting = any(_tempting(before, after, language) for before, after in pairwise(ways[0][1]))
    return ways[0][1], min(sure, language.settings.tempted) if tempting else sure


def _likeliest_ways(chain: Sequence[Token], language: Language) -> list[tuple[float, list[list[Token]]]]:
    """The two likeliest ways to cut a chain into words, each with its cost, the likelier first."""
    best: list[list[tuple[float, list[list[Token]]]]] = [[(0.0, [])]]
    for end in range(1, len(chain) + 1):
        ways = []
        for start in range(max(0, end - language.settings.longest_word), end):
            group = list(chain[start:end])
            cost = _cost(group, language)
            ways += [(before + cost, [*groups, group]) for before, groups in best[start]]
        best.append(sorted(ways, key=lambda way: (way[0], -len(way[1])))[:2])
    return best[-1]


def _tempting(before: Sequence[Token], after: Sequence[Token], language: Language) -> bool:
    """Whether two words that were left apart would be likelier as one."""
    vocabulary, whole = language.vocabulary, [*before, *after]
    word = "".join(_letters(whole, index) for index in range(len(whole)))
    return vocabulary.knows(word) and -vocabulary.weight(word) < _cost(before, language) + _cost(after, language)


def may_go_on(before: str, after: str) -> bool:
    """Whether `after` can be the rest of a word begun in `before`, by letters and case alone: "KABA" and "G" can."""
    head, tail = _LAST_LETTERS.search(before), _FIRST_LETTERS.match(after)
    if head is None or tail is None:
        return False
    capitals = head[0].isupper() and (len(head[0]) > 1 or tail[0].isupper())
    return tail[0].isupper() if capitals else tail[0].islower()


def glued_together(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with every glued one made part of the one before it."""
    whole: list[Token] = []
    for token in tokens:
        if token.glued and whole:
            whole[-1] = merged([whole[-1], token])
        else:
            whole.append(token)
    return whole


def _parts(tokens: Sequence[Token]) -> list[Token]:
    """The tokens cut between their words, later parts glued to the first: "ng-m" -> "ng-", "m"."""
    found: list[Token] = []
    for token in tokens:
        if token.text.isalnum():
            found.append(token)
            continue
        first, *others = _PART.findall(token.text) or [token.text]
        found.append(replace(token, text=first))
        found += [Token(other, token.confidence, glued=True) for other in others]
    return found


def _chains(tokens: Sequence[Token], language: Language) -> list[list[Token]]:
    """Runs of tokens between which a word may be broken: each but the last fills its line."""
    full_letters = language.settings.full_letters

    def is_break(before: Token, token: Token) -> bool:
        full = token.room is not None and token.room < full_letters
        return not (full and may_go_on(before.text, token.text))

    return split_between(tokens, is_break)


def _cost(group: Sequence[Token], language: Language) -> float:
    """How unlikely a group of tokens is to be one word, in powers of ten; infinite where it must not be.

    Words that all stand alone stay apart, unless the document has their sum elsewhere, or it is far likelier.
    """
    settings, vocabulary = language.settings, language.vocabulary
    parts = [_letters(group, index) for index in range(len(group))]
    word = "".join(parts)
    known = vocabulary.knows(word)
    cost = -vocabulary.weight(word) if known else settings.unknown_cost + settings.unknown_letter_cost * len(word)
    if len(group) == 1:
        return cost
    real = [vocabulary.real(part) for part in parts]
    if all(real) and word.casefold() not in vocabulary.document:
        apart = sum(-vocabulary.weight(part) for part in parts)
        return cost if known and cost + settings.third_word_margin < apart else float("inf")
    if not known and not all(token.alone for token in group[1:]):
        return float("inf")
    return cost if known else cost + settings.swallowed_cost * sum(real)


def _letters(group: Sequence[Token], index: int) -> str:
    """The letters that one token gives to its group's word: of "Persy/Kik" and "on.", "Kik" and "on"."""
    text = group[index].text
    if len(group) == 1:
        return "".join(re.findall(r"[^\W\d_]+", text)[-1:])
    found = _LAST_LETTERS.search(text) if index == 0 else _FIRST_LETTERS.match(text)
    return found[0] if found else ""
