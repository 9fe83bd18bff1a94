"""The demo's past: three months that lead to how the demo's account stands, so that its charts and lists have something to show.

It is made backwards from the newest state, which stays what the simulator says, and written forwards.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from vaultraider.bootstrap import Services
from vaultraider.bungie.profile import PROFILE_COMPONENTS
from vaultraider.cli._player import Player
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.errors import DefinitionsMissing, VaultRaiderError
from vaultraider.domain.history.compare import events_between
from vaultraider.domain.history.delta import difference, encode_delta, encode_moment
from vaultraider.domain.history.events import Event
from vaultraider.domain.history.figures import changed_figures, drops_of, figures_of
from vaultraider.domain.history.moment import Moment
from vaultraider.domain.history.names import CatalogueNames
from vaultraider.domain.history.taking import moment_of
from vaultraider.domain.history.tallies import tallies_of
from vaultraider.domain.people import User
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.ports import MembershipRef
from vaultraider.ports.history import Gap, HistoryStore, NewObservation
from vaultraider.services.inventory.reading import lease_name
from vaultraider.simulator import Simulator

logger = logging.getLogger(__name__)

DAYS = 90
AWAY = frozenset({9, 10, 23, 36, 37, 38, 39, 51, 64, 65, 78})
"""Days ago on which nobody played."""
NOT_WATCHED = frozenset({35, 63})
"""Days ago before which nobody looked either: gaps."""
TIDIED = frozenset({17, 44, 71})
"""Days ago on which the vault was tidied."""
TODAY = (timedelta(minutes=12), timedelta(minutes=41), timedelta(hours=3, minutes=5))
"""How long ago it was seen last: a demo that is begun in the morning has something to show for today, too."""
LOOK = timedelta(minutes=3)
KEYFRAME_EVERY = timedelta(days=7)
OURS = 0.35
"""Of the moves: done by us."""
WAIT = 0.5
PATIENCE = timedelta(minutes=10)


class Seen(NamedTuple):
    """``since``: when the account was seen before; ``unwatched``: nobody looked in between."""

    at: datetime
    since: datetime
    moment: Moment
    unwatched: bool = False


def remember_past(services: Services, bungie: Simulator, user: User) -> threading.Thread:
    """Writes it behind the person's back, once the definitions are there; does nothing where something is remembered already."""
    thread = threading.Thread(target=write_past, args=(services, bungie, user), name="the demo's past", daemon=True)
    thread.start()
    return thread


def write_past(services: Services, bungie: Simulator, user: User) -> None:
    """The same, before it returns."""
    found = bungie.box.world.find_account(user.name.partition("#")[0])
    catalogue = _catalogue(services)
    if found is None or catalogue is None:
        return
    membership = MembershipRef(found.type, found.id)
    rng = Random(bungie.box.seed)  # noqa: S311 - the same demo each time
    try:
        # While it is held nobody reads the account: what is read next is compared with the end of this past.
        with services.leases.hold(lease_name(user.id, membership), seconds=120, wait=60):
            if services.history.store.account(user.id, membership) is None:
                now = services.clock.now()
                moment = moment_of(read_snapshot(_profile(bungie, found.id), now), None)
                past = made_up(moment, catalogue, now, rng)
                Writer(services.history.store, catalogue, rng).write(user, membership, past)
    except VaultRaiderError as error:
        logger.warning("The demo begins without a past: %s", error.sentence)


def _catalogue(services: Services) -> Catalogue | None:
    """Waits for the first definitions. None where they do not come."""
    until = services.clock.now() + PATIENCE
    while services.clock.now() < until:
        try:
            return services.inventory.catalogue()
        except DefinitionsMissing:
            services.clock.sleep(WAIT)
    return None


def _profile(bungie: Simulator, account_id: str) -> bytes:
    """``Response`` of GetProfile, as its owner sees it."""
    box = bungie.box
    with box.lock:
        account = box.world.account(account_id)
        if account is None:
            return b"{}"
        wanted = frozenset(component.number for component in PROFILE_COMPONENTS)
        return msgspec.json.encode(box.source.components(box.world, account, wanted, private=True, now=box.clock.now()))


