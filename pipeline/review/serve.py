"""The server of the review page: started on this machine, with the browser opened on it."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.review.app import review_app
from pipeline.review.page_requests import ReviewPage
from pipeline.review.safety import is_loopback

BACKLOG = 64
OPEN_SECONDS = 0.5  # until the browser is opened, when the server answers


@dataclass(frozen=True)
class Place:
    """Where the server listens: a bound socket, the host it was asked for, and the token that others must know."""

    listener: socket.socket
    host: str
    token: str | None

    @property
    def address(self) -> str:
        """What to open."""
        port = self.listener.getsockname()[1]
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{port}/" + (f"?token={self.token}" if self.token else "")


def bound(host: str, port: int, *, exact: bool) -> Place:
    """Bind a socket; with `exact` at this very port, else at a free one where it is taken.

    Raises:
        PipelineError: The host or port cannot be had.
    """
    token = None if is_loopback(host) else secrets.token_urlsafe(24)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for wanted in (port,) if exact else (port, 0):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, wanted))
            listener.listen(BACKLOG)
            return Place(listener, host, token)
        except OSError as error:
            listener.close()
            fault = error.strerror or str(error)
    message = msg("the address {host}:{port} cannot be had: {why}", host=host, port=str(port), why=fault)
    raise PipelineError(message, msg("Give another --port."))


def serve(page: ReviewPage, place: Place, *, browser: bool, opened: Callable[[str], object] = webbrowser.open) -> None:
    """Answer requests until the process is interrupted.

    Args:
        page: What answers.
        place: Where to listen.
        browser: Whether to open the page in the browser.
        opened: Opens it.
    """
    import uvicorn

    app = review_app(page, place.host, place.token)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="on")
    if browser:
        timer = threading.Timer(OPEN_SECONDS, opened, [place.address])
        timer.daemon = True
        timer.start()
    with suppress(KeyboardInterrupt):  # the way to end it, and nothing that was left undone
        uvicorn.Server(config).run([place.listener])
