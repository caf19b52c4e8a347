from __future__ import annotations

from pipeline.model.draft import Change, Value
from pipeline.model.geometry import Box, PageTransform
from pipeline.normalize.evidence import evidence_of, ink_lost

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


def test_an_empty_field_under_a_stamp_says_so() -> None:
    place = Box(10.0, 10.0, 50.0, 20.0)
    noted = {
        "/kegiatan/0/mutu_baku/output": Value("", "", 2, place, None),
        "/kegiatan/0/uraian": Value("Surat", "Surat", 2, place, 0.9),
        "/kegiatan/1/mutu_baku/output": Value("", "", 3, place, None),
    }
    found = ink_lost(noted, {2: (Box(45.0, 15.0, 55.0, 25.0),), 3: (Box(60.0, 10.0, 70.0, 20.0),)})
    assert [(issue.code, issue.path) for issue in found] == [("ink-lost", "/kegiatan/0/mutu_baku/output")]
