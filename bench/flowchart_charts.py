"""Random flowcharts in a matrix, laid out as painted objects, with their truth."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from bench.flowchart_ink import (
    Arrow,
    Ink,
    Kind,
    Place,
    Point,
    Style,
    Symbol,
    SymbolStyle,
    Text,
    connector_ink,
    strip,
    symbol_ink,
)

WIDTH, HEIGHT, MARGIN = 842.0, 595.0, 36.0
HEAD_ROWS = (40.0, 54.0, 78.0)  # y of the head's three rulings below its first
ROLES = ("Staf", "Kasubbag", "Kabag", "Sekretaris", "Kadis", "Pemohon", "Bupati")
WORDS = (
    "surat",
    "disposisi",
    "laporan",
    "dokumen",
    "konsep",
    "verifikasi",
    "data",
    "berkas",
    "naskah",
    "rapat",
    "nota",
)
VERBS = ("Menerima", "Memeriksa", "Menyusun", "Meneliti", "Mengirim", "Mencatat", "Menandatangani", "Mengarsipkan")


@dataclass
class Sheet:
    """One page: what is painted on it, and the same as an office program knows it.

    `xs` and `ys` are where the table's columns and rows begin and end.
    """

    things: list[Ink | Text] = field(default_factory=list)
    symbols: list[tuple[Symbol, str]] = field(default_factory=list)  # with the words in them
    arrows: list[Arrow | Ink] = field(default_factory=list)  # off-page symbols are ink
    labels: list[Text] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    xs: tuple[float, ...] = ()
    ys: tuple[float, ...] = ()


@dataclass
class Chart:
    """A random flowchart: its truth, its layout, and its sheets."""

    roles: tuple[str, ...]
    rows: list[list[tuple[int, Kind]]]
    edges: list[tuple[Place, Place, str]]
    style: Style
    sheets: list[Sheet] = field(default_factory=list)

    def truth(self) -> list[dict[str, Any]]:
        """The truth in the form of the truth files."""
        name = [self.roles[lane] for lane in range(len(self.roles))]
        kegiatan = [
            {"no": i, "uraian": "", "pelaksana": [name[at] for at, _ in row], "kinds": [[name[at], k] for at, k in row]}
            for i, row in enumerate(self.rows, 1)
        ]
        edges = [[[a[0] + 1, name[a[1]]], [b[0] + 1, name[b[1]]], label] for a, b, label in self.edges]
        pages = [1, len(self.sheets)]
        return [{"pages": pages, "header": {}, "pelaksana": name, "kegiatan": kegiatan, "edges": edges}]


def random_style(rng: random.Random) -> Style:
    """A style of drawing."""
    symbol: SymbolStyle = rng.choice(
        ("stroke", "both", "two", "two", "shadow", "lines", "double", "gradient", "ring", "colour")
    )
    under = rng.random() < 0.5 and symbol not in ("stroke", "lines", "ring")
    return Style(
        symbol=symbol,
        line=rng.choice(("stroke", "stroke", "word", "word", "pieces", "outline", "rects", "dashed")),
        head=rng.choice(("filled", "filled", "open", "vee", "stealth")),
        gap=rng.choice((0.0, 0.0, 0.0, 1.0, 4.0, 8.0)),
        diagonal=rng.random() < 0.12,
        offpage=rng.choice(("bare", "pentagon")),
        under=under,
        from_middle=under and rng.random() < 0.4,
        words=rng.choice(("none", "none", "number", "words")),
        rulings=rng.choice(("lines", "cells")),
    )


def scanned_style(rng: random.Random) -> Style:
    """A style as scanned SOPs have it: dark symbols and thick lines among the usual ones."""
    style = random_style(rng)
    symbol: SymbolStyle = rng.choice(
        ("stroke", "both", "shadow", "colour", "solid", "solid", "glossy", "glossy", "blue")
    )
    under = style.under and symbol not in ("stroke",)
    return replace(
        style,
        symbol=symbol,
        line="pieces" if style.line == "outline" else style.line,
        under=under,
        from_middle=under and style.from_middle,
        weight=rng.choice((1.0, 1.0, 2.0, 3.0)),
        process=rng.choice(("box", "box", "trapezoid")),
    )


def random_chart(seed: int, style_of: Callable[[random.Random], Style] = random_style) -> Chart:
    """A chart of 4 to 12 steps over one to three sheets, every symbol with a connector."""
    rng = random.Random(seed)
    while True:
        chart = _try(rng, style_of)
        outs, ins = {a for a, *_ in chart.edges}, {b for _, b, _ in chart.edges}
        places = [(i, lane) for i, row in enumerate(chart.rows) for lane, _ in row]
        if places[0] in outs and places[-1] in ins and places[-1] not in outs and set(places) <= outs | ins:
            return chart


def chart_in(chart: Chart, style: Style, seed: int) -> Chart:
    """The same steps laid out and drawn in another style."""
    made = Chart(chart.roles, chart.rows, [], style)
    _lay_out(made, random.Random(seed))
    return made


def _try(rng: random.Random, style_of: Callable[[random.Random], Style]) -> Chart:
    roles = tuple(rng.sample(ROLES, rng.randint(3, 6)))
    count = rng.randint(4, 12)
    rows: list[list[tuple[int, Kind]]] = []
    for i in range(count):
        kind: Kind = (
            "start"
            if i == 0
            else "end"
            if i == count - 1
            else rng.choice(("process", "process", "process", "process", "decision", "document"))
        )
        lanes = rng.sample(
            range(len(roles)), 2 if 0 < i < count - 1 and kind == "process" and rng.random() < 0.25 else 1
        )
        rows.append([(lane, kind) for lane in sorted(lanes)])
    chart = Chart(roles, rows, [], style_of(rng))
    _lay_out(chart, rng)
    return chart


class _Plan:
    """The state of one chart being laid out."""

    def __init__(self, chart: Chart, rng: random.Random) -> None:
        self.chart, self.rng = chart, rng
        self.per_sheet = rng.randint(4, 6)
        self.height = (HEIGHT - 2 * MARGIN - HEAD_ROWS[-1] - 30) / self.per_sheet
        self.xs = self._columns()
        self.symbols: dict[Place, Symbol] = {}
        self.lines: list[tuple[int, list[Ink]]] = []
        self.arrows: list[tuple[int, Arrow | Ink]] = []
        self.texts: list[tuple[int, Text]] = []
        self.ports: dict[tuple[Place, str], int] = {}
        self.crossed: set[int] = set()  # the sheets whose foot a connector leaves at

    def _columns(self) -> list[float]:
        """The x of the rulings: no, kegiatan, the roles, kelengkapan, waktu, output, keterangan."""
        n = len(self.chart.roles)
        lane = self.rng.uniform(52, 62)
        rest = WIDTH - 2 * MARGIN - n * lane - 24
        shares = (0.36, *(0.0,) * n, 0.2, 0.12, 0.2, 0.12)
        xs = [MARGIN, MARGIN + 24]
        for i, share in enumerate(shares):
            xs.append(xs[-1] + (lane if 0 < i <= n else rest * share))
        return xs

    def lane(self, i: int) -> tuple[float, float]:
        return self.xs[2 + i], self.xs[3 + i]

    def sheet_of(self, row: int) -> int:
        return row // self.per_sheet

    def top_of(self, row: int) -> float:
        return MARGIN + HEAD_ROWS[-1] + (row % self.per_sheet) * self.height

    def foot(self, sheet: int) -> float:
        rows = min(self.per_sheet, len(self.chart.rows) - sheet * self.per_sheet)
        return MARGIN + HEAD_ROWS[-1] + rows * self.height

    def head(self) -> float:
        return MARGIN + HEAD_ROWS[-1]


def _lay_out(chart: Chart, rng: random.Random) -> None:
    plan = _Plan(chart, rng)
    for i, row in enumerate(chart.rows):
        for lane, kind in row:
            x0, x1 = plan.lane(lane)
            w = (x1 - x0) * rng.uniform(0.5, 0.62)
            h = min(w * (0.75 if kind == "decision" else 0.55), plan.height * 0.42)
            x, y = (x0 + x1) / 2, plan.top_of(i) + plan.height * 0.5
            plan.symbols[i, lane] = Symbol(
                (i, lane), kind, plan.sheet_of(i), x - w / 2, y - h / 2, x + w / 2, y + h / 2
            )
    _connect_all(plan)
    for number in range(plan.sheet_of(len(chart.rows) - 1) + 1):
        chart.sheets.append(_sheet(plan, number))


def _connect_all(plan: _Plan) -> None:
    chart, rng = plan.chart, plan.rng
    for i in range(len(chart.rows) - 1):
        here = [(i, lane) for lane, _ in chart.rows[i]]
        there = [(i + 1, lane) for lane, _ in chart.rows[i + 1]]
        if len(here) == 2 and rng.random() < 0.3 and abs(here[0][1] - here[1][1]) == 1:
            _edge(plan, here[0], here[1], "", double=rng.random() < 0.6)
            here = here[-1:] if rng.random() < 0.5 else here[:1]
        if len(there) == 2 and plan.sheet_of(i) == plan.sheet_of(i + 1) and rng.random() < 0.4:
            _fork(plan, here[0], there)
        elif len(there) == 2:
            for target in there:
                _edge(plan, here[0], target, "")
        else:
            label = "Ya" if chart.rows[i][0][1] == "decision" and rng.random() < 0.8 else ""
            for source in here:
                _edge(plan, source, there[0], label)
    back: dict[Place, list[Point]] = {}
    for i, row in enumerate(chart.rows):
        if row[0][1] != "decision":
            continue
        first = max(0, i - rng.randint(1, 4))
        goal = (first, rng.choice(chart.rows[first])[0])
        if (i, row[0][0]) == goal or any(e[:2] == ((i, row[0][0]), goal) for e in chart.edges):
            continue
        _back(plan, (i, row[0][0]), goal, back)


def _edge(plan: _Plan, a: Place, b: Place, label: str, double: bool = False) -> None:
    """One connector, over a page break as two halves; the edge is true where it could be drawn."""
    s, t = plan.symbols[a], plan.symbols[b]
    if s.sheet != t.sheet:
        if t.sheet - s.sheet != 1 or not _over_break(plan, s, t):
            return
        plan.chart.edges.append((a, b, ""))
        return
    points = _route(plan, s, t)
    if points is None:
        return
    plan.chart.edges.append((a, b, label))
    if double:
        plan.chart.edges.append((b, a, ""))
    points = _shortened(points, plan.chart.style.gap)
    if plan.chart.style.from_middle and not double and not plan.chart.style.diagonal:
        points = [(s.x, s.y), *points]
    _draw(plan, s.sheet, points, double)
    if label:
        _label(plan, s.sheet, points, label)


def _route(plan: _Plan, s: Symbol, t: Symbol) -> list[Point] | None:
    """A way from s to t that runs through no symbol, by a port of s that is free."""
    if plan.chart.style.diagonal and s.place[0] != t.place[0]:
        way = [(s.x, s.bottom), (t.x, t.top)] if s.y < t.y else [(s.x, s.top), (t.x, t.bottom)]
        return way if _clear(plan, way, s, t) else None
    ways = _candidates(plan, s, t)
    plan.rng.shuffle(ways)
    ways.sort(key=lambda way: plan.ports.get((s.place, way[0]), 0) + plan.ports.get((t.place, "in" + way[1]), 0))
    for out, into, points in ways:
        taken = (
            plan.ports.get((s.place, out)) or plan.ports.get((s.place, "in" + out)) or plan.ports.get((t.place, into))
        )
        if _clear(plan, points, s, t) and not taken:
            plan.ports[s.place, out] = 1
            plan.ports[t.place, "in" + into] = plan.ports.get((t.place, "in" + into), 0) + 1
            return points
    return None


def _candidates(plan: _Plan, s: Symbol, t: Symbol) -> list[tuple[str, str, list[Point]]]:
    rng = plan.rng
    ways: list[tuple[str, str, list[Point]]] = []
    side, entry = ("right", "left") if t.x > s.x else ("left", "right")
    sx, tx = (s.x1, t.x0) if side == "right" else (s.x0, t.x1)
    if s.place[0] == t.place[0]:
        return [(side, entry, [(sx, s.y), (tx, t.y)])]
    if t.y > s.y:
        if abs(t.x - s.x) < 1:
            ways.append(("bottom", "top", [(s.x, s.bottom), (t.x, t.top)]))
        else:
            mid = s.bottom + (t.top - s.bottom) * rng.uniform(0.35, 0.65)
            ways.append(("bottom", "top", [(s.x, s.bottom), (s.x, mid), (t.x, mid), (t.x, t.top)]))
            ways.append((side, "top", [(sx, s.y), (t.x, s.y), (t.x, t.top)]))
            ways.append(("bottom", entry, [(s.x, s.bottom), (s.x, t.y), (tx, t.y)]))
    for out, x0, x in (
        ("right", s.x1, plan.lane(s.place[1])[1] - rng.uniform(2, 6)),
        ("left", s.x0, plan.lane(s.place[1])[0] + rng.uniform(2, 6)),
    ):
        ty = t.y
        far = t.x1 if x > t.x else t.x0
        into = "right" if x > t.x else "left"
        ways.append((out, into, [(x0, s.y), (x, s.y), (x, ty), (far, ty)]))
    return ways


def _clear(plan: _Plan, points: Sequence[Point], s: Symbol, t: Symbol) -> bool:
    """Whether a way keeps off all symbols but its ends', and leaves its own only once."""
    for i, (a, b) in enumerate(pairwise(points)):
        for other in plan.symbols.values():
            if other.sheet != s.sheet:
                continue
            own = (other is s and i == 0) or (other is t and i == len(points) - 2)
            margin = -1.0 if own else 3.0
            if _hits(a, b, other, margin):
                return False
    return True


