"""Connectors over page breaks: which foot goes on in which head, and which off-page connectors vanish."""

from __future__ import annotations

from pipeline.flowchart.connectors import Exit, Net, Terminal
from pipeline.flowchart.page_breaks import OffPage, joined, with_exits
from pipeline.model.geometry import Box


def net(page, *ends):
    return Net(page, tuple(ends))


def at(symbol, head=0.0):
    return Terminal((0, 0), head, symbol)


def leaves(page, side, x, label=None, head=0.0):
    return Terminal((x, 0), head, None, Exit(page, side, x, label))


def symbols_of(nets):
    return {frozenset(t.symbol for t in n.terminals if t.symbol) for n in nets}


def test_as_many_feet_as_heads_go_on_in_order():
    nets = [
        net(1, at("a"), leaves(1, "foot", 100)),
        net(1, at("b"), leaves(1, "foot", 200)),
        net(2, leaves(2, "head", 150), at("c", 0.8)),
        net(2, leaves(2, "head", 300), at("d", 0.8)),
    ]
    found, left = joined(nets, [1, 2])
    assert symbols_of(found) == {frozenset("ac"), frozenset("bd")}
    assert left == []


def test_labels_come_before_order():
    nets = [
        net(1, at("a"), leaves(1, "foot", 100, "A")),
        net(1, at("b"), leaves(1, "foot", 200, "B")),
        net(2, leaves(2, "head", 100, "b"), at("c", 0.8)),
        net(2, leaves(2, "head", 200, "a"), at("d", 0.8)),
    ]
    assert symbols_of(joined(nets, [1, 2])[0]) == {frozenset("ad"), frozenset("bc")}


def test_a_half_without_the_other_is_told():
    found, left = joined([net(1, at("a"), leaves(1, "foot", 100))], [1, 2])
    assert [e.side for e in left] == ["foot"]
    assert len(found) == 1


def test_a_line_may_pass_a_whole_page():
    nets = [
        net(1, at("a"), leaves(1, "foot", 100)),
        net(2, leaves(2, "head", 100), leaves(2, "foot", 100)),
        net(3, leaves(3, "head", 100), at("b", 0.8)),
    ]
    assert symbols_of(joined(nets, [1, 2, 3])[0]) == {frozenset("ab")}


def pentagon(id_, page, outside=None, label=None, first=False, last=False):
    return OffPage(id_, page, Box(90, 0, 110, 20), label, outside, first, last)


def test_a_pentagon_below_the_rows_is_the_pages_foot():
    nets, gone = with_exits([net(1, at("a"), at("p", 0.8))], [pentagon("p", 1, "foot")], [1, 2])
    assert gone == {"p"}
    assert [t.exit.side for t in nets[0].terminals if t.exit] == ["foot"]


def test_a_pentagon_with_lines_in_and_out_is_a_step():
    nets, gone = with_exits(
        [net(1, at("a"), at("p", 0.8)), net(1, at("p"), at("b", 0.8))], [pentagon("p", 1, last=True)], [1, 2]
    )
    assert gone == set()
    assert all(t.exit is None for n in nets for t in n.terminals)


def test_two_circles_of_one_label_are_one_place():
    nets = [net(1, at("a"), at("p", 0.8)), net(1, at("q"), at("b", 0.8))]
    changed, gone = with_exits(nets, [pentagon("p", 1, label="A"), pentagon("q", 1, label="A")], [1])
    assert gone == {"p", "q"}
    assert {t.exit.side for n in changed for t in n.terminals if t.exit} == {"foot", "head"}
