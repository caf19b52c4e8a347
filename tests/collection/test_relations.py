from __future__ import annotations

from collection.collected import COLLECTION, STEPS, sop

from pipeline.collection.relations import double_list, related_list
from pipeline.settings.collections import CollectionSettings

SETTINGS = CollectionSettings()


def test_sops_that_name_each_other() -> None:
    found = related_list(COLLECTION[:2], SETTINGS).as_json()
    assert [(row["sop_id"], row["related_id"], row["mutual"]) for row in found] == [
        ("a/01", "a/02", 1),
        ("a/02", "a/01", 1),
    ]


def test_doubles_are_alike_in_their_steps() -> None:
    (found,) = double_list(COLLECTION, SETTINGS).as_json()  # b/01 shares only its number with a/02
    assert (found["sop_id"], found["other_id"], found["same"], found["likeness"]) == (
        "a/01",
        "b/01",
        "nama, kegiatan",
        100,
    )


def test_copied_steps_alone_make_a_double() -> None:
    (found,) = double_list([COLLECTION[0], sop("c/01", "Lain Sekali", STEPS)], SETTINGS).as_json()
    assert found["same"] == "kegiatan"
