"""What the page about Xûr shows: the public part to everybody, a person's own beside it to that person."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.errors import NotFound
from vaultraider.domain.people import User
from vaultraider.domain.profile_parts import GuardianClass
from vaultraider.domain.wares import Barred, Ware
from vaultraider.domain.xur import WEEK, Visit, visit_at
from vaultraider.domain.xur_shelves import Shelf, shelves_of
from vaultraider.ports import Clock, KeptStock, Seer, XurRecord, XurWatch
from vaultraider.services.xur.belongings import Belongings, Profiles, belongings_of
from vaultraider.services.xur.counters import CurrentCounters, copy_of, vendors_of
from vaultraider.services.xur.eyes import Eyes

State = Literal["here", "expected", "away"]
VIEW_KEPT = timedelta(minutes=10)
"""After so long a person's own view is read again, when they look."""
_ORDER: tuple[Seer, ...] = ("titan", "hunter", "warlock", "public")


class Money(msgspec.Struct, kw_only=True):
    """One thing that can be paid with, and how many of it the person has."""

    hash: int
    name: str
    icon: str
    quantity: int


class VisitOnRecord(msgspec.Struct, kw_only=True):
    """``weekend``: its Friday. ``wares``: how many had a price."""

    weekend: date
    wares: int


class Xur(msgspec.Struct, kw_only=True):
    """Xûr as the page shows him.

    ``state``: "expected" is due, and not (or not yet) shown by Bungie. ``since`` and ``until``: of the visit that is, or was
    last. ``weekend`` and ``of``: whose wares follow; with "none" nothing is on record. ``class``: through whose eyes they are
    seen. ``read``: when Bungie told them. ``purse`` and what is personal in the wares: only to who is signed in.
    ``reading``: this person's own view is being read; ask again in a few seconds.
    """

    state: State
    sentence: str
    since: datetime
    until: datetime
    next_arrival: datetime
    weekend: date
    of: Literal["now", "last", "none"]
    signed_in: bool
    groups: list[Shelf]
    visits: list[VisitOnRecord]
    place: str | UnsetType = UNSET
    read: datetime | UnsetType = UNSET
    guardian: GuardianClass | UnsetType = msgspec.field(name="class", default=UNSET)
    purse: list[Money] | UnsetType = UNSET
    reading: bool | UnsetType = UNSET


class Shown(NamedTuple):
    """``stale_view``: through whose eyes this person's own view should be read anew."""

    xur: Xur
    stale_view: GuardianClass | None = None


class Stand(NamedTuple):
    """How things stand with him: by the clock, and by what Bungie showed last."""

    state: State
    visit: Visit
    watch: XurWatch


def stand_at(now: datetime, watch: XurWatch) -> Stand:
    visit = visit_at(now)
    if not visit.is_due:
        return Stand("away", visit, watch)
    here = watch.weekend == visit.weekend and watch.verdict == "here"
    return Stand("here" if here else "expected", visit, watch)


class Showing:
    def __init__(self, *, record: XurRecord, counters: CurrentCounters, eyes: Eyes, profiles: Profiles, clock: Clock) -> None:
        self._record = record
        self._counters = counters
        self._eyes = eyes
        self._profiles = profiles
        self._clock = clock

    def stand(self) -> Stand:
        return stand_at(self._clock.now(), self._record.watch())

    def now(self, user: User | None, guardian: GuardianClass | None) -> Shown:
        """What he has; or, while he is away or not shown, what he had the last time. Raises DefinitionsMissing only where
        there is something to name."""
        stand = self.stand()
        visits = self._record.visits()
        weekend = stand.visit.weekend
        if stand.state != "here":
            weekend = next((each.weekend for each in visits if each.weekend <= _newest_shown(stand)), weekend)
        return self._show(stand, weekend, user, guardian, [VisitOnRecord(weekend=v.weekend, wares=v.wares) for v in visits])

    def on(self, weekend: date, user: User | None, guardian: GuardianClass | None) -> Shown:
        """One weekend of the record. Raises NotFound."""
        visits = [VisitOnRecord(weekend=each.weekend, wares=each.wares) for each in self._record.visits()]
        if all(each.weekend != weekend for each in visits):
            raise NotFound("There is no visit of that weekend on record.")
        return self._show(self.stand(), weekend, user, guardian, visits)

    def _show(
        self, stand: Stand, weekend: date, user: User | None, guardian: GuardianClass | None, visits: list[VisitOnRecord]
    ) -> Shown:
        shown = Xur(
            state=stand.state,
            sentence=_sentence(stand),
            since=stand.visit.since,
            until=stand.visit.until,
            next_arrival=stand.visit.next_arrival,
            weekend=weekend,
            of="none",
            signed_in=user is not None,
            groups=[],
            visits=visits,
        )
        stock = _seen_by(self._record.stocks(weekend), guardian or self._last_played(user))
        if stock is None:
            return Shown(shown)
        counters = self._counters.get()
        shown.of = "now" if stand.state == "here" and weekend == stand.visit.weekend else "last"
        shown.read = stock.read
        shown.guardian = "titan" if stock.seer == "public" else stock.seer
        if stand.state == "here":
            shown.place = counters.place or UNSET
        wares = counters.wares(stock)
        stale: GuardianClass | None = None
        if user is not None:
            if shown.of == "now":
                wished = self._wished(user, guardian or shown.guardian)
                view = self.view(user, wished, weekend) if wished is not None else None
                if view is not None:
                    wares, shown.read, shown.guardian = counters.named(vendors_of(view)), view.read, wished or UNSET
                if wished is not None and self.is_stale(view):
                    stale, shown.reading = wished, True if view is None else UNSET
            wares = made_own(shown, wares, belongings_of(self._profiles, user))
        shown.groups = shelves_of(wares)
        return Shown(shown, stale)

    def _wished(self, user: User, guardian: GuardianClass | UnsetType) -> GuardianClass | None:
        """The class, if this person has a guardian of it."""
        return next((one.guardian for one in self._eyes.of(user) if one.guardian == guardian), None)

    def view(self, user: User, seer: Seer, weekend: date) -> KeptStock | None:
        """What this person's guardian of that class saw on that weekend."""
        mine = next((one for one in self._eyes.of(user) if one.guardian == seer), None)
        view = self._record.view(user.id, mine.membership, seer) if mine is not None else None
        return view if view is not None and view.weekend == weekend else None

    def is_stale(self, view: KeptStock | None) -> bool:
        return view is None or self._clock.now() - view.read > VIEW_KEPT

    def _last_played(self, user: User | None) -> GuardianClass | None:
        guardians = self._eyes.of(user) if user is not None else []
        return guardians[0].guardian if guardians else None


