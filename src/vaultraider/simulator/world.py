"""The truth: people, their Destiny accounts, guardians, and every item with the place where it lies."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

VAULT = 138197802
POSTMASTER = 215593132


class Item(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One item, or one stack. ``bucket`` is where it lies now; ``owner`` the guardian's id, empty for the account's places."""

    hash: int
    id: str = ""
    """Empty for stacks."""
    quantity: int = 1
    bucket: int
    owner: str = ""
    equipped: bool = False
    locked: bool = False
    tracked: bool = False
    masterwork: bool = False
    crafted: bool = False
    highlighted: bool = False
    power: int = 0
    gear_tier: int = 0
    energy: int = 0
    plugs: list[int] = []
    """By socket; 0 is an empty one."""
    choices: dict[int, list[int]] = {}
    """Plugs that this copy offers, by socket (component 310)."""
    objectives: list[tuple[int, int]] = []
    """(objective, progress)"""
    plug_objectives: dict[int, list[tuple[int, int]]] = {}
    style: int = 0
    """``overrideStyleItemHash``: the ornament that is shown."""
    version: int | None = None
    expires: str = ""
    level: int = 0
    """The character's level that wearing it asks for; no definition says it."""
    lockable: bool | None = None
    """What a captured profile said of this copy; None: its kind tells."""
    stuck: bool = False
    """A captured profile said of this copy that it does not move (transferStatus 2)."""


class Loadout(msgspec.Struct, kw_only=True):
    """One of the game's own loadouts: (instance, its plugs) by slot."""

    name: int
    color: int
    icon: int
    items: list[tuple[str, list[int]]] = []


class Character(msgspec.Struct, kw_only=True):
    """A guardian. Bungie's have no names: ``nickname`` is only a suggestion for tests and pictures."""

    id: str
    nickname: str
    class_type: int
    race_type: int
    gender_type: int
    emblem: int
    last_played: str
    minutes_total: int
    minutes_session: int = 0
    title: int = 0
    level: int = 50
    where: str = "orbit"
    """orbit, social, activity, offline"""
    equipment_locked: bool = False
    loadouts: dict[int, Loadout] = {}
    """By place; the others are empty."""


class Account(msgspec.Struct, kw_only=True):
    """A Destiny membership with what it owns."""

    type: int
    id: str
    display_name: str
    person: str
    cross_save: int = 0
    applicable: list[int] = []
    inventory_public: bool = False
    progression_public: bool = True
    is_public: bool = False
    last_played: str = ""
    error: int = 0
    """Where there is no Destiny 2 on this membership: the code that LinkedProfiles tells."""
    characters: list[Character] = []
    items: list[Item] = []
    currencies: dict[int, int] = {}
    patterns: dict[int, int] = {}
    """How far each is, by the triumph that counts it."""
    artifact_power: int = 0
    playing: bool = False
    guardian_rank: int = 6

    def character(self, character_id: str) -> Character | None:
        return next((one for one in self.characters if one.id == character_id), None)

    def item(self, instance_id: str) -> Item | None:
        return next((one for one in self.items if one.id == instance_id), None) if instance_id else None

    def vault(self) -> list[Item]:
        return [one for one in self.items if one.bucket == VAULT]


class Clan(msgspec.Struct, kw_only=True):
    id: str
    name: str
    callsign: str
    motto: str
    about: str
    founded: str
    members: int
    banner: list[int] = []


class Person(msgspec.Struct, kw_only=True):
    """A bungie.net account (membership type 254). ``about`` is what the consent page says of it."""

    id: str
    name: str
    code: int
    about: str
    first_access: str = "2017-09-06T17:00:00Z"
    clan: str = ""
    primary: str = ""
    """Destiny membership id that cross save made the one, or empty."""
    private_linking: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.name}#{self.code:04d}"


class World(msgspec.Struct, kw_only=True):
    """Everything that can change. ``revision`` grows with each change."""

    revision: int = 1
    next_instance: int = 6917530000000000000
    people: list[Person] = []
    accounts: list[Account] = []
    clans: list[Clan] = []
    alerts: list[dict[str, str | int]] = []
    systems_off: list[str] = []
    bank: dict[str, int] = {}

    def person(self, who: str) -> Person | None:
        """By bungie.net id, full name, or name."""
        return next((one for one in self.people if who in (one.id, one.full_name, one.name)), None)

    def account(self, membership_id: str) -> Account | None:
        return next((one for one in self.accounts if one.id == membership_id), None)

    def accounts_of(self, person: str) -> Iterator[Account]:
        return (one for one in self.accounts if one.person == person)

    def find_account(self, who: str) -> Account | None:
        """By membership id, or the first playable one of a person named by id or name."""
        direct = self.account(who)
        if direct:
            return direct
        person = self.person(who)
        mine = [one for one in self.accounts_of(person.id) if not one.error] if person else []
        return next((one for one in mine if person and one.id == person.primary), mine[0] if mine else None)

    def new_instance(self) -> str:
        self.next_instance += 17
        return str(self.next_instance)

    def changed(self) -> None:
        self.revision += 1
