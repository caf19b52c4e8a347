"""Letters and spaces that a recogniser misread. Words of a text layer, which have no confidence, stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from pipeline.model.draft import Change
from pipeline.model.text import fold
from pipeline.normalize.language import Language
from pipeline.normalize.rules.word_breaks import may_go_on
from pipeline.normalize.sentence import CellWord, Sentence, merged

# Two signs at least, one a digit: what may be a number with letters among its digits.
_NUMBER = re.compile(r"(?<![^\W_])(?=[\w|!$]*\d)[\dOoQlI|!ZSB$]{2,}(?![^\W_])")
_DEGREE = re.compile(r"(?<![^\W_])(S-?)[l|!](?![^\W_])")
_NUMBER_OF_UNITS = re.compile(r"^(\(?\d+)([^\W\d_]+\W*)$")
_CODE = re.compile(r"^(\W*)([^\W\d_]{1,3}([OoIl|!]))(\W*)$")
_WORD = re.compile(r"^(\W*?)([^\W\d_](?:[\w|!$&¢€]*[^\W_])?)(\W*)$")


def misread_rests(sentence: Sentence, language: Language) -> Sentence:
    """Set the letters that complete a word broken above, where a scan shows others in their place.

    Before: "Monitorin|8 Pelayanan", "BUPA|Ti", "ORGANISAS|l"; after: "Monitorin|g Pelayanan", "BUPA|TI", "ORGANISAS|I".
    """
    words = list(sentence.words[:1])
    changes: list[Change] = []
    for last, word in pairwise(sentence.words):
        rest = _rest(last, word, language)
        if rest is not None:
            changes.append(Change("misread-rest", word.text, rest))
        words.append(word if rest is None else replace(word, text=rest, mended=True))
    return sentence.changed(words, changes)


def torn_words(sentence: Sentence, language: Language) -> Sentence:
    """Join neighbours of a line with a narrow gap between, where they are no words and their sum is one.

    The narrow gap that a slash leaves is closed, too.

    Before: "Moni toring hasil", "Sekda/ asisten"; after: "Monitoring hasil", "Sekda/asisten".
    """
    words: list[CellWord] = []
    changes: list[Change] = []
    for word in sentence.words:
        if words and (_is_torn(words[-1], word, language) or _is_slashed(words[-1], word, language)):
            changes.append(Change("torn-word", f"{words[-1].text} {word.text}", words[-1].text + word.text))
            words[-1] = replace(merged([words[-1], word]), mended=True)
        else:
            words.append(word)
    return sentence.changed(words, changes)


def lost_spaces(sentence: Sentence, language: Language) -> Sentence:
    """Part a string that is no word into two that are, and set the space after a comma.

    A number is parted from its unit of time, too: a recogniser sees no space between narrow letters.

    Before: "denganjenis surat,dan", "3jam"; after: "dengan jenis surat, dan", "3 jam". What a recogniser is
    sure of was written so ("Memeriksadan", "dilingkungan") and stays.
    """
    words: list[CellWord] = []
    changes: list[Change] = []
    for word in sentence.words:
        doubted = word.confidence is not None and word.confidence < language.settings.sure_word
        parts = parted(word.text, language) if doubted else [word.text]
        if word.confidence is not None and (number := _NUMBER_OF_UNITS.match(word.text)):
            number_of = number[2].rstrip(".,;:)")
            if fold(number_of) in language.lexicon.units and len(number_of) >= language.settings.least_unit:
                changes.append(Change("lost-space", word.text, f"{number[1]} {number[2]}"))
                words += [replace(word, text=number[1]), CellWord(number[2], word.confidence)]
                continue
        if len(parts) == 1:
            words.append(word)
            continue
        changes.append(Change("lost-space", word.text, " ".join(parts)))
        words.append(replace(word, text=parts[0], mended=True))
        words += [CellWord(part, word.confidence, mended=True) for part in parts[1:]]
    return sentence.changed(words, changes)


def misread_numbers(sentence: Sentence, language: Language) -> Sentence:
    """Set the digits of a number that has letters among them.

    So is the digit of a degree.

    Before: "Tahun 2O17", "SOP O1", "Pendidikan Sl"; after: "Tahun 2017", "SOP 01", "Pendidikan S1".
    """
    return sentence.with_each("misread-number", lambda word: _with_digits(word, language))


def misread_codes(sentence: Sentence, language: Language) -> Sentence:
    """Set the digit of a short code that the document mostly prints so, where a letter like it was read.

    Before: "Blangko NI" beside "Blangko N1 sampai N4"; after: "Blangko N1".
    """
    return sentence.with_each("misread-code", lambda word: _with_code(word, language))


def misread_words(sentence: Sentence, language: Language) -> Sentence:
    """Set a known word for a string that is none and differs from it by letters easily mistaken.

    Before: "keputusan hasii seleksi", "KABAG ORGANISASl"; after: "keputusan hasil seleksi", "KABAG ORGANISASI".
    An author's own misspelling ("infomasi") differs otherwise, or was read surely and by all readers alike, and stays.
    """
    return sentence.with_each("misread-word", lambda word: _mended(word, language))


def parted(text: str, language: Language) -> list[str]:
    """Part a text into the words that it runs together; the text alone where it is one word."""
    pieces = re.split(r"(?<=[^\W\d_]{2}[,;])(?=[^\W\d_]{2})", text)
    return [word for piece in pieces for word in _two_words(piece, language)]


def readings(word: str, letters: Mapping[str, tuple[str, ...]], edits: int) -> Iterator[tuple[int, str]]:
    """List every string that `word` may be a misreading of.

    Args:
        word: What was read, casefolded.
        letters: What a letter, or a pair of them, may have been: {"rn": ("m",)}.
        edits: How many letters may be mistaken at most.

    Yields:
        The number of letters mistaken, from 1, and the string.
    """
    found = {word}
    for count in range(1, edits + 1):
        found = {other for one in found for other in _one_edit(one, letters)} - {word}
        yield from ((count, other) for other in sorted(found))


def likeliest(word: str, language: Language) -> str | None:
    """Tell which word an unknown, casefolded string was most likely read from; None where no word comes near."""
    settings, vocabulary = language.settings, language.vocabulary
    edits = settings.misread_letters if len(word) >= settings.misread_long else 1
    options = [
        (vocabulary.weight(other) - settings.misread_cost * count, other)
        for count, other in readings(word, language.lexicon.misread_letters, edits)
        if vocabulary.real(other) or (count == 1 and vocabulary.knows(other))
    ]
    return max(options)[1] if options else None


def as_cased(pattern: str, word: str) -> str:
    """Set `word` in the case of `pattern`: capitals where most of its letters are, a capital first, or none."""
    letters = [letter for letter in pattern if letter.isalpha()]
    if sum(letter.isupper() for letter in letters) * 2 > len(letters) and len(letters) > 1:
        return word.upper()
    return word.capitalize() if pattern[0].isupper() else word


def _rest(last: CellWord, word: CellWord, language: Language) -> str | None:
    """What completes the word that ends `last`; None where that is a word, nothing fits, or nothing is amiss."""
    head = re.search(r"[^\W\d_]{3,}$", last.text)
    full = word.room is not None and word.room < language.settings.full_letters
    if word.confidence is None or not full or head is None or language.vocabulary.real(head[0]):
        return None
    if head[0].isupper() and word.text.isalpha() and language.vocabulary.real(head[0] + word.text):
        return None if word.text.isupper() else word.text.upper()
    if not re.fullmatch(r"\W?\w?", word.text) or (word.text.isalpha() and not head[0].isupper()):
        return None
    known = [rest for _, rest in readings(word.text.casefold(), language.lexicon.misread_letters, 1)]
    known = [rest for rest in known if language.vocabulary.real(head[0] + rest)]
    return (known[0].upper() if head[0].isupper() else known[0]) if known else None


def _is_slashed(last: CellWord, word: CellWord, language: Language) -> bool:
    """Whether a slash only seems to have a space beside it: a recogniser sees one where letters lean away from it."""
    if word.confidence is None or word.gap is None or word.gap > language.settings.slash_gap:
        return False
    return len(last.text) > 1 and len(word.text) > 1 and (last.text[-1] == "/" or word.text[0] == "/")


def _is_torn(last: CellWord, word: CellWord, language: Language) -> bool:
    if word.confidence is None or word.gap is None or word.gap > language.settings.torn_gap:
        return False
    known = language.vocabulary
    if not may_go_on(last.text, word.text) or known.knows(last.text):
        return False
    return not known.real(word.text.rstrip(".,;:)")) and known.knows((last.text + word.text).strip(".,;:()"))


def _two_words(text: str, language: Language) -> list[str]:
    """The two surely known words that make up an unknown string; else the string alone.

    Authors write "dilingkungan" and "keseluruh" themselves: "di", "ke" and "se" are too short to be parted.
    """
    match = re.fullmatch(r"(\W*)([^\W\d_]+)(\W*)", text)
    known, shorter, longer = language.vocabulary, language.settings.parted_shorter, language.settings.parted_longer
    if match is None or len(match[2]) < shorter + longer or known.knows(match[2]):
        return [text]
    opening, word, closing = match.groups()
    cuts = [cut for cut in range(shorter, len(word) - shorter + 1) if max(cut, len(word) - cut) >= longer]
    cuts = [
        cut
        for cut in cuts
        if word[cut:].islower() and all(_is_frequent(part, language) for part in (word[:cut], word[cut:]))
    ]
    if not cuts:
        return [text]
    best = max(cuts, key=lambda cut: known.weight(word[:cut]) + known.weight(word[cut:]))
    return [opening + word[:best], word[best:] + closing]


def _is_frequent(word: str, language: Language) -> bool:
    """Whether a string is a word so frequent that nobody takes it for a piece of another."""
    return language.vocabulary.real(word) and language.vocabulary.zipf_of(word) >= language.settings.parted_zipf


def _with_digits(word: CellWord, language: Language) -> CellWord:
    text = word.text
    if word.confidence is not None:
        text = _NUMBER.sub(lambda match: _digits(match[0], language), text)
        text = _DEGREE.sub(r"\g<1>1", text)
    return word if text == word.text else replace(word, text=text, mended=True)


def _with_code(word: CellWord, language: Language) -> CellWord:
    match = _CODE.match(word.text)
    if word.confidence is None or match is None or language.vocabulary.knows(match[2]):
        return word
    digit = language.lexicon.misread_digits[match[3]]
    code = f"{match[2][:-1]}{digit}".casefold()
    if language.printed.get(code, 0) < max(1, language.printed.get(match[2].casefold(), 0)):
        return word
    return replace(word, text=f"{match[1]}{match[2][:-1]}{digit}{match[4]}", mended=True)


def _digits(number: str, language: Language) -> str:
    """The number in digits; as it was where its letters are too many to be misread digits.

    Of O, l and I there may be as many as digits: "O1" is 01. Of others fewer: "S1" and "D3" stay.
    """
    letters = [sign for sign in number if not sign.isdigit()]
    odd = sum(sign not in "OolI|!" for sign in letters)
    digits = len(number) - len(letters)
    if odd >= language.settings.misread_digit_share * digits or len(letters) > digits:
        return number
    return "".join(language.lexicon.misread_digits.get(sign, sign) for sign in number)


def _one_edit(word: str, letters: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """`word` with one of its letters, or pairs of letters, as what it may have been."""
    for start in range(len(word)):
        for length in (1, 2):
            for true in letters.get(word[start : start + length], ()) if start + length <= len(word) else ():
                yield word[:start] + true + word[start + length :]


def _mended(word: CellWord, language: Language) -> CellWord:
    match = _WORD.match(word.text)
    settings = language.settings
    if word.confidence is None or match is None or word.piece:
        return word
    if word.confidence >= settings.sure_word and not (word.disputed and not match[2].isupper()):
        return word  # capitals are mostly a name's, which may be like a word
    core = match[2]
    if len(core) < settings.misread_short or language.vocabulary.knows(core):
        return word
    other = likeliest(core.casefold(), language)
    return word if other is None else replace(word, text=match[1] + as_cased(core, other) + match[3], mended=True)
