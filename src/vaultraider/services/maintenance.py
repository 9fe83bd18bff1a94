"""Bungie's maintenance, begun and over: one truth for all processes, kept in the database, and told to everybody.

What is seen must last before it is believed: on such days the servers flicker, and nobody wants to be told each time.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from msgspec.structs import replace

from vaultraider.domain.alerts import system_enabled
from vaultraider.domain.errors import BungieMaintenance, VaultRaiderError
from vaultraider.domain.notifications import bungie
from vaultraider.ports import BungieHealth, Clock, MaintenanceRecord, MaintenanceStore, PlatformState, Teller

logger = logging.getLogger(__name__)

BEGUN_AFTER = timedelta(minutes=3)
OVER_AFTER = timedelta(minutes=5)
"""So long every look must say the same."""
GAP = timedelta(minutes=4)
"""Looks that are further apart say nothing of the time between."""
RECENT = timedelta(minutes=2)
"""How old what our own calls met may be."""
NEWS = timedelta(minutes=15)
"""So long after we were sure it is told, should somebody not have been told yet."""


class MaintenanceWatch:
    def __init__(
        self, *, platform: PlatformState, health: BungieHealth, store: MaintenanceStore, teller: Teller, clock: Clock
    ) -> None:
        self._platform = platform
        self._health = health
        self._store = store
        self._teller = teller
        self._clock = clock

    def known(self) -> MaintenanceRecord:
        """How it stands, as all processes know it. Asks nobody."""
        return self._store.load()

    def look(self) -> MaintenanceRecord:
        """One look at Bungie's settings; what is believed after it. Raises nothing of Bungie's."""
        before = self._store.load()
        now = self._clock.now()
        after = believed(before, self._see(now), now)
        if after != before and not self._store.replace(before, after):
            after = self._store.load()  # another process was quicker
        if after.down != before.down:
            logger.info("Bungie's maintenance: %s", "begun" if after.down else "over")
        self._tell(after, now)
        return after

    def _see(self, now: datetime) -> bool | None:
        """Whether it is down; None when nobody can say."""
        try:
            enabled = system_enabled(self._platform.settings(), "Destiny2")
        except BungieMaintenance:
            return True
        except VaultRaiderError:
            return None
        if enabled is False:
            return True
        met = self._health.state()
        # The settings may be cached, or silent: what the game itself said last counts.
        if met.state == "maintenance" and met.last_failure is not None and now - met.last_failure <= RECENT:
            return True
        if enabled is None and (met.last_game is None or now - met.last_game > RECENT):
            return None
        return False

    def _tell(self, record: MaintenanceRecord, now: datetime) -> None:
        """From what is written down, so that whoever dies in between loses nothing."""
        if record.since is None or record.confirmed is None or now - record.confirmed > NEWS:
            return
        if record.down:
            self._teller.tell_everybody(bungie.begun(record.since))
        elif record.until is not None:
            self._teller.tell_everybody(bungie.over(record.since, record.until))


def believed(before: MaintenanceRecord, down: bool | None, now: datetime) -> MaintenanceRecord:
    """What is believed after one more look."""
    if down is None:
        return before
    if down == before.down:
        return replace(before, other_since=None, looked=now)
    lasts = before.other_since is not None and before.looked is not None and now - before.looked <= GAP
    other_since = before.other_since if lasts and before.other_since is not None else now
    if now - other_since < (BEGUN_AFTER if down else OVER_AFTER):
        return replace(before, other_since=other_since, looked=now)
    since, until = (other_since, None) if down else (before.since, other_since)
    return MaintenanceRecord(down=down, since=since, until=until, confirmed=now, looked=now)
