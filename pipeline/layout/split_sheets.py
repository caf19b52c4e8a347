"""One sheet that was printed over several pages: put together where the rulings match at the cut."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from pipeline.layout.matrix_head import MUTU_BAKU
from pipeline.layout.ruled_page import RuledPage
from pipeline.message import msg
from pipeline.model.clustering import cluster
from pipeline.model.geometry import Axis, Box, union
from pipeline.model.headings import Headings
from pipeline.model.issue import Issue
from pipeline.model.page import Page, Ruling, Tile, Word
from pipeline.model.vectors import Subpath, VectorPath, Vectors
from pipeline.settings import LayoutSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Piece:
    """A page that may be a piece of a sheet.

    Attributes:
        ruled: The page with its tables.
        xs: Where lines run down through its largest table, left to right.
        ys: Where they run across it, top to bottom.
        lines: All its rulings but the short ones.
        heads: The kinds of the heads in the table.
    """

    ruled: RuledPage
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    lines: tuple[Ruling, ...]
    heads: frozenset[str]

    @property
    def page(self) -> Page:
        """The page."""
        return self.ruled.page


class SheetJoiner:
    """Puts sheets together that were printed over several pages, while the pages of a document come by.

    A sheet may be one where a page names activities and none of Mutu Baku, and pages follow whose rows or columns stand
    in the same places.
    """

    def __init__(self, headings: Headings, settings: LayoutSettings) -> None:
        self._headings, self._settings = headings, settings
        self._waiting: list[_Piece] = []

    @property
    def is_waiting(self) -> bool:
        """Whether pages that were taken have not been given out: they may be pieces of a sheet."""
        return bool(self._waiting)

    def add(self, page: Page) -> list[RuledPage]:
        """Take the next page; the pages, in order and with their tables, that are known to be no pieces, or sheets.

        Those of one sheet come out as one, all others are the same objects.
        """
        ruled = RuledPage(page, self._headings, self._settings)
        piece = _piece(ruled, self._settings)
        if self._waiting and piece and _belongs(piece, self._waiting, self._settings):
            self._waiting.append(piece)
            return []
        found = self.finish()
        if piece and "kegiatan" in piece.heads and piece.heads.isdisjoint(MUTU_BAKU):
            self._waiting = [piece]
            return found
        return [*found, ruled]

    def finish(self) -> list[RuledPage]:
        """The pages that were still waited with."""
        found = list(_joined(self._waiting, self._headings, self._settings))
        self._waiting = []
        return found


def _piece(ruled: RuledPage, settings: LayoutSettings) -> _Piece | None:
    """What tells whether a text page is a piece of a sheet; None where it has no table."""
    page = ruled.page
    largest = ruled.largest if page.kind in ("text", "blank") else None
    if largest is None:
        return None
    table, snap, part = largest.table, settings.snap * page.text_size, settings.sheet_line
    return _Piece(
        ruled,
        _places([r for r in table.vertical if r.length >= part * table.box.height], snap),
        _places([r for r in table.horizontal if r.length >= part * table.box.width], snap),
        tuple(r for r in page.rulings if r.length >= settings.sheet_short * page.text_size),
        frozenset(largest.kinds.values()),
    )


def _places(lines: Sequence[Ruling], snap: float) -> tuple[float, ...]:
    return tuple(sum(r.at for r in same) / len(same) for same in cluster(lines, snap, lambda r: r.at))


def _belongs(piece: _Piece, waiting: Sequence[_Piece], settings: LayoutSettings) -> bool:
    """Whether a page has no activities of its own, and its lines stand where those of another piece do."""
    if "kegiatan" in piece.heads or piece.page.number - waiting[-1].page.number != 1:
        return False
    return any(_shows(piece, "h", w.ys, settings) or _shows(piece, "v", w.xs, settings) for w in waiting)


def _shows(piece: _Piece, axis: Axis, places: Sequence[float], settings: LayoutSettings) -> bool:
    """Whether a piece has lines of an axis where those of another one stand, but for a few."""
    lines = [line.at for line in piece.lines if line.axis == axis]
    found = sum(any(abs(at - place) <= settings.sheet_slack for at in lines) for place in places)
    return len(places) >= settings.sheet_least and found >= settings.sheet_share * len(places)


def _joined(pieces: Sequence[_Piece], headings: Headings, settings: LayoutSettings) -> Iterator[RuledPage]:
    """The pieces as one page where they make up a sheet with the columns of Mutu Baku, else as they are."""
    heads = {kind for piece in pieces for kind in piece.heads}
    if len(heads.intersection(MUTU_BAKU)) >= 2:
        for rows in _arrangements(pieces):
            if _fits(rows, settings):
                numbers = ", ".join(str(piece.page.number) for piece in pieces)
                log.info("pages %s: one sheet of %d by %d pages", numbers, len(rows[0]), len(rows))
                yield RuledPage(_sheet(rows, settings), headings, settings)
                return
    yield from (piece.ruled for piece in pieces)


def _arrangements(pieces: Sequence[_Piece]) -> Iterator[list[list[_Piece]]]:
    """The pieces in rows, as programs print them: down and then over, or over and then down."""
    count = len(pieces)
    for height in (h for h in range(1, count) if count % h == 0):
        width = count // height
        yield [[pieces[c * height + r] for c in range(width)] for r in range(height)]
        if height > 1:
            yield [list(pieces[r * width : (r + 1) * width]) for r in range(height)]


def _fits(rows: Sequence[Sequence[_Piece]], settings: LayoutSettings) -> bool:
    """Whether every piece's rows stand where those of the first of its row do, and its columns where the top one's."""
    across = all(_shows(piece, "h", row[0].ys, settings) for row in rows for piece in row[1:])
    down = all(_shows(row[c], "v", rows[0][c].xs, settings) for row in rows[1:] for c in range(len(row)))
    return across and down


def _sheet(rows: Sequence[Sequence[_Piece]], settings: LayoutSettings) -> Page:
    """The sheet with its first piece where it stands on its page; issues are those of all pieces."""
    lefts, tops = [0.0], [0.0]
    for before, piece in zip(rows[0], rows[0][1:], strict=False):
        lefts.append(lefts[-1] + before.xs[-1] - piece.xs[0])
    for before, piece in zip((row[0] for row in rows), (row[0] for row in rows[1:]), strict=False):
        tops.append(tops[-1] + before.ys[-1] - piece.ys[0])
    tiles: list[Tile] = []
    moved: list[Page] = []
    for r, c in product(range(len(rows)), range(len(rows[0]))):
        page, cut = rows[r][c].page, _cut(rows, r, c)
        area = cut.shifted(lefts[c], tops[r])
        tiles.append(Tile(page.number, area, lefts[c], tops[r], page.transform))
        moved.append(_moved(page, cut, lefts[c], tops[r]))
    first, whole = rows[0][0].page, union(tile.area for tile in tiles)
    words = [word for page in moved for word in page.words]
    return Page(
        number=first.number,
        width=whole.x1,
        height=whole.bottom,
        kind="text",
        words=tuple(_mended(words, [tile.area for tile in tiles], settings)),
        rulings=tuple(ruling for page in moved for ruling in page.rulings),
        issues=(*(issue for page in moved for issue in page.issues), _put_together(tiles)),
        vectors=Vectors(
            tuple(_each_once(path for page in moved if page.vectors for path in page.vectors.paths)),
            tuple(image for page in moved if page.vectors for image in page.vectors.images),
        ),
        tiles=tuple(sorted(tiles, key=lambda tile: tile.page)),
        pieces=tuple(sorted((piece.page for row in rows for piece in row), key=lambda page: page.number)),
    )


def _put_together(tiles: Sequence[Tile]) -> Issue:
    numbers = ", ".join(str(number) for number in sorted(tile.page for tile in tiles))
    message = msg(
        "pages {pages} show one sheet, whose rulings match at the cuts; they were put together", pages=numbers
    )
    return Issue.of("sheet-put-together", "info", message)


def _cut(rows: Sequence[Sequence[_Piece]], r: int, c: int) -> Box:
    """The part of a piece's page that is shown: cut where the next piece goes on, else up to the page's edge."""
    xs, ys, page = rows[0][c].xs, rows[r][0].ys, rows[r][c].page
    return Box(
        xs[0] if c else 0.0,
        ys[0] if r else 0.0,
        xs[-1] if c + 1 < len(rows[0]) else page.width,
        ys[-1] if r + 1 < len(rows) else page.height,
    )


def _moved(page: Page, cut: Box, dx: float, dy: float) -> Page:
    """A page's content where it stands on the sheet. What reaches over a cut is whole, or is joined, elsewhere."""
    vectors = page.vectors or Vectors()
    reach = page.text_size
    rulings = (_clipped(ruling, cut) for ruling in page.rulings)
    return replace(
        page,
        words=tuple(
            replace(word, box=word.box.shifted(dx, dy))
            for word in page.words
            if cut.grown(reach, 0).contains(*word.box.center)
        ),
        rulings=tuple(_shifted(ruling, dx, dy) for ruling in rulings if ruling),
        vectors=Vectors(
            tuple(_shifted_path(p, dx, dy) for p in vectors.paths if p.box.intersection(cut.grown(reach))),
            tuple(replace(image, box=image.box.shifted(dx, dy)) for image in vectors.images),
        ),
    )