def _hits(a: Point, b: Point, s: Symbol, margin: float) -> bool:
    steps = max(2, int(math.dist(a, b)))
    return any(
        s.x0 - margin < a[0] + (b[0] - a[0]) * k / steps < s.x1 + margin
        and s.top - margin < a[1] + (b[1] - a[1]) * k / steps < s.bottom + margin
        for k in range(steps + 1)
    )


def _shortened(points: Sequence[Point], gap: float) -> list[Point]:
    """The way without its last `gap` points at either end, where it is long enough."""
    made = list(points)
    for end, inner in ((0, 1), (-1, -2)):
        length = math.dist(made[end], made[inner])
        if gap and length > 2 * gap + 14:
            share = gap / length
            (x, y), (u, v) = made[end], made[inner]
            made[end] = (x + (u - x) * share, y + (v - y) * share)
    return made


def _fork(plan: _Plan, a: Place, targets: Sequence[Place]) -> None:
    """One line down to a bar, and from the bar an arrow to each target."""
    s, goals = plan.symbols[a], [plan.symbols[t] for t in targets]
    y = s.bottom + (goals[0].top - s.bottom) * 0.5
    if plan.ports.get((a, "bottom")) or any(plan.ports.get((g.place, "top")) for g in goals):
        return
    trunk, xs = [(s.x, s.bottom), (s.x, y)], sorted({g.x for g in goals} | {s.x})
    ways = [trunk, [(xs[0], y), (xs[-1], y)], *([(g.x, y), (g.x, g.top)] for g in goals)]
    if not all(_clear(plan, way, s, g) for way in ways for g in goals[:1]):
        return
    plan.ports[a, "bottom"] = 1
    for goal in goals:
        plan.ports[goal.place, "intop"] = 1
        plan.chart.edges.append((a, goal.place, ""))
    _draw(plan, s.sheet, trunk, heads=False)
    _draw(plan, s.sheet, [(xs[0], y), (xs[-1], y)], heads=False)
    for goal in goals:
        _draw(plan, s.sheet, _shortened([(goal.x, y), (goal.x, goal.top)], 0), False)


