"""The cover of one SOP in a transcript: a table, a table run together, or one with headed paragraphs below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise

from pipeline.model.text import letter_runs, squash
from pipeline.transcript.blocks import Row, TextBlock
from pipeline.transcript.boxes import Lines, Side, find_box_label, first_box_row, read_side
from pipeline.transcript.dictionary import Dictionary, TextLine, UnplacedWord, line_of, text_of
from pipeline.transcript.identity import Identity, label_column, read_identity
from pipeline.transcript.known_words import KnownWords
from pipeline.transcript.merged_columns import KnownLines, has_merged_columns, read_merged_identity, split_sides

LEFT_BOXES = ("dasar_hukum", "keterkaitan", "peringatan")


@dataclass(frozen=True)
class CoverText:
    """What a cover says: `heading` above everything, issuing bodies, identity fields and boxes by name.

    `whole` says that the lines of boxes are whole items, `merged` that its columns had run together. `debris` was read
    and taken for none of them.
    """

    heading: Lines = ()
    instansi: Lines = ()
    fields: dict[str, Lines] = field(default_factory=dict)
    boxes: dict[str, Lines] = field(default_factory=dict)
    whole: bool = False
    merged: bool = False
    debris: tuple[str, ...] = ()


def is_cover(rows: Sequence[Row], dictionary: Dictionary, known: KnownWords) -> bool:
    """Whether a table holds identity fields or boxes of a cover."""
    if label_column(rows, known, dictionary.settings) is not None or has_merged_columns(rows, known):
        return True
    return first_box_row(rows, dictionary, known) < len(rows)


def read_cover_table(rows: Sequence[Row], seen: KnownLines, dictionary: Dictionary, known: KnownWords) -> CoverText:
    """The cover that one table holds, identity above boxes."""
    cut = first_box_row(rows, dictionary, known)
    column = label_column(rows[:cut], known, dictionary.settings)
    if column is None:
        identity = read_merged_identity(rows[:cut], dictionary, known)
        left, right = split_sides(rows[cut:], seen, dictionary, known)
    else:
        identity = read_identity(rows[:cut], column, dictionary, known)
        edge = max(column, 1)
        left, right = [row[:edge] for row in rows[cut:]], [row[edge:] for row in rows[cut:]]
    sides = [read_side(side, dictionary, known) for side in (left, right)]
    return _combined(identity, sides, _one_row_a_box(rows[cut:], sides), column is None)


def _combined(identity: Identity, sides: Sequence[Side], whole: bool, merged: bool) -> CoverText:
    boxes = {name: lines for side in sides for name, lines in side.boxes.items()}
    debris = (*identity.debris, *(text for side in sides for text in side.debris))
    return CoverText((), identity.instansi, identity.fields, boxes, whole, merged, debris)


def _one_row_a_box(rows: Sequence[Row], sides: Sequence[Side]) -> bool:
    """Whether each box's text stands in one row: its printed lines are lost, its items run on."""
    return sum(any(row) for row in rows) <= 2 * max((len(side.boxes) for side in sides), default=0)


def with_paragraphs(
    cover: CoverText,
    above: Sequence[TextBlock],
    below: Sequence[TextBlock],
    dictionary: Dictionary,
    known: KnownWords,
) -> CoverText:
    """The cover with what stands around its table: the issuing body above it, headed paragraphs below it."""
    bodies = [block for block in above if _is_body(block, known)]
    instansi = cover.instansi or tuple(line_of(line) for block in bodies[-1:] for line in block.lines)
    taken = bodies[-1:] if not cover.instansi else []
    heading = tuple(line_of(line) for block in above if block not in taken for line in block.lines)
    boxes = dict(cover.boxes)
    for name, lines in _headed(below, dictionary, known).items():
        boxes[name] = (*boxes.get(name, ()), *(line_of(line) for line in lines))
    return replace(cover, heading=heading, instansi=instansi, boxes=boxes, whole=cover.whole or bool(below))


def opens_box(block: TextBlock, dictionary: Dictionary, known: KnownWords) -> bool:
    """Whether a paragraph begins with the head of a box: "Dasar Hukum:"."""
    return bool(block.lines) and _box_name(block.lines[0], dictionary, known) is not None


def _box_name(line: str, dictionary: Dictionary, known: KnownWords) -> str | None:
    label = line.partition(":")[0]
    head = find_box_label(label.split(), (), dictionary, known)
    whole = head and head.start == 0 and head.end == len(label.split()) and head.score >= dictionary.settings.same_label
    return head.name if head and whole else None


