"""What the runs of `bench.kills` left: what they logged, what they wrote, and what an undisturbed one wrote."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

READ = re.compile(r"^(?P<name>.*): (ok|no-sop): .* in \d+ ms$", re.MULTILINE)
TOLD = re.compile(r"^sop: .*$", re.MULTILINE)  # how a line to the user begins, and none of the log does


class Log:
    """What all runs have logged, of which only what is new is read at each look.

    Attributes:
        read: How often each document was read.
        told: The lines that were said to the user.
        tracebacks: How many there are.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._at, self._rest = path, 0, ""
        self.read: Counter[str] = Counter()
        self.told: list[str] = []
        self.tracebacks = 0

    def look(self) -> int:
        """Read on; how many documents have been read by now."""
        with self._path.open("rb") as file:
            file.seek(self._at)
            content = file.read()
        self._at += len(content)
        text, _, self._rest = (self._rest + content.decode(errors="replace")).rpartition("\n")
        self.read.update(found["name"] for found in READ.finditer(text))
        self.told += TOLD.findall(text)
        self.tracebacks += text.count("Traceback")
        return len(self.read)


def halves(out: Path) -> list[str]:
    """JSON files under their names that are not whole."""
    found = []
    for path in out.rglob("*.json"):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            found.append(path.relative_to(out).as_posix())
    return found


def differences(calm: Path, killed: Path, names: Sequence[str]) -> Iterator[str]:
    """Documents whose files, or lines of the index, are not the same."""
    indexes = [json.loads((out / "index.json").read_bytes())["documents"] for out in (calm, killed)]
    lines = [{entry["name"]: entry for entry in entries} for entries in indexes]
    for name in names:
        one, other = (
            {path.name: path.read_bytes() for path in (out / name).iterdir()} if (out / name).is_dir() else {}
            for out in (calm, killed)
        )
        line = lines[0].get(name)
        if not one or one != other or line is None or line["status"] != "ok" or line != lines[1].get(name):
            yield name


def left_over(scratch: Path, out: Path) -> Iterator[str]:
    """What the last run should have removed."""
    yield from (path.name for path in scratch.glob("sop-run-*"))
    for pattern in (".*.part", ".run.*", "cluster-*"):
        yield from (path.relative_to(out).as_posix() for path in out.rglob(pattern))
