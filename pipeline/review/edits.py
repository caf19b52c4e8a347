"""What a reviewer does on the page, as entries of the document's corrections file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.corrections import Outcome, apply, parse_corrections
from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.references import symbol_reference
from pipeline.corrections.request import correct
from pipeline.corrections.yaml_edit import inline, new_file
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.pointer import is_within
from pipeline.model.record import Kegiatan, Record

Form = Mapping[str, str]
"""What the browser sent: names and texts."""


@dataclass(frozen=True)
class Signature:
    """Who did something, and on which day (ISO 8601)."""

    reviewer: str
    date: str


@dataclass(frozen=True)
class Corrected:
    """A corrections file and what it makes of the document's records."""

    text: str | None
    records: tuple[Record, ...]
    outcomes: tuple[Outcome, ...]

    @classmethod
    def of(cls, read: Sequence[Record], text: str | None, file: str, normalizer: Normalizer) -> Corrected:
        """Apply the file's text, None where there is no file.

        Raises:
            CorrectionsError: Something in it cannot be taken.
        """
        if text is None:
            return cls(None, tuple(read), ())
        return cls(text, *apply(read, parse_corrections(text, file), normalizer))


@dataclass(frozen=True)
class Editing:
    """A document whose corrections grow by a reviewer's action.

    Attributes:
        read: Its records as the machine read them.
        file: The name of its corrections file, for messages.
        normalizer: Makes values of what the reviewer wrote.
        by: Who does it.
        now: Its corrections.
    """

    read: Sequence[Record]
    file: str
    normalizer: Normalizer
    by: Signature
    now: Corrected

    def record(self, name: str) -> Record:
        """The record of that id as it is now."""
        return next(record for record in self.now.records if record.id == name)

    def asked(self, record: str, request: CorrectionRequest) -> Editing:
        """With one more entry. Raises PipelineError where it cannot be taken."""
        signed = replace(request, reviewer=self.by.reviewer, date=self.by.date, replace=True)
        text = self.now.text
        if text is None:
            source = self.read[0].source
            text = new_file(source.file, source.sha256)
        done = correct(self.read, record, signed, text, self.file, self.normalizer)
        return replace(self, now=Corrected.of(self.read, done.text, self.file, self.normalizer))

    def set(self, record: str, target: str, value: YamlValue) -> Editing:
        """With another value at a target: text as it stands, lists and mappings as they are."""
        given = value if isinstance(value, str) else inline(value)
        yaml = not isinstance(value, str)
        return self.asked(record, CorrectionRequest(target, "set", given, yaml=yaml))

    def is_settled(self, record: str, path: str) -> bool:
        """Whether a reviewer has said something of what stands at a JSON pointer."""
        return any(o.record == record and any(is_within(path, p) for p in o.paths) for o in self.now.outcomes)


def edited(editing: Editing, sop: int, action: str, form: Form) -> Editing:
    """Do what a reviewer asks for.

    Args:
        editing: The document.
        sop: The place of the SOP in it, from 1.
        action: One of `ACTIONS`.
        form: What the browser sent.

    Raises:
        PipelineError: There is no such action, or it cannot be done.
    """
    try:
        return ACTIONS[action](editing, editing.now.records[sop - 1].id, form)
    except (LookupError, StopIteration, ValueError) as error:
        raise PipelineError(msg("the page asked for something that is not there"), msg("Load it anew.")) from error


def _set(editing: Editing, record: str, form: Form) -> Editing:
    words = form["value"]
    return editing.set(record, form["target"], None if not words.strip() else words)


def _confirm(editing: Editing, record: str, form: Form) -> Editing:
    if editing.is_settled(record, form["path"]):
        return editing
    return editing.asked(record, CorrectionRequest(form["target"], "confirm"))


def _confirm_page(editing: Editing, record: str, form: Form) -> Editing:
    """Confirm what is left on a page: each target on a line of `targets`, its path beside it after a tab."""
    for line in form["targets"].splitlines():
        target, _, path = line.partition("\t")
        if not editing.is_settled(record, path):
            editing = editing.asked(record, CorrectionRequest(target, "confirm"))
    return editing


def _confirm_sop(editing: Editing, record: str, _form: Form) -> Editing:
    """Say that the whole SOP was gone through."""
    if editing.record(record).review.status == "reviewed":
        return editing
    return editing.asked(record, CorrectionRequest("sop", "confirm"))


def _remove(editing: Editing, record: str, form: Form) -> Editing:
    return editing.asked(record, CorrectionRequest(form["target"], "remove"))


def _insert(editing: Editing, record: str, form: Form) -> Editing:
    return editing.asked(record, CorrectionRequest(form["target"], "insert", form["value"], form.get("after")))


def _performers(editing: Editing, record: str, form: Form) -> Editing:
    """Set who performs a step: ids separated by spaces."""
    chosen = form["value"].split()
    known = [column.id for column in editing.record(record).pelaksana]
    performers: list[YamlValue] = [name for name in known if name in chosen]
    return editing.set(record, form["target"], performers)


