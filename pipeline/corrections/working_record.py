"""A record while its corrections are applied: what points into it (evidence, issues, what was settled) moves along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pipeline.corrections.tree import Moved, get, put, shift_of
from pipeline.corrections.yaml_positions import Path
from pipeline.model.pointer import is_within, pointer
from pipeline.model.record import ChangeNote, Evidence, Record

K = TypeVar("K")


@dataclass(frozen=True)
class Working:
    """`key` is this record's own while others come and go. `nomor` is the nomor SOP that extraction read, by which
    entries still find the record after it was corrected. `settled` says for each JSON pointer that an entry touched
    the number of that entry."""

    record: Record
    key: int = 0
    nomor: str | None = None
    settled: tuple[tuple[str, int], ...] = ()

    def put(self, path: Path, value: Any) -> Working:
        """With `value` at `path`; evidence is the caller's to write."""
        return replace(self, record=put(self.record, path, value))

    def insert(self, path: Path, place: int, item: Any) -> Working:
        """With `item` at `place` of the list at `path`."""
        items = get(self.record, path)
        grown = self.put(path, [*items[:place], item, *items[place:]])
        return grown.moved(shift_of(path, place, 1))

    def remove(self, path: Path) -> Working:
        """Without the list item or mapping key at `path`; what pointed to it goes with it."""
        parent, last = path[:-1], path[-1]
        items = get(self.record, parent)
        if isinstance(items, list):
            rest = [item for place, item in enumerate(items) if place != last]
            return self.put(parent, rest).moved(shift_of(parent, int(last), -1))
        gone = pointer(*path)
        rest_of = {key: item for key, item in items.items() if key != last}
        return self.put(parent, rest_of).moved(lambda at: None if is_within(at, gone) else at)

    def moved(self, move: Moved) -> Working:
        """With all pointers where `move` says; those that lead to nothing any more are gone."""
        issues = [
            issue if to == issue.path else issue.model_copy(update={"path": to})
            for issue in self.record.issues
            if (to := move(issue.path)) is not None
        ]
        evidence = _rekeyed(self.record.evidence, move)
        settled = tuple((to, number) for at, number in self.settled if (to := move(at)) is not None)
        record = self.record.model_copy(update={"evidence": evidence, "issues": issues})
        return replace(self, record=record, settled=settled)

    def settle(self, paths: Iterable[Path], number: int) -> Working:
        """With `paths` seen by entry `number`: the issues there and below leave the review queue."""
        seen = tuple(pointer(*path) for path in paths)
        issues = [issue for issue in self.record.issues if not any(is_within(issue.path, at) for at in seen)]
        record = self.record
        if len(issues) < len(record.issues):
            record = record.model_copy(update={"issues": issues})
        return replace(self, record=record, settled=(*self.settled, *((at, number) for at in seen)))

    def cleared(self, path: Path) -> Working:
        """Without the issues that are about the very thing at `path`, and not about a part of it."""
        at = pointer(*path)
        issues = [issue for issue in self.record.issues if issue.path != at]
        return replace(self, record=self.record.model_copy(update={"issues": issues}))

    def noted(self, path: Path, before: str, after: str) -> Working:
        """With the evidence of a value that a correction changed: where it stands and what was printed stay true, the
        confidence was that of the old value and is nobody's now."""
        at = pointer(*path)
        seen = self.record.evidence.get(at) or Evidence()
        note = ChangeNote.model_validate({"rule": "correction", "from": before, "to": after})
        changed = seen.model_copy(update={"confidence": None, "changes": [*seen.changes, note]})
        below = {key: value for key, value in self.record.evidence.items() if not key.startswith(at + "/")}
        evidence = {**below, at: changed}
        return replace(self, record=self.record.model_copy(update={"evidence": evidence}))


def _rekeyed(found: Mapping[str, K], move: Callable[[str], str | None]) -> dict[str, K]:
    return {to: value for at, value in found.items() if (to := move(at)) is not None}
