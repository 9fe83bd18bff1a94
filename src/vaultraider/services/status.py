"""How things stand: Bungie, its announcements, our definitions, the profile's age. Cheap enough to be asked often.

Bungie's state is what our own calls met, and, where they met nothing, what the watch over maintenance saw last, in whatever
process it runs. Announcements and the settings' switches are asked for every few minutes, behind
the back of the request: whoever asks gets what is known, at once, also while Bungie hangs.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, Protocol

import msgspec
from msgspec import UNSET, UnsetType

import vaultraider
from vaultraider.domain.alerts import Alert, read_alerts, system_enabled
from vaultraider.domain.bungie_state import BungieCondition, BungieState
from vaultraider.domain.errors import DefinitionsMissing, VaultRaiderError
from vaultraider.ports import BungieHealth, Clock, JobRecord, MaintenanceRecord, PlatformState
from vaultraider.services.manifest import ManifestReport

logger = logging.getLogger(__name__)

ANNOUNCEMENTS_KEPT = timedelta(minutes=5)
AFTER_FAILURE = timedelta(minutes=1)
WATCHED = timedelta(minutes=4)
"""How old what the watch over maintenance saw may be; it looks each minute."""
UPDATE_JOB = "update_manifest"
"""The job whose progress is shown (its file in ``jobs/``)."""

DESTINY_OFF = "Bungie has switched Destiny 2 off for the moment, for maintenance. What you see is the last state that we read."


class BungieStatus(msgspec.Struct, frozen=True, kw_only=True):
    """``state``: what our calls met, or what Bungie's settings say. ``sentence`` is absent while all is well."""

    state: BungieCondition
    since: datetime | UnsetType = UNSET
    sentence: str | UnsetType = UNSET


class ManifestStatus(msgspec.Struct, frozen=True, kw_only=True):
    """``state``: missing, fetching (there are none yet) or ready. ``step``, ``percent`` and ``sentence`` while one is installed.

    ``key`` changes with the definitions; ``version`` is Bungie's word for them, for people.
    """

    state: Literal["missing", "fetching", "ready"]
    version: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    key: str | UnsetType = UNSET
    step: str | UnsetType = UNSET
    percent: float | UnsetType = UNSET
    """0 to 100."""
    sentence: str | UnsetType = UNSET
    updated: datetime | UnsetType = UNSET
    checked: datetime | UnsetType = UNSET
    """When Bungie's index was last read."""


class ProfileFreshness(msgspec.Struct, frozen=True, kw_only=True):
    """Of the signed-in person's profile: when Bungie made it, when we read it."""

    read: datetime
    minted: datetime | UnsetType = UNSET


class Status(msgspec.Struct, frozen=True, kw_only=True):
    version: str
    """Of this program."""
    bungie: BungieStatus
    alerts: list[Alert]
    manifest: ManifestStatus
    profile: ProfileFreshness | UnsetType = UNSET
    xur: Literal["here", "expected", "away"] | UnsetType = UNSET
    """Whether he's around, for the menu."""


class Announcements(msgspec.Struct, frozen=True):
    """What Bungie says of itself, and when it was asked. ``destiny``: whether Destiny 2 is switched on, None when unknown."""

    alerts: list[Alert] = []
    destiny: bool | None = None
    asked: datetime | None = None


class ManifestReporter(Protocol):
    def report(self) -> ManifestReport: ...


class JobLister(Protocol):
    def latest(self, *, kind: str | None = None, limit: int = 50) -> list[JobRecord]: ...


class MaintenanceKnown(Protocol):
    def known(self) -> MaintenanceRecord:
        """How it stands, as all processes know it."""


