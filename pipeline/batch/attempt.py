"""The one place where an error nobody foresaw is caught."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.errors import PipelineError
from pipeline.model.document import Status
from pipeline.model.fault import DocumentFault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no value: a document's status, and one sentence."""

    status: Status
    message: str


def attempt(action: Callable[[], T]) -> Done[T] | Fault:
    """The value of `action`, or what was wrong. Only a broken environment still raises its PipelineError."""
    try:
        return Done(action())
    except DocumentFault as fault:
        return Fault(fault.status, fault.message)
    except PipelineError:
        raise
    except Exception as error:  # whatever it is, it must not stop the other documents
        return Fault("failed", f"an error nobody foresaw, please report it: {told(error)}")


def told(error: BaseException) -> str:
    """An error in one line, with the place in this package where it came up: "KeyError: 'x' (layout/grid.py:88)"."""
    package = Path(__file__).parent.parent
    frames = traceback.extract_tb(error.__traceback__)
    places = [frame for frame in frames if package in Path(frame.filename).parents]
    where = f" ({Path(places[-1].filename).relative_to(package).as_posix()}:{places[-1].lineno})" if places else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())}{where}"
