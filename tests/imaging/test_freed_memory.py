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


FREED = """
from pathlib import Path
from pipeline.imaging.freed_memory import LARGE_BLOCK, part_large_blocks

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

part_large_blocks()
bytes(b"1" * 2 * LARGE_BLOCK)  # the first that is freed is what glibc learns from
large, small = bytearray(b"1" * LARGE_BLOCK), bytearray(b"1" * 60_000)
before = resident()
del large
print(LARGE_BLOCK, before - resident())
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="told by Linux alone")
def test_a_large_block_is_handed_back_when_it_is_freed() -> None:
    run = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    size, handed_back = map(int, run.stdout.split())
    assert handed_back > 0.9 * size
