"""A store that is reached by URL (s3://, gs://, sftp://, memory://), through fsspec, and what goes wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from errno import EDQUOT, ENOSPC
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline import sentences
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.store.known_hosts import known_hosts_policy

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

FULL = (ENOSPC, EDQUOT)
"""The numbers of errors by which a disk says that it is full."""

WHOLE_PUTS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "adl", "memory"})
"""Stores of objects: one appears under its name when all of it is there, and there are no folders."""

SFTP = ("sftp", "ssh")

OWN_ERRORS = (FileNotFoundError, NotADirectoryError, IsADirectoryError, FileExistsError)
"""What is said of one file, and not of the store."""

CONNECTS = ("host", "port", "username", "user", "password")  # of what fsspec takes from a URL
WHY_LENGTH = 200  # characters of a library's message that are told
USER = re.compile(r"(?<=://)[^/@\s]*@")
SIGNATURE = re.compile(r"\?[^\s'\"]*(?:X-Amz|Signature|sig=|token)[^\s'\"]*", re.IGNORECASE)


class StoreError(PipelineError):
    """A store that does not answer, or not as it should: the run ends with one line, and the next one goes on."""


class StoreRefusesError(StoreError):
    """A store that answers, but not with these credentials: about one file, or anything."""


@dataclass(frozen=True)
class RemoteStore:
    """A store. It can be pickled; the connection is opened where it is used, once a process.

    Attributes:
        protocol: As the URL begins, "s3" for instance.
        host: What stands between that and the path; "" where the path begins with the bucket. Without credentials.
        options: What fsspec opens it with, credentials of the URL among them, which are never shown.
    """

    protocol: str
    host: str = ""
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __hash__(self) -> int:
        return hash((self.protocol, self.host))

    @property
    def system(self) -> AbstractFileSystem:
        """The file system of fsspec.

        Raises:
            StoreError: It cannot be connected to.
        """
        import fsspec

        with self.answering():
            return fsspec.filesystem(self.protocol, **self.options, **_own_options(self.protocol))

    @property
    def puts_whole(self) -> bool:
        """Whether a file that is written appears when all of it is there."""
        return self.protocol in WHOLE_PUTS

    def url(self, path: str) -> str:
        """The URL of a path, without credentials."""
        return f"{self.protocol}://{self.host}{path}" if self.host else f"{self.protocol}://{path.lstrip('/')}"

    @contextmanager
    def answering(self, path: str = "") -> Iterator[None]:
        """Turn what a library says of the store into one line; what it says of one file is for the caller.

        Raises:
            StoreError: The store does not answer, or refuses.
        """
        try:
            yield
        except (PipelineError, *OWN_ERRORS):
            raise
        except PermissionError as error:
            told = sentences.STORE_REFUSES.format(store=self.url(path), why=self.redacted(str(error)))
            raise StoreRefusesError(told, sentences.STORE_ADVICE) from error
        except OSError as error:
            if error.errno in FULL and not isinstance(error, ConnectionError):
                raise  # the disk of this machine
            raise self._lost(path, error) from error
        except Exception as error:  # each store has a library with errors of its own, of no common class
            raise self._lost(path, error) from error

    def _lost(self, path: str, error: Exception) -> StoreError:
        why = self.redacted(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
        return StoreError(sentences.STORE_LOST.format(store=self.url(path), why=why), sentences.STORE_ADVICE)

    def redacted(self, text: str) -> str:
        """A library's message in one line of some length, without credentials."""
        line = SIGNATURE.sub("", USER.sub("", " ".join(text.split())))
        password = self.options.get("password")
        line = line.replace(str(password), "…") if password else line
        return line if len(line) <= WHY_LENGTH else f"{line[:WHY_LENGTH]}…"


def store_of(url: str) -> tuple[RemoteStore, str]:
    """The store that a URL names, and the path in it.

    Raises:
        PipelineError: There is no such kind of store, or the package that reaches it is not installed.
    """
    protocol = url.partition("://")[0]
    system = _system_class(protocol)
    address = urlsplit(url).netloc.rpartition("@")
    found = {name: value for name, value in system._get_kwargs_from_urls(url).items() if name in CONNECTS}
    if address[1] and not {"username", "user"} & set(found):
        fault = msg("an address of {protocol}:// takes no credentials", protocol=protocol)
        raise PipelineError(fault, msg("docs/scale.md says where to give them."))
    host, path = address[2] if "host" in found else "", str(system._strip_protocol(url))
    if path.startswith(f"{protocol}://"):  # one whose paths are whole addresses, as of web pages, has no folders
        raise _no_such_store(protocol)
    return RemoteStore(protocol, host, found), path


def _own_options(protocol: str) -> dict[str, Any]:
    """What a file system is opened with by this package.

    No listing is kept, for other processes write to the same store. SFTP servers have to be known, unless fsspec's own
    configuration says otherwise.
    """
    from fsspec.config import conf

    if protocol in SFTP and "host_key_policy" not in conf.get(protocol, {}):
        return {"host_key_policy": known_hosts_policy()}
    return {"use_listings_cache": False} if protocol in WHOLE_PUTS and protocol != "memory" else {}


def _system_class(protocol: str) -> Any:
    try:
        import fsspec
    except ImportError:
        fault = msg("{protocol}:// cannot be reached: fsspec is not installed", protocol=protocol)
        raise PipelineError(fault, msg("pip install 'sop-pipeline[remote]'")) from None
    try:
        return fsspec.get_filesystem_class(protocol)
    except ValueError:
        raise _no_such_store(protocol) from None
    except ImportError as error:
        fault = msg("{protocol}:// cannot be reached: {why}", protocol=protocol, why=str(error))
        raise PipelineError(fault, sentences.INSTALL_STORE) from None


def _no_such_store(protocol: str) -> PipelineError:
    fault = msg("there is no kind of store {protocol}://", protocol=protocol)
    return PipelineError(fault, msg("Give a folder, or an address of s3://, gs://, sftp:// or memory://."))
