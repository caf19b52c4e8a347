"""How much work the review page makes, and how long it keeps a reviewer waiting, measured in a browser.

    python -m bench.review GOLD_DIR... --read DIR [--documents 1000] [--damage 8] [--seed 1] [--only NAME...]

DIR is the output folder of a run, with its cache, over the documents of GOLD_DIR. What was read there, spoilt on
purpose in `--damage` places of each SOP where that is more than 0, is shown by `sop review` among `--documents`
documents. A script makes every difference from the truth right, with the page alone, and the records that the page
wrote are compared with the truth. Prints rows for docs/bench.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Page, sync_playwright
from psutil import Process

from bench.corrections_roundtrip import Gold, truth_of
from bench.record_differences import Entries, differences
from bench.review_damage import spoilt
from bench.review_driver import CannotError, Entry, Hands, make_right, record_in
from pipeline.batch.kept_readings import as_read, keep_as_read
from pipeline.corrections.normalizer import Normalizer
from pipeline.export.json import index_of
from pipeline.model.document import Digitized
from pipeline.normalize.lexicon import load_lexicon
from pipeline.store.cache import Cache
from pipeline.store.index_file import write_index
from pipeline.store.outputs import CACHE, write_document

MOST_STEPS = 400  # of a SOP: then the page does not come to an end
CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]"


@dataclass
class Work:
    """What it took to make SOPs right.

    Attributes:
        wrong: How many fields were wrong at the beginning.
        actions: Of the reviewer.
        waits: Milliseconds until each action that writes was answered.
        works: Milliseconds of the server's processor for it.
        left: What could not be made right, and why.
    """

    wrong: int = 0
    actions: int = 0
    waits: list[float] = field(default_factory=list)
    works: list[float] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def fields_in(entries: Entries) -> int:
    """How many fields some differences are: a step that is missing is as many as it has cells, a list as its items."""
    return sum(map(_fields, entries))


def _fields(entry: Entry) -> int:
    new, old = entry.get("insert", entry.get("set")), entry.get("expect")
    if entry["at"] == "kegiatan" and isinstance(new, dict) and isinstance(new["mutu_baku"], dict):
        return sum(bool(cell) for cell in (*new["mutu_baku"].values(), new["uraian"], new["keterangan"]))
    if isinstance(new, list) and isinstance(old, list) and str(entry["at"]).startswith("header/"):
        return max(1, (Counter(map(str, new)) - Counter(map(str, old))).total())
    return 1


def made_right(hands: Hands, address: str, folder: Path, golds: Sequence[Gold], normalizer: Normalizer) -> Work:
    """Make the SOPs of a document right on the page, one difference after the other."""
    work = Work()
    for sop, gold in enumerate(golds, 1):
        work.wrong += fields_in(_wrong(folder, sop, gold, normalizer))
        hands.page.goto(f"{address}/{sop}")
        given_up: set[str] = set()
        done: set[tuple[str, str]] = set()
        for _ in range(MOST_STEPS):
            left = [e for e in _wrong(folder, sop, gold, normalizer) if str(e) not in given_up]
            if not left:
                break
            told = json.dumps(left[0], default=str)
            try:
                if (told, _state(folder, sop)) in done:
                    raise CannotError("it was done, and nothing came of it")
                done.add((told, _state(folder, sop)))
                make_right(hands, record_in(folder, sop), left[0])
            except CannotError as error:
                given_up.add(str(left[0]))
                work.left.append(f"{folder.name}/{sop:02d} {told}: {error}")
    work.actions, work.waits, work.works = hands.actions, hands.waits, hands.works
    return work


def _state(folder: Path, sop: int) -> str:
    return record_in(folder, sop).model_dump_json(exclude={"corrections", "review", "evidence", "issues"})


def _wrong(folder: Path, sop: int, gold: Gold, normalizer: Normalizer) -> Entries:
    record = record_in(folder, sop)
    alone = record.model_copy(update={"id": f"{sop:02d}"})
    found = differences(alone, truth_of(gold, alone, normalizer), f"{sop:02d}", normalizer)
    return [entry for entry in found if not _within_a_cell(entry)]


def _within_a_cell(entry: Entry) -> bool:
    """Whether a connector leads from a symbol to itself: the truth names the cells of its ends, not their symbols."""
    new = entry.get("insert")
    return entry["at"] == "flow/edges" and isinstance(new, dict) and new["from"] == new["to"]


def folder_of(read: Path, names: Sequence[str], out: Path, documents: int, damage: int, seed: int) -> list[str]:
    """Write an output folder with what was read, spoilt, and copies of it up to so many documents; the names there."""
    normalizer, cache, made = Normalizer(load_lexicon()), Cache(out / CACHE), []
    for name in names:
        kept = as_read(Cache(read / CACHE), name)
        if kept is None:
            raise SystemExit(f"{name} was not read into {read}")
        one = Digitized(kept.document, spoilt(kept.records, normalizer, seed, damage))
        keep_as_read(cache, name, one)
        made.append(one)
    copies = [_copy(made[place % len(made)], f"salinan-{place:04}") for place in range(documents - len(made))]
    for one in [*made, *copies]:
        write_document(out, one)
    index = index_of([*made, *copies])
    write_index(out, index)
    return [entry.name for entry in index.documents]


def _copy(one: Digitized, name: str) -> Digitized:
    records = [r.model_copy(update={"id": f"{name}/{r.id.rpartition('/')[2]}"}) for r in one.records]
    return Digitized(one.document.model_copy(update={"name": name, "file": f"{name}.pdf"}), tuple(records))


@contextmanager
def served(inputs: Sequence[Path], out: Path, corrections: Path) -> Iterator[tuple[str, Process]]:
    """The address of `sop review` over a folder, as the command serves it, and its process."""
    folders = [*map(str, inputs), "--out", str(out), "--corrections", str(corrections)]
    command = [sys.executable, "-m", "pipeline", "review", *folders, "--no-browser", "--lang", "en"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        yield server.stdout.readline().split()[-1], Process(server.pid)
    finally:
        server.terminate()
        server.wait(20)


def first_paints(browser: Browser, address: str, times: int = 7) -> list[float]:
    """When the queue was first seen, in milliseconds after it was asked for, in a browser that has nothing kept."""
    found = []
    for _ in range(times):
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        page.goto(address)
        page.wait_for_function(PAINT)
        found.append(float(page.evaluate(f"{PAINT}.startTime")))
        context.close()
    return found


def picture_times(page: Page, address: str, place: int, folder: Path) -> list[float]:
    """How long each page's picture of a document takes when it is first asked for, in milliseconds."""
    pages = len(json.loads((folder / "document.json").read_text())["pages"])
    script = """async (url) => { const start = performance.now(); const answer = await fetch(url);
                await answer.blob(); return answer.ok ? performance.now() - start : -1 }"""
    return [page.evaluate(script, f"{address}d/{place}/page/{number}") for number in range(1, pages + 1)]


