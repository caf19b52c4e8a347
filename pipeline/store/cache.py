"""A content-addressed cache: results by the bytes, the code and the settings that they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from pipeline.store.atomic import write_bytes
from pipeline.store.remote_path import remote

LIBRARIES = (
    "camelot-py",
    "numpy",
    "opencv-python-headless",
    "pdfplumber",
    "pikepdf",
    "pydantic",
    "pypdfium2",
    "pytesseract",
    "rapidfuzz",
    "scipy",
    "tesserocr",
    "wordfreq",
)


@dataclass(frozen=True)
class Cache:
    """A folder of results by key. A damaged entry counts as a missing one."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        """The content kept under `key`; None where there is none, or it is damaged."""
        try:
            stored = self._path(key).read_bytes()
        except OSError:
            return None
        digest, _, content = stored.partition(b"\n")
        return content if digest.decode("ascii", "replace") == hashlib.sha256(content).hexdigest() else None

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` with its own digest, so that an entry cut short is noticed.

        Raises:
            PipelineError: The disk refuses.
        """
        write_bytes(self._path(key), hashlib.sha256(content).hexdigest().encode() + b"\n" + content)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def key_of(parts: Iterable[str]) -> str:
    """One key (64 hex digits) for all of `parts`, in their order."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogateescape")
        digest.update(f"{len(encoded)}:".encode() + encoded)
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """The sha256 of a file's content, in hex.

    Raises:
        OSError: The file cannot be read.
    """
    place = remote(path)
    if place is not None:
        return hashlib.sha256(place.read_bytes()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_version() -> str:
    """One key for what results depend on besides input and settings: this package's files, its libraries' versions.

    The files and not the version number alone, so that results of before a change of a rule or lexicon are not used.
    """
    package = Path(__file__).parent.parent
    files = sorted(path for path in package.rglob("*") if path.suffix in {".py", ".yaml"})
    parts = [f"{path.relative_to(package).as_posix()}={sha256_of(path)}" for path in files]
    return key_of([*parts, *(f"{name}={installed(name)}" for name in LIBRARIES)])


def installed(distribution: str) -> str | None:
    """The installed version of a distribution; None where it is not there."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None
