"""One item as filters see it: what its entry and its definition say, in the words of the query language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar, cast

import msgspec
from msgspec import Raw

from vaultraider.domain import hashes
from vaultraider.domain.annotations import annotation_key
from vaultraider.domain.entries import Entry
from vaultraider.domain.items import CRAFTED, MASTERWORK
from vaultraider.domain.origins.origin import Origin, origin_of
from vaultraider.domain.profile import Profile
from vaultraider.domain.profile_parts import Item
from vaultraider.domain.snapshot import decode_or_salvage
from vaultraider.domain.sockets import PLUG_OBJECTIVES, SOCKETS, ObjectiveData, PlugObjectivesData, SocketsData, crafted_level
from vaultraider.search.blueprints import Blueprint, Place
from vaultraider.search.lazily import lazily
from vaultraider.search.lexicon import Lexicon, lexicon_of
from vaultraider.search.plugs import DEFAULTS, Plug

T = TypeVar("T")

ENHANCED, SHAPED = "enhanced", "crafted"
_NOWHERE = Place(0, False, frozenset(), 0, 0, ())


class _Choice(msgspec.Struct, rename="camel", gc=False):
    plug_item_hash: int = 0


class _Choices(msgspec.Struct):
    plugs: dict[str, list[_Choice]] = {}


_CHOICES = msgspec.json.Decoder(_Choices)


class Seat(NamedTuple):
    """A socket of one copy. ``plug``: what is in it. ``choices``: what this copy can have in it, if anything is said of that."""

    place: Place
    plug: Plug
    enabled: bool
    visible: bool
    choices: tuple[Plug, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether something else is in it than what every copy comes with."""
        return self.plug.hash not in (0, self.place.initial) and self.plug.hash not in DEFAULTS


