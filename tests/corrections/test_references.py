"""Performers, steps and symbols by the names that reviewers give them, and back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from corrected import sample

from pipeline.corrections.problem import UnresolvedNameError
from pipeline.corrections.references import is_called, node_id, nodes_at, pelaksana_id, step_no, symbol_reference
from pipeline.corrections.yaml_positions import Number
from pipeline.model.record import Node, Pelaksana, Record


def crowded() -> Record:
    """The sample with two more symbols in the cell of its decision, and one that stands in no cell."""
    record = sample()
    nodes = [
        *record.flow.nodes,
        Node(id="n4", kegiatan=2, pelaksana="kabag-organisasi", kind="process"),
        Node(id="n5", kegiatan=2, pelaksana="kabag-organisasi", kind="process"),
        Node(id="n6", kegiatan=None, pelaksana=None, kind="connector"),
    ]
    return record.model_copy(update={"flow": record.flow.model_copy(update={"nodes": nodes})})


@pytest.mark.parametrize("name", ["tu-bagian", "TU Bagian", "tu  bagian"])
def test_a_performer_goes_by_its_id_and_its_name(name: str) -> None:
    assert pelaksana_id(sample(), name) == "tu-bagian"
    assert is_called(sample(), "tu-bagian", name)
    assert not is_called(sample(), "kabag-organisasi", name)
    assert not is_called(sample(), None, name)


def test_a_performer_that_nobody_or_several_are_called_is_none() -> None:
    record = sample()
    twins = [*record.pelaksana, Pelaksana(id="tu-2", nama="TU Bagian", label="TU")]
    for found, some in ((0, record), (2, record.model_copy(update={"pelaksana": twins}))):
        with pytest.raises(UnresolvedNameError) as error:
            pelaksana_id(some, "Bupati" if not found else "TU BAGIAN")
        assert error.value.found == found
    assert not is_called(record, "tu-bagian", "Bupati")


def test_a_step_goes_by_its_number() -> None:
    assert step_no(sample(), " 2 ") == 2
    with pytest.raises(UnresolvedNameError):
        step_no(sample(), "9")


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        (["n2"], ["n2"]),
        (["2", "Kabag Organisasi"], ["n2", "n4", "n5"]),
        (["2", "kabag-organisasi", "process"], ["n4", "n5"]),
        (["2", "kabag-organisasi", "3"], ["n5"]),
        (["2", "kabag-organisasi", "4"], []),
        (["2", "kabag-organisasi", "0"], []),
        (["9", "kabag-organisasi"], []),
        (["2", "Bupati"], []),
    ],
)
def test_symbols_go_by_step_performer_kind_and_place(values: Sequence[str], ids: list[str]) -> None:
    assert [node.id for node in nodes_at(crowded(), values)] == ids


def test_a_symbol_of_a_performer_whose_name_is_not_his_alone_is_an_error() -> None:
    record = sample()
    twins = [*record.pelaksana, Pelaksana(id="tu-2", nama="TU Bagian", label="TU")]
    with pytest.raises(UnresolvedNameError):
        nodes_at(record.model_copy(update={"pelaksana": twins}), ["1", "TU BAGIAN"])


@pytest.mark.parametrize(
    ("node", "name"),
    [
        ("n1", [Number(1), "tu-bagian"]),
        ("n2", [Number(2), "kabag-organisasi", "decision"]),
        ("n4", [Number(2), "kabag-organisasi", Number(2)]),
        ("n5", [Number(2), "kabag-organisasi", Number(3)]),
        ("n6", "n6"),
        ("n9", "n9"),
    ],
)
def test_a_symbol_is_named_so_that_no_other_is_meant(node: str, name: object) -> None:
    assert symbol_reference(crowded(), node) == name
    if isinstance(name, list):
        assert node_id(crowded(), [str(value) for value in name]) == node
