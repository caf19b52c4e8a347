"""What every text recognition engine promises: small grey pictures in, words with boxes and confidence out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pipeline.errors import PipelineError
from pipeline.message import Message, msg
from pipeline.model.geometry import Box
from pipeline.model.pixels import Pixels

Mode = Literal["page", "column", "block", "line", "word", "char", "sparse"]
"""What a picture is known to hold."""


@dataclass(frozen=True, slots=True)
class RecognitionRequest:
    """A grey picture to be read.

    Attributes:
        pixels: uint8 (rows, columns), dark text on light paper, with a margin around it.
        mode: What the picture holds.
        alphabet: The only characters that may be found, "" for all of the languages'.
    """

    pixels: Pixels
    mode: Mode = "block"
    alphabet: str = ""


@dataclass(frozen=True, slots=True)
class RecognizedWord:
    """A recognised word.

    Attributes:
        text: Its characters, without white space around them.
        box: Where it is in the request's picture, in pixels.
        confidence: 0..1.
        line: The number of its printed line, from 0.
        letters: 0..1 for each of its characters; empty where the engine does not tell.
    """

    text: str
    box: Box
    confidence: float
    line: int
    letters: tuple[float, ...] = ()


class Engine(Protocol):
    """A text recognition engine, made from OcrSettings.

    `name` tells engine, version and languages in one line, so that a cache can depend on it.
    """

    name: str

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        """Recognise the words of each picture, in reading order: one tuple per request."""
        ...


class OcrMissingError(PipelineError):
    """An engine is not installed, or lacks a language.

    `package` is the Debian package that brings it, where one does; else `install` is the command that brings it.
    """

    def __init__(self, what: Message | str, package: str = "", *, install: str = "") -> None:
        command = install or f"apt-get install {package}"
        super().__init__(msg("{fault}: {command}", fault=what, command=command), advice=command)
        self.package = package
