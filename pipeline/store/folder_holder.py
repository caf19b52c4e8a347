"""Who writes into an output folder, as a file in it says."""

from __future__ import annotations

import getpass
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

HOLDER = ".run.json"
"""The file that says who it is."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes into a folder: a process, the machine and the user that it runs on and for, and since when (UTC)."""

    pid: int
    host: str
    user: str
    since: str

    @classmethod
    def here(cls) -> Holder:
        """This process."""
        try:
            user = getpass.getuser()
        except (KeyError, OSError):  # a number without a name, as in a container
            user = str(os.getuid()) if hasattr(os, "getuid") else ""
        return cls(os.getpid(), socket.gethostname(), user, datetime.now(UTC).isoformat(timespec="seconds"))

    @property
    def local_since(self) -> str:
        """Since when, by the clock of this machine: "2026-11-22 08:15"."""
        with suppress(ValueError):
            return datetime.fromisoformat(self.since).astimezone().strftime("%Y-%m-%d %H:%M")
        return self.since
