"""Asks web addresses that people gave: only public ones, to the end within the given time, and never more than it should be.

Each connection goes through the doorway, also after a redirect. No proxy of the environment, no cookies, no connection that is
kept: who calls rarely has no use for them, and what one person asks tells nothing to the next.
"""

from __future__ import annotations

import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Mapping

import httpcore2
import msgspec

from vaultraider import __version__
from vaultraider.domain.errors import AddressRefused, AddressUnreachable
from vaultraider.outbound.doorway import Doorway, shown
from vaultraider.outbound.streams import CheckedBackend
from vaultraider.outbound.web_address import WebAddress, web_address

USER_AGENT = f"VaultRaider/{__version__}"
_SECONDS = 10.0
_KEPT_ACROSS_HOSTS = frozenset({"accept", "if-none-match", "if-modified-since"})


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back. ``headers``: names in lower case, the last of each. ``body`` is decompressed; ``is_whole``: it ended
    within the limit. ``url``: after redirects."""

    status: int
    headers: dict[str, str]
    body: bytes
    is_whole: bool
    url: str

    def __repr__(self) -> str:
        return f"Answer({self.status}, {len(self.body)} bytes)"


class OutboundClient:
    """Thread-safe. ``tls``: whose certificates are believed; by default those the system believes. ``seconds``: for one
    request, from looking up the name to the last byte, where the caller says nothing else."""

    def __init__(self, doorway: Doorway, *, tls: ssl.SSLContext | None = None, seconds: float = _SECONDS) -> None:
        self.doorway = doorway
        self.seconds = seconds
        self._tls = tls
        self._lock = threading.Lock()

    @property
    def tls(self) -> ssl.SSLContext:
        """Read at first use: it takes a moment and some memory."""
        with self._lock:
            if self._tls is None:
                self._tls = httpcore2.default_ssl_context()
            return self._tls

    def check(self, url: str) -> WebAddress:
        """Looks the name up and asks nobody. Raises AddressRefused or AddressUnreachable."""
        address = web_address(url)
        self.doorway.addresses(address.host, address.port)
        return address

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        seconds: float | None = None,
        limit: int = 64 * 1024,
        redirects: int = 0,
    ) -> Answer:
        """Asks once.

        ``limit``: bytes of the body, decompressed; more are left there
        and ``is_whole`` says so. ``redirects``: how many are followed; the next one is the answer.
        ``headers`` must hold no control characters; those of the caller stay with the host that they were meant for.
        Raises AddressRefused before anything is sent to where we do not go, AddressUnreachable for no answer.
        """
        until = time.monotonic() + (seconds or self.seconds)
        address, given = web_address(url), dict(headers or {})
        while True:
            answer = self._once(method, address, given, content, until, limit)
            location = answer.headers.get("location")
            if answer.status not in (301, 302, 303, 307, 308) or not location or redirects <= 0:
                return answer
            redirects -= 1
            after = address.follow(location)
            if after.origin != address.origin:
                given = {name: value for name, value in given.items() if name.lower() in _KEPT_ACROSS_HOSTS}
            if answer.status == 303 and method != "HEAD":
                method, content = "GET", b""
            address = after

    def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        seconds: float = 30.0,
        limit: int = 16 * 2**20,
        redirects: int = 5,
    ) -> Answer:
        """GET of a file: follows redirects, takes it compressed. Raises as ``send`` does, and AddressRefused when it is larger
        than ``limit``. The status is the caller's to look at."""
        asked = {"Accept-Encoding": "gzip", **(headers or {})}
        answer = self.send("GET", url, headers=asked, seconds=seconds, limit=limit, redirects=redirects)
        if not answer.is_whole:
            raise AddressRefused(f"What lies there is larger than {limit // 2**20} MB. Nothing of it was taken.")
        return answer

    def _once(
        self, method: str, address: WebAddress, given: Mapping[str, str], content: bytes, until: float, limit: int
    ) -> Answer:
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close", **given}
        headers["Host"] = address.authority
        if content or method not in ("GET", "HEAD"):
            headers["Content-Length"] = str(len(content))
        backend = CheckedBackend(self.doorway, until)
        request = httpcore2.URL(
            scheme=address.scheme.encode(), host=address.host.encode(), port=address.port, target=address.target.encode()
        )
        try:
            with (
                httpcore2.ConnectionPool(ssl_context=self.tls, max_connections=1, network_backend=backend) as pool,
                pool.stream(method, request, headers=list(headers.items()), content=content) as response,
            ):
                named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                body, is_whole = _read(response.iter_stream(), named.get("content-encoding", ""), limit)
                return Answer(status=response.status, headers=named, body=body, is_whole=is_whole, url=address.url)
        except _FAILURES as error:
            trouble = _meaning(error, backend.trouble, address.host, maybe_sent=backend.has_spoken)
        raise trouble


_FAILURES = (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, zlib.error)


def _read(chunks: Iterable[bytes], encoding: str, limit: int) -> tuple[bytes, bool]:
    """The body, and whether that is all. Never holds more than ``limit`` and one chunk, however well it was packed."""
    packed = encoding.strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise httpcore2.RemoteProtocolError(f"not asked for: {packed}")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in packed else None
    body = bytearray()
    for chunk in chunks:
        body += chunk if unpack is None else unpack.decompress(chunk, limit + 1 - len(body))
        if len(body) > limit:
            return bytes(body[:limit]), False
        if unpack is not None and unpack.eof:
            break  # What comes after the end would only be piled up.
    if unpack is not None and body and not unpack.eof:
        raise httpcore2.RemoteProtocolError("it ends in the middle")
    return bytes(body), True


def _meaning(error: Exception, cause: OSError | None, host: str, *, maybe_sent: bool) -> AddressUnreachable:
    """The library's exception is left behind: it may carry the address, and that may be a secret."""
    name = shown(host)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return AddressUnreachable(f"The certificate of {name} is not one that this server believes.")
    if isinstance(cause, ssl.SSLError) and not maybe_sent:
        return AddressUnreachable(f"No safe connection to {name} came about. It may not speak https there.")
    if isinstance(error, httpcore2.TimeoutException):
        return AddressUnreachable(f"{name} does not answer in time.", maybe_sent=maybe_sent)
    if isinstance(error, httpcore2.ProtocolError | zlib.error):
        return AddressUnreachable(f"{name} sent an answer that cannot be read.", maybe_sent=maybe_sent)
    return AddressUnreachable(f"The connection to {name} broke.", maybe_sent=maybe_sent)
