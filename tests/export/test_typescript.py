"""The TypeScript declarations that are published, made anew from the schemas and used by the compiler."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from fakes import digitized

from pipeline.export.json import files_of, index_of

PROJECT = Path(__file__).parents[2]
JAVASCRIPT = PROJECT / "tests" / "javascript"
SCHEMAS = PROJECT / "docs" / "schema"
TSC = JAVASCRIPT / "node_modules" / ".bin" / "tsc"
TYPES = {"record": "SopRecord", "document": "SopDocument", "index": "SopIndex"}

pytestmark = [
    pytest.mark.skipif(not TSC.exists(), reason="no JavaScript packages: sh scripts/setup.sh test installs them"),
    pytest.mark.untraced,  # in processes of their own
]


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False)


def test_the_published_declarations_are_those_of_the_schemas(tmp_path: Path) -> None:
    """`npm --prefix tests/javascript run types` writes them anew."""
    done = run(JAVASCRIPT, "node", "types.mjs", SCHEMAS, tmp_path)
    assert done.returncode == 0, done.stderr
    for name in TYPES:
        assert (tmp_path / f"{name}.d.ts").read_text("utf-8") == (SCHEMAS / f"{name}.d.ts").read_text("utf-8")


def compiled(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    for name in TYPES:
        (folder / f"{name}.d.ts").write_bytes((SCHEMAS / f"{name}.d.ts").read_bytes())
    (folder / "program.ts").write_text(program, "utf-8")
    return run(folder, TSC, "--strict", "--noEmit", "--target", "es2022", "program.ts")


def test_the_compiler_takes_outputs_by_them_and_refuses_what_is_none(tmp_path: Path) -> None:
    result = digitized("a", ("Satu", None))
    files = dict(files_of(result))
    first = json.loads((PROJECT / "tests" / "golden" / "sop-bintan.json").read_text("utf-8"))[1]
    first["source"]["sha256"] = "0" * 64
    seen = {"page": 1, "box": [1, 2, 3, 4], "raw": "x", "confidence": 0.5, "changes": []}
    values = {
        "record": {**first, "evidence": {"/header/nama_sop": seen}},
        "document": files["document.json"],
        "index": index_of([result]).model_dump(mode="json"),
    }
    imports = [f'import type {{ {type_} }} from "./{name}";' for name, type_ in TYPES.items()]
    uses = [f"export const {name}: {TYPES[name]} = {json.dumps(value)};" for name, value in values.items()]
    walk = 'export const steps: string[] = record.kegiatan.map((step) => `${step.no}: ${step.uraian ?? ""}`);'
    good = compiled(tmp_path, "\n".join([*imports, *uses, walk]))
    assert good.returncode == 0, good.stdout
    wrong = uses[0].replace('"no": 1,', '"no": "1",', 1)
    bad = compiled(tmp_path, "\n".join([imports[0], wrong]))
    assert bad.returncode != 0
    assert "is not assignable to type 'number'" in bad.stdout
