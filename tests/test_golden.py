"""The records of inputs/ and of one typeset document, kept word for word.

A golden that is missing is written, and the run fails until someone has looked at it and runs again. One that differs
is overwritten by nobody: delete it where the new record is the better one.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typeset import Cover, SopSpec, Style, chain, typeset

from pipeline import Settings, digitize

HERE = Path(__file__).parent
INPUTS = HERE.parent / "inputs"
TEXTS = ("pergub-kalsel-monev", "sop-bintan")


def records(path: Path) -> str:
    """All that the records say, without the places where it was seen: those have tests of their own."""
    done = digitize(path, Settings(), name=path.stem)
    plain = [record.as_json() for record in done.records]
    for record in plain:
        del record["evidence"], record["source"]["sha256"]
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def check(found: str, golden: Path) -> None:
    """Compare with the golden; write it where there is none, and fail."""
    if not golden.exists():
        golden.write_text(found, encoding="utf-8")
        pytest.fail(f"{golden.name} is new: look at it, then run again")
    assert json.loads(found) == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("stem", TEXTS)
def test_inputs(stem: str) -> None:
    check(records(INPUTS / f"{stem}.pdf"), HERE / "golden" / f"{stem}.json")


def test_typeset_document(tmp_path: Path) -> None:
    spec = SopSpec(Cover(), (chain(9, decision=3, judul="PENERIMAAN SURAT"), chain(4, judul="PENGIRIMAN SURAT")))
    typeset(spec, tmp_path / "typeset.pdf", Style(number_row=True, fill="grey"))
    check(records(tmp_path / "typeset.pdf"), HERE / "golden" / "typeset.json")


def test_a_new_golden_is_written_and_fails_the_run_once(tmp_path: Path) -> None:
    golden = tmp_path / "new.json"
    with pytest.raises(pytest.fail.Exception, match="is new: look at it"):
        check('{"a": 1}', golden)
    check('{"a": 1}', golden)
    with pytest.raises(AssertionError):
        check('{"a": 2}', golden)
