"""The charts of one account: from our own memory alone, so that they answer while Bungie is down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain import hashes
from vaultraider.domain.buckets import capacity_of
from vaultraider.domain.catalogue import Catalogue, item_facts
from vaultraider.domain.characters import read_characters
from vaultraider.domain.errors import DefinitionsMissing
from vaultraider.domain.fullness import LIMITS
from vaultraider.domain.history.aggregates import (
    LOOKED_BACK,
    Intervals,
    Point,
    Range,
    Span,
    Ways,
    full_about,
    intervals,
    monday,
    span_of,
    thinned,
    weeks,
    within,
)
from vaultraider.domain.history.figures import DROP, POSTMASTER, POWER, THOUSANDTHS, VAULT, VAULT_CAPACITY
from vaultraider.domain.history.tallies import IN, MOVES, OUT, what_moved
from vaultraider.domain.items import CLASSES
from vaultraider.domain.people import User
from vaultraider.domain.profile_parts import ItemFacts
from vaultraider.domain.snapshot import ProfileSnapshot, decode_or_salvage
from vaultraider.ports import Clock, MembershipRef, Nicknames
from vaultraider.ports.history import EventQuery, HistoryAccount, HistoryStore
from vaultraider.services.history.chart_answers import (
    ByRarity,
    ChartWeek,
    DropBucket,
    DropsChart,
    DropTier,
    FillChart,
    ItemsChart,
    MovedChart,
    MovedItem,
    Moving,
    PostmasterFill,
    PowerChange,
    PowerChart,
    PowerLine,
    ThisWeek,
    VaultFill,
)

DROP_TIERS: tuple[Literal["exotic", "legendary"], ...] = ("exotic", "legendary")
MOST_MOVED = 12
LOOKS = 4000
"""At how many times a line is looked at, at most; what is drawn of them is fewer."""
T = TypeVar("T")
R = TypeVar("R")
GuardianClass = Literal["titan", "hunter", "warlock", "unknown"]
UNKNOWN: GuardianClass = "unknown"
_ORDER: tuple[GuardianClass, ...] = ("titan", "hunter", "warlock", "unknown")


class Chosen(Protocol):
    def known(self, user: User) -> MembershipRef | None: ...


class States(Protocol):
    def snapshot_of(self, user: User, membership: MembershipRef | None = None) -> ProfileSnapshot | None: ...


class Known(NamedTuple):
    """What is said of a guardian. ``there``: not deleted, as far as is known."""

    name: str
    guardian: GuardianClass
    there: bool = True


class Asked(NamedTuple):
    """``account``: None where nothing was remembered yet."""

    user: User
    membership: MembershipRef | None
    account: HistoryAccount | None
    range: Range
    span: Span

    def head(self) -> dict[str, Any]:
        """What every chart begins with."""
        kept = self.account
        return {
            "range": self.range,
            "begin": _second(self.span.begin),
            "end": _second(self.span.end),
            "as_of": _second(kept.seen if kept is not None else self.span.end),
            "first": _second(kept.first) if kept is not None else UNSET,
        }


class _Which(msgspec.Struct, rename="camel", gc=False):
    item_hash: int = 0
    item_instance_id: str = ""


_WHICH = msgspec.json.Decoder(_Which)


class Charts:
    """Each method looks at the person's chosen account. ``wanted``: how far back. Nothing remembered: an empty chart."""

    def __init__(
        self,
        *,
        store: HistoryStore,
        chosen: Chosen,
        states: States,
        nicknames: Nicknames,
        catalogue: Callable[[], Catalogue],
        clock: Clock,
    ) -> None:
        self._store = store
        self._chosen = chosen
        self._states = states
        self._nicknames = nicknames
        self._catalogue = catalogue
        self._clock = clock
        self._classes: dict[tuple[int, str], GuardianClass] = {}

    def power(self, user: User, wanted: Range) -> PowerChart:
        """The best that each guardian could wear."""
        asked = self._asked(user, wanted)
        found = _by_guardian(self._figures(asked, POWER), POWER)
        guardians = self._guardians(asked, found)
        lines = [_power_line(id, guardians[id], within(found[id], asked.span), asked.span) for id in guardians]
        series = [line for line in lines if line.points]
        return PowerChart(**asked.head(), series=series, change=_change(series))

    def fill(self, user: User, wanted: Range) -> FillChart:
        """How full the vault and the postmasters are."""
        asked = self._asked(user, wanted)
        slots = self._figures(asked, VAULT, since=min(asked.span.begin, asked.span.end - LOOKED_BACK))
        used, sizes = slots.get(VAULT, []), slots.get(VAULT_CAPACITY, [])
        capacity = sizes[-1][1] if sizes else self._size_of(hashes.VAULT) or LIMITS["vault"].of
        mail = _by_guardian(self._figures(asked, POSTMASTER), POSTMASTER)
        size = self._size_of(hashes.POSTMASTER) or LIMITS["postmaster"].of
        return FillChart(
            **asked.head(),
            vault=VaultFill(capacity=capacity, points=_points(used, asked.span)),
            postmasters=[
                PostmasterFill(character=id, name=guardian.name, capacity=size, points=_points(mail[id], asked.span))
                for id, guardian in self._guardians(asked, mail).items()
                if guardian.there
            ],
            full_about=_or_unset(full_about(used, capacity, asked.span.end), _second),
        )

    def items(self, user: User, wanted: Range) -> ItemsChart:
        """What came and what went, by week and rarity."""
        asked = self._asked(user, wanted)
        # Whole weeks, also the first: half a bar would say that little happened.
        found = weeks(self._tallies(asked, (IN, OUT), monday(asked.span.begin)), asked.span)
        return ItemsChart(
            **asked.head(),
            weeks=[ChartWeek(begin=week.begin, came=_by_rarity(week.came), went=_by_rarity(week.went)) for week in found],
            this_week=ThisWeek(came=found[-1].came.total, went=found[-1].went.total),
        )

    def drops(self, user: User, wanted: Range) -> DropsChart:
        """How long it took from one drop to the next."""
        asked = self._asked(user, wanted)
        found = self._figures(asked, DROP, all_of_them=True)
        # What a series begins with is what held then: no drop of this time.
        times = {tier: [at for at, _ in found.get(DROP + tier, []) if at > asked.span.begin] for tier in DROP_TIERS}
        tiers = [_drop_tier(tier, intervals(times[tier], asked.span.end)) for tier in DROP_TIERS]
        return DropsChart(**asked.head(), tiers=tiers)

    def moved(self, user: User, wanted: Range) -> MovedChart:
        """Which items moved most."""
        asked = self._asked(user, wanted)
        if asked.account is None:
            return MovedChart(**asked.head(), items=[], total=0)
        begin, end = asked.span.begin.date(), asked.span.end.date()
        most, total = self._store.summed(asked.account.id, MOVES, begin, end, MOST_MOVED)
        owned = _owned(self._states.snapshot_of(user, asked.membership)) if most else frozenset()
        items = [self._moved_item(asked.account, key, count, owned) for key, count in most]
        return MovedChart(**asked.head(), items=items, total=total)

    def _asked(self, user: User, wanted: Range) -> Asked:
        membership = self._chosen.known(user)
        account = self._store.account(user.id, membership) if membership is not None else None
        span = span_of(wanted, self._clock.now(), account.first if account is not None else None)
        return Asked(user, membership, account, wanted, span)

    def _figures(
        self, asked: Asked, prefix: str, since: datetime | None = None, *, all_of_them: bool = False
    ) -> dict[str, list[Point]]:
        """By series; of a long time no more than can be drawn, unless ``all_of_them`` are asked for."""
        if asked.account is None:
            return {}
        begin = since or asked.span.begin
        every = 0 if all_of_them else int((asked.span.end - begin).total_seconds()) // LOOKS
        found = self._store.figures(asked.account.id, prefix, begin, asked.span.end, every=every)
        return {series: [(figure.at, figure.value) for figure in figures] for series, figures in found.items()}

    def _tallies(self, asked: Asked, prefixes: Iterable[str], since: datetime | None = None) -> list[tuple[date, str, int]]:
        if asked.account is None:
            return []
        begin, end = (since or asked.span.begin).date(), asked.span.end.date()
        return [each for prefix in prefixes for each in self._store.tallies(asked.account.id, prefix, begin, end)]

    def _guardians(self, asked: Asked, ids: Iterable[str]) -> dict[str, Known]:
        """These guardians in the order in which they are shown. One who is no more is known by what was said of the deletion."""
        snapshot = self._states.snapshot_of(asked.user, asked.membership) if asked.membership is not None else None
        classes = (
            {each.character_id: CLASSES.get(each.class_type, UNKNOWN) for each in read_characters(snapshot)} if snapshot else {}
        )
        names = self._nicknames.of(asked.user.id, asked.membership) if asked.membership is not None else {}
        found = {}
        for id in ids:
            guardian: GuardianClass = classes.get(id) or self._class_then(asked, id)
            found[id] = Known(names.get(id) or guardian.capitalize(), guardian, id in classes or not classes)
        return dict(sorted(found.items(), key=lambda each: (_ORDER.index(each[1].guardian), each[0])))

    def _class_then(self, asked: Asked, id: str) -> GuardianClass:
        """It never changes, and is looked for among all events: what was found is kept."""
        if asked.account is None:
            return UNKNOWN
        key = (asked.account.id, id)
        if key not in self._classes:
            query = EventQuery(character=id, kinds=frozenset({"character-deleted", "character-created"}), limit=1)
            told = next(iter(self._store.events(asked.account.id, query)), None)
            if told is None:
                return UNKNOWN
            said = {**told.before, **told.after}.get("class")
            self._classes[key] = next((each for each in _ORDER if each == said), UNKNOWN)
        return self._classes[key]

    def _size_of(self, bucket: int) -> int:
        try:
            return capacity_of(bucket, self._catalogue().definitions)
        except DefinitionsMissing:
            return 0

    def _moved_item(self, account: HistoryAccount, key: str, count: int, owned: frozenset[tuple[int, str]]) -> MovedItem:
        """As it is called today, or, where nobody knows it any more, as it was called then."""
        hash, id = what_moved(key)
        facts = self._facts(hash)
        item = MovedItem(
            id=id or UNSET,
            hash=hash,
            name=facts.name,
            tier=facts.tier,
            item_kind=facts.kind,
            icon=facts.icon,
            owned=(hash, id) in owned,
            count=count,
        )
        if facts.missing:
            query = EventQuery(hash=hash, limit=1)
            for told in self._store.events(account.id, query):
                item.name, item.tier, item.item_kind = told.name, told.tier, told.item_kind
        return item

    def _facts(self, hash: int) -> ItemFacts:
        try:
            catalogue = self._catalogue()
        except DefinitionsMissing:
            return ItemFacts(name="", type="", tier="unknown", kind="unknown", icon="", missing=True)
        return item_facts(hash, catalogue.definitions.item(hash), catalogue.key)


