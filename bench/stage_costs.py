"""What reading a document costs, stage by stage."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any, TypeVar
from unittest.mock import patch

from pipeline import Settings, stages
from pipeline.flowchart import read_flow
from pipeline.layout import document_layout
from pipeline.model.document import Digitized
from pipeline.model.draft import FlowDraft, MatrixDraft
from pipeline.model.page import Picture, PictureOf
from pipeline.ocr.registry import engine_for
from pipeline.readers import document
from pipeline.settings import FlowSettings

T = TypeVar("T")

Drawn = tuple[MatrixDraft, Mapping[int, Picture | None]]
"""A matrix that was laid out, and the pictures of its pages."""

STAGES = ("read", "ocr", "layout", "picture", "extract", "flow", "normalize")


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of CPU."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.wall - other.wall, self.cpu - other.cpu)


def now() -> Cost:
    times = os.times()
    return Cost(perf_counter(), times.user + times.system + times.children_user + times.children_system)


def timed(work: Callable[[], T]) -> tuple[T, Cost]:
    begin = now()
    done = work()
    return done, now() - begin


@dataclass
class Watch:
    """What each stage of a document costs without the stages inside it, and the matrices with their pictures."""

    costs: dict[str, Cost] = field(default_factory=lambda: dict.fromkeys(STAGES, Cost()))
    matrices: list[Drawn] = field(default_factory=list)
    _inside: list[Cost] = field(default_factory=list)  # what stages inside each running stage have cost

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begin = now()
        self._inside.append(Cost())
        try:
            yield
        finally:
            whole = now() - begin
            self.costs[name] += whole - self._inside.pop()
            if self._inside:
                self._inside[-1] += whole

    def timing(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work`, its time counted, and that of each value which it yields."""

        def watched(*given: Any, **named: Any) -> Any:
            with self.stage(name):
                done = work(*given, **named)
            return self._each(name, done) if isinstance(done, Iterator) else done

        return watched

    def _each(self, name: str, values: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while True:
            with self.stage(name):
                value = next(values, end)
            if value is end:
                return
            yield value

    def following(self, read_flow: Callable[..., FlowDraft]) -> Callable[..., FlowDraft]:
        """`read_flow`, its pictures counted apart from it; matrix and pictures are kept."""

        def watched(matrix: MatrixDraft, picture_of: PictureOf, settings: FlowSettings) -> FlowDraft:
            with self.stage("picture"):
                pictures = {part.page.number: picture_of(part.page.number) for part in matrix.parts}
            self.matrices.append((matrix, pictures))
            with self.stage("flow"):
                return read_flow(matrix, pictures.get, settings)

        return watched

    def opening(self, engine_for: Callable[..., Any]) -> Callable[..., Any]:
        """`engine_for`, whose engine's reading is counted as recognition."""

        def watched(*given: Any) -> Any:
            with self.stage("ocr"):
                engine = engine_for(*given)
            return SimpleNamespace(name=engine.name, recognize=self.timing("ocr", engine.recognize))

        return watched


def digitized(path: Path, settings: Settings) -> tuple[Digitized, Watch, Cost]:
    """A document read by `pipeline.stages`, with a watch on its stages."""
    watch = Watch()
    with ExitStack() as patches:
        for home, name, stage in (
            (document.PdfDocument, "pages", "read"),
            (document.ImageDocument, "pages", "read"),
            (document_layout.DocumentLayout, "add", "layout"),
            (document_layout.DocumentLayout, "finish", "layout"),
            (stages, "draft_of", "extract"),
            (stages, "normalize", "normalize"),
        ):
            patches.enter_context(patch.object(home, name, watch.timing(stage, getattr(home, name))))
        patches.enter_context(patch.object(stages, "read_flow", watch.following(read_flow)))
        patches.enter_context(patch.object(document, "engine_for", watch.opening(engine_for)))
        done, cost = timed(lambda: stages.digitize(path, settings))
    return done, watch, cost
