"""Web addresses as people type them, read strictly: whatever two parsers could take for two hosts is refused."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

import httpx2
import msgspec

from vaultraider.domain.errors import AddressRefused

_LONGEST = 2048
_UNUSUAL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff\\^`{|}<>\"]")
_FORM = "An address looks like https://example.org/path."
_PORTS = {"https": 443, "http": 80}


class WebAddress(msgspec.Struct, frozen=True):
    """``host``: lower case and ASCII, without brackets or trailing dot. ``target``: path and query, in percents."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    def follow(self, location: str) -> WebAddress:
        """Where a redirect leads. Raises AddressRefused as ``web_address`` does, and for a step down from https to http."""
        if _UNUSUAL.search(location.strip(" ")):
            raise AddressRefused("This address leads on to one that cannot be asked.")
        try:
            after = web_address(urljoin(self.url, location.strip(" ")))
        except ValueError:
            raise AddressRefused("This address leads on to one that cannot be asked.") from None
        if self.scheme == "https" and after.scheme != "https":
            raise AddressRefused("This address leads on to one without https. Use the one that it leads to, if you trust it.")
        return after


def web_address(text: str) -> WebAddress:
    """Reads "https://example.org:8443/a?b". Raises AddressRefused saying what is wrong with it.

    The part after # stays behind. Names and passwords in an address are refused: they are what makes
    https://good.example@evil.example/ look like somebody else.
    """
    text = text.strip(" ")
    if not text or len(text) > _LONGEST or _UNUSUAL.search(text):
        raise AddressRefused(f"This is not an address that can be asked. {_FORM}")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise AddressRefused(f"This is not an address that can be asked. {_FORM}") from None
    scheme = parts.scheme
    if scheme not in _PORTS:
        raise AddressRefused(f"Only addresses that begin with https:// or http:// can be asked. {_FORM}")
    if "@" in parts.netloc:
        raise AddressRefused("An address must not hold a name or a password before its host. Leave out what stands before the @.")
    if parts.netloc.endswith(":") or port == 0 or not parts.hostname:
        raise AddressRefused(f"This is not an address that can be asked. {_FORM}")
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
    )
    return WebAddress(scheme, _host(parts.hostname), port or _PORTS[scheme], target)


def host_name(text: str) -> str:
    """A host alone, as ``WebAddress.host``. Raises AddressRefused."""
    name = text.strip(" ")
    if not name or len(name) > 255 or _UNUSUAL.search(name) or set(name) & set("/@?#"):
        raise AddressRefused("This is not the name of a host, such as mail.example.org.")
    return _host(name)


def _host(name: str) -> str:
    """In ASCII. A name in another script becomes xn--...; digits in another script stay refused."""
    host = name.lower()
    if "%" in host or not host.isascii():
        try:
            host = httpx2.URL(scheme="https", host=host).raw_host.decode("ascii") if "%" not in host else ""
        except (httpx2.InvalidURL, UnicodeError):
            host = ""
        if "xn--" not in host:
            raise AddressRefused(f"The name of the host cannot be read. {_FORM}")
    return host.removesuffix(".")