def _list(editing: Editing, record: str, form: Form) -> Editing:
    """Change a list of the cover: its items split, joined or moved.

    `do` says which; `item` is the place of the item, from 0; `at` where in its text it is split.
    """
    name, place = form["list"], int(form["item"])
    items = [item if isinstance(item, str) else item.text for item in getattr(editing.record(record).header, name)]
    changed = _LIST_CHANGES[form["do"]](items, place, int(form.get("at", "0")))
    return editing.set(record, f"header/{name}", [item for item in changed if item.strip()])


def _split(items: list[str], place: int, at: int) -> list[str]:
    text = items[place]
    if not 0 < at < len(text):
        raise PipelineError(msg("put the cursor where the item is to be split"))
    return [*items[:place], text[:at].strip(), text[at:].strip(), *items[place + 1 :]]


def _join(items: list[str], place: int, _at: int) -> list[str]:
    return [*items[:place], f"{items[place]} {items[place + 1]}", *items[place + 2 :]]


def _up(items: list[str], place: int, _at: int) -> list[str]:
    if not place:
        return items
    return [*items[: place - 1], items[place], items[place - 1], *items[place + 1 :]]


def _down(items: list[str], place: int, _at: int) -> list[str]:
    return _up(items, place + 1, 0) if place + 1 < len(items) else items


_LIST_CHANGES: Mapping[str, Callable[[list[str], int, int], list[str]]] = {
    "split": _split,
    "join": _join,
    "up": _up,
    "down": _down,
}


def _insert_step(editing: Editing, record: str, form: Form) -> Editing:
    new: dict[str, YamlValue] = {"uraian": form.get("value") or "…", "pelaksana": []}
    return editing.asked(record, CorrectionRequest("kegiatan", "insert", inline(new), form["after"], yaml=True))


def _remove_step(editing: Editing, record: str, form: Form) -> Editing:
    return editing.asked(record, CorrectionRequest(f"kegiatan[no={int(form['no'])}]", "remove"))


def _split_step(editing: Editing, record: str, form: Form) -> Editing:
    """Put what stands behind the cursor into a step of its own, below."""
    step, at = _step(editing, record, int(form["no"])), int(form["at"])
    text = step.uraian or ""
    if not 0 < at < len(text):
        raise PipelineError(msg("put the cursor where the step is to be split"))
    new: dict[str, YamlValue] = {"uraian": text[at:].strip(), "pelaksana": list(step.pelaksana)}
    request = CorrectionRequest("kegiatan", "insert", inline(new), str(step.no), yaml=True)
    return editing.asked(record, request).set(record, f"kegiatan[no={step.no}]/uraian", text[:at].strip())


def _merge_step(editing: Editing, record: str, form: Form) -> Editing:
    """Put a step and the one below it together: their words behind each other, each performer once."""
    step, below = (_step(editing, record, int(form["no"]) + by) for by in (0, 1))
    target = f"kegiatan[no={step.no}]"
    words = {
        "uraian": (step.uraian, below.uraian),
        "keterangan": (step.keterangan, below.keterangan),
        "mutu_baku/kelengkapan": (step.mutu_baku.kelengkapan, below.mutu_baku.kelengkapan),
        "mutu_baku/output": (step.mutu_baku.output, below.mutu_baku.output),
        "mutu_baku/waktu": tuple(
            waktu.text if (waktu := part.mutu_baku.waktu) is not None else None for part in (step, below)
        ),
    }
    performers = list(dict.fromkeys([*step.pelaksana, *below.pelaksana]))
    done = editing
    for name, (one, other) in words.items():
        if other and other != one:
            done = done.set(record, f"{target}/{name}", f"{one} {other}" if one else other)
    if performers != step.pelaksana:
        done = done.set(record, f"{target}/pelaksana", [*performers])
    return done.asked(record, CorrectionRequest(f"kegiatan[no={below.no}]", "remove"))


def _step(editing: Editing, record: str, no: int) -> Kegiatan:
    return next(step for step in editing.record(record).kegiatan if step.no == no)


def _add_symbol(editing: Editing, record: str, form: Form) -> Editing:
    new: dict[str, YamlValue] = {"kegiatan": str(int(form["no"])), **{key: form[key] for key in ("pelaksana", "kind")}}
    return editing.asked(record, CorrectionRequest("flow/nodes", "insert", inline(new), yaml=True))


def _add_edge(editing: Editing, record: str, form: Form) -> Editing:
    now = editing.record(record)
    new: dict[str, YamlValue] = {name: symbol_reference(now, form[name]) for name in ("from", "to")}
    if label := form.get("label", "").strip():
        new["label"] = label
    return editing.asked(record, CorrectionRequest("flow/edges", "insert", inline(new), yaml=True))


def _pages(editing: Editing, record: str, form: Form) -> Editing:
    return editing.set(record, "source/pages", [str(int(form["first"])), str(int(form["last"]))])


ACTIONS: Mapping[str, Callable[[Editing, str, Form], Editing]] = {
    "set": _set,
    "confirm": _confirm,
    "confirm-page": _confirm_page,
    "confirm-sop": _confirm_sop,
    "remove": _remove,
    "insert": _insert,
    "performers": _performers,
    "list": _list,
    "insert-step": _insert_step,
    "remove-step": _remove_step,
    "split-step": _split_step,
    "merge-step": _merge_step,
    "add-symbol": _add_symbol,
    "add-edge": _add_edge,
    "pages": _pages,
}
