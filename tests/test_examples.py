"""The examples run as they stand, on the outputs of the samples; PostgreSQL on a server that the test starts."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from outputs_of_documents import PROJECT, all_records, outputs_of_documents

from pipeline.cli import exit_code
from pipeline.model.record import Record

EXAMPLES = PROJECT / "examples"
DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))  # where Debian keeps the server's programs

pytestmark = pytest.mark.untraced  # in processes of their own


def program(name: str) -> str | None:
    return shutil.which(name) or next((found for place in DEBIAN if (found := shutil.which(name, path=place))), None)


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outputs, folder = outputs_of_documents(tmp_path_factory), tmp_path_factory.mktemp("exports")
    given = ["export", str(outputs), "--to", "csv", "--raw", "--to", "parquet", "--out", str(folder)]
    assert exit_code(given) == 0
    return folder


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Record]:
    return all_records(outputs_of_documents(tmp_path_factory))


def test_every_example_is_in_the_list() -> None:
    listed = (EXAMPLES / "README.md").read_text("utf-8")
    assert [path.name for path in EXAMPLES.iterdir() if path.is_file() and path.name not in listed] == ["README.md"]


def test_pandas_and_duckdb_answer(exports: Path, records: Sequence[Record]) -> None:
    command = [sys.executable, str(EXAMPLES / "pandas_duckdb.py"), str(exports)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    busiest, back, laws = done.stdout.strip().split("\n\n")
    assert len(busiest.splitlines()) == 2 + 5
    edges = [
        (record.id, source, target)
        for record in records
        for places in [{node.id: node.kegiatan for node in record.flow.nodes}]
        for edge in record.flow.edges
        if (source := places[edge.source]) and (target := places[edge.target]) and target < source
    ]
    assert len(back.splitlines()) == 1 + len(edges)
    assert "Peraturan Presiden" in laws


@pytest.fixture
def database() -> Iterator[list[str]]:
    """A PostgreSQL server of its own, reached by a socket alone; the options by which psql finds it."""
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    if not (initdb and pg_ctl and program("psql")):
        pytest.skip("no PostgreSQL: sh scripts/setup.sh test installs it")
    home = Path(tempfile.mkdtemp(prefix="sop-pg-", dir="/tmp"))  # a socket's path is short
    user = {}
    if os.getuid() == 0:  # which the server refuses
        other = next(one for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody"))
        os.chown(home, other.pw_uid, other.pw_gid)
        user = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}

    def run(*command: str) -> None:
        with (home / "log").open("ab") as log:
            done = subprocess.run(command, cwd=home, stdout=log, stderr=log, check=False, **user)  # type: ignore[call-overload]
        assert done.returncode == 0, (home / "log").read_text("utf-8")

    data = str(home / "data")
    try:
        run(initdb, "-D", data, "-U", "sop", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run(pg_ctl, "-D", data, "-w", "-o", f"-k {home} -c listen_addresses='' -c fsync=off", "start")
        try:
            yield ["-h", str(home), "-U", "sop", "-d", "postgres"]
        finally:
            run(pg_ctl, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def asked(database: list[str], folder: Path, *arguments: str) -> str:
    command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *database, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_postgresql_takes_the_tables_with_their_keys_and_answers(
    database: list[str], exports: Path, records: Sequence[Record]
) -> None:
    asked(database, exports, "-f", "postgresql.sql")
    counts = {
        "sop": len(records),
        "kegiatan": sum(len(record.kegiatan) for record in records),
        "flow_edges": sum(len(record.flow.edges) for record in records),
        "issues": sum(len(record.issues) for record in records),
    }
    for table, count in counts.items():
        assert asked(database, exports, "-c", f"SELECT count(*) FROM {table}").strip() == str(count)
    keys = "SELECT count(*) FROM information_schema.table_constraints WHERE constraint_type = 'FOREIGN KEY'"
    assert int(asked(database, exports, "-c", keys)) >= 10
    path = "SELECT count(*) FROM issues WHERE path IS NULL"
    assert asked(database, exports, "-c", path).strip() == "0"
    answers = asked(database, exports, "-f", str(EXAMPLES / "postgresql_questions.sql"))
    assert "Laporkan" in answers or "laporan" in answers.lower()
    assert "sop-bintan/02|12" in answers
