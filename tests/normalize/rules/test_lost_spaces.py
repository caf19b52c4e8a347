from __future__ import annotations

import pytest

from pipeline.normalize.rules.lost_spaces import lost_spaces, parted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("denganjenis", ["dengan", "jenis"]),
        ("Pencatatandan", ["Pencatatan", "dan"]),
        ("surat,dan", ["surat,", "dan"]),
        ("(denganjenis);", ["(dengan", "jenis);"]),
        ("dilingkungan", ["dilingkungan"]),  # authors write "di", "ke" and "se" so
        ("keseluruh", ["keseluruh"]),
        ("ketidaktransparan", ["ketidaktransparan"]),
        ("pemutakhiran", ["pemutakhiran"]),
        ("Drafting", ["Drafting"]),
    ],
)
def test_parts_what_is_two_words_and_no_word(language, text, words) -> None:
    assert parted(text, language) == words


def test_a_text_layer_and_a_sure_reading_were_written_so(phrase, language) -> None:
    for confidence in (None, 0.95):
        assert lost_spaces(phrase("Memeriksadan meneliti", confidence), language).text == "Memeriksadan meneliti"
    mended = lost_spaces(phrase("Memeriksadan meneliti", 0.7), language)
    assert mended.text == "Memeriksa dan meneliti"
    assert mended.changes[0].rule == "lost-space" and mended.tokens[1].mended