def _clipped(ruling: Ruling, cut: Box) -> Ruling | None:
    """The part of a ruling on the shown part of its page."""
    (low, high), (first, last) = (
        (cut.x_range(), cut.y_range()) if ruling.axis == "v" else (cut.y_range(), cut.x_range())
    )
    start, end = max(ruling.start, first), min(ruling.end, last)
    slack = ruling.width + 1
    return replace(ruling, start=start, end=end) if end > start and low - slack <= ruling.at <= high + slack else None


def _shifted(ruling: Ruling, dx: float, dy: float) -> Ruling:
    along, at = (dx, dy) if ruling.axis == "h" else (dy, dx)
    return replace(ruling, at=ruling.at + at, start=ruling.start + along, end=ruling.end + along)


def _shifted_path(path: VectorPath, dx: float, dy: float) -> VectorPath:
    subpaths = tuple(
        Subpath(tuple((x + dx, y + dy) for x, y in subpath.points), subpath.closed, subpath.curved)
        for subpath in path.subpaths
    )
    return replace(path, subpaths=subpaths, box=path.box.shifted(dx, dy))


def _each_once(paths: Iterable[VectorPath]) -> list[VectorPath]:
    """The paths of a sheet in a new order; one that several pages draw, each a part of it, is one."""
    found: dict[tuple[object, ...], VectorPath] = {}
    for path in paths:
        places = tuple((round(x), round(y)) for subpath in path.subpaths for x, y in subpath.points)
        key = (places, path.stroke, path.fill)
        before = found.get(key)
        box = union([before.box, path.box]) if before else path.box
        found[key] = replace(path, box=box, order=len(found) if before is None else before.order)
    return list(found.values())


