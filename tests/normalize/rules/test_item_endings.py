from __future__ import annotations

from pipeline.model.draft import Value
from pipeline.normalize.rules.item_endings import item_endings


def items(*texts: str, confidence: float | None = 0.9) -> list[Value[str]]:
    return [Value(text, text, 1, None, confidence) for text in texts]


def test_misread_closing_marks_become_semicolons() -> None:
    found = item_endings(items("Tugas;", "Pelayanan Publik:", "Bakamla RI, dan", "Daftar Informasi."))
    assert [item.clean for item in found] == ["Tugas;", "Pelayanan Publik;", "Bakamla RI; dan", "Daftar Informasi."]
    assert [len(item.changes) for item in found] == [0, 1, 1, 0]


def test_items_without_marks_and_of_a_text_layer_stay() -> None:
    assert [item.clean for item in item_endings(items("ATK", "Buku kerja"))] == ["ATK", "Buku kerja"]
    printed = items("Tugas;", "Pelayanan Publik:", confidence=None)
    assert item_endings(printed) == printed
