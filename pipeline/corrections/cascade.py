"""Changes that reach beyond their own place.

Steps are numbered by their place; who performs a step has a symbol in its row, and the other way round; a symbol takes
its edges along. Each function takes the record and gives it back with one change and all that follows from it. Places
count from 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.corrections.values import fresh_id
from pipeline.corrections.working_record import WorkingRecord
from pipeline.model.pointer import KeyPath
from pipeline.model.record import FlowEdge, Kegiatan, Node, Pelaksana

_NODES: KeyPath = ("flow", "nodes")
_EDGES: KeyPath = ("flow", "edges")


def insert_step(working: WorkingRecord, place: int, step: Kegiatan) -> WorkingRecord:
    """Put in a step; the steps below it, and their symbols, count one more.

    Whoever performs it gets a symbol in its row, of the kind process until an entry says otherwise; a record without
    symbols gets none.
    """
    shifted = _renumbered(working, place + 1, 1)
    numbered = step.model_copy(update={"no": place + 1, "pelaksana": []})
    return set_performers(shifted.insert(("kegiatan",), place, numbered), place, step.pelaksana)


def remove_step(working: WorkingRecord, place: int) -> WorkingRecord:
    """Take out a step, its symbols and their edges; the steps below it count one less."""
    no = working.record.kegiatan[place].no
    working = _without_nodes(working, [node.id for node in working.record.flow.nodes if node.kegiatan == no])
    return _renumbered(working.remove(("kegiatan", place)), no + 1, -1)


def move_step(working: WorkingRecord, place: int, to: int) -> WorkingRecord:
    """Put a step to another place with its symbols; those between count one less, or one more."""
    numbers = [step.no for step in working.record.kegiatan]
    working = working.move(("kegiatan",), place, to)
    steps = working.record.kegiatan
    renamed = {step.no: no for step, no in zip(steps, numbers, strict=True)}
    nodes = [
        node.model_copy(update={"kegiatan": renamed[node.kegiatan]}) if node.kegiatan in renamed else node
        for node in working.record.flow.nodes
    ]
    own = [index for index, node in enumerate(nodes) if node.kegiatan == numbers[to]]
    rest = [index for index in range(len(nodes)) if index not in own]
    above = [at for at, index in enumerate(rest) if (nodes[index].kegiatan or 0) < numbers[to]]
    start = above[-1] + 1 if above else 0
    renumbered = [step.model_copy(update={"no": no}) for step, no in zip(steps, numbers, strict=True)]
    working = working.put(("kegiatan",), renumbered).put(_NODES, nodes)
    return working.reorder(_NODES, [*rest[:start], *own, *rest[start:]])


def insert_node(working: WorkingRecord, node: Node) -> WorkingRecord:
    """Put in a symbol, in the order of the rows; its performer becomes one of the row's."""
    nodes = working.record.flow.nodes
    before = [i for i, other in enumerate(nodes) if (other.kegiatan or 0) <= (node.kegiatan or 0)]
    place = before[-1] + 1 if before else 0
    return _with_performer(working.insert(_NODES, place, node), node)


def remove_node(working: WorkingRecord, place: int) -> WorkingRecord:
    """Take out a symbol and its edges; its performer leaves the row with its last symbol there."""
    return _without_nodes(working, [working.record.flow.nodes[place].id])


def move_node(working: WorkingRecord, place: int, node: Node) -> WorkingRecord:
    """Replace a symbol by `node`, which stands in another row or under another performer."""
    old = working.record.flow.nodes[place]
    return _without_performer(_with_performer(working.put((*_NODES, place), node), node), old)


def insert_edge(working: WorkingRecord, edge: FlowEdge) -> WorkingRecord:
    """Put in an edge, after the others."""
    return working.insert(_EDGES, len(working.record.flow.edges), edge)


def remove_column(working: WorkingRecord, place: int) -> WorkingRecord:
    """Take out a Pelaksana column, its symbols and their edges; no row names it any more."""
    gone = working.record.pelaksana[place].id
    working = _without_nodes(working, [node.id for node in working.record.flow.nodes if node.pelaksana == gone])
    for row, step in enumerate(working.record.kegiatan):
        if gone in step.pelaksana:
            working = working.put(("kegiatan", row, "pelaksana"), [p for p in step.pelaksana if p != gone])
    return working.remove(("pelaksana", place))


