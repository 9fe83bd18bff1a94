"""How Bungie.net does, as far as this process has noticed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

BungieCondition = Literal["up", "maintenance", "unreachable", "throttled", "unknown"]


class BungieState(msgspec.Struct, frozen=True, kw_only=True):
    """What the last calls told. ``sentence`` is for people, and absent while all is well."""

    state: BungieCondition = "unknown"
    since: datetime | None = None
    """When it began to be so."""
    sentence: str | None = None
    retry_after: float | None = None
    """Seconds, where Bungie or our own pace told."""
    last_success: datetime | None = None
    last_game: datetime | None = None
    """When the game's own servers last answered: then Destiny was on, whatever was announced before."""
    last_failure: datetime | None = None
    failure: str | None = None
    """The code of the last failure ("bungie-maintenance" ...)."""
