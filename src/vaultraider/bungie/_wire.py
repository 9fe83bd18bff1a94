"""Bytes to and from Bungie.net: one pool of connections, the headers, time and size limits. It knows nothing of envelopes.

Nothing that belongs to one player stays here between calls: no cookies, no bearer. Redirects are never followed: Bungie's own
drop the Authorization header and come back as "please sign in" (Bungie-net/api #55, #499).

Whatever goes wrong becomes a domain error without the library's exception attached: those carry the request, bearer and all.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import httpx2
import msgspec

from vaultraider import __version__
from vaultraider.domain.errors import (
    BungieGarbled,
    BungieUnavailable,
    BungieUnreachable,
    CredentialsRefused,
    OperatorMistake,
)

_VISIBLE = re.compile(r"[\x21-\x7e]+")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds and bytes."""

    connect: float = 5.0
    read: float = 20.0
    """Silence. GetVendors alone can take 10 s before its first byte (Bungie-net/api #1887)."""
    total: float = 40.0
    """One call with its retries, first to last byte."""
    write: float = 10.0
    """One sending of a write. With a slow connection and a slow last byte it still ends before its job's worker is taken for
    dead (after 30 s): whoever then takes the work over must find no write of ours still under way."""
    answer: int = 32 * 2**20
    """Real profiles are 1.6 to 2.4 MB."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent."""

    url: str
    method: str = "GET"
    access_token: str | None = None
    content: bytes | None = None
    content_type: str | None = None
    accept_encoding: str = "gzip, br"

    def __repr__(self) -> str:
        return f"Request({self.method} {self.url})"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back, whole and decompressed."""

    status: int
    media_type: str
    body: bytes
    retry_after: float | None = None
    """Seconds, from the header, where told."""
    location: str = ""

    def __repr__(self) -> str:
        return f"Answer({self.status}, {self.media_type}, {len(self.body)} bytes)"


class Stream:
    """An answer under way. ``chunks`` gives the raw body as it travels."""

    def __init__(self, response: httpx2.Response, until: float, monotonic: Callable[[], float]) -> None:
        self._response = response
        self._until = until
        self._monotonic = monotonic
        self.status = response.status_code
        self.media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        self.encoding = response.headers.get("content-encoding", "identity").strip().lower()
        self.length = _whole(response.headers.get("content-length", ""))
        self.retry_after = _whole(response.headers.get("retry-after", ""))
        self.location = response.headers.get("location", "")

    def chunks(self, *, decoded: bool) -> Iterator[bytes]:
        """Raises BungieUnreachable for silence, BungieGarbled for a body that ends early or does not decompress."""
        source = self._response.iter_bytes() if decoded else self._response.iter_raw()
        while True:
            trouble: BungieUnavailable | None = None
            chunk: bytes | None = None
            try:
                chunk = next(source, None)
            except _LIBRARY_FAILURES as error:
                trouble = _trouble(error)
            if trouble is not None:
                raise trouble
            if chunk is None:
                return
            if self._monotonic() > self._until:
                raise BungieUnreachable("Bungie.net answers too slowly. We keep trying; the last state that we read is shown.")
            yield chunk


class Wire:
    """The one pool of connections. Thread-safe."""

    def __init__(
        self,
        *,
        www: str,
        stats: str,
        api_key: str,
        client_id: str,
        contact: str = "",
        limits: Limits | None = None,
        transport: httpx2.BaseTransport | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.bases = {"www": base_url(www, "bungie_www"), "stats": base_url(stats, "bungie_stats")}
        self.limits = limits or Limits()
        self.monotonic = monotonic
        self._api_key = api_key
        hosts = {urlsplit(base).hostname for base in self.bases.values()}
        self._pool = httpx2.Client(
            headers={"User-Agent": user_agent(client_id, contact), "Accept": "application/json"},
            follow_redirects=False,
            limits=httpx2.Limits(max_connections=40, max_keepalive_connections=20, keepalive_expiry=30),
            timeout=httpx2.Timeout(self.limits.read, connect=self.limits.connect, pool=self.limits.read),
            transport=transport,
            # A proxy from the environment is right for the internet, and never for the simulator next door.
            trust_env=not hosts <= _LOOPBACK,
        )
        self._pool.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What goes out with every call and must not be shown when Bungie repeats it."""
        return (self._api_key,)

    def send(self, request: Request, *, until: float, limit: int | None = None) -> Answer:
        """Sends once, and reads the whole answer. ``until``: when to give up, in ``monotonic`` time.

        Raises BungieUnreachable, BungieGarbled (cut off, too large, damaged) or OperatorMistake (no API key).
        """
        limit = limit or self.limits.answer
        with self.open(request, until=until) as stream:
            parts: list[bytes] = []
            size = 0
            for chunk in stream.chunks(decoded=True):
                size += len(chunk)
                if size > limit:
                    raise BungieGarbled("Bungie.net sent far more than it should. We keep trying; the last state is shown.")
                parts.append(chunk)
        return Answer(
            status=stream.status,
            media_type=stream.media_type,
            body=parts[0] if len(parts) == 1 else b"".join(parts),
            retry_after=stream.retry_after,
            location=stream.location,
        )

    @contextmanager
    def open(self, request: Request, *, until: float) -> Iterator[Stream]:
        """Sends once; the body is read by the caller, and the connection given back or closed at exit."""
        left = until - self.monotonic()
        if left <= 0:
            raise _unsent(BungieUnreachable())
        prepared = self._prepare(request, min(self.limits.read, left))
        trouble: BungieUnavailable | None = None
        response: httpx2.Response | None = None
        try:
            response = self._pool.send(prepared, stream=True)
        except _LIBRARY_FAILURES as error:
            trouble = _trouble(error)
        if response is None:
            raise trouble or BungieUnreachable()
        try:
            yield Stream(response, until, self.monotonic)
        finally:
            response.close()

    def close(self) -> None:
        self._pool.close()

    def _prepare(self, request: Request, read: float) -> httpx2.Request:
        headers = {"X-API-Key": self._key(), "Accept-Encoding": request.accept_encoding}
        if request.access_token is not None:
            # Never URL-encoded (Bungie-net/api #1440). The library would quote a malformed one in its complaint.
            if not _VISIBLE.fullmatch(request.access_token):
                raise CredentialsRefused
            headers["Authorization"] = f"Bearer {request.access_token}"
        if request.content_type is not None:
            headers["Content-Type"] = request.content_type
        return self._pool.build_request(
            request.method,
            request.url,
            headers=headers,
            content=request.content,
            timeout=httpx2.Timeout(read, connect=min(self.limits.connect, read)),
        )

    def _key(self) -> str:
        if not self._api_key:
            raise OperatorMistake(
                "This server has no API key of Bungie's yet. Its owner can register one: `vaultraider init` leads through it."
            )
        if not _VISIBLE.fullmatch(self._api_key):
            raise OperatorMistake("The API key in this server's settings holds a character that no key has. Copy it again.")
        return self._api_key


