"""What must hold together within every record, and its models cannot see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from pipeline.message import Message, msg
from pipeline.model.record import Record


def integrity_errors(record: Record) -> Iterator[Message]:
    """Say in words what refers to nothing, is named twice or is numbered wrongly; nothing where the record is sound."""
    for check in _CHECKS:
        yield from check(record)


def _ids(record: Record) -> Iterator[Message]:
    for name in _doubled(column.id for column in record.pelaksana):
        yield msg("two pelaksana are called {name}", name=name)
    for name in _doubled(node.id for node in record.flow.nodes):
        yield msg("two symbols are called {name}", name=name)


def _numbers(record: Record) -> Iterator[Message]:
    if [step.no for step in record.kegiatan] != list(range(1, len(record.kegiatan) + 1)):
        yield msg("the steps do not count from 1 without a gap")


def _performers(record: Record) -> Iterator[Message]:
    known = {column.id for column in record.pelaksana}
    for step in record.kegiatan:
        for name in step.pelaksana:
            if name not in known:
                yield msg("step {no} names pelaksana {name}, who has no column", no=step.no, name=name)
        for name in _doubled(step.pelaksana):
            yield msg("step {no} names pelaksana {name} twice", no=step.no, name=name)


def _symbols(record: Record) -> Iterator[Message]:
    rows, columns = {step.no for step in record.kegiatan}, {column.id for column in record.pelaksana}
    for node in record.flow.nodes:
        if node.kegiatan is not None and node.kegiatan not in rows:
            yield msg("symbol {id} stands in step {no}, which is not there", id=node.id, no=node.kegiatan)
        if node.pelaksana is not None and node.pelaksana not in columns:
            yield msg("symbol {id} stands under pelaksana {name}, who has no column", id=node.id, name=node.pelaksana)
        if node.kind != "connector" and (node.kegiatan is None or node.pelaksana is None):
            yield msg("symbol {id} has no step or no pelaksana, which only a connector may lack", id=node.id)


def _edges(record: Record) -> Iterator[Message]:
    known = {node.id for node in record.flow.nodes}
    for edge in record.flow.edges:
        lost = [end for end in (edge.source, edge.target) if end not in known]
        yield from (msg("a connector leads to symbol {id}, which is not there", id=end) for end in lost)


def _doubled(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


_CHECKS: tuple[Callable[[Record], Iterator[Message]], ...] = (_ids, _numbers, _performers, _symbols, _edges)
