"""Where wish lists lie, as people paste it."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_HOSTS = frozenset({"raw.githubusercontent.com", "gist.githubusercontent.com"})
"""Those that other programs read lists from. Ours asks any that is public (``outbound``)."""
_PAGE = re.compile(r"/([^/]+)/([^/]+)/blob/(.+)")
_COMMIT = re.compile(r"[0-9a-f]{40}/")
_GIST = re.compile(r"/([^/]+)/([0-9a-f]{8,64})/?")
_NOWHERE = SplitResult("", "", "", "", "")


def pasted_addresses(text: str) -> list[str]:
    """Several are joined by "|". The address of a file's page becomes that of the file; all else stays as it is."""
    return [_file_of(each.strip()) for each in text.split("|") if each.strip()]


def allowed_addresses(text: str) -> list[str]:
    """Those of them that every program of the field takes."""
    return [each for each in pasted_addresses(text) if _split(each).scheme == "https" and _host(each) in _HOSTS]


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return _NOWHERE


def _host(address: str) -> str:
    return _split(address).netloc.lower()


def _file_of(address: str) -> str:
    path = _split(address).path if _split(address).scheme == "https" else ""
    page = _PAGE.fullmatch(path) if _host(address) == "github.com" else None
    if page is not None:
        # A branch needs its full name, so that no tag of the same name is meant; a commit has only one.
        branch = "" if _COMMIT.match(page[3]) else "refs/heads/"
        return f"https://raw.githubusercontent.com/{page[1]}/{page[2]}/{branch}{page[3]}"
    gist = _GIST.fullmatch(path) if _host(address) == "gist.github.com" else None
    return f"https://gist.githubusercontent.com/{gist[1]}/{gist[2]}/raw" if gist is not None else address