def _back(plan: _Plan, a: Place, goal: Place, back: dict[Place, list[Point]]) -> None:
    """A return line: to its symbol, or onto the return line that leads there already."""
    s, t = plan.symbols[a], plan.symbols[goal]
    if s.sheet != t.sheet:
        return
    label = plan.rng.choice(("Tidak", "T", "Tidak setuju", ""))
    if goal in back:
        trunk = back[goal]
        (x, y0), (_, y1) = trunk[1], trunk[2]
        out, x0 = ("right", s.x1) if x > s.x else ("left", s.x0)
        way = [(x0, s.y), (x, s.y)]
        if min(y0, y1) + 4 < s.y < max(y0, y1) - 4 and not plan.ports.get((a, out)) and _clear(plan, way, s, s):
            plan.ports[a, out] = 1
            plan.chart.edges.append((a, goal, label))
            _draw(plan, s.sheet, way, heads=plan.rng.random() < 0.5)
            if label:
                _label(plan, s.sheet, way, label)
            return
    points = _route(plan, s, t)
    if points is None:
        return
    plan.chart.edges.append((a, goal, label))
    _draw(plan, s.sheet, _shortened(points, plan.chart.style.gap), False)
    if len(points) == 4 and abs(points[1][0] - points[2][0]) < 0.1:
        back[goal] = points
    if label:
        _label(plan, s.sheet, points, label)


