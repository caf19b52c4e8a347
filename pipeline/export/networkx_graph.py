"""The flow of a SOP as a graph of networkx, for walks, cycles and paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.record import Record

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def flow_graph(record: Record) -> MultiDiGraph[str]:
    """Make a directed graph of a record's symbols, by their ids, and its connectors.

    A node has the attributes `kind`, `label`, `no` and `uraian` of its step, and `pelaksana`, its performer's name;
    each is None where the symbol has none. A connector has its `label`. Two symbols may be joined more than once.

    Raises:
        PipelineError: networkx is not installed.
    """
    try:
        import networkx as nx
    except ImportError as error:
        raise PipelineError(
            msg("the graph needs networkx, which is not installed"), msg("Get it by pip install 'sop-pipeline[graph]'.")
        ) from error
    graph: Any = nx.MultiDiGraph(id=record.id, name=record.header.nama_sop or record.judul)
    steps = {step.no: step.uraian for step in record.kegiatan}
    names = {one.id: one.nama for one in record.pelaksana}
    for node in record.flow.nodes:
        uraian = None if node.kegiatan is None else steps.get(node.kegiatan)
        performer = None if node.pelaksana is None else names.get(node.pelaksana)
        graph.add_node(node.id, kind=node.kind, label=node.label, no=node.kegiatan, uraian=uraian, pelaksana=performer)
    for edge in record.flow.edges:
        graph.add_edge(edge.source, edge.target, label=edge.label)
    return graph
