"""A word that a reviewer teaches to all documents: one more line of `lexicon.yaml`, all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.corrections.parse import parse_overlay
from pipeline.corrections.yaml_edit import inline
from pipeline.corrections.yaml_positions import read_yaml
from pipeline.errors import PipelineError
from pipeline.message import msg

WORDS = "words"
LONGEST_WORD = 80

_BY_HAND = msg("Write the line by hand.")


def with_taught_word(text: str | None, file: str, printed: str, meant: str) -> str:
    """The lexicon with one more word.

    Args:
        text: What is in the file; None where there is none.
        file: Its name, for messages.
        printed: The word as it is read.
        meant: What it should read.

    Raises:
        CorrectionsError: The file cannot be taken.
        PipelineError: It is no word, or taught already, or the file has a form that nothing can be put into.
    """
    for word in (printed, meant):
        if not word or len(word) > LONGEST_WORD or re.search(r"\s", word):
            raise PipelineError(msg("teach one word at a time, without spaces"))
    if printed == meant:
        raise PipelineError(msg("both words are the same"))
    text = text or ""
    known = parse_overlay(text, file).model_dump()
    if printed in known[WORDS]:
        raise PipelineError(
            msg('"{word}" is taught already: it becomes "{other}"', word=printed, other=known[WORDS][printed])
        )
    done = _with_line(text, file, f"{inline(printed)}: {inline(meant)}")
    if parse_overlay(done, file).model_dump() != {**known, WORDS: {**known[WORDS], printed: meant}}:
        raise PipelineError(msg("{file} has a form that nothing can be appended to", file=file), _BY_HAND)
    return done


def _with_line(text: str, file: str, line: str) -> str:
    source = read_yaml(text, file)
    words = source.value.get(WORDS) if isinstance(source.value, dict) else None
    if not isinstance(words, dict) or not words:
        if isinstance(source.value, dict) and WORDS in source.value:
            raise PipelineError(msg("{file} has a form that nothing can be appended to", file=file), _BY_HAND)
        return text + ("\n" if text and not text.endswith("\n") else "") + f"{WORDS}:\n  {line}\n"
    place = source.positions[WORDS,]
    if text[place.start] == "{":
        end = place.end - 1
        return text[:end].rstrip().rstrip(",") + f", {line}" + text[end:]
    indent = text[text.rfind("\n", 0, place.start) + 1 : place.start]
    return text[: place.start] + f"{line}\n{indent}" + text[place.start :]


def taught_in(words: str, printed: str, meant: str) -> Iterator[tuple[str, str]]:
    """The lines of a text that hold a word by itself, as they are and as they would read."""
    alone = re.compile(rf"(?<!\w){re.escape(printed)}(?!\w)")
    for line in words.splitlines():
        after = alone.sub(lambda _found: meant, line)
        if after != line:
            yield line, after
