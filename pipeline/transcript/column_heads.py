"""The head of a transcript's matrix: which column is what, when its cells are cut, doubled or misread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.model.text import letter_runs, squash
from pipeline.settings import TranscriptSettings
from pipeline.transcript.blocks import Row
from pipeline.transcript.dictionary import Dictionary, TextLine, line_of, text_of
from pipeline.transcript.known_words import KnownWords, known_as, likeness_of, nearest


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column: its `kind` is a key of the vocabulary's columns, or "pelaksana"."""

    kind: str
    head: TextLine


@dataclass(frozen=True)
class HeadText:
    """The columns left to right, the heads over several of them by name, and what was not taken for a head."""

    columns: tuple[ColumnHead, ...]
    groups: dict[str, TextLine] = field(default_factory=dict)
    debris: tuple[str, ...] = ()

    def span(self, group: str) -> range:
        """The columns that stand under a group's head."""
        kinds = ("pelaksana",) if group == "pelaksana" else ("kelengkapan", "waktu", "output", "lain")
        held = [index for index, column in enumerate(self.columns) if column.kind in kinds]
        return range(held[0], held[-1] + 1) if held else range(0)


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    columns: range
    raw: str
    form: str
    score: float


def is_head_row(row: Row, known: KnownWords, settings: TranscriptSettings) -> bool:
    """Whether a row names the activity column and one more."""
    kinds = [known_as(cell, known.headings.columns, settings.same_label) for cell in row]
    return "kegiatan" in kinds and len({kind for kind in kinds if kind}) > 1


def read_head(rows: Sequence[Row], width: int, dictionary: Dictionary, known: KnownWords) -> HeadText:
    """The head that `rows` (one or more, top to bottom) print over `width` columns."""
    settings = dictionary.settings
    grid = [list(row[:width]) + [""] * (width - len(row)) for row in rows]
    groups = _take_groups(grid, known, settings)
    lowest = _lowest(grid, known, settings)
    found = [_column_head([row[index] for row in grid[: lowest + 1]], dictionary, known) for index in range(width)]
    kinds = _kinds([" ".join(text) for text, _, _ in found], known, settings)
    columns = tuple(
        ColumnHead(kind, line_of(" ".join(text), readings=tuple(others)))
        for kind, (text, others, _) in zip(kinds, found, strict=True)
    )
    below = tuple(cell for row in grid[lowest + 1 :] for cell in row if cell)
    debris = (*(cell for _, _, lost in found for cell in lost), *below)
    return HeadText(columns, {group.name: _group_line(group) for group in groups}, debris)


def agreed_heads(heads: Sequence[HeadText], dictionary: Dictionary, known: KnownWords) -> list[HeadText]:
    """The heads of all matrices of a document, where one that is no sound name is read as another has it.

    "TIM PENYS UN" -> "TIM PENYU SUN", which joins to words; the other reading is kept.
    """
    named = [column.head for head in heads for column in head.columns if column.kind == "pelaksana"]
    sound = [line for line in named if _is_sound(line, dictionary, known)]
    return [
        replace(head, columns=tuple(_agreed(column, sound, dictionary, known) for column in head.columns))
        for head in heads
    ]


def _agreed(column: ColumnHead, sound: Sequence[TextLine], dictionary: Dictionary, known: KnownWords) -> ColumnHead:
    text = text_of(column.head)
    if column.kind != "pelaksana" or not text or _is_sound(column.head, dictionary, known):
        return column
    best = max(sound, key=lambda line: likeness_of(text_of(line), text), default=None)
    if best is None or likeness_of(text_of(best), text) < dictionary.settings.same_line:
        return column
    return ColumnHead(column.kind, line_of(text_of(best), dictionary.settings.mended_confidence, (text,)))


def _is_sound(line: TextLine, dictionary: Dictionary, known: KnownWords) -> bool:
    """Whether a name's pieces join to words: "BUPAT I KAB. BINTA N" do, "TIM PENYS UN" and "MENPA N N" do not."""
    pieces = letter_runs(text_of(line))
    reached = {0}
    for end in range(1, len(pieces) + 1):
        joined = (("".join(pieces[start:end]), start) for start in range(end) if start in reached)
        if any(word in known.words.posts or _stands(word, dictionary) for word, _ in joined):
            reached.add(end)
    return len(pieces) in reached


def _stands(word: str, dictionary: Dictionary) -> bool:
    settings = dictionary.settings
    least = settings.plain_zipf if len(word) < settings.short_word else settings.known_zipf
    return len(word) > 1 and dictionary.common(word) >= least


def _lowest(grid: Sequence[Sequence[str]], known: KnownWords, settings: TranscriptSettings) -> int:
    """The last row of the head: the one that names most columns."""
    named = [sum(bool(known_as(cell, known.headings.columns, settings.same_label)) for cell in row) for row in grid]
    return max(range(len(grid)), key=lambda index: (bool(named[index]), index))


