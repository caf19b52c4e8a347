"""What is freed between blocks that are in use goes back to the system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BLOCKS = """
from pathlib import Path
from pipeline.imaging.freed_memory import LARGE, release_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

blocks = [bytes(b"1" * 60_000) for _ in range(1_000)]
full = resident()
blocks = blocks[::10]
before = resident()
release_memory(LARGE - 1)
small = resident()
release_memory(LARGE)
print(full - before, full - small, full - resident())
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="told by Linux alone")
def test_gaps_between_blocks_are_handed_back() -> None:
    run = subprocess.run([sys.executable, "-c", BLOCKS], capture_output=True, text=True, check=True)
    before, small, after = map(int, run.stdout.split())
    assert after > 40e6 > max(before, small)