def _mended(words: Sequence[Word], areas: Sequence[Box], settings: LayoutSettings) -> list[Word]:
    """The words of a sheet; those that a cut runs through are joined from both sides, or come whole from one."""
    cuts = sorted({area.x0 for area in areas} - {0.0})
    done = list(words)
    for x in cuts:
        left = [w for w in done if abs(w.box.x1 - x) <= w.size and w.box.center[0] < x]
        right = [w for w in done if abs(w.box.x0 - x) <= w.size and w.box.center[0] >= x]
        for before in left:
            after = next((w for w in right if _goes_on(before, w, settings)), None)
            if after is not None:
                done[done.index(before)] = replace(
                    before, text=_both(before, after), box=union([before.box, after.box])
                )
                done.remove(after)
                right.remove(after)
    return done


def _goes_on(before: Word, after: Word, settings: LayoutSettings) -> bool:
    """Whether a word beyond a cut stands on the line of the one before it, without the room between two words."""
    room = after.box.x0 - before.box.x1
    level = abs(after.box.center[1] - before.box.center[1]) <= before.size / 4
    return level and before.orientation is after.orientation and room <= settings.sheet_word_gap * before.size


def _both(before: Word, after: Word) -> str:
    """The letters of both, those once that both pages print."""
    overlap = before.box.x1 - after.box.x0
    letter = after.box.width / max(len(after.text), 1)
    for count in range(min(len(before.text), len(after.text)), 0, -1):
        if before.text.endswith(after.text[:count]) and overlap >= (count - 1 / 2) * letter:
            return before.text + after.text[count:]
    return before.text + after.text
