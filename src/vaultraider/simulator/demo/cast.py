"""Who is in the demo: Marrow's fireteam of three, a newcomer, a private one, one with two memberships, and a hoarder."""

from __future__ import annotations

import random
from functools import lru_cache

import msgspec

from vaultraider.simulator.clock import iso, parse_iso
from vaultraider.simulator.demo import names
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.fill import fill_character, fill_pockets, fill_vault
from vaultraider.simulator.demo.hashes import hash_of
from vaultraider.simulator.demo.patterns import learn_patterns
from vaultraider.simulator.demo.rolls import Rolls
from vaultraider.simulator.demo.situations import arrange, set_level
from vaultraider.simulator.demo.tables import TITLE, Catalogue, catalogue
from vaultraider.simulator.world import Account, Character, Clan, Person, World

XBOX, PSN, STEAM, EPIC = 1, 2, 3, 6
HOUR, DAY = 3600, 86400
DAWN = 1_000_000_000.0

MARROW, NEWCOMER, PRIVATE, TWO, HOARDER, TERN = "17429800", "17429801", "17429802", "17429803", "17429804", "17429805"
MARROW_ACCOUNT = "4611686018467000101"
PEOPLE = (
    Person(id=MARROW, name="Marrow", code=4417, about="3 guardians, a vault nearly full", clan="4400417"),
    Person(id=NEWCOMER, name="Newcomer", code=92, about="a new player, no guardian yet"),
    Person(id=PRIVATE, name="Private", code=1303, about="shows nobody anything", private_linking=True),
    Person(
        id=TWO,
        name="Two-memberships",
        code=2002,
        about="Steam and PlayStation, joined by cross save",
        primary="4611686018467000104",
    ),
    Person(id=HOARDER, name="Hoarder", code=1000, about="1,000 of 1,000 in the vault, classified items", clan="4400417"),
    Person(id=TERN, name="צפרית طائر 燕", code=7, about="Steam and Xbox, not joined", first_access="2025-07-15T17:00:00Z"),
)


class Guardian:
    """How one of the cast looks; ``ago``: seconds since last played."""

    def __init__(self, nickname: str, class_type: int, race: int, gender: int, emblem: str, ago: float, minutes: int) -> None:
        self.nickname = nickname
        self.class_type = class_type
        self.race = race
        self.gender = gender
        self.emblem = emblem
        self.ago = ago
        self.minutes = minutes


FIRETEAM = (
    Guardian("Brannoch", s.TITAN, 1, 0, "Night Watch", 300, 75_957),
    Guardian("Ilse Varr", s.HUNTER, 2, 1, "Verdigris Rosette", 2 * HOUR, 41_204),
    Guardian("Odalys", s.WARLOCK, 0, 1, "First Light", 3 * DAY, 22_780),
)
POSTMASTERS = (17, 3, 0)


def demo_world(seed: int, now: float) -> World:
    """The same for the same seed and moment. ``now`` is in seconds since 1970."""
    world = msgspec.msgpack.decode(_pattern(seed), type=World)
    for account in world.accounts:
        account.last_played = account.last_played and _later(account.last_played, now)
        for character in account.characters:
            character.last_played = _later(character.last_played, now)
    return world


def _later(moment: str, now: float) -> str:
    return iso(parse_iso(moment) - DAWN + now)


@lru_cache(maxsize=4)
def _pattern(seed: int) -> bytes:
    """The world as it would be at DAWN: tests begin with a new one hundreds of times."""
    return msgspec.msgpack.encode(_built(seed, DAWN))


def _built(seed: int, now: float) -> World:
    world = World(people=[_copy(person) for person in PEOPLE])
    world.clans = [
        Clan(
            id="4400417",
            name=names.CLAN[0],
            callsign=names.CLAN[1],
            motto=names.CLAN[2],
            about="A quiet lot.",
            founded="2018-03-01T18:00:00Z",
            members=41,
            banner=[1, 2, 3, 4, 5, 6],
        )
    ]
    book = catalogue()
    _marrow(world, book, seed, now)
    world.accounts += [
        Account(type=STEAM, id="4611686018467000102", display_name="Newcomer", person=NEWCOMER),
        _small(world, book, seed, now, PRIVATE, "4611686018467000103", STEAM, "Private", vault=24),
    ]
    world.accounts[-1].progression_public = False
    _two(world, book, seed, now)
    _hoarder(world, book, seed, now)
    _apart(world, book, seed, now)
    arrange(world.accounts[0], _rolls(world, book, seed, "Marrow's situations"))
    for account in world.accounts:
        if account.items:
            learn_patterns(account, book.weapons)
    return world


