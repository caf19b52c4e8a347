from __future__ import annotations

from pipeline.kept_results import KeptResults


def test_a_result_is_made_once_for_the_same_objects() -> None:
    kept, made, one, other = KeptResults(10), list[str](), [1], [1]

    def make(name: str) -> str:
        made.append(name)
        return name

    assert kept.once(lambda: make("a"), (one,), "f") == "a"
    assert kept.once(lambda: make("b"), (one,), "f") == "a"
    assert kept.once(lambda: make("c"), (other,), "f") == "c"  # an equal object is another
    assert kept.once(lambda: make("d"), (one,), "g") == "d"
    assert made == ["a", "c", "d"]


def test_what_was_asked_for_last_is_kept_and_no_more_than_allowed() -> None:
    kept, values = KeptResults(4), [[number] for number in range(20)]
    for value in values:
        kept.once(lambda value=value: value[0], (value,), "f")  # type: ignore[misc]
        assert kept.once(lambda: -1, (values[0],), "f") == 0
    assert kept.once(lambda: -1, (values[1],), "f") == -1
    assert KeptResults().once(lambda: 1, (values,), "f") == 1
    assert KeptResults().once(lambda: 2, (values,), "f") == 2