def _by_guardian(found: dict[str, list[Point]], prefix: str) -> dict[str, list[Point]]:
    return {series.removeprefix(prefix): points for series, points in found.items()}


def _power_line(id: str, known: Known, points: list[Point], span: Span) -> PowerLine:
    """Without points where the guardian was no more when the span began."""
    line = PowerLine(character=id, name=known.name, guardian=known.guardian, points=[])
    gone = next((at for at, value in points if value == 0), None)
    if gone is not None:
        line.until = _second(gone)
        points = [point for point in points if point[0] < gone]
    line.points = [(_second(at), value / THOUSANDTHS) for at, value in thinned(points, span)]
    return line


def _change(series: list[PowerLine]) -> PowerChange | UnsetType:
    living = [line for line in series if line.until is UNSET]
    if not living:
        return UNSET
    strongest = max(living, key=lambda line: line.points[-1][1])
    by = strongest.points[-1][1] - strongest.points[0][1]
    return PowerChange(character=strongest.character, by=round(by, 3))


def _points(points: list[Point], span: Span) -> list[Moving]:
    return [(_second(at), value) for at, value in thinned(within(points, span), span)]


def _by_rarity(ways: Ways) -> ByRarity:
    return ByRarity(**ways._asdict())


def _drop_tier(tier: Literal["exotic", "legendary"], found: Intervals) -> DropTier:
    return DropTier(
        tier=tier,
        count=found.count,
        buckets=[DropBucket(from_hours=each.begin, to_hours=each.end or UNSET, count=each.count) for each in found.buckets],
        median_hours=_or_unset(found.median, _tenth),
        mean_hours=_or_unset(found.mean, _tenth),
        longest_hours=_or_unset(found.longest, _tenth),
        since_last_hours=_or_unset(found.since_last, _tenth),
    )


def _owned(snapshot: ProfileSnapshot | None) -> frozenset[tuple[int, str]]:
    """Hash and instance id of each item; stacks have no id."""
    if snapshot is None:
        return frozenset()
    found = (decode_or_salvage(raw, _WHICH, _Which) for _, _, items in snapshot.holdings() for raw in items)
    return frozenset((each.item_hash, each.item_instance_id) for each in found)


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _tenth(hours: float) -> float:
    return round(hours, 1)


def _or_unset(value: T | None, shown: Callable[[T], R]) -> R | UnsetType:
    return UNSET if value is None else shown(value)
