from __future__ import annotations

import sys

import pytest
from fakes import record

from pipeline.errors import PipelineError
from pipeline.export.networkx_graph import flow_graph
from pipeline.model.record import Flow, Record


def with_flow() -> Record:
    nodes = [{"id": "n1", "kegiatan": 1, "pelaksana": "staf", "kind": "start"}, {"id": "n2", "kind": "connector"}]
    edges = [{"from": "n1", "to": "n2", "label": "ya"}, {"from": "n1", "to": "n2"}]
    flow = Flow.model_validate({"nodes": nodes, "edges": edges})
    performers = [{"id": "staf", "nama": "Staf", "label": "STAF"}]
    return Record.model_validate(
        {**record().as_json(), "pelaksana": performers, "flow": flow.model_dump(by_alias=True)}
    )


def test_the_graph_has_all_symbols_and_connectors() -> None:
    graph = flow_graph(with_flow())
    assert graph.graph["id"] == "a/01"
    assert graph.nodes["n1"] == {
        "kind": "start",
        "label": None,
        "no": 1,
        "uraian": "Menerima surat",
        "pelaksana": "Staf",
    }
    assert graph.nodes["n2"]["no"] is None
    assert sorted(graph.edges(data="label"), key=str) == [("n1", "n2", "ya"), ("n1", "n2", None)]


def test_without_networkx_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(PipelineError) as caught:
        flow_graph(with_flow())
    assert "sop-pipeline[graph]" in str(caught.value.advice)
