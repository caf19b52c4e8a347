"""Who may ask the review page for what: the host that is named, the token, the origin of writes, and their size."""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
TOKEN_COOKIE = "sop_review_token"
SAFE_METHODS = ("GET", "HEAD")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with "no-referrer" browsers leave the origin of forms out as well
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("example.org")
    (True, True, False, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Guard:
    """Lets requests through to the page, or refuses them.

    A page of another site can send requests to this server, but with its own name in `Origin`; a name that it made
    lead to this machine stands in `Host`.

    Attributes:
        app: The page.
        host: The host that the server is bound to.
        body_bytes: The largest body that is taken.
        token: What must be known to see anything; None where only this machine can ask.
    """

    app: ASGIApp
    host: str
    body_bytes: int
    token: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused is not None:
            await PlainTextResponse(refused[1], refused[0], HEADERS)(scope, receive, send)
            return
        given = self._given_token(scope)
        if given is not None:
            answer = RedirectResponse(scope["path"], 303, HEADERS)
            answer.set_cookie(TOKEN_COOKIE, given, httponly=True, samesite="strict")
            await answer(scope, receive, send)
            return
        await self.app(scope, _limited(receive, self.body_bytes), _with_headers(send))

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """The status and the words with which a request is refused; None where it is not."""
        host = headers.get("host", "")
        if self._name(host) is None:
            return 421, "This server does not answer to that name."
        if self.token is not None and not self._knows_token(scope, headers):
            return 403, "The token is missing or wrong: open the address that `sop review` printed."
        if scope["method"] not in SAFE_METHODS:
            if scope["method"] != "POST":
                return 405, "Only GET and POST are answered."
            if not _same_origin(headers, host):
                return 403, "Only this page itself may write."
            length = headers.get("content-length", "")
            if not length.isdecimal():
                return 411, "The length of what is sent must be told."
            if int(length) > self.body_bytes:
                return 413, "That is more than is taken at once."
        return None

    def _name(self, host: str) -> str | None:
        """The name in a Host header, where this server goes by it."""
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            return None
        if name is None:
            return None
        if name in LOOPBACK_NAMES or name == self.host:
            return name
        return name if self.token is not None else None  # from elsewhere the token tells, whatever the name

    def _knows_token(self, scope: Scope, headers: Headers) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(TOKEN_COOKIE)
        except CookieError:
            cookie = None
        known = cookie.value if cookie is not None else self._given_token(scope) or ""
        return hmac.compare_digest(known.encode(), (self.token or "").encode())

    def _given_token(self, scope: Scope) -> str | None:
        """The token in the address, which goes into a cookie and out of the address; None where it has none."""
        if self.token is None or scope["method"] != "GET":
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return given if given and hmac.compare_digest(given.encode(), self.token.encode()) else None


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether a write comes from this page: browsers tell with every POST."""
    origin = headers.get("origin")
    return origin is not None and origin in (f"http://{host}", f"https://{host}")


def _limited(receive: Receive, most: int) -> Receive:
    """`receive` that ends the request where more comes than its length told."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > most else message

    return limited


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return with_headers