def told(name: str, times: Sequence[float]) -> str:
    """A row of a table: how many, median, 95th percentile, most, in milliseconds."""
    if len(times) < 2:
        return f"| {name} | {len(times)} | {times[0] if times else 0:.0f} | | |"
    return f"| {name} | {len(times)} | {median(times):.0f} | {quantiles(times, n=20)[-1]:.0f} | {max(times):.0f} |"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=Path, nargs="+")
    arguments.add_argument("--read", type=Path, required=True)
    arguments.add_argument("--documents", type=int, default=1000)
    arguments.add_argument("--damage", type=int, default=8)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", nargs="*", default=[])
    given = arguments.parse_args()
    golds = {
        path.name.removesuffix(".gold.json"): json.loads(path.read_text(encoding="utf-8"))
        for folder in given.gold
        for path in sorted(folder.glob("*.gold.json"))
    }
    normalizer, works = Normalizer(load_lexicon()), dict[str, Work]()
    pictures: dict[str, list[float]] = {"text": [], "scan": []}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        out, corrections = Path(scratch) / "outputs", Path(scratch) / "corrections"
        corrections.mkdir()
        places = folder_of(given.read, list(golds), out, given.documents, given.damage, given.seed)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(given.gold, out, corrections) as (address, server):
            paints = first_paints(browser, address)
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.goto(address)
            for name in golds:
                kind = "scan" if "scan" in name else "text"
                pictures[kind] += picture_times(page, address, places.index(name), out / name)
            for name, gold in golds.items():
                if not given.only or name in given.only:
                    hands, at = Hands(page, server), f"{address}d/{places.index(name)}"
                    works[name] = made_right(hands, at, out / name, gold, normalizer)
                    _show(name, works[name])
        browser.close()
    total = _sum(list(works.values()))
    _show("all", total)
    print(told("an action that writes, as the browser waits", total.waits))
    print(told("an action that writes, of the server's processor", total.works))
    print(told("first paint of the queue", paints))
    for kind, times in pictures.items():
        print(told(f"the picture of a page ({kind})", times))


def _sum(works: Sequence[Work]) -> Work:
    return Work(
        sum(work.wrong for work in works),
        sum(work.actions for work in works),
        [ms for work in works for ms in work.waits],
        [ms for work in works for ms in work.works],
        [words for work in works for words in work.left],
    )


def _show(name: str, work: Work) -> None:
    each = f"{work.actions / work.wrong:.2f}" if work.wrong else ""
    print(f"| {name} | {work.wrong} | {work.actions} | {each} | {len(work.left)} |", flush=True)
    for words in work.left:
        print(f"    left: {words}", flush=True)


if __name__ == "__main__":
    main()