class StatusService:
    """``background`` runs the reading of announcements; by default a thread of its own."""

    def __init__(
        self,
        *,
        platform: PlatformState,
        health: BungieHealth,
        manifest: ManifestReporter,
        jobs: JobLister,
        maintenance: MaintenanceKnown,
        clock: Clock,
        background: Callable[[Callable[[], None]], None] | None = None,
    ) -> None:
        self._platform = platform
        self._health = health
        self._manifest = manifest
        self._jobs = jobs
        self._maintenance = maintenance
        self._clock = clock
        self._background = background or _in_thread
        self._announcements = Announcements()
        self._due: datetime | None = None
        self._lock = threading.Lock()

    def status(self, profile: ProfileFreshness | None = None) -> Status:
        """Never asks Bungie itself, and never raises for what Bungie does."""
        self._refresh_if_due()
        announced = self._announcements
        return Status(
            version=vaultraider.__version__,
            bungie=self._bungie(announced),
            alerts=announced.alerts,
            manifest=self.manifest(),
            profile=profile or UNSET,
        )

    def manifest(self) -> ManifestStatus:
        report = self._manifest.report()
        running = next((job for job in self._jobs.latest(kind=UPDATE_JOB, limit=1) if job.state in ("queued", "running")), None)
        active = report.active
        if active is None and running is None:
            return ManifestStatus(state="missing", sentence=report.sentence or DefinitionsMissing.default)
        progress = ManifestStatus(state="ready" if active else "fetching", checked=report.checked or UNSET)
        if running is not None and (active is None or running.step not in (None, "look")):
            progress = msgspec.structs.replace(
                progress,
                step=running.step or "look",
                percent=UNSET if running.percent is None else running.percent,
                sentence=running.sentence or DefinitionsMissing.default,
            )
        elif report.failures:
            progress = msgspec.structs.replace(progress, sentence=report.sentence)
        if active is None:
            return progress
        return msgspec.structs.replace(
            progress,
            version=active.ref.version,
            language=active.ref.language,
            key=active.ref.key,
            updated=active.installed,
        )

    def _bungie(self, announced: Announcements) -> BungieStatus:
        state = self._health.state()
        if state.state in ("up", "unknown"):
            down = self._switched_off(announced, state)
            if down is not None:
                return down
        return BungieStatus(
            state=state.state,
            since=state.since or UNSET,
            sentence=state.sentence or UNSET,
        )

    def _switched_off(self, announced: Announcements, state: BungieState) -> BungieStatus | None:
        """By whoever looked last: we ourselves, or the watch, which all processes share. None where nobody saw it."""
        record, now = self._maintenance.known(), self._clock.now()
        looked, off, since = announced.asked, announced.destiny is False, None
        if (
            record.looked is not None
            and timedelta(0) <= now - record.looked <= WATCHED
            and (looked is None or record.looked > looked)
        ):
            looked, since = record.looked, _seen_down(record)
            off = since is not None
        if not off or (looked is not None and state.last_game is not None and state.last_game > looked):
            return None  # the game has answered since: maintenance ends between two looks
        return BungieStatus(state="maintenance", since=since or UNSET, sentence=DESTINY_OFF)

    def _refresh_if_due(self) -> None:
        now = self._clock.now()
        with self._lock:
            if self._due is not None and now < self._due:
                return
            self._due = now + ANNOUNCEMENTS_KEPT  # Claimed: nobody else asks meanwhile.
        self._background(self._refresh)

    def _refresh(self) -> None:
        """What could not be read stays as it was."""
        alerts, destiny, asked = self._announcements.alerts, None, self._clock.now()
        try:
            alerts = read_alerts(self._platform.global_alerts())
            destiny = system_enabled(self._platform.settings(), "Destiny2")
        except VaultRaiderError as error:
            logger.info("Bungie's announcements could not be read: %s", error.code)
            self._again_in(AFTER_FAILURE)
        except Exception:  # In a thread of its own nobody else would hear of it.
            logger.warning("Bungie's announcements could not be read.", exc_info=True)
            self._again_in(AFTER_FAILURE)
        self._announcements = Announcements(alerts, destiny, asked)

    def _again_in(self, wait: timedelta) -> None:
        with self._lock:
            self._due = self._clock.now() + wait


def _seen_down(record: MaintenanceRecord) -> datetime | None:
    """Since when the last look of the watch saw maintenance; None: it did not.

    What people are told must last for minutes before it is believed; what the page shows may be as new as the last look.
    """
    if record.down:
        return record.since if record.other_since is None else None
    return record.other_since


def _in_thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="announcements", daemon=True).start()
