"""Whatever people are told is there in both languages, from one catalogue."""

from __future__ import annotations

import ast
import json
import re
import runpy
import string
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import pytest
from babel.messages.pofile import read_po

from pipeline.cli import exit_code
from pipeline.console import NEEDS
from pipeline.console_corrections import SEVERITIES
from pipeline.console_run import DOCUMENT_STATUSES
from pipeline.corrections.entry import STATUSES
from pipeline.corrections.entry import Status as EntryStatus
from pipeline.doctor import Need
from pipeline.message import Message, counted, msg
from pipeline.model.document import Status as DocumentStatus
from pipeline.model.issue import Issue, Severity
from pipeline.translation import INDONESIAN, language_of, shown, speaking, translate, translations

PROJECT = Path(__file__).parent.parent
SCRIPT: dict[str, Any] = runpy.run_path(str(PROJECT / "scripts" / "translations.py"))
CATALOGUE = PROJECT / "pipeline" / "translations" / "id.po"
PRINTS = ("say", "print", "Table", "add_row", "add_task", "add_column", "TextColumn", "Column")
TOLD = ("PipelineError", "DocumentError", "OcrMissingError", "InvalidValueError", "Fault", "Issue", "Problem")


def entries() -> dict[str, tuple[str, ...]]:
    """The Indonesian words of every sentence, by its English ones."""
    found = read_po(BytesIO(CATALOGUE.read_bytes()))
    return {
        (m.id if isinstance(m.id, str) else m.id[0]): (m.string,)
        if isinstance(m.string, str)
        else tuple(m.string or "")
        for m in found
        if m.id
    }


def test_the_catalogue_holds_what_the_code_says_and_nothing_else() -> None:
    text = CATALOGUE.read_bytes()
    assert SCRIPT["updated"](text, INDONESIAN) == text, "run scripts/translations.py"


def test_every_sentence_has_indonesian_words() -> None:
    assert [english for english, words in entries().items() if not all(word.strip() for word in words)] == []


def test_every_status_and_severity_has_words() -> None:
    assert set(DOCUMENT_STATUSES) == set(get_args(DocumentStatus))
    assert set(STATUSES) == set(get_args(EntryStatus))
    assert set(SEVERITIES) == set(get_args(Severity))
    assert set(NEEDS) == set(get_args(Need))


def test_a_translation_fills_the_same_places() -> None:
    for english, words in entries().items():
        assert {places(word) for word in words} == {places(english)}, english


