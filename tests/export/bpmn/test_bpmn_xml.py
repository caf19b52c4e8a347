from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from export.bpmn.bpmn_cases import decision_record, flow_record
from hypothesis import given, settings
from lxml import etree
from random_records import records

from pipeline.export.bpmn.bpmn_xml import NAMESPACES, bpmn_faults, bpmn_xml
from pipeline.model.geometry import Box
from pipeline.model.record import Record

pytestmark = pytest.mark.untraced  # of random examples


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The OMG's schema of BPMN 2.0, which SpiffWorkflow brings along."""
    spiff = pytest.importorskip("SpiffWorkflow")
    folder = Path(spiff.__file__).parent / "bpmn" / "parser" / "schema"
    return etree.XMLSchema(etree.parse(folder / "BPMN20.xsd"))


def read(record: Record, data_objects: bool = False) -> etree._Element:
    return etree.fromstring(bpmn_xml(record, data_objects).encode())


def found(root: etree._Element, path: str) -> list[etree._Element]:
    return list(root.iterfind(path, NAMESPACES))


def ids(root: etree._Element, tag: str) -> list[str]:
    return [element.get("id") for element in found(root, f".//bpmn:{tag}")]


@settings(max_examples=30, deadline=None)
@given(records())
@pytest.mark.parametrize("data_objects", [False, True])
def test_every_record_is_valid_by_the_schema(schema: etree.XMLSchema, data_objects: bool, record: Record) -> None:
    root = read(record, data_objects)
    schema.assertValid(root)
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))


@settings(max_examples=30, deadline=None)
@given(records())
def test_no_shape_lies_over_another_and_all_lie_in_the_pool(record: Record) -> None:
    root = read(record, data_objects=True)
    lanes = {"pool", *ids(root, "lane")}
    shapes = {shape.get("bpmnElement"): box_of(shape) for shape in found(root, ".//bpmndi:BPMNShape")}
    inner = {name: box for name, box in shapes.items() if name not in lanes}
    assert not [(a, b) for a, b in combinations(inner, 2) if inner[a].meets(inner[b])]
    assert all(within(shapes["pool"], box) for box in shapes.values())
    for lane in found(root, ".//bpmn:lane"):
        around = shapes[lane.get("id")]
        members = [shapes[member.text] for member in found(lane, "bpmn:flowNodeRef")]
        assert all(within(around, box) for box in members)


def within(around: Box, box: Box) -> bool:
    """Whether a box lies in another one, but for what is rounded."""
    return around.contains(box.x0, box.top, 0.02) and around.contains(box.x1, box.bottom, 0.02)


def box_of(shape: etree._Element) -> Box:
    bounds = found(shape, "dc:Bounds")[0]
    x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return Box(x, y, x + width, y + height)


def test_a_symbol_is_a_task_and_what_its_form_says_besides() -> None:
    root = read(decision_record())
    assert ids(root, "userTask") == ["n1", "n2", "n3", "n4"]
    assert ids(root, "startEvent") == ["n1_start"]
    assert ids(root, "endEvent") == ["n4_end"]
    assert ids(root, "exclusiveGateway") == ["n2_join", "n3_fork"]
    flows = {flow.get("id"): flow for flow in found(root, ".//bpmn:sequenceFlow")}
    assert list(flows) == [
        *("flow_n1_start_n1", "flow_n2_join_n2", "flow_n3_n3_fork", "flow_n4_n4_end"),
        *("flow_n1_n2", "flow_n2_n3", "flow_n3_n4", "flow_n3_n2"),
    ]
    back = flows["flow_n3_n2"]
    assert (back.get("name"), back.get("sourceRef"), back.get("targetRef")) == ("tidak", "n3_fork", "n2_join")
    assert found(back, "bpmn:conditionExpression")[0].text == 'n3 == "tidak"'
    lanes = {lane.get("name"): [node.text for node in lane] for lane in found(root, ".//bpmn:lane")}
    assert lanes["Kabag"] == ["n2_join", "n2"]


def test_the_way_without_words_is_the_default() -> None:
    root = read(decision_record(yes=None))
    assert found(root, ".//bpmn:exclusiveGateway[@id='n3_fork']")[0].get("default") == "flow_n3_n4"
    assert found(root, ".//bpmn:sequenceFlow[@id='flow_n3_n4']/bpmn:conditionExpression") == []


def test_words_cannot_leave_a_condition() -> None:
    text = 'x" or print("!") or "'
    root = read(decision_record(no=text))
    condition = found(root, ".//bpmn:sequenceFlow[@id='flow_n3_n2']/bpmn:conditionExpression")[0].text
    assert condition is not None
    assert eval(condition, {"n3": text, "print": None}) is True
    assert eval(condition, {"n3": "", "print": None}) is False


def test_mutu_baku_stands_in_the_task_for_people_and_for_programs() -> None:
    task = found(read(decision_record()), ".//bpmn:userTask[@id='n2']")[0]
    assert found(task, "bpmn:documentation")[0].text == (
        "Kegiatan: 2 Langkah 2\nKelengkapan: Berkas 2\nWaktu: 15 menit\nOutput: Hasil 2"
    )
    waktu = found(task, ".//sop:waktu")[0]
    assert (waktu.text, dict(waktu.attrib)) == ("15 menit", {"value": "15", "unit": "menit", "iso8601": "PT15M"})
    assert found(task, ".//sop:kegiatan")[0].get("no") == "2"


