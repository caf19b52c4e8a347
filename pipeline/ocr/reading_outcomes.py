"""What stands for the words of a region when a second reader has read some of them: other readings are kept beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean

from rapidfuzz import fuzz

from pipeline.model.geometry import Box, union
from pipeline.ocr.crops import RecognizedCrop
from pipeline.ocr.protocol import RecognizedWord
from pipeline.ocr.reading_alignment import matched, sureness
from pipeline.ocr.two_readings import Knows, is_bullet, is_comparison, is_known, is_plus_or_minus, is_remains, settled
from pipeline.settings import SecondReaderSettings

Span = tuple[int, ...]
"""Words of one printed line, by their index, that stand beside each other."""

Outcome = tuple[RecognizedWord | None, tuple[str, ...]]
"""A word that stands, None where none does; and the readings that do not."""


def with_answers(
    crop: RecognizedCrop,
    answers: Sequence[tuple[Span, tuple[RecognizedWord, ...]]],
    knows: Knows,
    settings: SecondReaderSettings,
) -> RecognizedCrop:
    """A crop with what the second reader said of some spans of it."""
    outcomes: dict[int, list[Outcome]] = {}
    for span, answer in answers:
        if not span:
            return _read_alone(crop, answer, knows, settings)
        outcomes |= {index: [] for index in span}
        alone = len(crop.words) == 1
        behind = next((word.text for word in crop.words[span[-1] + 1 :]), "")
        read = [crop.words[index] for index in span]
        for place, outcome in _compared(read, answer, behind, alone, knows, settings):
            outcomes[span[place]].append(outcome)
    words: list[RecognizedWord] = []
    rejected: dict[int, tuple[str, ...]] = {}
    waiting: tuple[str, ...] = ()
    for index, word in enumerate(crop.words):
        waiting += crop.rejected.get(index, ())
        for new, others in outcomes.get(index, [(word, ())]):
            waiting += others
            if new is not None:
                rejected |= {len(words): waiting} if waiting else {}
                words.append(new)
                waiting = ()
    if waiting and words:
        rejected[len(words) - 1] = (*rejected.get(len(words) - 1, ()), *waiting)
    return RecognizedCrop(crop.crop, tuple(words), rejected)


def _read_alone(
    crop: RecognizedCrop, answer: tuple[RecognizedWord, ...], knows: Knows, settings: SecondReaderSettings
) -> RecognizedCrop:
    """A crop in which the first engine found nothing: numbers and words of which the second one is sure."""
    if not _stands_alone(answer, knows, settings):
        return crop
    words = tuple(replace(word, confidence=min(word.confidence, settings.contested)) for word in answer)
    return RecognizedCrop(crop.crop, words, {})


def _stands_alone(answer: Sequence[RecognizedWord], knows: Knows, settings: SecondReaderSettings) -> bool:
    """Whether all words of an answer are sure, and one is a number or a word of the language."""
    meant = any(any(c.isdigit() for c in word.text) or is_known(word.text, knows) for word in answer)
    return meant and all(word.confidence >= settings.sure_line for word in answer)


def _compared(
    words: Sequence[RecognizedWord],
    answer: Sequence[RecognizedWord],
    behind: str,
    alone: bool,
    knows: Knows,
    settings: SecondReaderSettings,
) -> Iterator[tuple[int, Outcome]]:
    """What stands for the words of a span: each with the place of the word that it takes the place of.

    A stroke that only the first reader saw is left out, unless it stands `alone`, or may be the sign of a number.
    `behind` is the word behind the span.
    """
    answer = answer if sureness(answer) >= settings.seen else ()
    first, second = "".join(word.text for word in words), "".join(word.text for word in answer)
    is_mark = is_bullet(first, second) or is_comparison(first, second)
    if answer and not is_mark and fuzz.ratio(first, second) < settings.unlike:
        yield from _unlike(words, answer, knows, settings)
        return
    for (start, end), other in matched(words, answer, settings):
        group = words[start:end]
        sure = min(word.confidence for word in group)
        text = " ".join(word.text for word in group)
        following = words[end].text if end < len(words) else behind
        kept = alone or is_plus_or_minus(text, following)
        if other.confidence < settings.seen and is_remains(text) and sure < settings.doubted and not kept:
            yield start, (None, (text,))
            continue
        stands, confidence = settled(text, sure, other, knows, settings)
        if stands == text:
            others = (other.text,) if other.text not in ("", text) else ()
            for place, word in enumerate(group, start):
                trust = confidence if confidence > sure else min(confidence, word.confidence)
                yield place, (replace(word, confidence=trust), others if place == start else ())
        else:
            whole = replace(group[0], text=stands, box=union(word.box for word in group), confidence=confidence)
            for outcome in _parted(whole, (text,) if text.replace(" ", "") != stands.replace(" ", "") else ()):
                yield start, outcome


def _unlike(
    words: Sequence[RecognizedWord], answer: Sequence[RecognizedWord], knows: Knows, settings: SecondReaderSettings
) -> Iterator[tuple[int, Outcome]]:
    """Two readings of a span that have little in common: the second one if it is sure, else the first one, doubted."""
    first, second = (" ".join(word.text for word in reading) for reading in (words, answer))
    clearer = sureness(answer) >= fmean(word.confidence for word in words) + settings.lead
    sure = min(word.confidence for word in words) >= settings.doubted
    if sure or not (clearer or _stands_alone(answer, knows, settings)):
        for place, word in enumerate(words):
            doubted = word.confidence < settings.doubted
            trust = min(word.confidence, settings.kept) if doubted else word.confidence
            yield place, (replace(word, confidence=trust), (second,) if place == 0 else ())
        return
    whole = union(word.box for word in words)
    stretch = whole.width / max(word.box.x1 for word in answer)
    for place, word in enumerate(answer):
        box = Box(whole.x0 + word.box.x0 * stretch, whole.top, whole.x0 + word.box.x1 * stretch, whole.bottom)
        trust = min(word.confidence, settings.contested)
        yield 0, (replace(words[0], text=word.text, box=box, confidence=trust), (first,) if place == 0 else ())


def _parted(word: RecognizedWord, others: tuple[str, ...]) -> Iterator[Outcome]:
    """A word as one for each of its parts between spaces, which share its box by their letters."""
    step, place = word.box.width / len(word.text), 0
    for part in word.text.split(" "):
        start, end = word.box.x0 + step * place, word.box.x0 + step * (place + len(part))
        yield replace(word, text=part, box=Box(start, word.box.top, end, word.box.bottom)), others if not place else ()
        place += len(part) + 1
