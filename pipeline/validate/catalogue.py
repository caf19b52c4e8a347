"""The codes of the checks with their messages, read once from messages.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from pipeline.message import Message, Param
from pipeline.model.issue import Issue, Severity
from pipeline.packaged_yaml import FileModel, load_packaged

Doubt = Literal["read", "written"]  # read wrongly? or written so?


class CodeMeaning(FileModel):
    """What a code means, in English: a sentence with places to fill where the code is a check's."""

    doubt: Doubt
    en: str


class CheckCode(CodeMeaning):
    """A code that is given by a check of this room."""

    severity: Severity


class MessagesFile(FileModel):
    """The shape of messages.yaml."""

    checks: dict[str, CheckCode]
    elsewhere: dict[str, CodeMeaning]
    title_words: list[str]
    unfinished: list[str]
    labels: list[str]
    posts: list[str]
    receiving: list[str]
    between_names: list[str]
    uniformed: list[str]


@dataclass(frozen=True)
class Catalogue:
    """All codes: those of the checks, and those that other rooms give."""

    checks: Mapping[str, CheckCode]
    elsewhere: Mapping[str, CodeMeaning]
    title_words: frozenset[str]
    unfinished: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    posts: frozenset[str] = frozenset()
    receiving: frozenset[str] = frozenset()
    between_names: frozenset[str] = frozenset()
    uniformed: frozenset[str] = frozenset()

    def issue(self, code: str, path: str, **filled: Param | None) -> Issue:
        """Build the issue of a check at `path`."""
        check = self.checks[code]
        params: dict[str, Param] = {name: "-" if value is None else value for name, value in filled.items()}
        return Issue.of(code, check.severity, Message(check.en, params), path)

    def doubt_of(self, code: str) -> Doubt:
        """Tell whether an issue asks if something was read wrongly or written so; unknown codes doubt the reading."""
        meaning = self.checks.get(code) or self.elsewhere.get(code)
        return meaning.doubt if meaning else "read"


@cache
def catalogue() -> Catalogue:
    """Read the catalogue that ships with the package, once per process."""
    file = load_packaged("pipeline.validate", "messages.yaml", MessagesFile)
    return Catalogue(
        MappingProxyType(file.checks),
        MappingProxyType(file.elsewhere),
        frozenset(file.title_words),
        frozenset(file.unfinished),
        tuple(file.labels),
        frozenset(file.posts),
        frozenset(file.receiving),
        frozenset(file.between_names),
        frozenset(file.uniformed),
    )


def issue(code: str, path: str, **filled: Param | None) -> Issue:
    """Build the issue of a check at `path`, by the package's catalogue."""
    return catalogue().issue(code, path, **filled)
