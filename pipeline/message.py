"""Sentences for people, kept with what they were filled with, so that they can be shown in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Union

Param = Union[str, int, float, "Message"]
Lookup = Callable[[str, str, int], str]
"""Gives the words of a language for the English ones: of one thing, of several, and how many there are."""


@dataclass(frozen=True)
class Message:
    """A sentence in English, which is its key in the catalogue, and what is filled into its `{places}`.

    `str()` gives the English sentence: what is written into files is in English, whatever language is spoken.

    Attributes:
        text: The English words; a pair of them, for one thing and for several, where `n` among the params counts.
        params: What stands in the places. Numbers are written as the language writes them, `n` with separators.
    """

    text: str | tuple[str, str]
    params: Mapping[str, Param] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.filled(_english)

    def __hash__(self) -> int:
        """Agree with equality; a mapping has no hash of its own."""
        return hash(str(self))

    def format(self, **params: Param) -> Message:
        """Fill the places of a message that has none filled yet, as a constant has."""
        return Message(self.text, {**self.params, **params})

    def filled(self, lookup: Lookup, decimal: str = ".") -> str:
        """Write the sentence in a language.

        Args:
            lookup: Finds the language's words.
            decimal: What stands between a whole number and its fraction; between thousands stands "," or ".".
        """
        one, many = (self.text, self.text) if isinstance(self.text, str) else self.text
        count = self.params.get("n", 1)
        words = lookup(one, many, count if isinstance(count, int) else 1)
        if not self.params:
            return words
        return words.format(**{name: _shown(name, value, lookup, decimal) for name, value in self.params.items()})


def msg(text: str, /, **params: Param) -> Message:
    """Say `text`, which is in the catalogue, with its places filled.

    >>> str(msg("page {page}: {why}", page=3, why=msg("broken content")))
    'page 3: broken content'
    """
    return Message(text, params)


def counted(one: str, many: str, n: int, /, **params: Param) -> Message:
    """Say how many: `n` stands in the place {n}.

    >>> str(counted("{n} page", "{n} pages", 1)), str(counted("{n} page", "{n} pages", 1900))
    ('1 page', '1,900 pages')
    """
    return Message((one, many), {"n": n, **params})


def _english(one: str, many: str, n: int) -> str:
    return one if n == 1 else many


def _shown(name: str, value: Param, lookup: Lookup, decimal: str) -> str | int:
    if isinstance(value, Message):
        return value.filled(lookup, decimal)
    if isinstance(value, float):
        return (f"{value:.0f}" if value.is_integer() else f"{value:.2f}").replace(".", decimal)
    if name == "n" and isinstance(value, int):
        return f"{value:,}".replace(",", "." if decimal == "," else ",")
    return value
