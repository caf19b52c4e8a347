"""What libraries say while they read becomes an issue of the document, and no noise."""

from __future__ import annotations

import logging
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from pipeline.batch.library_remarks import LONGEST, MOST, library_remarks, remark_issues

FONT = "Could not get FontBBox from font descriptor because None cannot be parsed as 4 floats"


def test_what_a_library_logs_is_taken_and_what_the_package_logs_is_not() -> None:
    with library_remarks() as remarks:
        logging.getLogger("pdfminer.pdffont").warning(FONT)
        logging.getLogger("pdfminer.pdffont").info("of no interest")
        logging.getLogger("pipeline.readers").warning("its own")
    logging.getLogger("pdfminer.pdffont").warning("later")
    assert remarks == [f"pdfminer: {FONT}"]


def print_as_a_library_in_c_does() -> list[str]:
    with library_remarks() as remarks:
        os.write(2, b"Corrupt JPEG data: 13 extraneous bytes before marker 0xd9\n")
    return remarks


def test_what_a_library_prints_is_taken_in_a_worker_only(capfd: pytest.CaptureFixture[str]) -> None:
    assert print_as_a_library_in_c_does() == []
    assert "Corrupt JPEG data" in capfd.readouterr().err
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
        found = worker.submit(print_as_a_library_in_c_does).result()
    assert found == ["Corrupt JPEG data: 13 extraneous bytes before marker 0xd9"]
    assert capfd.readouterr().err == ""


def test_each_remark_is_told_once_and_without_what_differs_from_run_to_run() -> None:
    issues = remark_issues(["a:  <X at 0x7f00aabbccdd>", "a: <X at 0x7f00aabbccee>", "", "b\x1b[31m", "c" * 999])
    assert [issue.code for issue in issues] == ["library-remark"] * 3
    assert issues[0].message == "a library that reads the file says: a: <X at 0x…>"
    assert "\x1b" not in issues[1].message
    assert issues[2].message.endswith(" " + "c" * LONGEST)
    assert len(remark_issues(str(number) for number in range(99))) == MOST
