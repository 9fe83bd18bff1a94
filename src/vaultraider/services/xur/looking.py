"""Looking for Xûr: through the eyes of one guardian of each class, or, where nobody can look, at what everybody may see.

What is seen is judged (domain/xur.py: his dates come before his stock), and kept where it is this weekend's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol, TypeVar

from vaultraider.domain.errors import BungieError, BungieUnavailable, OperatorMistake, SignInEnded
from vaultraider.domain.items import CLASSES
from vaultraider.domain.people import User
from vaultraider.domain.vendor_stock import to_keep
from vaultraider.domain.vendors import Vendor, read_vendor, read_vendors
from vaultraider.domain.xur import COUNTERS, WEEK, XUR, Verdict, judge, visit_at
from vaultraider.ports import Clock, KeptStock, Seer, VendorSource, XurRecord
from vaultraider.services.xur.counters import CurrentCounters, vendors_of
from vaultraider.services.xur.eyes import Eyes, Guardian

logger = logging.getLogger(__name__)

T = TypeVar("T")
TRIES = 3
"""Guardians of one class that are asked until one is let in: who has not come far enough in the game does not see him."""
PATIENCE = timedelta(hours=1)
"""So long a counter that still has its old wares holds up the news of the others."""


class Credentials(Protocol):
    def with_credentials(self, user: User, call: Callable[[str], T]) -> T: ...


class Look(NamedTuple):
    """What a look came to. ``verdict``: None where Bungie did not answer. ``seen``: the verdict on each pair of eyes."""

    verdict: Verdict | None
    seen: dict[Seer, Verdict]
    complete: bool
    error: BungieError | None = None


class Looking:
    def __init__(
        self,
        *,
        source: VendorSource,
        credentials: Credentials,
        eyes: Eyes,
        record: XurRecord,
        counters: CurrentCounters,
        clock: Clock,
    ) -> None:
        self._source = source
        self._credentials = credentials
        self._eyes = eyes
        self._record = record
        self._counters = counters
        self._clock = clock

    def look(self, check: Callable[[], None]) -> Look:
        """Looks once, through each class. ``check`` is called between two requests and may raise, to stop.

        Raises DefinitionsMissing, and asks nobody then.
        """
        self._counters.get()
        seen: dict[Seer, Verdict] = {}
        tries = dict.fromkeys(CLASSES.values(), 0)
        troubled: set[Seer] = set()
        error: BungieError | None = None
        for one in self._eyes.everybody():
            if all(_is_enough(seen.get(each), tries[each]) for each in tries):
                break
            if _is_enough(seen.get(one.guardian), tries[one.guardian]):
                continue
            check()
            tries[one.guardian] += 1
            try:
                seen[one.guardian] = self.through(one)
            except (BungieUnavailable, OperatorMistake) as trouble:
                error = trouble
                break
            except (BungieError, SignInEnded) as refusal:
                logger.info("Xûr cannot be seen through user %s: %s", one.user.id, refusal.code)
                troubled.add(one.guardian)
        if not seen and error is None:
            check()
            try:
                seen["public"] = self._at_large()
            except BungieError as trouble:
                error = trouble
        if error is not None:
            logger.info("Bungie could not be asked about Xûr: %s", error.code)
        complete = error is None and not troubled - seen.keys() and "public" not in seen
        return Look(_together(self._clock.now(), seen), seen, complete, error)

    def through(self, one: Guardian) -> Verdict:
        """What one guardian sees; their own view of it is kept for them. Raises BungieError or SignInEnded."""
        found = self._credentials.with_credentials(one.user, lambda token: self._ask(token, one))
        now = self._clock.now()
        verdict = self._judge(now, one.guardian, found)
        if verdict == "here":
            kept = self._kept(now, one.guardian, found)
            self._record.save(kept)
            self._record.save_view(one.user.id, one.membership, self._kept(now, one.guardian, found, personal=True))
        return verdict

    def _ask(self, token: str, one: Guardian) -> list[Vendor]:
        """Those who are there. His second counter comes and goes with him: without him it is not asked for."""
        found: list[Vendor] = []
        for hash in COUNTERS:
            answer = self._source.vendor(token, one.membership, one.character_id, hash)
            vendor = read_vendor(answer, hash) if answer is not None else None
            if vendor is not None and vendor.is_here:
                found.append(vendor)
            elif hash == XUR:
                break
        return found

    def _at_large(self) -> Verdict:
        """What everybody may see."""
        now = self._clock.now()
        answer = read_vendors(self._source.public_vendors(), now)
        found = [answer.vendors[hash] for hash in COUNTERS if answer.is_here(hash)]
        verdict = self._judge(now, "public", found)
        if verdict == "here":
            self._record.save(self._kept(now, "public", found))
        return verdict

    def _judge(self, now: datetime, seer: Seer, found: list[Vendor]) -> Verdict:
        counters = self._counters.get()
        weekend = visit_at(now).weekend
        last = self._record.last_before(weekend, seer)
        if last is None and seer == "public":
            last = self._record.last_before(weekend, "titan")
        return judge(
            now,
            is_listed=any(vendor.hash == XUR for vendor in found),
            stock=counters.stock(found),
            last=counters.stock(vendors_of(last)) if last is not None else None,
            fits=counters.fits(found),
            # What is new to us after a fortnight may be what he had a week ago.
            missed=last is not None and last.weekend != weekend - WEEK,
        )

    def _kept(self, now: datetime, seer: Seer, found: list[Vendor], *, personal: bool = False) -> KeptStock:
        return KeptStock(
            weekend=visit_at(now).weekend,
            seer=seer,
            read=now,
            counters={vendor.hash: bytes(to_keep(vendor, personal=personal)) for vendor in found},
            wares=sum(1 for vendor in found for sale in vendor.sales if sale.costs),
        )


def _is_enough(verdict: Verdict | None, tries: int) -> bool:
    """Whoever is not let in sees nobody: then another is asked."""
    return tries >= TRIES or (verdict is not None and verdict != "missing")


def _together(now: datetime, seen: dict[Seer, Verdict]) -> Verdict | None:
    """One verdict for all eyes. While one still sees old or strange wares the news waits, but not for ever."""
    if not seen:
        return None
    order: tuple[Verdict, ...] = ("away", "last-weeks", "too-early", "doubtful", "here", "missing")
    if "here" in seen.values() and now >= visit_at(now).since + PATIENCE:
        return "here"
    return min(seen.values(), key=order.index)
