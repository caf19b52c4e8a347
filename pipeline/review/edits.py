"""What a reviewer does on the page, as entries of the document's corrections file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.references import symbol_reference
from pipeline.corrections.yaml_edit import inline
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.review.editing import Editing, Form
from pipeline.review.step_edits import insert_step, merge_step, move_step, remove_step, split_step
from pipeline.review.table_edits import change_table


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

    `do` says which; `item` is the place of the item, from 0; `at` where in its text it is split, or its new place.
    """
    name, place = form["list"], int(form["item"])
    if form["do"] in _MOVES:
        return _moved(editing, record, name, place, _MOVES[form["do"]](place, int(form.get("at", "0"))))
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


def _moved(editing: Editing, record: str, name: str, place: int, to: int) -> Editing:
    last = len(getattr(editing.record(record).header, name)) - 1
    to = min(max(0, to), last)
    if to == place:
        return editing
    after = str(to + (to > place))
    return editing.asked(record, CorrectionRequest(f"header/{name}[{place + 1}]", "move", after=after))


_LIST_CHANGES: Mapping[str, Callable[[list[str], int, int], list[str]]] = {
    "split": _split,
    "join": _join,
}

# To which place an item goes, from where it stands and what the page asks for.
_MOVES: Mapping[str, Callable[[int, int], int]] = {
    "up": lambda place, _to: place - 1,
    "down": lambda place, _to: place + 1,
    "move": lambda _place, to: to,
}


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
    "insert-step": insert_step,
    "remove-step": remove_step,
    "split-step": split_step,
    "merge-step": merge_step,
    "move-step": move_step,
    "table": change_table,
    "add-symbol": _add_symbol,
    "add-edge": _add_edge,
    "pages": _pages,
}