def _over_break(plan: _Plan, s: Symbol, t: Symbol) -> bool:
    """Both halves of a connector over a page break."""
    style, rng = plan.chart.style, plan.rng
    foot, head = plan.foot(s.sheet), plan.head()
    drop = 14.0 if style.offpage == "pentagon" else 0.0
    out = [(s.x, s.bottom), (s.x, foot + 2)]
    into = [(t.x, head - (0 if drop else 1)), (t.x, t.top)]
    if any(
        o.sheet == s.sheet and o.place[0] == s.place[0] + 0 and o is not s and abs(o.x - s.x) < 1
        for o in plan.symbols.values()
    ):
        return False
    if plan.ports.get((s.place, "bottom")) or not _clear(plan, out, s, s) or not _clear(plan, into[::-1], t, t):
        return False
    if plan.ports.get((t.place, "intop")) or plan.ports.get((s.place, "off")):
        return False
    if s.sheet in plan.crossed:  # one pair for each break
        return False
    plan.crossed.add(s.sheet)
    plan.ports[s.place, "bottom"] = plan.ports[t.place, "intop"] = 1
    _draw(plan, s.sheet, out, heads=drop > 0 or rng.random() < 0.5)
    _draw(plan, t.sheet, into, False)
    if drop:
        for sheet, x, y in ((s.sheet, s.x, foot + 2), (t.sheet, t.x, head - 12)):
            points = ((x - 5, y), (x + 5, y), (x + 5, y + 7), (x, y + 12), (x - 5, y + 7))
            plan.lines.append((sheet, [Ink(points, True, fill="#ffffff")]))
            plan.arrows.append((sheet, Ink(points, True, fill="#ffffff")))
    return True


