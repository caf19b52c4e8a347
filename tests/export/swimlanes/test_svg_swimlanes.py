from __future__ import annotations

from xml.etree import ElementTree as ET

from export.swimlanes.swim_cases import faults_of
from hypothesis import given, settings
from random_records import records

from pipeline.export.swimlanes.flow_cells import flow_cells
from pipeline.export.swimlanes.form_table import columns_before, columns_behind
from pipeline.export.swimlanes.svg_swimlanes import form_graph, swimlanes_svg
from pipeline.export.swimlanes.swim_graph import Spacing
from pipeline.export.swimlanes.swim_layout import layout_of
from pipeline.model.record import Record

SVG = "{http://www.w3.org/2000/svg}"


def of(flow: dict[str, object], **step: object) -> Record:
    """A record with one step of one performer."""
    return Record.model_validate(
        {
            "id": "a/01",
            "source": {"file": "a.pdf", "sha256": "ab", "pages": [1, 1], "kind": "text"},
            "header": {"nama_sop": 'Uji <Coba> & "Lain"'},
            "pelaksana": [{"id": "tu", "nama": "TU", "label": "TU"}],
            "kegiatan": [{"no": 1, "uraian": "Menerima surat", "pelaksana": ["tu"], **step}],
            "flow": flow,
        }
    )


def words(element: ET.Element) -> str:
    return " ".join(part.text or "" for part in element.iter(f"{SVG}tspan"))


@settings(max_examples=30, deadline=None)
@given(records())
def test_no_symbol_and_no_connector_lies_over_a_symbol(record: Record) -> None:
    cells = flow_cells(record)
    graph = form_graph(cells, [*columns_before(record), *columns_behind(record)])
    assert faults_of(graph, layout_of(graph, Spacing())) == []


@settings(max_examples=30, deadline=None)
@given(records())
def test_every_symbol_connector_and_word_is_drawn(record: Record) -> None:
    root = ET.fromstring(swimlanes_svg(record))
    groups = list(root.iter(f"{SVG}g"))
    assert [g.get("data-node") for g in groups if g.get("data-node")] == [node.id for node in record.flow.nodes]
    edges = [(g.get("data-from"), g.get("data-to")) for g in groups if g.get("data-from")]
    assert edges == [(edge.source, edge.target) for edge in record.flow.edges]
    written = "".join(words(root).split())
    texts = [step.uraian for step in record.kegiatan] + [step.mutu_baku.output for step in record.kegiatan]
    labels = [edge.label for edge in record.flow.edges] + [node.label for node in record.flow.nodes]
    names = [performer.nama for performer in record.pelaksana]
    assert all("".join(text.split()) in written for text in [*texts, *labels, *names] if text)


def test_words_are_escaped_and_what_xml_cannot_hold_is_marked() -> None:
    text = swimlanes_svg(of({}, uraian='</text><script>alert("1")</script>\x00\ufffe\x1b[1m'))
    assert "<script" not in text
    assert 'alert("1")' in words(ET.fromstring(text)).replace(" ", "")
    assert text.count("\ufffd") == 3


def test_a_long_word_is_broken_within_its_column() -> None:
    lines = list(ET.fromstring(swimlanes_svg(of({}, uraian="w" * 200))).iter(f"{SVG}tspan"))
    assert max(len(line.text or "") for line in lines) < 40
    assert sum((line.text or "").count("w") for line in lines) == 200


def test_a_symbol_of_no_performer_and_no_step_has_a_column_and_a_row_of_its_own() -> None:
    record = of(
        {"nodes": [{"id": "n1", "kind": "connector"}, {"id": "n2", "kegiatan": 1, "pelaksana": "tu", "kind": "end"}]}
    )
    cells = flow_cells(record)
    assert [(cell.lane, cell.row) for cell in cells.cells] == [(1, 1), (0, 0)]
    assert cells.lanes[-1] is None
    assert cells.rows[-1] is None
    assert 'data-node="n1"' in swimlanes_svg(record)


def test_a_record_without_anything_is_drawn_too() -> None:
    record = of({}).model_copy(update={"pelaksana": [], "kegiatan": []})
    assert ET.fromstring(swimlanes_svg(record)).tag == f"{SVG}svg"
