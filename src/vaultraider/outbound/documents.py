"""Files that are read again and again at addresses that people gave: whole, or not at all when nothing has changed."""

from __future__ import annotations

from vaultraider.domain.errors import AddressRefused, AddressUnreachable
from vaultraider.outbound.client import Answer, OutboundClient
from vaultraider.outbound.doorway import shown
from vaultraider.outbound.web_address import web_address
from vaultraider.ports.wish_lists import Fetched

_LONGEST_MARK = 255
"""Of what a host says a version is called, as long as the columns for it: a longer one is not kept, and the file is read whole
the next time."""
_SECONDS = 60.0


class Documents:
    """Fits ``ports.wish_lists.WishListSource``. ``largest``: bytes of a file."""

    def __init__(self, client: OutboundClient, *, largest: int) -> None:
        self._client = client
        self._largest = largest

    def check(self, url: str) -> str:
        address = self._client.check(url)
        if address.scheme != "https" and not self._client.doorway.is_allowed(address.host):
            raise AddressRefused("The address must begin with https://, or what comes from there can be changed on the way.")
        return address.url

    def fetch(self, url: str, *, etag: str = "", modified: str = "") -> Fetched:
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in asked.items() if value}
        answer = self._client.fetch(self.check(url), headers=headers, seconds=_SECONDS, limit=self._largest)
        if answer.status == 304 and headers:
            return Fetched(None, _mark(answer, "etag") or etag, _mark(answer, "last-modified") or modified)
        if answer.status != 200:
            raise AddressUnreachable(_sentence(answer.status, shown(web_address(url).host)))
        return Fetched(answer.body, _mark(answer, "etag"), _mark(answer, "last-modified"))


def _mark(answer: Answer, header: str) -> str:
    value = answer.headers.get(header, "").strip()
    return value if len(value) <= _LONGEST_MARK and value.isascii() and value.isprintable() else ""


def _sentence(status: int, host: str) -> str:
    if status in (404, 410):
        return f"{host} has no such file. It may have been moved: look at the address."
    if status in (401, 403):
        return f"{host} does not give this file to everybody. Use an address that opens without signing in."
    if status == 429 or status >= 500:
        return f"{host} cannot answer just now (it says {status})."
    return f"{host} answers {status} instead of sending the file."