def test_kelengkapan_and_output_are_data_objects_where_asked() -> None:
    assert ids(read(decision_record()), "dataObjectReference") == []
    root = read(decision_record(), data_objects=True)
    names = {data.get("id"): data.get("name") for data in found(root, ".//bpmn:dataObjectReference")}
    assert names["n2_kelengkapan"] == "Berkas 2"
    assert names["n2_output"] == "Hasil 2"
    assert "n1_output" not in names  # a dash
    task = found(root, ".//bpmn:userTask[@id='n2']")[0]
    assert found(task, "bpmn:dataInputAssociation/bpmn:sourceRef")[0].text == "n2_kelengkapan"
    assert found(task, "bpmn:dataOutputAssociation/bpmn:targetRef")[0].text == "n2_output"


def test_a_document_that_only_comes_to_a_step_is_data() -> None:
    root = read(flow_record("S d P E", [(1, 3, None), (2, 3, None), (3, 4, None)]))
    assert ids(root, "dataObjectReference") == ["n2"]
    assert ids(root, "userTask") == ["n1", "n3", "n4"]
    twice = read(flow_record("S d P E", [(1, 3, None), (2, 3, "asli"), (2, 3, "salinan"), (3, 4, None)]))
    assert ids(twice, "dataInputAssociation") == ["data_n2_n3", "data_n2_n3_2"]
    assert ids(root, "exclusiveGateway") == []


def test_a_document_of_an_event_alone_is_joined_by_an_association(schema: etree.XMLSchema) -> None:
    record = flow_record("S d P E", [(1, 3, None), (2, 1, None), (3, 4, None)])
    nodes = [
        node.model_copy(update={"kegiatan": 3, "pelaksana": "kabag"}) if node.kind == "start" else node
        for node in record.flow.nodes
    ]
    root = read(record.model_copy(update={"flow": record.flow.model_copy(update={"nodes": nodes})}))
    schema.assertValid(root)
    assert ids(root, "startEvent") == ["n1"]
    association = found(root, ".//bpmn:association")[0]
    assert (association.get("sourceRef"), association.get("targetRef")) == ("n2", "n1")


def test_a_start_beside_a_step_is_an_event_alone() -> None:
    record = flow_record("S P E", [(1, 2, None), (2, 3, None)])
    nodes = [node.model_copy(update={"kegiatan": min(i, 2)}) for i, node in enumerate(record.flow.nodes, 1)]
    nodes[0] = nodes[0].model_copy(update={"kegiatan": 2, "pelaksana": "kabag"})
    root = read(record.model_copy(update={"flow": record.flow.model_copy(update={"nodes": nodes})}))
    assert ids(root, "startEvent") == ["n1"]
    assert ids(root, "userTask") == ["n2"]
    assert ids(root, "endEvent") == ["n3"]


def told(nodes: str, *edges: tuple[int, int, str | None]) -> list[tuple[str, str]]:
    return [(fault.code, fault.node) for fault in bpmn_faults(flow_record(nodes, edges))]


def test_what_breaks_a_rule_is_told() -> None:
    assert told("S D E", (1, 2, None), (2, 3, "ya")) == [("one-way", "n2")]
    assert told("S P P E", (1, 2, None), (2, 4, None)) == [("no-way-out", "n3"), ("no-way-in", "n3")]
    assert told("P") == [("no-start", ""), ("no-end", ""), ("no-connectors", "")]
    assert told("S S E", (1, 3, None), (2, 3, None)) == [("several-starts", "")]
    assert told("S P P E E", (1, 2, None), (2, 3, None), (2, 4, None), (3, 5, None)) == [("split", "n2")]
    assert told("S D E", (1, 2, None), (2, 3, None), (2, 1, None)) == [("no-words", "n2")]
    assert told("S E P", (1, 2, None), (2, 3, "x"), (3, 2, None)) == [("end-goes-on", "n2"), ("lone-words", "n2")]
    assert told("S D E", (1, 2, None), (2, 3, "a"), (2, 3, "b")) == [("repeated", "n2")]


def test_what_breaks_a_rule_stands_in_the_documentation() -> None:
    root = read(flow_record("S D E", [(1, 2, None), (2, 3, "ya")]))
    sentence = "n2: a decision with one way out"
    assert sentence in str(found(root, ".//bpmn:process/bpmn:documentation")[0].text)
    assert sentence in str(found(root, ".//bpmn:userTask[@id='n2']/bpmn:documentation")[0].text)


def test_several_ways_are_all_taken_unless_one_goes_back() -> None:
    forward = read(flow_record("S P P E", [(1, 2, None), (2, 3, None), (2, 4, None), (3, 4, None)]))
    assert ids(forward, "parallelGateway") == ["n2_fork"]
    back = read(flow_record("S P P E", [(1, 2, None), (2, 3, None), (3, 4, None), (3, 2, None)]))
    assert ids(back, "parallelGateway") == []
    assert ids(back, "exclusiveGateway") == ["n2_join", "n3_fork"]


def test_ids_stay_where_another_symbol_is_added() -> None:
    before = read(decision_record())
    record = decision_record()
    node = record.flow.nodes[0].model_copy(update={"id": "n9", "kind": "process", "kegiatan": 2})
    flow = record.flow.model_copy(update={"nodes": [node, *record.flow.nodes]})
    after = read(record.model_copy(update={"flow": flow}))
    names = [{element.get("id") for element in root.iter() if element.get("id")} for root in (before, after)]
    assert names[1] - names[0] == {"n9", "n9_di"}
    assert names[0] < names[1]
