"""The examples in docs/export/ are what the code writes; scripts/publish.py renews them."""

from __future__ import annotations

from scripts.publish import DOCS, examples


def test_examples_are_up_to_date() -> None:
    written = examples()
    assert written
    for name, content in written.items():
        assert (DOCS / "export" / name).read_bytes() == content, f"{name}: run scripts/publish.py"