def made_own(shown: Xur, wares: list[Ware], owned: Belongings | None) -> list[Ware]:
    """With copies and purse by the profile; what Bungie said of the purse stands where no profile tells."""
    mine = [add_belongings(copy_of(ware), owned) for ware in wares]
    money = {price.hash: price for ware in mine for price in ware.prices if isinstance(price.owned, int)}
    if money:
        shown.purse = [
            Money(hash=price.hash, name=price.name, icon=price.icon, quantity=int(price.owned or 0)) for price in money.values()
        ]
    return mine


def add_belongings(ware: Ware, owned: Belongings | None) -> Ware:
    """Changes the ware. What somebody has, they have had; what they have not, nobody can tell by this."""
    if owned is not None:
        ware.copies = owned.of(ware.hash)
        for price in ware.prices:
            price.owned = owned.of(price.hash)
        if ware.owned is not UNSET:
            _say_what_is_too_dear(ware, owned)
    if ware.owned is True or (isinstance(ware.copies, int) and ware.copies > 0):
        ware.collected = True
    return ware


def _say_what_is_too_dear(ware: Ware, owned: Belongings) -> None:
    """The profile is read far more often than a vendor: what can be paid follows it. Changes the ware."""
    barred: list[Barred] = [word for word in (ware.barred or []) if word != "no-funds"]
    if any(owned.of(price.hash) < price.quantity for price in ware.prices):
        barred.append("no-funds")
    ware.barred = barred or UNSET


def _newest_shown(stand: Stand) -> date:
    """Of a visit that has only begun, one class may be on record while another still shows the old wares: none of it is shown
    then. Whoever was here and is shown no more had what he had."""
    weekend = stand.visit.weekend
    unsure = stand.state == "expected" and stand.watch.verdict != "missing"
    return weekend - WEEK if unsure else weekend


def _seen_by(stocks: list[KeptStock], guardian: GuardianClass | None) -> KeptStock | None:
    """Through the wished eyes, else through others."""
    by_seer = {stock.seer: stock for stock in stocks}
    if guardian is not None and guardian in by_seer:
        return by_seer[guardian]
    return next((by_seer[seer] for seer in _ORDER if seer in by_seer), None)


def _sentence(stand: Stand) -> str:
    visit, watch = stand.visit, stand.watch
    if stand.state == "away":
        return f"Xûr is away. He comes on {in_utc(visit.next_arrival)}."
    if stand.state == "here":
        return f"Xûr is here until {in_utc(visit.until)}."
    due = "Xûr is due"  # since when, the page tells in its reader's own time
    if watch.weekend != visit.weekend or watch.verdict is None:
        return f"{due}. Bungie.net has not shown him yet; we keep looking."
    return {
        "last-weeks": f"{due}, but Bungie.net still shows what he had the last time. We keep looking.",
        "too-early": f"{due}. What Bungie.net shows may still be what he had the last time; we look again in a few minutes.",
        "doubtful": f"{due}, but what Bungie.net shows is not his. We keep looking.",
    }.get(watch.verdict, f"{due}, but Bungie.net does not show him. We keep looking.")


def in_utc(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%b}, {moment:%H:%M} UTC"
