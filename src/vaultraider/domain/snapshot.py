"""What Bungie said about an account, verbatim and typed: hashes and ids, no names.

A component that is not there is kept apart from one that is there and empty: Bungie leaves components out for minutes at a
time (Bungie-net/api #290), and an absent ``profileInventory`` never means an empty vault.

Items stay as the raw JSON that came (``msgspec.Raw``, a view into the body): most of them did not change since the last read,
and telling so by their bytes costs a fraction of decoding them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import msgspec
from msgspec import Raw

from vaultraider.domain.errors import BungieGarbled

T = TypeVar("T")
Privacy = Literal["present", "absent", "private", "disabled"]

NO_STAMP_BEFORE = datetime(2014, 1, 1, tzinfo=UTC)
"""Bungie writes year 1 where it has no time."""

MARGIN = timedelta(seconds=5)
"""What is minted this much later than a write ended has seen it: for writes that land late, and clocks that nearly agree."""
CACHED_AT_MOST = timedelta(seconds=120)
"""How old an answer may be that does not say when it was made: 30 to 60 s by Bungie's word, up to two minutes as seen in 2023."""
OLDEST_COPY = timedelta(minutes=15)
"""No copy of Bungie's was ever seen to be this old: a stamp that says so tells of a clock that is wrong."""
FADES = 50
"""How far the clocks are apart is forgotten one second in so many: slower than a cached copy could be mistaken for news."""

ITEM_LISTS = frozenset({"profileInventory", "characterInventories", "characterEquipment"})
"""The parts that say where things are, by Bungie's names."""


class Component(msgspec.Struct, Generic[T]):
    """``privacy``: 0 none, 1 public, 2 private. Private *with* data is one's own; private without is somebody else's."""

    data: T | None = None
    privacy: int = 0
    disabled: bool = False

    @property
    def state(self) -> Privacy:
        if self.data is not None:
            return "present"
        if self.disabled:
            return "disabled"
        return "private" if self.privacy == 2 else "absent"


class ItemList(msgspec.Struct):
    items: list[Raw] = []


class UserInfo(msgspec.Struct, rename="camel"):
    membership_id: str = ""
    display_name: str = ""
    bungie_global_display_name: str = ""
    bungie_global_display_name_code: int | None = None


class ProfileData(msgspec.Struct, rename="camel"):
    user_info: UserInfo = msgspec.field(default_factory=UserInfo)
    date_last_played: str = ""
    character_ids: list[str] = []


class EmblemColor(msgspec.Struct):
    red: int = 0
    green: int = 0
    blue: int = 0


class CharacterData(msgspec.Struct, rename="camel"):
    character_id: str = ""
    date_last_played: str = ""
    minutes_played_total: str = "0"
    light: int = 0
    class_type: int = 3
    class_hash: int = 0
    race_hash: int = 0
    gender_hash: int = 0
    gender_type: int = 0
    emblem_hash: int = 0
    emblem_color: EmblemColor | None = None
    stats: dict[str, int] = {}
    title_record_hash: int = 0
    base_character_level: int = 0


class ItemComponents(msgspec.Struct, rename="camel"):
    instances: Component[dict[str, Raw]] | None = None
    objectives: Component[dict[str, Raw]] | None = None
    stats: Component[dict[str, Raw]] | None = None
    sockets: Component[dict[str, Raw]] | None = None
    plug_objectives: Component[dict[str, Raw]] | None = None
    reusable_plugs: Component[dict[str, Raw]] | None = None
    perks: Component[dict[str, Raw]] | None = None


