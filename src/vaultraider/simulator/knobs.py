"""Where evidence about Bungie is thin, the behaviour is a knob. Defaults first; a client must pass on every value."""

from __future__ import annotations

from typing import Any

import msgspec

CHOICES: dict[str, tuple[Any, ...]] = {
    "status_99": ("500json", "401json", "401html"),
    "status_5": ("503json", "503html"),
    "status_51": (429, 500, 200),
    "refresh_reuse": ("strict", "grace", "lenient"),
    "bust_on_write": (True, False),
    "cache_ttl": (30, 60, 120),
    "equipitems_missing": ("omit", "1623"),
    "code_ttl": (60,),
    "nontransferrable": (1660, 1627),
    "throttle_seconds": (10, 0),
}
"""The values worth running a client's tests across. Numbers may be set to anything else."""


class Knobs(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """All knobs. Seconds where a time is meant."""

    status_99: str = "500json"
    status_5: str = "503json"
    status_51: int = 429
    refresh_reuse: str = "strict"
    """``strict``: a used refresh token is dead; ``grace``: it works for ``refresh_grace`` seconds; ``lenient``: for ever."""
    refresh_grace: float = 30
    bust_on_write: bool = True
    cache_ttl: float = 30
    equipitems_missing: str = "omit"
    code_ttl: float = 60
    nontransferrable: int = 1660
    throttle_seconds: int = 10
    """``ThrottleSeconds`` of code 51; before 2020-03 it was 0 (Bungie-net/api #1051)."""
    access_ttl: int = 3600
    refresh_ttl: int = 7_776_000
    record_ttl: int = 31_536_000
    """An authorization record dies after about a year, however often it is refreshed (Bungie-net/api #1231)."""
    revocation_delay: float = 3600
    ip_limit: int = 250
    """Requests from one address in ``ip_window`` seconds."""
    ip_window: float = 10
    compress: bool = True
    extra_items: int = 0
    """So many plain extra item definitions: a manifest as large as wanted."""


class KnobError(ValueError):
    """There is no such knob, or it does not take that value."""


def turn(knobs: Knobs, changes: dict[str, Any]) -> Knobs:
    """New knobs with ``changes`` applied. ``refresh_reuse`` also takes "grace:30". Raises KnobError naming the knob."""
    changes = dict(changes)
    reuse = changes.get("refresh_reuse")
    if isinstance(reuse, str) and reuse.startswith("grace:"):
        changes |= {"refresh_reuse": "grace", "refresh_grace": float(reuse.partition(":")[2])}
    try:
        turned = msgspec.convert(msgspec.to_builtins(knobs) | changes, Knobs, strict=False)
    except msgspec.ValidationError as error:
        raise KnobError(f"A knob does not turn that way: {error}") from error
    for name, allowed in CHOICES.items():
        value = getattr(turned, name)
        if isinstance(value, str) and value not in allowed:
            raise KnobError(f"The knob {name} takes one of {', '.join(map(str, allowed))}, not {value}.")
    return turned