_LIBRARY_FAILURES = (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, ssl.SSLError, OSError, UnicodeError)


_NO_CONNECTION = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol)


def _unsent(error: BungieUnavailable) -> BungieUnavailable:
    error.untouched = True
    return error


def _trouble(error: Exception) -> BungieUnavailable:
    """The domain error for a failure of the library's, which is left behind."""
    trouble = _meaning(error)
    return _unsent(trouble) if isinstance(error, _NO_CONNECTION) else trouble


def _meaning(error: Exception) -> BungieUnavailable:
    if isinstance(error, httpx2.DecodingError | httpx2.RemoteProtocolError):
        return BungieGarbled()
    if isinstance(error, httpx2.TimeoutException):
        return BungieUnreachable("Bungie.net does not answer in time. We keep trying; the last state that we read is shown.")
    return BungieUnreachable()


def base_url(url: str, setting: str) -> str:
    """A host's address without a slash at its end. Raises OperatorMistake naming the setting.

    Bungie answers every deviation (http, no www) with a redirect that drops the bearer (Bungie-net/api #55, #1769).
    """
    parts = urlsplit(url.strip())
    host = parts.hostname or ""
    mistake = None
    if parts.scheme not in {"https", "http"} or not host or parts.username is not None or parts.query or parts.fragment:
        mistake = "must be an address such as https://www.bungie.net"
    elif parts.path.rstrip("/"):
        mistake = "must be the address of a host alone, without a path: /Platform is added to it"
    elif host == "bungie.net" or host.endswith(".bungie.net"):
        if parts.scheme != "https":
            mistake = "must begin with https: Bungie's redirect from http loses the sign-in"
        elif host == "bungie.net":
            mistake = "needs its www: Bungie's redirect from bungie.net loses the sign-in"
    if mistake:
        raise OperatorMistake(f"The setting {setting} {mistake}.")
    return f"{parts.scheme}://{parts.netloc}"


def user_agent(client_id: str, contact: str) -> str:
    """As Bungie asks for it; without one, its front door shows a block page (Bungie-net/api #1970)."""
    who = "".join(letter for letter in contact if " " <= letter <= "~" and letter not in "()\\").strip()
    number = "".join(letter for letter in client_id if letter.isascii() and letter.isalnum()) or "0"
    return f"VaultRaider/{__version__} AppId/{number}" + (f" (+{who})" if who else "")


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
