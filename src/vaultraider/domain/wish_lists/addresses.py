"""Where wish lists lie, as people paste it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOSTS = frozenset({"raw.githubusercontent.com", "gist.githubusercontent.com"})
"""Those that other programs read lists from. Ours asks any that is public (``outbound``)."""
_PAGE = re.compile(r"/([^/]+)/([^/]+)/blob/(.+)")
_COMMIT = re.compile(r"[0-9a-f]{40}/")
_GIST = re.compile(r"/([^/]+)/([0-9a-f]{8,64})/?")


def addresses_in(text: str) -> list[str]:
    """Those that begin with https, of several joined by "|"; the address of a file's page becomes that of the file itself."""
    found = (_file_of(each.strip()) for each in text.split("|"))
    return [each for each in found if each]


def allowed_addresses(text: str) -> list[str]:
    """Those of them that every program of the field takes."""
    return [each for each in addresses_in(text) if _host(each) in _HOSTS]


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()


def _file_of(address: str) -> str:
    """ "" for what is no address with https."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme != "https" or not parts.netloc:
        return ""
    host = parts.netloc.lower()
    page = _PAGE.fullmatch(parts.path) if host == "github.com" else None
    if page is not None:
        # A branch needs its full name, so that no tag of the same name is meant; a commit has only one.
        branch = "" if _COMMIT.match(page[3]) else "refs/heads/"
        return f"https://raw.githubusercontent.com/{page[1]}/{page[2]}/{branch}{page[3]}"
    gist = _GIST.fullmatch(parts.path) if host == "gist.github.com" else None
    return f"https://gist.githubusercontent.com/{gist[1]}/{gist[2]}/raw" if gist is not None else address
