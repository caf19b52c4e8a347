"""What must hold together within every record, and its models cannot see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from pipeline.model.record import Record


def integrity_errors(record: Record) -> Iterator[str]:
    """Say in words what refers to nothing, is named twice or is numbered wrongly; nothing where the record is sound."""
    for check in _CHECKS:
        yield from check(record)


def _ids(record: Record) -> Iterator[str]:
    for what, ids in (
        ("pelaksana", [column.id for column in record.pelaksana]),
        ("symbol", [node.id for node in record.flow.nodes]),
    ):
        yield from (f"two {what}s are called {name}" for name in _doubled(ids))


def _numbers(record: Record) -> Iterator[str]:
    if [step.no for step in record.kegiatan] != list(range(1, len(record.kegiatan) + 1)):
        yield "the steps do not count from 1 without a gap"


def _performers(record: Record) -> Iterator[str]:
    known = {column.id for column in record.pelaksana}
    for step in record.kegiatan:
        yield from (
            f"kegiatan {step.no} names pelaksana {p}, who has no column" for p in step.pelaksana if p not in known
        )
        yield from (f"kegiatan {step.no} names pelaksana {name} twice" for name in _doubled(step.pelaksana))


def _symbols(record: Record) -> Iterator[str]:
    rows, columns = {step.no for step in record.kegiatan}, {column.id for column in record.pelaksana}
    for node in record.flow.nodes:
        if node.kegiatan is not None and node.kegiatan not in rows:
            yield f"symbol {node.id} stands in kegiatan {node.kegiatan}, which is not there"
        if node.pelaksana is not None and node.pelaksana not in columns:
            yield f"symbol {node.id} stands under pelaksana {node.pelaksana}, who has no column"
        if node.kind != "connector" and (node.kegiatan is None or node.pelaksana is None):
            yield f"symbol {node.id} has no kegiatan or no pelaksana, which only a connector may lack"


def _edges(record: Record) -> Iterator[str]:
    known = {node.id for node in record.flow.nodes}
    for edge in record.flow.edges:
        lost = [end for end in (edge.source, edge.target) if end not in known]
        yield from (f"an edge leads to symbol {end}, which is not there" for end in lost)


def _doubled(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


_CHECKS: tuple[Callable[[Record], Iterator[str]], ...] = (_ids, _numbers, _performers, _symbols, _edges)
