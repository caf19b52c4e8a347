"""JSON pointers as RFC 6901 writes them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.pointer import is_within, pointer, split_pointer

parts = st.lists(st.text(max_size=4) | st.sampled_from(["~", "/", "~1", "~01", ""]), max_size=4)


def test_the_examples_of_the_rfc() -> None:
    assert [pointer(part) for part in ("foo", "", "a/b", "c%d", " ", "m~n")] == [
        "/foo",
        "/",
        "/a~1b",
        "/c%d",
        "/ ",
        "/m~0n",
    ]
    assert pointer() == ""
    assert pointer("foo", 0) == "/foo/0"
    assert split_pointer("/~01") == ("~1",), "~01 is ~1, not a slash"


@given(parts)
def test_a_pointer_splits_into_what_it_was_made_of(path: list[str]) -> None:
    assert split_pointer(pointer(*path)) == tuple(path)


def test_what_a_pointer_leads_into() -> None:
    assert is_within("/a/1", "/a/1")
    assert is_within("/a/1/b", "/a/1")
    assert not is_within("/a/10", "/a/1")
    assert is_within("/a", ""), "the empty pointer is the whole record"
