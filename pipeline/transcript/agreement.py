"""What one cover of a document tells about another: the same lines stand on many of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from pipeline.model.text import squash
from pipeline.transcript.boxes import Lines
from pipeline.transcript.cover_text import LEFT, Cover
from pipeline.transcript.dictionary import Dictionary, TextLine, Token, text_of
from pipeline.transcript.merged_columns import KnownLines

_MARK = re.compile(r"\d{1,2}[.)]")


def known_lines(covers: Iterable[Cover]) -> KnownLines:
    """What covers with columns say on either side, for one whose columns were run together."""
    boxes = [(name, [*map(_key, lines)]) for cover in covers for name, lines in cover.boxes.items()]
    left = [lines for name, lines in boxes if name in LEFT]
    right = [lines for name, lines in boxes if name not in LEFT]
    return KnownLines(frozenset(chain(*left)), frozenset(chain(*right)), tuple("".join(lines) for lines in left))


def _key(line: TextLine) -> str:
    return squash(text_of(line))


def split_by_known(cover: Cover, others: Sequence[Cover]) -> Cover:
    """The cover with items that run on in one line parted where another cover of the document has one of them whole."""
    if not cover.whole:
        return cover
    boxes = {}
    for name, lines in cover.boxes.items():
        items = [item for other in others if not other.whole for item in _items(other.boxes.get(name, ()))]
        boxes[name] = tuple(part for line in lines for part in _parted(line, items))
    return replace(cover, boxes=boxes)


def _items(lines: Lines) -> list[str]:
    """The items of a box, tight and without marks: a line begins one if it has a mark."""
    items: list[str] = []
    for line in lines:
        text = text_of(line)
        marked = bool(line) and bool(re.fullmatch(r"\d{1,2}[.)]", line[0].text))
        body = squash(" ".join(token.text for token in line[1:])) if marked else squash(text)
        if marked or not items:
            items.append(body)
        else:
            items[-1] += body
    return items


def _parted(line: TextLine, items: Sequence[str]) -> list[TextLine]:
    """A line cut wherever one of the items begins or ends in it."""
    ends = [0]
    for token in line:
        ends.append(ends[-1] + len(squash(token.text)))
    text = squash(text_of(line))
    cuts = {0, len(line)}
    for item in items:
        start = text.find(item)
        if len(item) > 12 and start in ends and start + len(item) in ends:
            cuts |= {ends.index(start), len(ends) - 1 - ends[::-1].index(start + len(item))}
    edges = sorted(cuts)
    return [line[a:b] for a, b in zip(edges, edges[1:], strict=False)]


def with_lost_ends(cover: Cover, others: Sequence[Cover], words: Dictionary) -> Cover:
    """The cover with lines whose end was cut off as the same box of other covers has them, where these agree.

    "2. Alat Tulis Kar" -> "2. Alat Tulis Kantor"; the cut one is kept as another reading.
    """
    boxes = {}
    for name, lines in cover.boxes.items():
        whole = [line for other in others for line in other.boxes.get(name, ()) if not any(t.piece for t in line)]
        boxes[name] = tuple(_with_end(line, whole, words) for line in lines)
    return replace(cover, boxes=boxes)


def _with_end(line: TextLine, whole: Sequence[TextLine], words: Dictionary) -> TextLine:
    if not line or not line[-1].piece:
        return line
    mark, body = _mark_of(line)
    cut = squash(text_of(body))
    bodies = {squash(text_of(rest)): rest for _, rest in map(_mark_of, whole)}
    found = [rest for key, rest in bodies.items() if len(key) > len(cut) and key.startswith(cut[:-1])]
    if len(found) != 1 or len(cut) < words.settings.least_line:
        return line
    first, *rest = (Token(token.text, words.settings.mended_confidence) for token in found[0])
    return (*mark, replace(first, readings=(text_of(body),)), *rest)


def _mark_of(line: TextLine) -> tuple[TextLine, TextLine]:
    """A line's list mark, where it has one, and the rest."""
    return (line[:1], line[1:]) if line and _MARK.fullmatch(line[0].text) else ((), line)
