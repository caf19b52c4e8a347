"""A local SFTP server (paramiko) over a folder, for tests."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import paramiko

USER, PASSWORD = "ana", "r4hasia"


def _reply(action: Any) -> Any:
    """What an action on the disk comes to, in SFTP's numbers."""

    def asked(self: Any, *arguments: Any) -> Any:
        try:
            return action(self, *arguments)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    return asked


def _attributes(path: Path) -> Any:
    found = paramiko.SFTPAttributes.from_stat(path.stat())
    found.filename = path.name
    return found


def _opened(self: Any, name: str, flags: int, attributes: Any) -> Any:
    number = os.open(self.at(name), flags, 0o644)
    mode = "rb" if flags & (os.O_WRONLY | os.O_RDWR) == 0 else "wb" if flags & os.O_WRONLY else "r+b"
    handle = paramiko.SFTPHandle(flags)
    handle.readfile = handle.writefile = os.fdopen(number, mode)
    return handle


def _done(action: Any) -> Any:
    return _reply(lambda self, *names: action(*(self.at(name) for name in names[:2] if isinstance(name, str))) or 0)


_METHODS = {
    "list_folder": _reply(lambda self, name: [_attributes(path) for path in self.at(name).iterdir()]),
    "stat": _reply(lambda self, name: _attributes(self.at(name))),
    "lstat": _reply(lambda self, name: _attributes(self.at(name))),
    "open": _reply(_opened),
    "remove": _done(os.remove),
    "rename": _done(os.rename),
    "posix_rename": _done(os.replace),
    "mkdir": _done(os.mkdir),
    "rmdir": _done(os.rmdir),
}


@contextmanager
def sftp_server(folder: Path) -> Iterator[tuple[int, Any]]:
    """Serve a folder on a port of this machine to one user; give the port, and the server's key."""
    key = paramiko.ECDSAKey.generate()
    files = type(
        "Files", (paramiko.SFTPServerInterface,), {**_METHODS, "at": lambda _, name: folder / name.lstrip("/")}
    )
    accepts = {
        "check_auth_password": lambda _, user, password: (
            paramiko.AUTH_SUCCESSFUL if (user, password) == (USER, PASSWORD) else paramiko.AUTH_FAILED
        ),
        "check_channel_request": lambda *_: paramiko.OPEN_SUCCEEDED,
        "get_allowed_auths": lambda *_: "password",
    }
    accepting = type("Accepting", (paramiko.ServerInterface,), accepts)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        opened: list[Any] = []
        Thread(target=partial(_serve, listening, key, files, accepting, opened), daemon=True).start()
        yield listening.getsockname()[1], key
        for transport in opened:
            transport.close()


def _serve(listening: socket.socket, key: Any, files: type, accepting: type, opened: list[Any]) -> None:
    with suppress(OSError):  # the end
        while True:
            transport = paramiko.Transport(listening.accept()[0])
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, files)
            opened.append(transport)
            with suppress(paramiko.SSHException, EOFError):
                transport.start_server(server=accepting())