def _take_groups(grid: list[list[str]], known: KnownWords, settings: TranscriptSettings) -> list[_Group]:
    """The heads over several columns, taken out of the grid; the best printing of each, pieces of one head joined.

    ("UNITP", "ELAKSANA") -> Unit Pelaksana; ("M", "UTU DOKUI", "MEN") -> Mutu Dokumen.
    """
    best: dict[str, _Group] = {}
    for row in grid[:-1] or grid:
        while found := _best_group(row, known, settings):
            found = _widened(found, row, known, settings)
            for index in found.columns:
                row[index] = ""
            if found.name not in best or best[found.name].score < found.score:
                best[found.name] = found
    return list(best.values())


def _best_group(row: Sequence[str], known: KnownWords, settings: TranscriptSettings) -> _Group | None:
    runs = [
        range(i, i + n)
        for n in range(1, settings.group_pieces + 1)
        for i in range(len(row) - n + 1)
        if all(squash(row[j]) for j in range(i, i + n))
    ]
    matches = [(run, nearest("".join(row[j] for j in run), known.headings.spans)) for run in runs]
    groups = [
        _Group(match.name, run, " ".join(row[j] for j in run), match.form, match.score)
        for run, match in matches
        if match and match.score >= settings.same_group
    ]
    return max(groups, key=lambda group: group.score, default=None)


def _widened(group: _Group, row: Sequence[str], known: KnownWords, settings: TranscriptSettings) -> _Group:
    """The group with a neighbour that is a piece of its head and no name.

    ("UNIT F", "PELAKSANA") -> Unit Pelaksana.
    """
    for columns in (
        range(group.columns.start - 1, group.columns.stop),
        range(group.columns.start, group.columns.stop + 1),
    ):
        if columns.start < 0 or columns.stop > len(row) or not all(squash(row[index]) for index in columns):
            continue
        added = next(row[index] for index in columns if index not in group.columns)
        raw = " ".join(row[index] for index in columns)
        match = nearest(raw, known.headings.spans)
        same = match and match.name == group.name and match.score >= group.score - settings.misread_piece
        if match and same and not _is_name(added, known):
            return _Group(match.name, columns, raw, match.form, match.score)
    return group


def _is_name(cell: str, known: KnownWords) -> bool:
    parts = letter_runs(cell)
    return bool(parts) and all(part in known.words.posts for part in parts)


def _group_line(group: _Group) -> TextLine:
    """A group's head as printed where it is whole, else in its known form with the print as another reading."""
    if squash(group.raw) == squash(group.form) and len(group.columns) == 1:
        return line_of(group.raw)
    return line_of(group.form, readings=(group.raw,))


def _column_head(
    cells: Sequence[str], dictionary: Dictionary, known: KnownWords
) -> tuple[list[str], list[str], list[str]]:
    """What one column's head says top to bottom, other readings of it, and debris.

    ("BUPAT", "I KAB. BINTA N") -> both; ("MENDAN", "MENPAN & RB") -> the second, the first a reading of it;
    ("WARA C", "KABAG ORGANIS ASI") -> the second, the first debris.
    """
    said = [cell for cell in cells if cell]
    if not said:
        return [], [], []
    *above, last = said
    kept, others, debris = [last], [], []
    for cell in reversed(above):
        if _repeats(cell, kept[0], dictionary.settings):
            others.append(cell)
        elif not _column_kind(kept[0], known, dictionary.settings) and _names(cell, kept[0], dictionary, known):
            kept.insert(0, cell)
        else:
            debris.append(cell)
    return kept, others, debris


def _repeats(cell: str, below: str, settings: TranscriptSettings) -> bool:
    """Whether a cell is another reading of the first words below it: "MENDAN" over "MENPAN & RB"."""
    count = len(cell.split())
    return len(squash(cell)) > 2 and likeness_of(cell, " ".join(below.split()[:count])) >= settings.same_label


def _names(cell: str, below: str, dictionary: Dictionary, known: KnownWords) -> bool:
    """Whether a cell may be the upper part of a name: known words, or a word that goes on below."""
    parts = letter_runs(cell)
    if not parts or any(c.isdigit() for c in cell):
        return False
    whole = [
        part for part in parts if part in known.words.posts or dictionary.weight(part) >= dictionary.settings.plain_zipf
    ]
    if len(whole) == len(parts):
        return True
    goes_on = parts[-1] + (letter_runs(below) or [""])[0]
    return parts[:-1] == whole[: len(parts) - 1] and any(
        post.startswith(goes_on[: len(parts[-1]) + 1]) for post in known.words.posts
    )


def _kinds(texts: Sequence[str], known: KnownWords, settings: TranscriptSettings) -> list[str]:
    """Each column's kind: by its head, else a Pelaksana column where it stands between activities and standards."""
    named = [_column_kind(text, known, settings) for text in texts]
    start = named.index("kegiatan") if "kegiatan" in named else 1
    after = [
        i
        for i, kind in enumerate(named)
        if i > start and kind in ("kelengkapan", "waktu", "output", "keterangan", "lain")
    ]
    end = after[0] if after else len(named)
    return [kind or ("pelaksana" if start < index < end else "lain") for index, kind in enumerate(named)]


def _column_kind(text: str, known: KnownWords, settings: TranscriptSettings) -> str | None:
    if squash(text) in ("no", "nomor"):
        return "no"
    return known_as(text, known.headings.columns, settings.same_label)
