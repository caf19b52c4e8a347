from __future__ import annotations

from typing import Any

from collection.collected import COLLECTION

from pipeline.collection import lists
from pipeline.collection.wanted import Wanted
from pipeline.normalize.lexicon import load_lexicon

LEXICON = load_lexicon()


def rows(lister: lists.Lister, wanted: Wanted | None = None) -> list[dict[str, Any]]:
    wanted = wanted or Wanted()
    return lister(wanted.of(COLLECTION, LEXICON), wanted, LEXICON).as_json()


def test_sops_with_their_sums() -> None:
    first = rows(lists.sop_list)[0]
    assert (first["sop_id"], first["instansi"], first["page_first"], first["kegiatan"]) == ("a/01", "Dinas A", 3, 2)
    assert (first["menit"], first["hari_kerja"], first["unknown"]) == (30, 5, 0)


def test_steps_longest_first_where_a_length_is_asked_for() -> None:
    found = rows(lists.step_list, Wanted(longer_than=10))
    assert [(row["sop_id"], row["no"]) for row in found] == [
        ("a/01", 2),
        ("b/01", 2),
        ("a/02", 1),
        ("a/01", 1),
        ("b/01", 1),
    ]
    assert (found[0]["pelaksana"], found[0]["waktu"]) == ("Kasubbag; Staf", "5 hari kerja")
    assert [row["page"] for row in found if row["no"] == 1] == [4, 4, 4]


def test_work_of_performers_by_agency() -> None:
    found = rows(lists.performer_list)
    work = {(row["pelaksana"], row["instansi"]): row for row in found}
    staf = work["Staf", "Dinas A"]
    assert (staf["sops"], staf["kegiatan"], staf["menit"], staf["hari_kerja"]) == (2, 3, 150, 5)
    assert work["Staf", ""]["unknown"] == 1
    assert found[0] == staf  # who has the most steps
    assert {row["pelaksana"] for row in rows(lists.performer_list, Wanted(performer="kasubbag"))} == {"Kasubbag"}


def test_work_of_agencies() -> None:
    found = {row["instansi"]: row for row in rows(lists.agency_list)}
    assert (found["Dinas A"]["sops"], found["Dinas A"]["kegiatan"], found["Dinas A"]["menit"]) == (2, 3, 150)


def test_laws_with_the_sops_that_cite_them() -> None:
    found = rows(lists.law_list)
    assert [(row["law"], row["sop_ids"]) for row in found] == [
        ("Undang-Undang 25/2009", "a/01; a/02"),
        ("Peraturan Bupati 25/2009", "a/02"),
    ]
    assert [row["law"] for row in rows(lists.law_list, Wanted(law="perbup"))] == ["Peraturan Bupati 25/2009"]
