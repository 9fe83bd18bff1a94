"""What the owner is told of the definitions. It is read from what was written down, after each look, so that nothing is lost when
a process dies before it tells; and the same is told once, however often it is looked at.

updated     each installation but the very first
refused     a version that did not pass a check or found no room: once for each version
unreachable a version that could not be fetched three times in a row, or no look that succeeded for an hour
"""

from __future__ import annotations

import logging
from datetime import timedelta

from vaultraider.domain.errors import BungieMaintenance, ManifestRefused, StorageFull, VaultRaiderError
from vaultraider.domain.manifest_changes import in_words
from vaultraider.domain.notifications import Message, manifest
from vaultraider.ports import Clock, ManifestHistory, Teller

logger = logging.getLogger(__name__)

FETCHES = 3
"""Failed fetches of one version in a row that are news: once may be the network, and the next version comes in weeks."""
LOOKS = 12
"""Failed looks in a row that are news: an hour of them."""
LATE = timedelta(days=1)
"""An installation that is longer ago is no news."""
LOOKED_AT = 50
"""Attempts that are looked through for the latest installation."""


class ManifestNews:
    def __init__(self, teller: Teller, history: ManifestHistory, clock: Clock, *, origin: str, language: str) -> None:
        self._teller = teller
        self._history = history
        self._clock = clock
        self._origin = origin
        self._language = language

    def tell(self, error: VaultRaiderError | None = None) -> None:
        """After a look; ``error``: how it failed. Raises nothing: what cannot be told now is told after the next."""
        try:
            for message in (self._updated(), None if error is None else self._failed(error)):
                if message is not None:
                    self._teller.tell_everybody(message)
        except Exception:
            logger.warning("What became of the definitions could not be told yet.", exc_info=True)

    def _updated(self) -> Message | None:
        if len(self._history.installed_keys(self._origin, self._language)) < 2:
            return None  # the first that there are
        attempts = self._history.attempts(self._origin, self._language, LOOKED_AT)
        mine = [each for each in attempts if each.result in ("installed", "rolled-back")]
        if not mine or self._clock.now() - mine[0].finished > LATE:
            return None
        newest, *earlier = mine
        changes = self._history.changes(self._origin, earlier[0].ref.key, newest.ref.key) if earlier else None
        return manifest.updated(
            newest.ref.version,
            f"{newest.ref.key} {newest.started.isoformat()}",
            went_back=newest.result == "rolled-back",
            changes=in_words(changes.counts) if changes is not None else "",
        )

    def _failed(self, error: VaultRaiderError) -> Message | None:
        if isinstance(error, BungieMaintenance):
            return None  # that is told by itself, and nothing is wrong
        check = self._history.last_check(self._origin, self._language)
        if isinstance(error, ManifestRefused | StorageFull) and check.failed_key:
            return manifest.refused(check.version, check.failed_key, error.sentence)
        if check.failed_key and check.failed_times >= FETCHES:
            return manifest.unreachable(check.failed_key, check.failed_times, error.sentence)
        if check.failures >= LOOKS:
            since = "never" if check.checked is None else check.checked.isoformat()
            return manifest.unreachable(f"look {since}", check.failures, error.sentence)
        return None
