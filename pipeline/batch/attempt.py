"""The one place where an unexpected error is caught, so that it costs one document and not the run."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pipeline import sentences
from pipeline.errors import PipelineError
from pipeline.message import Message, msg
from pipeline.model.document import DocumentError, Status
from pipeline.ocr.protocol import OcrMissingError
from pipeline.store.remote_store import FULL

OPENCV_NO_MEMORY = -4  # cv::Error::StsNoMem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The value that an action returned."""

    value: T


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no value: a document's status, and one sentence."""

    status: Status
    message: Message | str


def attempt(action: Callable[[], T]) -> Done[T] | Fault:
    """Run `action` on one document; return its value, or what is wrong with the document.

    A missing recogniser or language is a fault of the documents that need it: the others can do without.

    Raises:
        PipelineError: The call or the environment is wrong for every document.
    """
    try:
        return Done(action())
    except DocumentError as fault:
        return Fault(fault.status, fault.message)
    except OcrMissingError as error:
        return Fault("ocr-missing", error.message)
    except PipelineError:
        raise
    except MemoryError:
        return Fault("too-large", sentences.OUT_OF_MEMORY)
    except RecursionError:
        return Fault("damaged", sentences.NESTED_TOO_DEEP)
    except OSError as error:
        if error.errno in FULL:
            told = sentences.DISK_FULL.format(why=error.strerror or str(error))
            raise PipelineError(told, sentences.GIVE_SCRATCH) from error
        return unforeseen(error)
    except Exception as error:
        return Fault("too-large", sentences.OUT_OF_MEMORY) if _lacks_memory(error) else unforeseen(error)


def _lacks_memory(error: Exception) -> bool:
    """Whether OpenCV asked for more memory than there is: its error is no MemoryError."""
    return type(error).__module__ == "cv2" and getattr(error, "code", None) == OPENCV_NO_MEMORY


def unforeseen(error: Exception) -> Fault:
    """The fault of a document that this program is to blame for."""
    return Fault("failed", msg("an error nobody foresaw, please report it: {error}", error=described(error)))


def described(error: BaseException) -> str:
    """An error in one line, with the place in this package where it came up: "KeyError: 'x' (layout/grid.py:88)"."""
    package = Path(__file__).parent.parent
    frames = traceback.extract_tb(error.__traceback__)
    places = [frame for frame in frames if package in Path(frame.filename).parents]
    where = f" ({Path(places[-1].filename).relative_to(package).as_posix()}:{places[-1].lineno})" if places else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())}{where}"
