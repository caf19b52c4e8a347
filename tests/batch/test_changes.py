from __future__ import annotations

import os
import shutil
from pathlib import Path

from fakes import digitized

from pipeline.batch.changes import changes, outputs_of
from pipeline.export.json import index_of
from pipeline.model.document import Digitized
from pipeline.store.index_file import write_index
from pipeline.store.outputs import write_document


def write(out: Path, *documents: Digitized, earlier: tuple[Digitized, ...] = ()) -> None:
    for document in documents:
        write_document(out, document)
    index = index_of(documents, (), index_of(earlier, ()).documents)
    entries = [entry.model_copy(update={"earlier": entry.name in {e.document.name for e in earlier}})
               for entry in index.documents]  # fmt: skip
    write_index(out, index.model_copy(update={"documents": entries}))


def of(document: Digitized, **changed: object) -> Digitized:
    return Digitized(document.document.model_copy(update=changed), document.records)


def test_a_line_for_each_document_that_is_other_than_before(tmp_path: Path) -> None:
    a, b, c, d, e, f = (digitized(name) for name in "abcdef")
    write(tmp_path, a, b, c, d, e)
    before = outputs_of(tmp_path)
    assert changes({}, before, tmp_path)[0].kind == "new"
    for path in (tmp_path / "b").iterdir():
        os.utime(path, (9e9, 9e9))
    shutil.rmtree(tmp_path / "e")
    write(tmp_path, a, b, of(c, sha256="1" * 64), f, of(digitized("g"), status="damaged"), earlier=(d,))
    found = changes(before, outputs_of(tmp_path), tmp_path)
    assert [(change.entry.name, change.kind) for change in found] == [
        ("b", "rewritten"),
        ("c", "changed"),
        ("d", "gone"),
        ("e", "gone"),
        ("f", "new"),
        ("g", "failed"),
    ]
    assert [change.pruned for change in found if change.kind == "gone"] == [False, True]


def test_an_empty_folder_holds_none(tmp_path: Path) -> None:
    assert outputs_of(tmp_path) == {}