class Pattern(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How far a weapon's pattern is: ``done`` of ``needed``."""

    done: int
    needed: int
    unlocked: bool


class ProfileBody(msgspec.Struct, rename="camel"):
    """The ``Response`` of GetProfile, as far as it is used."""

    response_minted_timestamp: str | None = None
    secondary_components_minted_timestamp: str | None = None
    profile: Component[ProfileData] | None = None
    profile_inventory: Component[ItemList] | None = None
    profile_currencies: Component[ItemList] | None = None
    characters: Component[dict[str, Raw]] | None = None
    character_inventories: Component[dict[str, ItemList]] | None = None
    character_equipment: Component[dict[str, ItemList]] | None = None
    profile_transitory_data: Component[dict[str, Raw]] | None = None
    item_components: ItemComponents = msgspec.field(default_factory=ItemComponents)
    character_loadouts: dict[str, Raw] | None = None
    """A component, its data unread (``loadouts``): few ask for it, and nothing that is odd in it may cost the profile."""
    clock_lead: float = 0.0
    """Ours, not Bungie's: how many seconds its clock is known to be ahead of ours."""
    patterns: dict[int, Pattern] = {}
    """Ours: of the patterns of weapons what was last told, by record. They are asked for apart, and far less often."""
    patterns_asked: datetime | None = None
    """Ours: when that was, whether or not an answer came."""


class Holding(NamedTuple):
    """A list of items and where it is: ``holder`` is a character's id, or "" for what the account shares."""

    holder: str
    equipped: bool
    items: list[Raw]


class ProfileSnapshot(msgspec.Struct, frozen=True):
    """One answer of GetProfile. ``read`` is when we read it, by our clock; ``minted`` when Bungie made it, by its own, where it
    says so. ``incomplete``: parts that did not come, by Bungie's names; what was last known stands in their place."""

    body: ProfileBody
    read: datetime
    minted: datetime | None
    incomplete: frozenset[str] = frozenset()

    @property
    def lead(self) -> float:
        """Seconds by which Bungie's clock is surely ahead of ours: nothing is read before it is minted."""
        seen = (self.minted - self.read).total_seconds() if self.minted is not None else 0.0
        return max(seen, self.body.clock_lead, 0.0)

    @property
    def known_since(self) -> datetime:
        """A moment of our clock at which this state was true or yet to come: it is no older than that.

        That is Bungie's stamp, less what Bungie's clock is known to be ahead. Where there is no stamp, the age of the oldest
        copy is taken off the time of reading. A clock of Bungie's that is behind ours cannot be told from a copy that is old:
        then we believe too late, by so much (at most ``OLDEST_COPY``), and never too early.
        """
        if self.minted is None:
            return self.read - CACHED_AT_MOST
        return max(self.minted - timedelta(seconds=self.lead), self.read - OLDEST_COPY)

    def speaks_of(self, moment: datetime) -> bool:
        """Whether what we did until ``moment`` must be in here, had it been done: it is newer by the margin, and whole."""
        return self.known_since > moment + MARGIN and not self.incomplete & ITEM_LISTS

    @property
    def minted_text(self) -> str | None:
        """The stamp as Bungie wrote it, or None where it is missing or means nothing."""
        return self.body.response_minted_timestamp if self.minted is not None else None

    def holdings(self) -> Iterator[Holding]:
        """Every list of items but currencies: equipped first, then carried, then the account's (vault and pockets)."""
        for equipped, part in ((True, self.body.character_equipment), (False, self.body.character_inventories)):
            if part is not None and part.data is not None:
                for holder, listed in part.data.items():
                    yield Holding(holder, equipped, listed.items)
        account = self.body.profile_inventory
        if account is not None and account.data is not None:
            yield Holding("", False, account.data.items)

    def encode(self) -> bytes:
        """The body again, without what is not used: what is kept over a restart."""
        return _ENCODER.encode(self.body)


_DECODER = msgspec.json.Decoder(ProfileBody)
_ENCODER = msgspec.json.Encoder()


def read_snapshot(response: bytes, read: datetime) -> ProfileSnapshot:
    """Types the ``Response`` of GetProfile. Raises BungieGarbled when it is not what was promised."""
    try:
        body = _DECODER.decode(response)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BungieGarbled from error
    return ProfileSnapshot(body=body, read=read, minted=parse_stamp(body.response_minted_timestamp))


def after(candidate: ProfileSnapshot, held: ProfileSnapshot | None) -> ProfileSnapshot:
    """The candidate with what the held one knew of Bungie's clock: a copy from a cache does not show how far that is ahead."""
    known = held.lead - max((candidate.read - held.read).total_seconds(), 0.0) / FADES if held is not None else 0.0
    lead = max(candidate.lead, known)
    return msgspec.structs.replace(candidate, body=msgspec.structs.replace(candidate.body, clock_lead=lead))


def at_a_known_time(snapshot: ProfileSnapshot, now: datetime) -> ProfileSnapshot:
    """The same; but one that was read in our future, as our clock was turned back since, speaks of nothing that we did."""
    if snapshot.read <= now + MARGIN:
        return snapshot
    return msgspec.structs.replace(snapshot, read=now - timedelta(days=1), minted=None)


def parse_stamp(text: str | None) -> datetime | None:
    """A time of Bungie's, aware; None where there is none or it cannot be read."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if moment > NO_STAMP_BEFORE else None


def is_newer(candidate: ProfileSnapshot, held: ProfileSnapshot) -> bool:
    """Whether the candidate may be shown over the held one.

    Bungie's servers cache apart, so that a later answer can be an older state (Bungie-net/api #1488): its own stamp decides,
    and only where one of the two has none, the time at which we read.
    """
    if candidate.minted is not None and held.minted is not None:
        return candidate.minted > held.minted
    return candidate.read > held.read


def decode_or_salvage(raw: Raw, decoder: msgspec.json.Decoder[T], kind: type[T]) -> T:
    """One part of the body as ``kind``; where it does not fit, each field by itself and the misfits left out. Never raises."""
    try:
        return decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _salvage(raw, kind)


def _salvage(raw: Raw, kind: type[T]) -> T:
    try:
        fields: Any = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        fields = {}
    good: dict[str, Any] = {}
    for name, value in fields.items() if isinstance(fields, dict) else ():
        try:
            msgspec.convert({name: value}, kind)
        except (msgspec.ValidationError, RecursionError):
            continue
        good[name] = value
    return msgspec.convert(good, kind)