def _label(plan: _Plan, sheet: int, points: Sequence[Point], label: str) -> None:
    """The words beside the first part of a connector."""
    (x0, y0), (x1, y1) = points[:2]
    width = len(label) * 2.9
    if abs(y1 - y0) < 0.1:
        x = x0 + (1 if x1 > x0 else -1) * (width / 2 + 1)
        plan.texts.append((sheet, Text(x, y0 - 2, label, 5.5)))
    else:
        plan.texts.append((sheet, Text(x0 + width / 2 + 2, y0 + (7 if y1 > y0 else -4), label, 5.5)))


def _draw(plan: _Plan, sheet: int, points: Sequence[Point], double: bool = False, heads: bool = True) -> None:
    """A connector in the chart's style, its arrowhead at the last point, and at the first where it has two."""
    plan.arrows.append((sheet, Arrow(tuple(points), heads, double)))
    plan.lines.append((sheet, connector_ink(list(points), plan.chart.style, heads, double, plan.rng)))


def _sheet(plan: _Plan, number: int) -> Sheet:
    """The table's rulings and words, then symbols and connectors in the style's order."""
    sheet = Sheet()
    _table(plan, number, sheet)
    sheet.texts = [thing for thing in sheet.things if isinstance(thing, Text)]
    sheet.xs, sheet.ys = tuple(plan.xs), _ruled(plan, number)
    own = [s for s in plan.symbols.values() if s.sheet == number]
    sheet.symbols = [(s, text.text if (text := _inside(s, plan.chart.style)) else "") for s in own]
    sheet.arrows = [arrow for n, arrow in plan.arrows if n == number]
    sheet.labels = [text for n, text in plan.texts if n == number]
    symbols = [ink for s in plan.symbols.values() if s.sheet == number for ink in symbol_ink(s, plan.chart.style)]
    lines = [ink for n, inks in plan.lines if n == number for ink in inks]
    sheet.things += [*lines, *symbols] if plan.chart.style.under else [*symbols, *lines]
    sheet.things += [text for n, text in plan.texts if n == number]
    sheet.things += [
        text for s in plan.symbols.values() if s.sheet == number and (text := _inside(s, plan.chart.style))
    ]
    return sheet


