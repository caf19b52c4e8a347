from __future__ import annotations

from pipeline.normalize.rules.torn_words import torn_words


def test_joins_pieces_with_a_narrow_gap(phrase, language) -> None:
    torn = torn_words(phrase("hasil Moni toring", gap=0.2), language)
    assert torn.text == "hasil Monitoring"
    assert [(c.before, c.after) for c in torn.changes] == [("Moni toring", "Monitoring")]


def test_a_wide_gap_and_a_text_layer_stay(phrase, language) -> None:
    assert torn_words(phrase("Moni toring", gap=0.6), language).text == "Moni toring"
    assert torn_words(phrase("Moni toring", confidence=None, gap=0.2), language).text == "Moni toring"


def test_closes_the_gap_a_slash_seems_to_have(phrase, language) -> None:
    assert torn_words(phrase("Sekda/ asisten", gap=0.25), language).text == "Sekda/asisten"
    assert torn_words(phrase("Hukum/ Produk", gap=0.6), language).text == "Hukum/ Produk"
    assert torn_words(phrase("OPD / penyelenggara", gap=0.3), language).text == "OPD / penyelenggara"