def places(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_nothing_is_told_past_the_catalogue() -> None:
    """No error and no issue is made with words of its own, which nobody could translate."""
    found = [
        f"{path.relative_to(PROJECT)}:{line}"
        for path in sorted((PROJECT / "pipeline").rglob("*.py"))
        for line in untranslatable(ast.parse(path.read_bytes()))
    ]
    assert found == []


def untranslatable(tree: ast.AST) -> Iterator[int]:
    """The lines where an error, a fault or an issue is given an English literal instead of a message."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TOLD:
            values = [*node.args, *(keyword.value for keyword in node.keywords)]
            if any(isinstance(v, ast.JoinedStr) or (isinstance(v, ast.Constant) and words(v.value)) for v in values):
                yield node.lineno


def words(value: object) -> bool:
    return isinstance(value, str) and " " in value


def test_nothing_is_printed_past_the_catalogue() -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{line}"
        for path in sorted((PROJECT / "pipeline").glob("*.py"))
        if path.name != "__main__.py"  # an interrupt before the catalogue is imported
        for line in printed_words(ast.parse(path.read_bytes()))
    ]
    assert found == []


def printed_words(tree: ast.AST) -> Iterator[int]:
    """The lines where English words are printed, or headed a table with, that come from no catalogue."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in PRINTS:
                texts = [str(part.value) for value in args for part in _literals(value)]
                if any(
                    re.search(r"[A-Za-z]{3,}", re.sub(r"sop (correct|rebase)|sop\b|--\w+|{[^}]*}", "", text))
                    for text in texts
                ):
                    yield node.lineno


def _literals(value: ast.expr) -> Iterator[ast.Constant]:
    """The text that stands in an argument itself, and not in a call within it."""
    parts = value.values if isinstance(value, ast.JoinedStr) else [value]
    yield from (part for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def test_untranslatable_words_are_seen() -> None:
    code = 'PipelineError("no such file")\nFault("empty", msg("it is empty"))\nPipelineError(f"{x}")\n'
    assert list(untranslatable(ast.parse(code))) == [1, 3]
    code = 'say(f"{n} pages")\nprint(f"sop: {x}")\nTable("What")\nsay(translate("{n} pages"))\n'
    assert list(printed_words(ast.parse(code))) == [1, 3]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id"}, "id"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "jv:id:en"}, "id"),
        ({"LC_ALL": "", "LC_MESSAGES": "id_ID@latin"}, "id"),
    ],
)
def test_the_locale_says_which_language(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_a_message_is_said_in_either_language_and_nests() -> None:
    message = msg("page {page}: {why}", page=3, why=msg("broken content"))
    assert str(message) == shown(message) == "page 3: broken content"
    with speaking(INDONESIAN):
        assert shown(message) == "halaman 3: isinya rusak"
        assert translate("no corrections") == "tidak ada koreksi"
        assert shown("{as it is}") == "{as it is}"
    assert translate("no corrections") == "no corrections"


def test_numbers_are_written_as_the_language_writes_them() -> None:
    pages = counted("{n} page", "{n} pages", 1900)
    unsure = msg('"{text}" is right with a probability of {probability} only', text="a", probability=0.5)
    assert (str(pages), str(counted("{n} page", "{n} pages", 1))) == ("1,900 pages", "1 page")
    assert str(unsure).endswith("a probability of 0.50 only")
    assert str(msg("page {page}", page=14400.0)) == "page 14400"
    with speaking(INDONESIAN):
        assert shown(pages) == "1.900 halaman"
        assert "0,50" in shown(unsure)


def test_what_comes_from_a_document_is_no_format() -> None:
    assert str(msg("no known word: {words}", words="{0} {page}")) == "no known word: {0} {page}"


def test_an_issue_comes_back_from_json_and_speaks_both_languages() -> None:
    issue = Issue.of("page-unreadable", "warning", msg("page {page}: {why}", page=2, why=msg("broken content")))
    stored = json.loads(issue.model_dump_json())
    assert stored["message"] == "page 2: broken content"
    assert stored["wording"] == {
        "text": "page {page}: {why}",
        "params": {"page": 2, "why": {"text": "broken content", "params": {}}},
    }
    back = Issue.model_validate(stored)
    assert back == issue
    with speaking(INDONESIAN):
        assert shown(back.said) == "halaman 2: isinya rusak"
        assert shown(Issue(code="x", severity="info", message="as it is").said) == "as it is"


def test_english_needs_no_catalogue() -> None:
    assert translations("en").gettext("no corrections") == "no corrections"
    assert Message("{a}", {"a": 1}) == msg("{a}", a=1)
    assert len({Message("{a}", {"a": 1}), msg("{a}", a=1)}) == 1


@pytest.mark.parametrize("arguments", [["--lang", "id", "run"], ["run", "--lang=id"], ["run", "--lang", "id"]])
def test_the_option_stands_anywhere(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(arguments) == 2
    assert capsys.readouterr().err == "sop: MASUKAN belum disebutkan. Lihat sop run --help.\n"


def test_the_locale_is_heard_and_the_option_wins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    exit_code(["run", "nope"])
    assert "berkas atau folder nope tidak ada" in capsys.readouterr().err
    exit_code(["run", "nope", "--lang", "en"])
    assert "there is no file or folder nope" in capsys.readouterr().err


@pytest.mark.parametrize("given", [["--lang"], ["--lang", "fr"], ["--lang="], ["run", "--lang", "--out"]])
def test_a_language_that_is_none_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(given) == 2
    assert "Take one of en, id." in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "id"])
def test_help_has_words_for_everything_and_no_types_of_python(
    language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    for command in ([], ["run"], ["check"], ["correct"], ["rebase"], ["draw"], ["doctor"]):
        assert exit_code([*command, "--help", "--lang", language]) == 0
        text = capsys.readouterr().out
        assert ("Usage:" in text, "Penggunaan:" in text) == (language == "en", language == "id")
        assert not re.search(r"<\w|\brange\b|x>=", text)