class SearchItem:
    """``entry``: what it was made from. All else is worked out when it is first asked for, and kept.

    ``choices``: Bungie's JSON of what this copy can have in its sockets. ``name``: as it is compared.
    """

    def __init__(self, entry: Entry, lexicon: Lexicon, choices: Raw | None) -> None:
        self.entry = entry
        self.item: Item = entry.item
        self.id: str = entry.item.id
        self.hash: int = entry.item.hash
        self.lexicon = lexicon
        self.blueprint: Blueprint = lexicon.blueprint(entry.item.hash)
        self.definition = self.blueprint.definition
        self.raw_choices = choices

    def once(self, work_out: Callable[[SearchItem], T]) -> T:
        """What is worked out of it elsewhere, by which function: kept like everything here."""
        kept = self._kept
        if work_out not in kept:
            kept[work_out] = work_out(self)
        return cast(T, kept[work_out])

    @lazily
    def _kept(self) -> dict[Callable[[SearchItem], Any], Any]:
        return {}

    @lazily
    def name(self) -> str:
        return self.blueprint.name

    @lazily
    def key(self) -> str:
        """What a person's tag and notes hang on."""
        return annotation_key(self.hash, self.entry.data.item_instance_id)

    @lazily
    def origin(self) -> Origin:
        """Where and when it came into the game."""
        return origin_of(self.lexicon.catalogue, self.hash, self.entry.data.version_number)

    @lazily
    def is_copy(self) -> bool:
        """Whether it is one thing with an id of its own, and no stack."""
        return self.entry.data.item_instance_id != ""

    @lazily
    def store(self) -> str:
        return self.item.store

    @lazily
    def place(self) -> str:
        return self.item.place

    @lazily
    def bucket(self) -> int:
        """The slot where it belongs, or where it lies when the definitions do not say."""
        return self.item.bucket

    @lazily
    def power(self) -> int:
        return self.item.power if isinstance(self.item.power, int) else 0

    @lazily
    def quantity(self) -> int:
        return self.item.quantity if isinstance(self.item.quantity, int) else 1

    @lazily
    def element(self) -> str:
        return self.item.element if isinstance(self.item.element, str) else self.blueprint.element

    @lazily
    def gear_tier(self) -> int:
        """0 for none."""
        return self.item.gear_tier if isinstance(self.item.gear_tier, int) else 0

    @lazily
    def energy(self) -> int | None:
        return self.item.energy if isinstance(self.item.energy, int) else None

    @lazily
    def is_locked(self) -> bool:
        return self.item.locked is True

    @lazily
    def is_masterwork(self) -> bool:
        return bool(self.entry.data.state & MASTERWORK)

    @lazily
    def made(self) -> str:
        """How it was made: "crafted" from a pattern, "enhanced" where the weapon has none, or not at all: ""."""
        if not self.entry.data.state & CRAFTED:
            return ""
        return SHAPED if self.definition is None or self.definition.recipe else ENHANCED

    @lazily
    def level(self) -> int:
        """Of what was shaped or enhanced; 0 for none."""
        if not self.made:
            return 0
        return crafted_level(self.entry.plug_objectives, self.lexicon.catalogue.definitions)

    @lazily
    def choices(self) -> dict[int, tuple[int, ...]]:
        """Hashes by socket."""
        if self.raw_choices is None:
            return {}
        found = decode_or_salvage(self.raw_choices, _CHOICES, _Choices).plugs
        return {
            int(index): tuple([plug.plug_item_hash for plug in plugs])
            for index, plugs in found.items()
            if index.isascii() and index.isdigit() and len(index) < 4
        }

    @lazily
    def seats(self) -> tuple[Seat, ...]:
        """Its sockets, seen and unseen."""
        if self.entry.sockets is None:
            return ()
        sockets = decode_or_salvage(self.entry.sockets, SOCKETS, SocketsData).sockets
        places, plug_of, choices = self.blueprint.places, self.lexicon.plug, self.choices
        return tuple(
            [
                Seat(
                    places[index] if index < len(places) else _NOWHERE,
                    plug_of(socket.plug_hash),
                    socket.is_enabled,
                    socket.is_visible,
                    tuple([plug_of(hash) for hash in choices.get(index, ())]),
                )
                for index, socket in enumerate(sockets)
            ]
        )

    @lazily
    def perk_hashes(self) -> frozenset[int]:
        """What can be seen in its sockets, and what it rolled beside that."""
        shown = [seat for seat in self.seats if seat.visible and seat.plug.hash]
        beside = [plug.hash for seat in shown if seat.place.random for plug in seat.choices]
        return frozenset([seat.plug.hash for seat in shown] + beside)

    @property
    def perks(self) -> list[Plug]:
        """The same as plugs."""
        return [self.lexicon.plug(hash) for hash in self.perk_hashes]

    @lazily
    def objectives(self) -> dict[int, list[ObjectiveData]]:
        """Of what is, or can be, plugged, by plug."""
        if self.entry.plug_objectives is None:
            return {}
        found = decode_or_salvage(self.entry.plug_objectives, PLUG_OBJECTIVES, PlugObjectivesData).objectives_per_plug
        return {int(hash): listed for hash, listed in found.items() if hash.isascii() and hash.isdigit()}

    @lazily
    def stats(self) -> dict[int, int]:
        """Shown values by stat; of armour with the total of the six."""
        stats = self.item.stats
        return {stat.hash: stat.value for stat in stats} if isinstance(stats, tuple) else {}

    @lazily
    def base_stats(self) -> dict[int, int]:
        """Without mods, perks and masterwork."""
        stats = self.item.stats
        return {stat.hash: stat.base for stat in stats} if isinstance(stats, tuple) else {}

    @lazily
    def armor_stats(self) -> tuple[int, ...]:
        """The six base stats of a piece of armour in the order of ``hashes.ARMOR_STAT_HASHES``, or nothing."""
        base = self.base_stats
        if not self.blueprint.is_armor or not base:
            return ()
        return tuple([base.get(stat, 0) for stat in hashes.ARMOR_STAT_HASHES])

    @lazily
    def stat_order(self) -> tuple[int, ...]:
        """The three stats that a piece of Armor 3.0 rolled, the highest first: primary, secondary and tertiary."""
        if not self.is_armor_3 or not self.armor_stats:
            return ()
        rolled = [(-value, stat) for stat, value in zip(hashes.ARMOR_STAT_HASHES, self.armor_stats, strict=True) if value > 0]
        return tuple([stat for _, stat in sorted(rolled)[:3]])

    @lazily
    def is_armor_3(self) -> bool:
        return self.blueprint.is_armor and any(seat.plug.is_armor_3_masterwork for seat in self.seats)

    @lazily
    def tuned_stat(self) -> int:
        """The stat that this piece can be tuned to have more of; 0 for none."""
        for seat in self.seats:
            for plug in (*seat.choices, seat.plug):
                if plug.tunes:
                    return plug.tunes
        return 0

    @lazily
    def archetype(self) -> Plug | None:
        """Of Armor 3.0: what says which stats are high."""
        return next((seat.plug for seat in self.seats if seat.plug.category == "armor_archetypes"), None)

    @lazily
    def traits(self) -> tuple[Plug, ...]:
        """What is plugged into the columns of a weapon's traits."""
        return tuple([seat.plug for seat in self.seats if seat.plug.is_trait])


def search_items(profile: Profile, previous: Iterable[SearchItem]) -> list[SearchItem]:
    """In the profile's order. What ``previous`` has of the same entry and the same definitions is used again."""
    lexicon = lexicon_of(profile.catalogue)
    known = {id(each.entry): each for each in previous if each.lexicon is lexicon}
    part = profile.snapshot.body.item_components.reusable_plugs
    choices = part.data if part is not None and part.data is not None else {}
    found: list[SearchItem] = []
    for entry in profile.entries:
        raw = choices.get(entry.data.item_instance_id)
        item = known.get(id(entry))
        if item is None or item.raw_choices != raw:
            item = SearchItem(entry, lexicon, raw)
        # The same bytes out of the new body, so that the old one can go.
        item.raw_choices = raw
        found.append(item)
    return found
