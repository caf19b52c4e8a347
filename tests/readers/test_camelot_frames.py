"""Tables without ruling lines are read without pandas, which stays whole for whoever else wants it."""

from __future__ import annotations

import subprocess
import sys

READ = """
import sys
from pipeline.model.geometry import Box
from pipeline.model.page import Page, Word
from pipeline.readers.camelot_tables import text_tables

words = [
    Word(text, Box(x, 50.0 + 20 * row, x + 30, 59.0 + 20 * row), 9.0)
    for row in range(6)
    for x, text in ((40.0, "No"), (120.0, "Isi"), (260.0, "Hasil"))
]
(table,) = text_tables(Page(1, 400.0, 300.0, "text", tuple(words), ()), Box(0, 0, 400, 300), words)
print(len(table.xs), "pandas.core" in sys.modules)

import pandas
from camelot import core
from camelot.parsers import base

frame = core.Table([(0, 1)], [(1, 0)]).df
print(core.pd.concat is base.pd.concat is pandas.concat, type(frame) is pandas.DataFrame)
"""


def test_pandas_is_not_loaded_for_a_table_and_is_as_ever_afterwards() -> None:
    run = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=True)
    read, afterwards = run.stdout.splitlines()
    assert read.split() == ["4", "False"]
    assert afterwards == "True True"
