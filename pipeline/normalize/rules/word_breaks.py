"""Words that the end of a printed line cut in two.

A typesetter breaks a word only where it is wider than its column: the word then starts a line, fills it to the last
letter that fits, and goes on below. So the geometry says where a break may be, and the language whether there is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp

from pipeline.model.draft import Change
from pipeline.normalize.language import Language
from pipeline.normalize.sentence import CellWord, Sentence, merged
from pipeline.settings import LanguageSettings

_PREFIXES = frozenset(["ber", "di", "ke", "me", "mem", "men", "meng", "pe", "pem", "pen", "peng", "per", "se", "ter"])
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_FIRST_LETTERS = re.compile(r"^[^\W\d_]+")
_RUNS = re.compile(r"[^\W\d_]+")
_HYPHENED = re.compile(r"-([^\W\d_]{3,})")
_HYPHEN_AT_END = re.compile(r"\w-$")
_CLOSING = re.compile(r"[.,;:)!?]+(\W|$)")
_PART = re.compile(r"[^\W\d_]+[^\w]+(?=[^\W\d_])|.+")

Cut = tuple[float, list[list[CellWord]]]  # what a chain's cut into words costs, and the parts of each word


def broken_words(sentence: Sentence, language: Language) -> Sentence:
    """Join the pieces of a broken word.

    Before: "Keputus|an tim|Monitori|ng"; after: "Keputusan tim Monitoring". "Tabel|yang" are two words and stay so.
    """
    full = language.settings.full_letters
    if not any(_is_open(word, full) for word in sentence.words):
        return sentence
    words: list[CellWord] = []
    changes: list[Change] = []
    for chain in _chains(_parts(sentence.words), language):
        groups, sure = best_grouping(chain, language)
        for index, group in enumerate(groups):
            words.append(_with_trust(merged(group), None if index else sure))
            if len(group) > 1:
                changes.append(Change("broken-word", " ".join(word.text for word in group), words[-1].text))
    return sentence.changed(_with_glued_joined(words), changes)


def all_broken_words(sentence: Sentence, language: Language) -> Sentence:
    """Join the pieces of a broken word, and look once more where some were joined."""
    once = broken_words(sentence, language)
    return once if len(once.changes) == len(sentence.changes) else broken_words(once, language)


def parted_words(sentence: Sentence, language: Language) -> Sentence:
    """Close the gap at a hyphen beside a line's end, and before a line that begins with a closing mark.

    A hyphen that only parted a word is taken out.

    Before: "perundang-|undangan", "masing|-masing", "kegia-|tan", "Barat|."; after: "perundang-undangan",
    "masing-masing", "kegiatan", "Barat.".
    """
    if not any(word.new_line for word in sentence.words):
        return sentence
    words: list[CellWord] = []
    changes: list[Change] = []
    for word in sentence.words:
        last = words[-1] if words else None
        if last is None or not word.new_line:
            words.append(word)
        elif _is_closing(word.text) or goes_on(last.text, word.text, language.settings):
            words.append(replace(word, glued=True))
        elif not last.text.endswith("-") or not _HYPHEN_AT_END.search(last.text) or not word.text[0].isalnum():
            words.append(word)
        elif _are_syllables(last.text[:-1], word.text, language):
            words[-1] = merged([last, word], last.text[:-1] + word.text)
            changes.append(Change("parted-word", f"{last.text} {word.text}", words[-1].text))
        else:
            words.append(replace(word, glued=True))
    return sentence.changed(words, changes)


def best_grouping(chain: Sequence[CellWord], language: Language) -> tuple[list[list[CellWord]], float | None]:
    """Cut a chain of pieces into words so that together they are the likeliest.

    Of equally likely cuts, the one with more words is taken.

    Returns:
        The pieces of each word, and how sure the cut is, 0..1; None for a chain of one, where nothing is to decide.
    """
    if len(chain) == 1:
        return [list(chain)], None
    cuts = _likeliest_cuts(chain, language)
    margin = cuts[1][0] - cuts[0][0] if len(cuts) > 1 else 0.0
    sure = 1 - 0.5 * exp(-language.settings.margin_trust * margin)
    tempting = any(_is_tempting(before, after, language) for before, after in pairwise(cuts[0][1]))
    return cuts[0][1], min(sure, language.settings.tempted) if tempting else sure


def may_go_on(before: str, after: str) -> bool:
    """Whether `after` can be the rest of a word begun in `before`, by letters and case alone: "KABA" and "G" can."""
    head, tail = _LAST_LETTERS.search(before), _FIRST_LETTERS.match(after)
    if head is None or tail is None:
        return False
    capitals = head[0].isupper() and (len(head[0]) > 1 or tail[0].isupper())
    return tail[0].isupper() if capitals else tail[0].islower()


def goes_on(before: str, after: str, settings: LanguageSettings) -> bool:
    """Whether "-masing" goes on "masing": the same word, or one with the same root ("undang", "-undangan")."""
    match = _HYPHENED.match(after)
    head = _RUNS.findall(before)[-1:] if match else []
    root = match[1][: settings.repeated_letters].casefold() if match else ""
    return match is not None and bool(head) and root in head[0].casefold()


def _is_open(word: CellWord, full: float) -> bool:
    """Whether a word may belong to the one before, or was decided on before; a line with less room is `full`."""
    return word.glued or word.sure is not None or (word.room is not None and word.room < full)


def _with_trust(word: CellWord, sure: float | None) -> CellWord:
    return word if word.sure == sure else replace(word, sure=sure)


def _likeliest_cuts(chain: Sequence[CellWord], language: Language) -> list[Cut]:
    """The two likeliest ways to cut a chain into words, the likelier first."""
    best: list[list[Cut]] = [[(0.0, [])]]
    for end in range(1, len(chain) + 1):
        cuts = []
        for start in range(max(0, end - language.settings.longest_word), end):
            group = list(chain[start:end])
            cost = _cost(group, language)
            cuts += [(before + cost, [*groups, group]) for before, groups in best[start]]
        best.append(sorted(cuts, key=lambda cut: (cut[0], -len(cut[1])))[:2])
    return best[-1]


def _is_tempting(before: Sequence[CellWord], after: Sequence[CellWord], language: Language) -> bool:
    """Whether two words that were left apart would be likelier as one."""
    vocabulary, whole = language.vocabulary, [*before, *after]
    word = "".join(_letters(whole, index) for index in range(len(whole)))
    return vocabulary.knows(word) and -vocabulary.weight(word) < _cost(before, language) + _cost(after, language)


def _with_glued_joined(words: Sequence[CellWord]) -> list[CellWord]:
    """The words with every glued one made part of the one before it."""
    whole: list[CellWord] = []
    for word in words:
        if word.glued and whole:
            whole[-1] = merged([whole[-1], word])
        else:
            whole.append(word)
    return whole


def _parts(words: Sequence[CellWord]) -> list[CellWord]:
    """The words cut at the marks in them, later parts glued to the first: "ng-m" -> "ng-", "m"."""
    found: list[CellWord] = []
    for word in words:
        if word.text.isalnum():
            found.append(word)
            continue
        first, *others = _PART.findall(word.text) or [word.text]
        found.append(replace(word, text=first) if others else word)
        found += [CellWord(other, word.confidence, glued=True) for other in others]
    return found


def _chains(words: Sequence[CellWord], language: Language) -> list[list[CellWord]]:
    """Runs of words between which a word may be broken: each but the last fills its line."""
    chains: list[list[CellWord]] = []
    for word in words:
        full = word.room is not None and word.room < language.settings.full_letters
        if chains and full and may_go_on(chains[-1][-1].text, word.text):
            chains[-1].append(word)
        else:
            chains.append([word])
    return chains


def _cost(group: Sequence[CellWord], language: Language) -> float:
    """How unlikely a group of pieces is to be one word, in powers of ten; infinite where it must not be.

    Words that all stand alone stay apart, unless the document has their sum elsewhere, or it is far likelier.
    """
    settings, vocabulary = language.settings, language.vocabulary
    parts = [_letters(group, index) for index in range(len(group))]
    word = "".join(parts)
    weight = vocabulary.weight_of_word(word)
    known = weight is not None
    cost = settings.unknown_cost + settings.unknown_letter_cost * len(word) if weight is None else -weight
    if len(group) == 1:
        return cost
    real = [vocabulary.real(part) for part in parts]
    if all(real) and word.casefold() not in vocabulary.document:
        apart = sum(-vocabulary.weight(part) for part in parts)
        return cost if known and cost + settings.third_word_margin < apart else float("inf")
    if not known and not all(piece.alone for piece in group[1:]):
        return float("inf")
    return cost if known else cost + settings.swallowed_cost * sum(real)


def _letters(group: Sequence[CellWord], index: int) -> str:
    """The letters that one piece gives to its group's word: of "Persy/Kik" and "on.", "Kik" and "on"."""
    text = group[index].text
    if len(group) == 1:
        return "".join(_RUNS.findall(text)[-1:])
    found = _LAST_LETTERS.search(text) if index == 0 else _FIRST_LETTERS.match(text)
    return found[0] if found else ""


def _is_closing(text: str) -> bool:
    """Whether a word is, or starts with, a mark that no line starts with: "." or "),"."""
    return _CLOSING.match(text) is not None


def _are_syllables(before: str, after: str, language: Language) -> bool:
    """Whether two pieces are one known word, and neither a word of its own: a prefix never is ("Per-timbangan")."""
    head, tail = _RUNS.findall(before)[-1:], _RUNS.findall(after)[:1]
    if not head or not tail or tail[0][0].isupper() != head[0].isupper():
        return False
    known = language.vocabulary
    if head[0].casefold() in _PREFIXES and known.real(head[0] + tail[0]):
        return True
    return known.knows(head[0] + tail[0]) and not known.real(head[0]) and not known.real(tail[0])
