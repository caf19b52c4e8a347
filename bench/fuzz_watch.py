"""What a process does while it reads a hostile file: an audit hook that notes what it must not (PEP 578).

The hook sees what goes through Python. What libraries in C do by themselves it does not see, so the folder around the
output and the connections of the process are looked at too.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from bench.page import ROOT

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
PROGRAMS = frozenset({"tesseract", "soffice", "libreoffice"})
"""The programs that documents are read with."""
NEVER = ("socket.", "ftplib.", "smtplib.", "urllib.", "webbrowser.", "os.system", "os.exec", "os.fork", "pty.")
CHANGING = (
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "shutil.",
)
COPYING = ("shutil.copyfile", "shutil.copymode", "shutil.copystat", "os.link", "os.symlink")  # their first is read
READABLE = (
    "/usr/",
    "/lib/",
    "/lib64/",
    "/proc/",
    "/sys/",
    "/dev/null",
    "/dev/urandom",
    "/etc/mime.types",
    "/etc/fonts",
)


class Watch:
    """Notes what is forbidden while it is on."""

    def __init__(self, out: Path, inputs: Path) -> None:
        """Install the hook, which stays as long as the process does.

        Args:
            out: The folder that may be written to; the process's own for temporary files is one too.
            inputs: The folder that documents are read from.
        """
        self._writable = tuple(str(path.resolve()) for path in (out, Path(tempfile.gettempdir())))
        places = {sys.prefix, sys.base_prefix, str(ROOT), *sysconfig.get_paths().values()}
        self._readable = (
            *self._writable,
            str(inputs.resolve()),
            *(str(Path(place).resolve()) for place in places),
            *READABLE,
        )
        self._noted: list[str] = []
        self.is_on = False
        sys.dont_write_bytecode = True  # of modules that are imported while it is on: no document's doing
        sys.addaudithook(self._hook)

    def begin(self) -> None:
        """Note from now on."""
        self._noted, self.is_on = [], True

    def end(self) -> tuple[str, ...]:
        """Note no more; return what was noted, each thing once."""
        self.is_on = False
        process = psutil.Process()
        connections = [f"connection to {one.raddr or one.laddr}" for one in process.net_connections("inet")]
        left = [f"left running: {child.name()}" for child in process.children(recursive=True)]
        return tuple(dict.fromkeys([*self._noted, *connections, *left]))

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.is_on:
            return
        told = self._told(event, arguments)
        if told:
            self._noted.append(told)

    def _told(self, event: str, arguments: tuple[Any, ...]) -> str | None:
        if event == "open":
            return self._opened(*arguments)
        if event in ("exec", "compile"):
            return _executed(event, arguments)
        if event in ("subprocess.Popen", "os.posix_spawn"):
            name = Path(os.fsdecode(arguments[0] or "")).name
            return None if name in PROGRAMS else f"{event} {arguments[:2]!r}"
        if event == "ctypes.dlopen":
            name = arguments[0]  # none: the program itself
            return None if name is None or self._lies_in(name, self._readable) else f"{event} {name}"
        if event.startswith(CHANGING):
            given = arguments[1:] if event in COPYING else arguments
            paths = [_joined(one, arguments[-1]) for one in given if isinstance(one, str | bytes | os.PathLike)]
            bad = [path for path in paths if not self._lies_in(path, self._writable)]
            return f"{event} {bad}" if bad else None
        return f"{event} {arguments!r}"[:300] if event.startswith(NEVER) else None

    def _opened(self, path: Any, mode: str | None, flags: int) -> str | None:
        if not isinstance(path, str | bytes | os.PathLike) or os.fspath(path) in ("/dev/null", b"/dev/null"):
            return None
        if flags & WRITING or any(letter in (mode or "") for letter in "wax+"):
            return None if self._lies_in(path, self._writable) else f"written: {os.fsdecode(path)}"
        return None if self._lies_in(path, self._readable) else f"read: {os.fsdecode(path)}"

    @staticmethod
    def _lies_in(path: Any, places: Sequence[str]) -> bool:
        return os.path.realpath(os.fsdecode(path)).startswith(tuple(places))


def _joined(path: Any, folder: Any) -> str:
    """A path that was told from an open folder, whose number `folder` is; as it is where that is none."""
    name = os.fsdecode(path)
    return str(Path(f"/proc/self/fd/{folder}", name)) if isinstance(folder, int) and folder > 2 else name


def _executed(event: str, arguments: tuple[Any, ...]) -> str | None:
    """What was compiled or run that is no module of a library: text from a document perhaps."""
    source = arguments[1] if event == "compile" else getattr(arguments[0], "co_filename", "")
    name = os.fsdecode(source) if isinstance(source, str | bytes) else str(source)
    if name.startswith("/") or name.startswith("<frozen") or _is_importing():
        return None
    return f"{event} of {name}: {str(arguments[0])[:200]}"


def _is_importing() -> bool:
    """Whether a module is imported at this moment, by whose own text classes are made and libraries loaded."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False
