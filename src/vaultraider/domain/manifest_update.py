"""Whether the definitions that Bungie offers should replace ours.

Bungie's ``version`` is the game's, and opaque: definitions change without it (Bungie-net/api #1399), it alternates between
servers after a deployment and goes back within hours (#562, #1449). The content path decides. A path that was never active
is taken at once. One that was active before is either a real roll-back or a server that is behind: it must be offered for
ten minutes on end before we follow it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from vaultraider.domain.errors import BungieGarbled

ROLL_BACK_AFTER = timedelta(minutes=10)
FIRST_RETRY = timedelta(minutes=4)
"""Less than the five minutes between checks: the next check tries again, the ones after it wait longer and longer."""
LONGEST_RETRY = timedelta(hours=1)

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")
_PATH = re.compile(r"/[A-Za-z0-9_./-]{1,200}")
_CHECKSUM = re.compile(r"_([0-9a-f]{32})\.content$")

Decision = Literal["same", "new", "candidate", "roll-back"]


class ManifestIndex(msgspec.Struct, frozen=True):
    """GetDestinyManifest, as far as we use it: ``paths`` of the zipped SQLite files by language."""

    version: str
    paths: dict[str, str]


class Changes(msgspec.Struct, frozen=True):
    """What differs between two indexes. Either may change without the other."""

    version: bool
    languages: tuple[str, ...]


class _Response(msgspec.Struct, rename="camel"):
    version: str = ""
    mobile_world_content_paths: dict[str, str] = {}


def read_index(response: bytes) -> ManifestIndex:
    """The ``Response`` of GetDestinyManifest. Paths that we would not ask for are left out. Raises BungieGarbled."""
    try:
        raw = msgspec.json.decode(response, type=_Response)
    except msgspec.DecodeError as error:
        raise BungieGarbled from error
    paths = {
        language: path
        for language, path in raw.mobile_world_content_paths.items()
        if _LANGUAGE.fullmatch(language) and _PATH.fullmatch(path) and ".." not in path and "//" not in path
    }
    if not paths:
        raise BungieGarbled
    return ManifestIndex(raw.version, paths)


def key_of(language: str, path: str) -> str:
    """What tells two sets of definitions apart. Short, and fit for addresses and folder names."""
    return f"{language}-{checksum_of(path) or hashlib.sha256(path.encode()).hexdigest()[:32]}"


def checksum_of(path: str) -> str | None:
    """The MD5 of the unzipped file, which Bungie writes into the name."""
    found = _CHECKSUM.search(path)
    return found[1] if found else None


def changes(before: ManifestIndex, now: ManifestIndex) -> Changes:
    languages = before.paths.keys() | now.paths.keys()
    return Changes(
        before.version != now.version,
        tuple(sorted(language for language in languages if before.paths.get(language) != now.paths.get(language))),
    )


def decide(
    offered: str,
    *,
    active: str | None,
    earlier: frozenset[str],
    candidate: str,
    candidate_since: datetime | None,
    now: datetime,
) -> Decision:
    """What to do about the version with the key ``offered``.

    ``earlier``: keys that were active before. ``candidate``: the earlier one that was offered at the last check, since when.
    """
    if offered == active:
        return "same"
    if active is None or offered not in earlier:
        return "new"
    if candidate == offered and candidate_since is not None and now - candidate_since >= ROLL_BACK_AFTER:
        return "roll-back"
    return "candidate"


def retry_at(failed_at: datetime, times: int) -> datetime:
    """When to try again to install what failed ``times`` times in a row: a broken file is 30 MB each time."""
    doubled: int = 2 ** min(times - 1, 10)
    return failed_at + min(FIRST_RETRY * doubled, LONGEST_RETRY)
