"""Entries that several processes add to one corrections file at once: none is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from corrected import sample

from pipeline.corrections import parse_corrections
from pipeline.model.document import Digitized, Document
from pipeline.store.outputs import write_document

ENTRIES = 20
ADD = f"""
import sys
from pathlib import Path
from pipeline.batch.revise import add_correction
from pipeline.corrections.new_entry import CorrectionRequest
name, out, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
for number in range({ENTRIES}):
    request = CorrectionRequest("header/keterkaitan", "insert", f"SOP {{name}}-{{number}}", after="2")
    add_correction("sop-bintan/01", request, out, folder)
"""


def test_of_two_processes_that_write_into_one_file_neither_loses_an_entry(tmp_path: Path) -> None:
    record = sample()
    document = Document(name="sop-bintan", file=record.source.file, sha256=record.source.sha256, kind="scan")
    write_document(tmp_path / "outputs", Digitized(document, (record,)))
    places = [str(tmp_path / "outputs"), str(tmp_path / "corrections")]
    both = [
        subprocess.Popen(
            [sys.executable, "-c", ADD, name, *places], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for name in ("a", "b")
    ]
    for process in both:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin
        process.stdin.write("begin\n")
        process.stdin.flush()
    for process in both:
        process.communicate(timeout=120)
    assert [process.returncode for process in both] == [0, 0]
    file = tmp_path / "corrections" / "sop-bintan.yaml"
    written = [entry.value for entry in parse_corrections(file.read_text(), "a").entries]
    assert sorted(map(str, written)) == sorted(f"SOP {name}-{number}" for name in "ab" for number in range(ENTRIES))
    assert list(file.parent.iterdir()) == [file]