def _headed(blocks: Iterable[TextBlock], dictionary: Dictionary, known: KnownWords) -> dict[str, list[str]]:
    boxes: dict[str, list[str]] = {}
    name: str | None = None
    for line in (line for block in blocks for line in block.lines):
        if found := _box_name(line, dictionary, known):
            name = found
            rest = line.partition(":")[2].strip()
            boxes.setdefault(name, []).extend([rest] if rest else [])
        elif name:
            boxes[name].append(line)
    return boxes


def _is_body(block: TextBlock, known: KnownWords) -> bool:
    return bool(block.lines) and (letter_runs(block.lines[0]) or [""])[0] in known.words.bodies


_MARK = re.compile(r"\d{1,2}[.)]")


def known_lines(covers: Iterable[CoverText]) -> KnownLines:
    """What covers with columns say on either side, for one whose columns were run together."""
    boxes = [(name, [*map(_key, lines)]) for cover in covers for name, lines in cover.boxes.items()]
    left = [lines for name, lines in boxes if name in LEFT_BOXES]
    right = [lines for name, lines in boxes if name not in LEFT_BOXES]
    return KnownLines(frozenset(chain(*left)), frozenset(chain(*right)), tuple("".join(lines) for lines in left))


def _key(line: TextLine) -> str:
    return squash(text_of(line))


def split_by_known(cover: CoverText, others: Sequence[CoverText], least: int) -> CoverText:
    """The cover with items that run on in one line parted where another cover of the document has one of them whole.

    An item of fewer than `least` letters is not looked for.
    """
    if not cover.whole:
        return cover
    boxes = {}
    for name, lines in cover.boxes.items():
        whole = [item for other in others if not other.whole for item in _whole_items(other.boxes.get(name, ()))]
        items = [item for item in whole if len(item) >= least]
        boxes[name] = tuple(part for line in lines for part in _split_line(line, items))
    return replace(cover, boxes=boxes)


def _whole_items(lines: Lines) -> list[str]:
    """The items of a box, squashed and without marks: a line begins one if it has a mark."""
    items: list[str] = []
    for line in lines:
        text = text_of(line)
        marked = bool(line) and bool(re.fullmatch(r"\d{1,2}[.)]", line[0].text))
        body = squash(" ".join(word.text for word in line[1:])) if marked else squash(text)
        if marked or not items:
            items.append(body)
        else:
            items[-1] += body
    return items


def _split_line(line: TextLine, items: Sequence[str]) -> list[TextLine]:
    """A line cut wherever one of the items begins or ends in it."""
    ends = [0]
    for word in line:
        ends.append(ends[-1] + len(squash(word.text)))
    text = squash(text_of(line))
    cuts = {0, len(line)}
    for item in items:
        start = text.find(item)
        if start in ends and start + len(item) in ends:
            cuts |= {ends.index(start), len(ends) - 1 - ends[::-1].index(start + len(item))}
    edges = sorted(cuts)
    return [line[a:b] for a, b in pairwise(edges)]


def with_lost_ends(cover: CoverText, others: Sequence[CoverText], dictionary: Dictionary) -> CoverText:
    """The cover with lines whose end was cut off as the same box of other covers has them, where these agree.

    "2. Alat Tulis Kar" -> "2. Alat Tulis Kantor"; the cut one is kept as another reading.
    """
    boxes = {}
    for name, lines in cover.boxes.items():
        whole = [line for other in others for line in other.boxes.get(name, ()) if not any(t.piece for t in line)]
        boxes[name] = tuple(_with_end(line, whole, dictionary) for line in lines)
    return replace(cover, boxes=boxes)


def _with_end(line: TextLine, whole: Sequence[TextLine], dictionary: Dictionary) -> TextLine:
    if not line or not line[-1].piece:
        return line
    mark, body = _mark_of(line)
    cut = squash(text_of(body))
    bodies = {squash(text_of(rest)): rest for _, rest in map(_mark_of, whole)}
    found = [rest for key, rest in bodies.items() if len(key) > len(cut) and key.startswith(cut[:-1])]
    if len(found) != 1 or len(cut) < dictionary.settings.least_line:
        return line
    first, *rest = (UnplacedWord(word.text, dictionary.settings.mended_confidence) for word in found[0])
    return (*mark, replace(first, readings=(text_of(body),)), *rest)


def _mark_of(line: TextLine) -> tuple[TextLine, TextLine]:
    """A line's list mark, where it has one, and the rest."""
    return (line[:1], line[1:]) if line and _MARK.fullmatch(line[0].text) else ((), line)
