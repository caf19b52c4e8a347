"""What is offered is explained: in the help, and in the README."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from pipeline.cli import app, exit_code
from pipeline.errors import INTERRUPTED, NOT_ALL, OK, USAGE, PipelineError
from pipeline.settings import Settings
from pipeline.stages import digitize

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text("utf-8")
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
DOCUMENTS = "\n".join([README, *(page.read_text("utf-8") for page in sorted(PROJECT.glob("docs/*.md")))])
COMMANDS: dict[str, Any] = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def options(command: Any) -> list[Any]:
    return [parameter for parameter in command.params if parameter.param_type_name == "option"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_and_so_have_its_options(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert [option.name for option in command.params if not option.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_in_the_documents(name: str) -> None:
    assert f"sop {name}" in DOCUMENTS
    missing = [option.opts[0] for option in options(COMMANDS[name]) if f"`{option.opts[0]}" not in DOCUMENTS]
    assert missing == []


def test_the_exit_codes_are_in_the_help_and_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["--help"]) == OK
    shown = capsys.readouterr().out
    for code in (OK, NOT_ALL, USAGE, INTERRUPTED):
        assert re.search(rf"\b{code} \w", shown)
        assert f"| {code} |" in README
    assert {PipelineError.exit_code, *(kind.exit_code for kind in PipelineError.__subclasses__())} == {USAGE}


def test_the_readme_opens_with_the_two_commands() -> None:
    block = README.partition("```")[2].partition("```")[0]
    assert [line for line in block.splitlines()[1:] if line.strip()][:2] == [
        "make run     # inputs/ -> outputs/, after installing what is missing",
        "make test",
    ]


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README.md", "CONTRIBUTING.md"])
def test_make_targets_in_the_documents_exist(text: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"\bmake ([a-z]+)", text)) <= targets


def test_how_to_work_on_it_fits_on_a_screen_and_names_files_that_are_there() -> None:
    assert len(CONTRIBUTING.splitlines()) <= 50
    named = re.findall(r"`((?:pipeline|tests|bench|scripts|docs)/[\w/.]*)`", CONTRIBUTING)
    assert len(named) > 15
    assert [path for path in named if not (PROJECT / path).exists()] == []


def test_links_in_the_documents_lead_somewhere() -> None:
    for page in [*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md"), *PROJECT.glob("*/README.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_test_that_the_page_of_security_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (PROJECT / "docs" / "security.md").read_text("utf-8"))
    assert len(named) > 20
    for path, test in named:
        assert f"def {test}(" in (PROJECT / path).read_text("utf-8") if test else (PROJECT / path).is_file(), test


@pytest.mark.untraced  # test_golden.py reads the same document
def test_the_excerpt_in_the_readme_is_what_comes_out() -> None:
    excerpt = json.loads(README.partition("<!-- excerpt -->")[2].partition("```json")[2].partition("```")[0])
    name, _, place = excerpt["id"].partition("/")
    result = digitize(PROJECT / "inputs" / f"{name}.pdf", Settings(), name=name)
    assert differences(excerpt, result.records[int(place) - 1].as_json()) == []


def differences(part: Any, whole: Any, path: str = "") -> list[str]:
    """Where `part`, keys and items left out, is not what `whole` says. Its lists may skip items of the whole's."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return [
            line
            for key, value in part.items()
            for line in (differences(value, whole[key], f"{path}/{key}") if key in whole else [f"{path}/{key}: gone"])
        ]
    if isinstance(part, list) and isinstance(whole, list):
        return [f"{path}: no {item}" for item in part if all(differences(item, other) for other in whole)]
    return [] if part == whole else [f"{path}: {part!r}, but it is {whole!r}"]


def test_differences_are_seen() -> None:
    whole = {"a": [{"b": 1, "c": 2}, {"b": 2}], "d": None}
    assert differences({"a": [{"b": 2}], "d": None}, whole) == []
    assert differences({"a": [{"b": 3}]}, whole) == ["/a: no {'b': 3}"]
    assert differences({"d": 1, "e": 1}, whole) == ["/d: 1, but it is None", "/e: gone"]
