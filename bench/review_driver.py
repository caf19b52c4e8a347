"""A reviewer's hands: makes one difference right on the review page, and counts what that took."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from psutil import Process

from pipeline.corrections.address import locate, parse_target
from pipeline.corrections.wording import same_words
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.model.pointer import pointer
from pipeline.model.record import Record
from pipeline.model.text import one_line

Entry = dict[str, YamlValue]

WAIT_MS = 8_000


class CannotError(Exception):
    """The page has nothing with which a difference could be made right."""


@dataclass
class Hands:
    """Clicks and types on a page, and counts.

    An action is a click, a text typed or pasted, a key pressed; a choice in a menu is two (open it, choose).

    Attributes:
        page: In the browser.
        actions: So far.
        server: The process that answers.
        waits: How long the browser waited for each action that writes, in milliseconds.
        works: How long the server's processor worked for it, in milliseconds.
    """

    page: Page
    server: Process
    actions: int = 0
    waits: list[float] = field(default_factory=list)
    works: list[float] = field(default_factory=list)

    def click(self, what: Locator, *, saves: bool = False) -> None:
        """Click something; with `saves` wait until the server has answered."""
        self.actions += 1
        self._doing(what.click, saves=saves)

    def type(self, what: Locator, text: str) -> None:
        """Type a text over what stands in a field, which was clicked."""
        self.actions += 1
        what.fill(text)

    def press(self, what: Locator, key: str, *, saves: bool = False) -> None:
        """Press a key."""
        self.actions += 1
        self._doing(lambda: what.press(key), saves=saves)

    def choose(self, what: Locator, value: str, *, saves: bool = False) -> None:
        """Open a menu and choose."""
        self.actions += 2
        self._doing(lambda: what.select_option(value), saves=saves)

    def _doing(self, act: Callable[[], object], *, saves: bool) -> None:
        if not saves:
            try:
                act()
            except PlaywrightTimeout as late:
                raise CannotError("nothing could be clicked") from late
            return
        begin = _worked(self.server)
        try:
            with self.page.expect_response(lambda answer: answer.request.method == "POST", timeout=WAIT_MS) as answer:
                act()
        except PlaywrightTimeout as late:
            raise CannotError("nothing was written") from late
        if answer.value.status != 200:
            raise CannotError(f"{answer.value.status}: {self.page.locator('#notice').inner_text()}")
        version = answer.value.text().partition('data-version="')[2].partition('"')[0]
        timing = answer.value.request.timing
        self.waits.append(timing["responseEnd"] - timing["requestStart"])
        self.works.append(1000 * (_worked(self.server) - begin))
        self.page.wait_for_selector(f'#state[data-version="{version}"]', timeout=WAIT_MS)


def _worked(server: Process) -> float:
    times = server.cpu_times()
    return float(times.user + times.system)


def make_right(hands: Hands, record: Record, entry: Entry) -> None:
    """Do on the page what an entry of `record_differences` says.

    Raises:
        CannotError: There is nothing on the page to do it with.
    """
    at = str(entry["at"])
    for start, do in _WAYS:
        if at.startswith(start):
            do(hands, record, entry)
            return
    _text(hands, record, entry)


def _box(hands: Hands, path: str) -> Locator:
    found = hands.page.locator(f"[data-path={json.dumps(path)}]").first
    if not found.count():
        raise CannotError(f"no field {path}")
    return found


def _pointer(record: Record, at: str) -> str:
    places = locate(record, parse_target(at))
    if not places:
        raise CannotError(f"nothing at {at}")
    return pointer(*places[0])


def _write(hands: Hands, box: Locator, text: YamlValue) -> None:
    area = box.locator("textarea")
    if not area.count():
        raise CannotError("no text to type over")
    hands.click(area)
    hands.type(area, "" if text is None else str(text))
    hands.press(area, "Control+Enter", saves=True)


def _text(hands: Hands, record: Record, entry: Entry) -> None:
    if "set" not in entry or isinstance(entry["set"], dict | list):
        raise CannotError(f"{entry}")
    _write(hands, _box(hands, _pointer(record, str(entry["at"]))), entry["set"])


def _pages(hands: Hands, _record: Record, entry: Entry) -> None:
    form = hands.page.locator("form[data-do=pages]")
    pages: Any = entry["set"]
    shown = [form.locator("[name=first]"), form.locator("[name=last]")]
    for area, page in zip(shown, pages, strict=True):
        if area.input_value() != str(page):
            hands.click(area)
            hands.type(area, str(page))
            last = area
    hands.press(last, "Enter", saves=True)


def _list(hands: Hands, record: Record, entry: Entry) -> None:
    name = str(entry["at"]).removeprefix("header/").partition("[")[0].partition("/")[0]
    items = [item if isinstance(item, str) else item.text for item in getattr(record.header, name)]
    if "insert" in entry:
        _append(hands, name, str(entry["insert"]), int(str(entry["after"])), len(items))
    elif "remove" in entry:
        place = _place(items, entry["expect"])
        hands.click(_item(hands, name, place).locator("[data-do=remove]"), saves=True)
    elif isinstance(entry["set"], list):
        _whole(hands, name, items, [str(item) for item in entry["set"]])
    elif isinstance(entry["set"], dict):
        raise CannotError(f"{entry}")
    else:
        _write(hands, _item(hands, name, _place(items, entry["expect"])), entry["set"])


def _place(items: list[str], expected: YamlValue) -> int:
    return next(place for place, item in enumerate(items) if same_words(item, str(expected)))


def _item(hands: Hands, name: str, place: int) -> Locator:
    return _box(hands, f"/header/{name}/{place}")


def _append(hands: Hands, name: str, text: str, after: int, length: int) -> None:
    new = hands.page.locator(f"#new-{name}")
    hands.click(new)
    hands.type(new, text)
    hands.press(new, "Enter", saves=True)
    for place in range(length, after, -1):
        handle = hands.page.locator(f"[data-list={name}] [data-item='{place}'] .handle")
        hands.press(handle, "ArrowUp", saves=True)


def _whole(hands: Hands, name: str, now: list[str], then: list[str]) -> None:
    """A whole list, item by item: split where an item holds two, joined where two make one, else written over."""
    place = 0
    while place < max(len(now), len(then)):
        if place >= len(then):
            hands.click(_item(hands, name, len(now) - 1).locator("[data-do=remove]"), saves=True)
            now = now[:-1]
        elif place >= len(now):
            _append(hands, name, then[place], len(now), len(now))
            now = [*now, then[place]]
        elif not same_words(now[place], then[place]):
            now = _one_item(hands, name, now, then, place)
        else:
            place += 1


def _one_item(hands: Hands, name: str, now: list[str], then: list[str], place: int) -> list[str]:
    item, wanted = one_line(now[place]), one_line(then[place])
    box = _item(hands, name, place)
    if item.startswith(wanted + " "):
        area = box.locator("textarea")
        hands.click(area)
        area.evaluate("(area, at) => area.setSelectionRange(at, at)", len(wanted))
        hands.click(box.locator("[data-how=split]"), saves=True)
        return [*now[:place], wanted, item[len(wanted) :].strip(), *now[place + 1 :]]
    if wanted.startswith(item + " ") and place + 1 < len(now):
        hands.click(box.locator("[data-how=join]"), saves=True)
        return [*now[:place], f"{item} {one_line(now[place + 1])}", *now[place + 2 :]]
    if now[place + 1 : place + 2] == [then[place]]:
        hands.click(box.locator("[data-do=remove]"), saves=True)
        return [*now[:place], *now[place + 1 :]]
    _write(hands, box, then[place])
    return [*now[:place], then[place], *now[place + 1 :]]


def _columns(hands: Hands, record: Record, entry: Entry) -> None:
    if "insert" in entry:
        new: Any = entry["insert"]
        area = hands.page.locator("#new-performer")
        hands.click(area)
        hands.type(area, new["nama"])
        after = int(str(entry["after"]))
        if after != len(record.pelaksana):
            hands.choose(hands.page.locator("#new-performer-after"), record.pelaksana[after - 1].id if after else "0")
        hands.press(area, "Enter", saves=True)
        return
    box = _box(hands, _pointer(record, str(entry["at"])))
    if "remove" in entry:
        hands.click(box.locator("[data-do=remove]"), saves=True)
        return
    wanted: Any = entry["set"]
    _write(hands, box, wanted["nama"])


def _steps(hands: Hands, record: Record, entry: Entry) -> None:
    at = str(entry["at"])
    if at.endswith("/pelaksana"):
        _performers(hands, record, entry)
    elif "insert" in entry:
        after = int(str(entry["after"]))
        hands.click(hands.page.locator(f"[data-do=insert-step][data-after='{after}']"), saves=True)
        new: Any = entry["insert"]
        cells = {"uraian": new["uraian"], "keterangan": new["keterangan"]}
        cells |= {f"mutu_baku/{name}": text for name, text in new["mutu_baku"].items() if name != "lain"}
        for name, text in cells.items():
            if text:
                _write(hands, _box(hands, f"/kegiatan/{after}/{name}"), text)
    elif "remove" in entry and "/" not in at:
        no = record.kegiatan[int(_pointer(record, at).rpartition("/")[2])].no
        hands.click(hands.page.locator(f".step[data-no='{no}'] [data-do=remove-step]"), saves=True)
    else:
        _text(hands, record, entry)


def _performers(hands: Hands, record: Record, entry: Entry) -> None:
    path = _pointer(record, str(entry["at"]))
    now, wanted = set(record.kegiatan[int(path.split("/")[2])].pelaksana), entry["set"]
    assert isinstance(wanted, list)
    for name in sorted(now.symmetric_difference(map(str, wanted)), key=lambda name: name in now):
        hands.click(_box(hands, path).locator(f"input[value={json.dumps(name)}]"), saves=True)


def _nodes(hands: Hands, record: Record, entry: Entry) -> None:
    if "insert" in entry:
        new: Any = entry["insert"]
        _add_symbol(hands, new)
        return
    box = _box(hands, _pointer(record, str(entry["at"])))
    if "remove" in entry:
        hands.click(box.locator("[data-do=remove]"), saves=True)
        return
    wanted: Any = entry["set"]
    if "kind" not in wanted:  # its label, of which the truth says nothing, comes with the kind
        raise CannotError(f"{entry}")
    hands.click(box.locator("button.kind"))
    hands.click(hands.page.locator(f"#kind-menu [data-pick={wanted['kind']}]"), saves=True)


def _add_symbol(hands: Hands, new: Any) -> None:
    """A symbol in a cell of the diagram: a click into its corner, where nothing stands, and the kind."""
    cell = hands.page.locator(f".diagram [data-performer={json.dumps(new['pelaksana'])}][data-row='{new['kegiatan']}']")
    hands.actions += 1
    cell.first.click(position={"x": 5, "y": 5})
    hands.click(hands.page.locator(f"#kind-menu [data-pick={new['kind']}]"), saves=True)


def _edges(hands: Hands, record: Record, entry: Entry) -> None:
    if "insert" in entry:
        new: Any = entry["insert"]
        _draw(hands, record, new["from"], new["to"], new.get("label"))
        return
    at = str(entry["at"]).removesuffix("/label")
    path = _pointer(record, at)
    if "remove" in entry:
        hands.click(_box(hands, path).locator("[data-do=remove]"), saves=True)
        return
    wanted: Any = entry["set"]
    if not isinstance(wanted, dict):
        _label(hands, path, wanted)
        return
    edge = record.flow.edges[int(path.rpartition("/")[2])]
    ends = [wanted.get("from", edge.source), wanted.get("to", edge.target)]
    hands.click(_box(hands, path).locator("[data-do=remove]"), saves=True)
    _draw(hands, record, ends[0], ends[1], wanted.get("label", edge.label))


def _draw(hands: Hands, record: Record, source: YamlValue, target: YamlValue, label: str | None) -> None:
    for end in (source, target):
        hands.click(hands.page.locator(f".diagram [data-node={json.dumps(_node(record, end))}]"))
    _pick_label(hands, label)


def _node(record: Record, named: YamlValue) -> str:
    """The id of a symbol that an entry names by its cell, with its kind or order where the cell has several."""
    if not isinstance(named, list):
        return str(named)
    at = "flow/nodes[" + ",".join(json.dumps(str(part)) for part in named) + "]"
    return record.flow.nodes[int(_pointer(record, at).rpartition("/")[2])].id


def _label(hands: Hands, path: str, label: str | None) -> None:
    line = hands.page.locator(f".diagram [data-edge-hit={json.dumps(path)}]")
    hands.actions += 1
    line.scroll_into_view_if_needed()
    line.dispatch_event("click")  # the middle of its box may be off its way
    _pick_label(hands, label)


def _pick_label(hands: Hands, label: str | None) -> None:
    """Choose the words of a connector in the menu that is open."""
    menu = hands.page.locator("#edge-menu")
    if label in (None, "", "ya", "tidak"):
        hands.click(menu.locator(f"[data-pick={json.dumps(label or '')}]"), saves=True)
        return
    words = menu.locator("input")
    hands.click(words)
    hands.type(words, str(label))
    hands.press(words, "Enter", saves=True)


_WAYS: tuple[tuple[str, Callable[[Hands, Record, Entry], None]], ...] = (
    ("source/pages", _pages),
    ("pelaksana", _columns),
    ("kegiatan", _steps),
    ("flow/nodes", _nodes),
    ("flow/edges", _edges),
    ("header/disahkan_oleh", _text),
    *((f"header/{name}", _list) for name in ("instansi", "dasar_hukum", "kualifikasi_pelaksana", "keterkaitan")),
    *((f"header/{name}", _list) for name in ("peralatan_perlengkapan", "peringatan", "pencatatan_pendataan")),
)


def record_in(folder: Path, sop: int) -> Record:
    """The record of a SOP as its file holds it now."""
    return Record.model_validate_json(next(folder.glob(f"{sop:02d}-*.sop.json")).read_bytes())
