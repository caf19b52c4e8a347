from __future__ import annotations

import pytest

from pipeline.errors import PipelineError
from pipeline.model.text import fold
from pipeline.normalize.lexicon import Lexicon, load_lexicon


def test_every_canonical_form_stands_for_itself(lexicon: Lexicon) -> None:
    assert lexicon.role_words["kasubbag"] == "kasubbag"
    assert lexicon.citation_kinds["peraturan daerah"] == lexicon.citation_kinds["perda"] == "Peraturan Daerah"
    assert {lexicon.units[unit] for unit in lexicon.units.values()} == set(lexicon.units.values())


def test_no_form_means_two_things(lexicon: Lexicon) -> None:
    """A form listed under two canonical names would silently take the last."""
    from pipeline.normalize.lexicon import CitationsFile, PelaksanaFile, _read

    for forms in (_read("pelaksana", PelaksanaFile).words, _read("citations", CitationsFile).kinds):
        seen = [fold(form) for name, printed in forms.items() for form in {fold(name), *map(fold, printed)}]
        assert len(seen) == len(set(seen))


def test_the_overlay_wins() -> None:
    taught = load_lexicon({"units": {"mnt": "jam"}, "words": {"a": "b"}, "headings": {"Persy/Kikon": "kelengkapan"}})
    assert taught.units["mnt"] == "jam"
    assert taught.reviewed_words == {"a": "b"}
    assert taught.headings == {"persy kikon": "kelengkapan"}


@pytest.mark.parametrize("overlay", [{"unit": {}}, {"units": {"mnt": "menits"}}, {"words": ["a"]}])
def test_an_overlay_of_another_shape_is_refused_by_name(overlay: dict[str, object]) -> None:
    with pytest.raises(PipelineError, match=r"corrections/lexicon\.yaml: (unit|words)"):
        load_lexicon(overlay)