def _ruled(plan: _Plan, number: int) -> tuple[float, ...]:
    """Where the rows of a sheet's table begin and end, those of its head first."""
    rows = sum(plan.sheet_of(i) == number for i in range(len(plan.chart.rows)))
    return (*(MARGIN + y for y in HEAD_ROWS), *(plan.head() + (i + 1) * plan.height for i in range(rows)))


def _inside(s: Symbol, style: Style) -> Text | None:
    """The words in a symbol."""
    words = {"start": "Mulai", "end": "Selesai", "decision": "?"}.get(s.kind, "Proses")
    text = {"none": "", "number": str(s.place[0] + 1), "words": words}[style.words]
    return Text(s.x, s.y + 2, text, 5.5, "#ffffff" if style.is_dark else "#000000") if text else None


def _table(plan: _Plan, number: int, sheet: Sheet) -> None:
    rng, chart, xs = plan.rng, plan.chart, plan.xs
    rows = [i for i in range(len(chart.rows)) if plan.sheet_of(i) == number]
    foot, n = plan.foot(number), len(chart.roles)
    first, second, third = (MARGIN + y for y in HEAD_ROWS)
    x_roles, x_mutu, x_ket = xs[2], xs[2 + n], xs[-2]
    if number == 0:
        sheet.things.append(Text(WIDTH / 2, MARGIN + 20, "SOP PENGELOLAAN SURAT", 10))
    ys = [third, *(plan.top_of(i) + plan.height for i in rows)]
    cells = chart.style.rulings == "cells"
    for y in (first, *(ys if not cells else ys[:0])):
        sheet.things.append(Ink(((xs[0], y), (xs[-1], y)), width=0.5))
    if cells:
        sides = [((x0, y), (x1, y)) for y in ys for x0, x1 in pairwise(xs)]
        sides += [((x, y0), (x, y1)) for x in xs for y0, y1 in pairwise(ys)]
        sheet.things += [Ink(strip(side, 0.5), True, None, "#000000") for side in sides]
    sheet.things.append(Ink(((x_roles, second), (x_ket, second)), width=0.5))
    for i, x in enumerate(xs):
        inner = 2 < i < len(xs) - 2 and i != 2 + n
        sheet.things.append(Ink(((x, second if inner else first), (x, third if cells else foot)), width=0.5))
    heads = ["No", "Kegiatan", *chart.roles, "Kelengkapan", "Waktu", "Output", "Ket"]
    for i, head in enumerate(heads):
        y = (second + third) / 2 + 3 if 2 <= i < len(heads) - 1 else (first + third) / 2 + 3
        sheet.things.append(Text((xs[i] + xs[i + 1]) / 2, y, head))
    sheet.things.append(Text((x_roles + x_mutu) / 2, (first + second) / 2 + 3, "Pelaksana"))
    sheet.things.append(Text((x_mutu + x_ket) / 2, (first + second) / 2 + 3, "Mutu Baku"))
    for i in rows:
        y = plan.top_of(i) + plan.height / 2
        words = [f"{i + 1}.", f"{rng.choice(VERBS)} {' '.join(rng.sample(WORDS, 2))}"]
        for x0, x1, text in zip(xs, xs[1:], words, strict=False):
            sheet.things.append(Text((x0 + x1) / 2, y, text, 6.5))
        for k, text in enumerate((rng.choice(WORDS), f"{rng.randint(1, 60)} menit", rng.choice(WORDS))):
            sheet.things.append(Text((xs[2 + n + k] + xs[3 + n + k]) / 2, y, text.capitalize(), 6.5))
