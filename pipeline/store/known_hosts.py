"""Which SFTP servers are spoken to: those whose key is known, as with ssh. fsspec by itself would take any."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

FILES = (Path("~/.ssh/known_hosts"), Path("/etc/ssh/ssh_known_hosts"))


@cache
def known_hosts_policy() -> type:
    """The policy for paramiko, by which fsspec connects: a server whose key is not known, or another, is refused."""
    import paramiko

    def missing_host_key(self: Any, client: Any, hostname: str, key: Any) -> None:
        hosts = paramiko.HostKeys()
        for file in FILES:
            if file.expanduser().is_file():
                hosts.load(str(file.expanduser()))
        if not hosts.check(hostname, key):
            known = hosts.lookup(hostname) is not None
            why = "shows another key than" if known else "is not in"
            raise paramiko.SSHException(f"{hostname} {why} ~/.ssh/known_hosts; ssh {hostname} would ask about it")

    return type("KnownHosts", (paramiko.MissingHostKeyPolicy,), {"missing_host_key": missing_host_key})