def _copy(person: Person) -> Person:
    return Person(**{name: getattr(person, name) for name in person.__struct_fields__})


def _rolls(world: World, book: Catalogue, seed: int, name: str) -> Rolls:
    return Rolls(book, random.Random(f"{seed}:{name}"), world.new_instance)


def _guardian(account: Account, place: int, guardian: Guardian, now: float) -> Character:
    number = 2305843009300000000 + int(account.id) % 1000 * 10 + place
    character = Character(
        id=str(number),
        nickname=guardian.nickname,
        class_type=guardian.class_type,
        race_type=guardian.race,
        gender_type=guardian.gender,
        emblem=hash_of(f"emblem:{guardian.emblem}"),
        last_played=iso(now - guardian.ago),
        minutes_total=guardian.minutes,
        where="orbit" if guardian.ago < HOUR else "offline",
    )
    account.characters.append(character)
    return character


def _marrow(world: World, book: Catalogue, seed: int, now: float) -> None:
    account = Account(
        type=STEAM,
        id=MARROW_ACCOUNT,
        display_name="Marrow",
        person=MARROW,
        applicable=[STEAM],
        cross_save=0,
        last_played=iso(now - 300),
        artifact_power=12,
        playing=True,
    )
    world.accounts.append(account)
    rolls = _rolls(world, book, seed, "Marrow")
    for place, (guardian, waiting) in enumerate(zip(FIRETEAM, POSTMASTERS, strict=True)):
        character = _guardian(account, place, guardian, now)
        character.minutes_session = 95 if place == 0 else 0
        character.title = TITLE if place == 0 else 0
        fill_character(account, character, rolls, waiting=waiting)
    fill_pockets(account, rolls)
    fill_vault(account, rolls, total=904, odd=True)


def _small(
    world: World, book: Catalogue, seed: int, now: float, person: str, id: str, kind: int, name: str, vault: int
) -> Account:
    account = Account(type=kind, id=id, display_name=name, person=person, applicable=[kind], last_played=iso(now - DAY))
    rolls = _rolls(world, book, seed, name)
    character = _guardian(account, 0, Guardian("", s.HUNTER, 0, 0, "Brass Key", DAY, 1200), now)
    fill_character(account, character, rolls, waiting=1)
    fill_pockets(account, rolls)
    fill_vault(account, rolls, total=vault, odd=False)
    return account


def _two(world: World, book: Catalogue, seed: int, now: float) -> None:
    """Cross save: the Steam account is the one, the PlayStation card is overridden and has no game of its own."""
    main = _small(world, book, seed, now, TWO, "4611686018467000104", STEAM, "Two-memberships", vault=40)
    main.cross_save, main.applicable = STEAM, [STEAM, PSN]
    overridden = Account(
        type=PSN,
        id="4611686018467000114",
        display_name="two_memberships",
        person=TWO,
        cross_save=STEAM,
        applicable=[],
        error=1601,
    )
    world.accounts += [main, overridden]


def _apart(world: World, book: Catalogue, seed: int, now: float) -> None:
    """Two accounts of one person that were never joined: both can be chosen. The second one's guardian is still young."""
    for kind, id in ((STEAM, "4611686018467000106"), (XBOX, "4611686018467000116")):
        world.accounts.append(_small(world, book, seed, now, TERN, id, kind, "צפרית <طائر> 燕", vault=24 if kind == XBOX else 30))
    set_level(world.accounts[-1], world.accounts[-1].characters[0], 20)


def _hoarder(world: World, book: Catalogue, seed: int, now: float) -> None:
    account = Account(
        type=EPIC,
        id="4611686018467000105",
        display_name="Hoarder",
        person=HOARDER,
        applicable=[EPIC],
        last_played=iso(now - 10 * DAY),
    )
    world.accounts.append(account)
    rolls = _rolls(world, book, seed, "Hoarder")
    for place, guardian in enumerate(FIRETEAM):
        twin = Guardian("", guardian.class_type, place, 0, "Long Count", (10 + place) * DAY, 9000)
        fill_character(account, _guardian(account, place, twin, now), rolls, waiting=21)
    fill_pockets(account, rolls)
    fill_vault(account, rolls, total=1000, odd=True)
