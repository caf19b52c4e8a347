from __future__ import annotations

import random

import pytest
from rapidfuzz import fuzz

from bench import related


@pytest.mark.parametrize("make", [related.recurring, related.different])
def test_what_is_measured_is_what_comparing_with_each_finds(make: related.Make) -> None:
    found = related.measured(make, 300, 60)
    assert found.sops == 300
    assert 100 < found.names <= 300
    assert related.row("some", found)[:3] == ["some", "300", f"{found.names}"]


def test_something_else_that_is_found_ends_the_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter(range(1000))
    monkeypatch.setattr(related, "scores", lambda index, text: [float(next(told))])
    with pytest.raises(AssertionError):
        related.measured(related.different, 50, 20)


def test_a_misprinted_name_is_much_like_the_name() -> None:
    rng, name = random.Random(1), "penerbitan izin usaha perdagangan"
    made = {related.misprinted(rng, name) for _ in range(50)}
    assert len(made) > 40
    assert min(fuzz.ratio(name, one) for one in made) > 85
