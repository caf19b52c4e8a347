from __future__ import annotations

from pipeline.model.draft import Change, Value
from pipeline.model.geometry import Box, PageTransform
from pipeline.normalize.evidence import evidence_of

TURNED = PageTransform(((0.0, -1.0, 100.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)))


def test_boxes_are_those_of_the_page_as_displayed() -> None:
    value = Value("x", "x", 3, Box(10.04, 20.06, 30, 40))
    assert evidence_of({"/a": value}, {})["/a"].box == (10.0, 20.1, 30.0, 40.0)
    assert evidence_of({"/a": value}, {3: TURNED})["/a"].box == (60.0, 10.0, 79.9, 30.0)


def test_changes_and_confidence_are_carried_over() -> None:
    value = Value("hari", "harl", 1, None, 0.98765, (Change("unit", "harl", "hari"),))
    found = evidence_of({"/a": value}, {})["/a"]
    assert found.confidence == 0.988
    assert found.model_dump(by_alias=True)["changes"] == [{"rule": "unit", "from": "harl", "to": "hari"}]
