"""Runs whose inputs, outputs or corrections are in stores that are reached by URL."""

from __future__ import annotations

import importlib
import json
import logging
import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fakes
import pytest
from dask_clusters import cluster_in_this_process
from fsspec.implementations.memory import MemoryFileSystem
from typeset import Bundle, Cover, SopSpec, chain, typeset

from pipeline import doctor, load_all
from pipeline.batch import at_hand, run_outputs, worker_process
from pipeline.batch.inputs import gather
from pipeline.batch.job import Job, cached_result
from pipeline.batch.run import run_jobs
from pipeline.batch.workers import Workers, processes
from pipeline.cli import exit_code
from pipeline.commands import digitizing, looking
from pipeline.model.document import Digitized
from pipeline.settings import LimitSettings, Settings
from pipeline.settings.output_folders import IndexSettings
from pipeline.store import index_file
from pipeline.store.atomic import write_bytes
from pipeline.store.folder_holder import HOLDER
from pipeline.store.outputs import CACHE, write_document
from pipeline.store.remote_path import all_below, place_of

if TYPE_CHECKING:
    from object_store import ObjectStore

DIGITIZE = importlib.import_module("pipeline.stages")  # the package has a function of that name too
CONTENTS = {
    "a.txt": "Satu Dua",
    "sub/b.txt": "Tiga",
    "sub/c.txt": "crash",
    "d.txt": "",
    "README.md": "",
    ".x/e.txt": "",
}
ALL = 1  # exit code of a run over them: one crashes


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of inputs that the fake `digitize` reads, in this process."""
    monkeypatch.setattr(DIGITIZE, "digitize", fakes.fake_digitize)
    for module in (digitizing, looking):
        monkeypatch.setattr(module, "local_workers", fakes.workers_here)
    monkeypatch.setattr(doctor, "ocr_environment", lambda: "none")
    monkeypatch.chdir(tmp_path)
    copy_to(tmp_path / "in")
    return tmp_path


@pytest.fixture
def memory(here: Path) -> Iterator[str]:
    def clear() -> None:
        MemoryFileSystem.store.clear()
        MemoryFileSystem.pseudo_dirs[:] = [""]

    clear()
    copy_to(place_of("memory://in"))
    yield "memory://"
    clear()


@pytest.fixture(scope="module")
def server() -> Iterator[ObjectStore]:
    pytest.importorskip("moto", reason="locks/s3.txt is not installed")
    from object_store import ObjectStore

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ObjectStore()
    yield server
    server.lose()


@pytest.fixture
def bucket(server: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    server.make_bucket()
    copy_to(place_of("s3://bucket/in"))
    return "s3://bucket/"


def copy_to(folder: Path) -> None:
    for name, content in CONTENTS.items():
        write_bytes(folder / name, content.encode())


def run(*arguments: object) -> int:
    return exit_code(["run", *(str(argument) for argument in arguments), "--jobs", "1"])


def all_files(out: str | Path) -> dict[str, bytes]:
    """What a run wrote, without its cache."""
    folder = place_of(out)
    found = {path.relative_to(folder).as_posix(): path for path in all_below(folder) if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(found.items()) if not name.startswith(CACHE)}


@pytest.mark.parametrize(
    ("inputs", "out"), [("memory://in", "out"), ("in", "memory://out"), ("memory://in", "memory://out")]
)
def test_the_bytes_are_those_of_a_local_run(memory: str, inputs: str, out: str) -> None:
    assert run("in", "--out", "local") == run(inputs, "--out", out) == ALL
    assert all_files(out) == all_files("local")
    assert {"a/01-satu.sop.json", "sub/b/document.json", "index.json", "report.html"} < set(all_files(out))


def test_a_second_run_fetches_and_reads_nothing(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> Digitized:
        raise AssertionError("read again")

    place_of("memory://in/sub/c.txt").unlink()
    assert run("memory://in", "--out", "memory://out") == 1
    before = all_files("memory://out")
    monkeypatch.setattr(MemoryFileSystem, "get_file", never)
    assert run("memory://in", "--out", "memory://out") == 1
    assert all_files("memory://out") == before


def test_a_file_that_changed_is_read_again(memory: str) -> None:
    run("memory://in", "--out", "memory://out")
    write_bytes(place_of("memory://in/a.txt"), b"Lima Enam")
    run("memory://in", "--out", "memory://out")
    assert {"a/01-lima.sop.json", "a/02-enam.sop.json"} < set(all_files("memory://out"))
    assert "a/01-satu.sop.json" not in all_files("memory://out")


def test_a_file_larger_than_allowed_is_not_fetched(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[str] = []
    monkeypatch.setattr(MemoryFileSystem, "get_file", lambda self, path, local, **_: fetched.append(path))
    settings = Settings(limits=LimitSettings(file_megabytes=7e-6))
    (job,) = (Job(document, settings) for document in gather([place_of("memory://in/a.txt")]).documents)
    (result,) = run_jobs([job], fakes.workers_here(1))
    assert (result.document.status, fetched) == ("too-large", [])


def test_a_worker_fetches_a_divided_document_once_for_all_its_parts(
    memory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetches: list[str] = []
    fetch = MemoryFileSystem.get_file

    def counted(self: MemoryFileSystem, path: str, local: str, **options: Any) -> None:
        fetches.append(local)
        fetch(self, path, local, **options)

    monkeypatch.setattr(MemoryFileSystem, "get_file", counted)
    for number in (1, 2):
        path = tmp_path / f"{number}.pdf"
        typeset(Bundle(tuple(SopSpec(Cover(nama_sop=f"{number} {n}"), (chain(2),)) for n in range(2))), path)
    limits = LimitSettings(part_pages=2)
    document = place_of("memory://divided/book.pdf")

    def divided(changed: Path) -> Digitized:
        write_bytes(document, changed.read_bytes())
        (found,) = gather([document]).documents
        (result,) = run_jobs(
            [Job(found, Settings(limits=limits))], lambda _: nullcontext(Workers(fakes.InThisProcess(), 2))
        )
        return result

    before = divided(tmp_path / "1.pdf")
    assert len(fetches) == 4  # once for each of two parts, and twice more
    fetches.clear()
    monkeypatch.setattr(worker_process, "_channel", [None])
    assert divided(tmp_path / "1.pdf") == before
    assert len(fetches) == 1
    assert Path(fetches[0]).exists()
    assert divided(tmp_path / "2.pdf") != before  # what the store holds now is read
    assert len(fetches) == 2
    assert not Path(fetches[0]).exists()
    at_hand._let_go()
    assert not Path(fetches[1]).exists()


def test_a_file_that_goes_costs_itself_alone(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def remove_another(path: Path, settings: Settings, **options: Any) -> Digitized:
        place_of("memory://in/sub/b.txt").unlink(missing_ok=True)
        return fakes.fake_digitize(path, settings, **options)

    monkeypatch.setattr(DIGITIZE, "digitize", remove_another)
    assert run("memory://in", "--out", "out") == 1
    statuses = {
        entry["name"]: entry["status"] for entry in json.loads(Path("out/index.json").read_bytes())["documents"]
    }
    assert statuses == {"a": "ok", "d": "no-sop", "sub/b": "unreadable", "sub/c": "failed"}


def test_a_file_that_is_refused_costs_itself_alone(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = MemoryFileSystem.get_file

    def refused(self: MemoryFileSystem, path: str, local: str, **options: Any) -> None:
        if path.endswith("a.txt"):
            raise PermissionError("Forbidden")
        fetch(self, path, local, **options)

    monkeypatch.setattr(MemoryFileSystem, "get_file", refused)
    assert run("memory://in", "--out", "out") == 1
    entry = next(iter(json.loads(Path("out/index.json").read_bytes())["documents"]))
    assert (entry["name"], entry["status"], entry["message"]) == (
        "a",
        "unreadable",
        "memory://in/a.txt is refused: Forbidden",
    )


def test_a_folder_that_is_refused_costs_itself_alone(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = MemoryFileSystem.ls

    def refused(self: MemoryFileSystem, path: str, detail: bool = True, **options: Any) -> Any:
        if path.endswith("/in/sub"):
            raise PermissionError("Forbidden")
        return listing(self, path, detail=detail, **options)

    monkeypatch.setattr(MemoryFileSystem, "ls", refused)
    assert run("memory://in", "--out", "out") == 1
    index = json.loads(Path("out/index.json").read_bytes())
    assert {entry["name"]: entry["status"] for entry in index["documents"]} == {
        "a": "ok",
        "d": "no-sop",
        "sub": "unreadable",
    }


@pytest.mark.parametrize("asked", ["info", "ls"])
def test_credentials_that_do_not_do_are_told_in_one_line(
    memory: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], asked: str
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError("The AWS Access Key Id you provided does not exist in our records.")

    monkeypatch.setattr(MemoryFileSystem, asked, refused)
    for arguments in (("in", "--out", "memory://out"), ("memory://in", "--out", "out")):
        assert run(*arguments) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert "is refused: The AWS Access Key Id you provided does not exist in our records. Check" in line


@pytest.mark.parametrize("inputs", ["memory://nowhere", "s3://nowhere/in"])
def test_inputs_that_are_not_there_are_told(
    memory: str, bucket: str, inputs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(inputs) == 2
    assert f"there is no file or folder {inputs}" in capsys.readouterr().err


def test_a_bucket_that_is_not_there_is_told_before_anything_is_read(
    here: Path, bucket: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("in", "--out", "s3://nowhere/out") == 2
    assert "there is no bucket s3://nowhere" in capsys.readouterr().err


def test_commands_find_what_a_run_wrote_into_a_store(memory: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = "memory://out"
    run("memory://in", "--out", out)
    assert [record.id for record in load_all(out)] == ["a/01", "a/02", "sub/b/01"]
    capsys.readouterr()
    assert exit_code(["list", out, "--format", "csv"]) == 0
    assert "sub/b/01" in capsys.readouterr().out
    assert exit_code(["search", "dua", "--out", out, "--format", "csv"]) == 0
    assert "a/02" in capsys.readouterr().out
    assert exit_code(["diff", "a/01", "a/02", "--out", out]) == 0
    assert exit_code(["export", out, "--to", "csv", "--out", "memory://exports"]) == 0
    assert any(name.endswith(".csv") for name in all_files("memory://exports"))
    assert exit_code(["review", "memory://in", "--out", out]) == 2
    assert "is in a store" in capsys.readouterr().err


def test_corrections_may_be_in_a_store(memory: str) -> None:
    inputs, out = "memory://team/in", "memory://team/out"
    copy_to(place_of(inputs))
    run(inputs, "--out", out)
    correct = ["correct", "a/01", "header/nama_sop", "Delapan", "--out", out]
    assert exit_code([*correct, "--corrections", "memory://team/corrections"]) == 0
    run(inputs, "--out", out)
    assert "a/01-delapan.sop.json" in all_files(out)
    assert json.loads(place_of(f"{out}/index.json").read_bytes())["corrections"] == "../corrections"
    assert exit_code(["check", inputs, "--out", out]) == 0


def test_very_many_documents_are_sharded_and_listed_line_by_line_in_a_store_too(
    here: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_file, "IndexSettings", lambda: IndexSettings(listed_documents=2))
    out = f"{bucket}out"
    for folder in (out, "local"):
        assert run("in", "--out", folder, "--shard") == ALL
    assert "index.jsonl" in all_files(out)
    assert all_files(out) == all_files("local")
    assert run("in", "--out", out) == ALL
    assert all_files(out) == all_files("local")


def test_what_is_pruned_goes_and_nothing_else(memory: str) -> None:
    run("memory://in", "--out", "memory://out")
    write_bytes(place_of("memory://out/sub/b/notes.txt"), b"somebody's")
    place_of("memory://in/sub/b.txt").unlink()
    run("memory://in", "--out", "memory://out", "--prune")
    assert [name for name in all_files("memory://out") if name.startswith("sub/b")] == ["sub/b/notes.txt"]


def test_s3_gives_the_same_bytes_in_worker_processes_that_share_no_disk(here: Path, bucket: str) -> None:
    """Workers are told by the job alone where its file and the cache are."""
    found = gather([place_of(f"{bucket}in")], place_of(f"{bucket}out")).documents
    cache = place_of(f"{bucket}out/.cache")
    jobs = [Job(one, Settings(), cache=cache, digitize=fakes.fake_digitize) for one in found]
    results = run_jobs(jobs, lambda _: processes(2))
    local = [Job(one, Settings(), digitize=fakes.fake_digitize) for one in gather([here / "in"]).documents]
    assert results == run_jobs(local, fakes.workers_here(1))
    assert [cached_result(job) for job in jobs if "c" not in job.document.name] == [
        result for result in results if not result.document.failed
    ]


def test_a_cluster_gives_the_same_bytes_from_store_to_store(
    tmp_path: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(digitizing, "local_workers", fakes.workers_here)
    for name in ("a.pdf", "b.pdf"):
        typeset(Bundle((SopSpec(Cover(nama_sop=f"Surat {name}"), (chain(2),)),)), Path(name))
        write_bytes(place_of(f"{bucket}pdf/{name}"), Path(name).read_bytes())
    with cluster_in_this_process() as cluster:
        options = ("--cluster", cluster.scheduler_address, "--no-ocr")
        assert exit_code(["run", f"{bucket}pdf", "--out", f"{bucket}out", *options]) == 0
    assert exit_code(["run", "a.pdf", "b.pdf", "--out", "local", "--no-ocr"]) == 0
    assert all_files(f"{bucket}out") == all_files("local")
    assert len(all_files("local")) == 6


def test_a_store_that_is_lost_is_told_in_one_line_and_the_next_run_goes_on(
    here: Path, bucket: str, server: ObjectStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lose(out: Path, digitized: Digitized, **options: Any) -> Path:
        names.append(digitized.document.name)
        if len(names) == 2:  # in whichever order they are done
            server.lose()
        return write_document(out, digitized, **options)

    names: list[str] = []
    run("in", "--out", "local")
    capsys.readouterr()
    monkeypatch.setattr(run_outputs, "write_document", lose)
    try:
        assert run(f"{bucket}in", "--out", f"{bucket}out") == 2
    finally:
        server.come_back()
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert told[0].startswith(f"sop: s3://bucket/out/{names[1]} does not answer: EndpointConnectionError")
    assert "r4hasia" not in "".join(told)
    written = all_files(f"{bucket}out")
    assert f"{names[0]}/document.json" in written
    assert "index.json" not in written
    assert json.loads(written.pop(HOLDER))["holder"]["pid"] == os.getpid()  # nobody could take it away
    assert written.items() <= all_files("local").items()
    monkeypatch.setattr(run_outputs, "write_document", write_document)
    assert run(f"{bucket}in", "--out", f"{bucket}out") == ALL
    assert all_files(f"{bucket}out") == all_files("local")