def made_up(moment: Moment, catalogue: Catalogue, now: datetime, rng: Random) -> list[Seen]:
    """States with their times, oldest first; the last is ``moment``."""
    catalogue.preload({item.hash for item in moment.items.values()})
    player = Player(moment, catalogue, rng)
    times = list(_times(now, rng))
    found = []
    for at, earlier in zip(times, [*times[1:], times[-1]], strict=True):
        days = (now.date() - at.date()).days
        unwatched = days in NOT_WATCHED and earlier.date() < at.date()
        since = earlier + LOOK * 4 if unwatched else max(at - LOOK, earlier)
        found.append(Seen(at, since, player.moment(), unwatched))
        _step_back(player, rng, tidied=days in TIDIED)
    return found[::-1]


def _times(now: datetime, rng: Random) -> Iterator[datetime]:
    """When something was seen, newest first."""
    at = [now - ago for ago in TODAY]
    evening = now.replace(hour=22, minute=10, second=0, microsecond=0)
    for days in range(1, DAYS):
        if days not in AWAY:
            looks = rng.randrange(2, 5) + (2 if (evening - timedelta(days=days)).weekday() >= 5 else 0)
            at += [evening - timedelta(days=days, minutes=rng.randrange(4, 240), seconds=rng.randrange(60)) for _ in range(looks)]
    yield from sorted(set(at), reverse=True)


def _step_back(player: Player, rng: Random, *, tidied: bool) -> None:
    """What happened between two looks, undone."""
    for id in rng.sample(player.strongest(25), k=rng.choice((0, 1, 2, 2, 2, 3, 3))):
        player.vanishes(id)
    ceiling = player.power_of(player.strongest(1)[0])
    for _ in range(rng.randrange(5, 10) if tidied else rng.choice((0, 0, 1, 1))):
        player.appears(ceiling - rng.randrange(3, 30))
    for id in [id for id in player.kept() if player.power_of(id) > ceiling + 1][:3]:
        player.powers(id, ceiling - rng.randrange(2))
        player.appears(ceiling + 1)  # it was used for that
    for _ in range(rng.randrange(1, 5)):
        player.moves()
    for act, chance in (
        (player.equips, 0.5),
        (player.mails, 0.3),
        (player.locks, 0.4),
        (player.perks, 0.3),
        (player.masterworks, 0.08),
        (player.fills_loadout, 0.04),
        (player.stacks_change, 0.8),
        (player.stacks_change, 0.5),
    ):
        if rng.random() < chance:
            act()
    for _ in range(rng.randrange(1, 3)):
        player.trades(-1)


class Writer:
    """One observation after the other, as the recorder writes them. Stops where somebody else writes, too."""

    def __init__(self, store: HistoryStore, catalogue: Catalogue, rng: Random) -> None:
        self._store = store
        self._catalogue = catalogue
        self._names = CatalogueNames(catalogue)
        self._rng = rng

    def write(self, user: User, membership: MembershipRef, past: Sequence[Seen]) -> None:
        before: Seen | None = None
        figures: dict[str, int] = {}
        keyframe_at = past[0].at
        for n, seen in enumerate(past, 1):
            account = self._store.open(user.id, membership, seen.at)
            due = before is None or seen.at - keyframe_at >= KEYFRAME_EVERY
            keyframe_at = seen.at if due else keyframe_at
            now = figures_of(seen.moment, self._catalogue)
            events = self._events(before, seen, n)
            delta = difference(before.moment, seen.moment) if before is not None else None
            if seen.unwatched:
                self._store.note_gap(account, Gap(seen.since, seen.at))
            observation = NewObservation(
                seq=n,
                at=seen.at,
                since=seen.since if before is not None else seen.at,
                delta=encode_delta(delta) if delta is not None else b"",
                keyframe=encode_moment(seen.moment) if due else None,
                events=events,
                figures=changed_figures(figures, now) | drops_of(events),
                tallies=tallies_of(events),
            )
            if not self._store.append(account, observation):
                return
            before, figures = seen, now

    def _events(self, before: Seen | None, seen: Seen, n: int) -> list[Event]:
        if before is None:
            return []
        found = events_between(before.moment, seen.moment, seq=n, at=seen.at, since=seen.since, names=self._names)
        return [replace(each, by="you") if each.kind == "moved" and self._rng.random() < OURS else each for each in found]