def set_column(working: WorkingRecord, place: int, column: Pelaksana) -> WorkingRecord:
    """Replace a Pelaksana by `column`; rows and symbols call it by its new id."""
    old = working.record.pelaksana[place].id
    working = working.put(("pelaksana", place), column)
    if old == column.id:
        return working
    for row, step in enumerate(working.record.kegiatan):
        if old in step.pelaksana:
            names = [column.id if name == old else name for name in step.pelaksana]
            working = working.put(("kegiatan", row, "pelaksana"), names)
    for index, node in enumerate(working.record.flow.nodes):
        if node.pelaksana == old:
            working = working.put((*_NODES, index, "pelaksana"), column.id)
    return working


def set_performers(working: WorkingRecord, row: int, names: Sequence[str]) -> WorkingRecord:
    """Set the performers of a row, by their ids, and let the symbols follow.

    Where one takes the place of one other, the symbols go over to the new one. Else who leaves takes the symbols and
    their edges along, and who comes gets a process.
    """
    step = working.record.kegiatan[row]
    gone = [name for name in step.pelaksana if name not in names]
    added = [name for name in names if name not in step.pelaksana]
    working = working.put(("kegiatan", row, "pelaksana"), list(names))
    nodes = working.record.flow.nodes
    if len(gone) == len(added) == 1:
        for index, node in enumerate(nodes):
            if (node.kegiatan, node.pelaksana) == (step.no, gone[0]):
                working = working.put((*_NODES, index, "pelaksana"), added[0])
        gone = []
    working = _without_nodes(
        working, [node.id for node in nodes if node.kegiatan == step.no and node.pelaksana in gone]
    )
    return _with_symbols(working, row) if nodes else working


def _with_symbols(working: WorkingRecord, row: int) -> WorkingRecord:
    step = working.record.kegiatan[row]
    for name in step.pelaksana:
        if not any((node.kegiatan, node.pelaksana) == (step.no, name) for node in working.record.flow.nodes):
            node = Node(id=fresh_id(working.record), kegiatan=step.no, pelaksana=name, kind="process")
            working = insert_node(working, node)
    return working


def _without_nodes(working: WorkingRecord, ids: Sequence[str]) -> WorkingRecord:
    for name in ids:
        for index in reversed(range(len(working.record.flow.edges))):
            edge = working.record.flow.edges[index]
            if name in (edge.source, edge.target):
                working = working.remove((*_EDGES, index))
        place = next(i for i, node in enumerate(working.record.flow.nodes) if node.id == name)
        old = working.record.flow.nodes[place]
        working = _without_performer(working.remove((*_NODES, place)), old)
    return working


def _with_performer(working: WorkingRecord, node: Node) -> WorkingRecord:
    """With a symbol's performer among its row's, in the order of the columns."""
    row = _row_of(working, node)
    if row is None or node.pelaksana is None or node.pelaksana in working.record.kegiatan[row].pelaksana:
        return working
    names = {*working.record.kegiatan[row].pelaksana, node.pelaksana}
    ordered = [column.id for column in working.record.pelaksana if column.id in names]
    return working.put(("kegiatan", row, "pelaksana"), ordered)


def _without_performer(working: WorkingRecord, old: Node) -> WorkingRecord:
    """Without a symbol's performer in its row, unless another symbol under the same performer is left there."""
    row = _row_of(working, old)
    left = {(node.kegiatan, node.pelaksana) for node in working.record.flow.nodes}
    if row is None or (old.kegiatan, old.pelaksana) in left:
        return working
    names = [name for name in working.record.kegiatan[row].pelaksana if name != old.pelaksana]
    return working.put(("kegiatan", row, "pelaksana"), names)


def _row_of(working: WorkingRecord, node: Node) -> int | None:
    return next((row for row, step in enumerate(working.record.kegiatan) if step.no == node.kegiatan), None)


def _renumbered(working: WorkingRecord, first: int, by: int) -> WorkingRecord:
    """With `by` added to the number of every step from `first`, and to its symbols'."""
    steps = [s.model_copy(update={"no": s.no + by}) if s.no >= first else s for s in working.record.kegiatan]
    nodes = [
        n.model_copy(update={"kegiatan": n.kegiatan + by}) if n.kegiatan is not None and n.kegiatan >= first else n
        for n in working.record.flow.nodes
    ]
    return working.put(("kegiatan",), steps).put(_NODES, nodes)
