"""What the organizer and the comparison ask. Every method looks only at the given person's chosen account."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec

from vaultraider.domain.errors import NotFound
from vaultraider.domain.people import User
from vaultraider.search.vocabulary import vocabulary
from vaultraider.search.world import World
from vaultraider.services.inventory import Answer
from vaultraider.services.organizing.comparing import Group, groups_of
from vaultraider.services.organizing.facts import Category, Facts, facts_of

KEPT = 24
"""Tables in memory at once: three of each of eight people."""
_ENCODER = msgspec.json.Encoder()


class Searched(Protocol):
    """What queries are about."""

    def world(self, user: User) -> World:
        """The same object until anything in it changes."""

    def state(self, user: User) -> str:
        """The tag of the profile's answer."""


class Memory(Protocol):
    def of(self, user: User, world: World) -> Mapping[str, datetime]:
        """When items were seen to come, by id; the same object until world or memory change."""


class OrganizerAnswer(msgspec.Struct, kw_only=True):
    """``profile``: the tag of the state that it is about. ``facts``: by item id, in the profile's order."""

    category: Category
    profile: str
    facts: dict[str, Facts]


class CompareAnswer(msgspec.Struct, kw_only=True):
    """``item``: the one that was asked about, the first of each group."""

    item: str
    groups: list[Group]


class _Table(NamedTuple):
    """An answer, and what it was made of."""

    state: str
    world: World
    found: Mapping[str, datetime]
    answer: Answer

    def holds(self, state: str, world: World, found: Mapping[str, datetime]) -> bool:
        return self.state == state and self.world is world and self.found is found


class Organizing:
    """One for a process."""

    def __init__(self, *, searched: Searched, memory: Memory) -> None:
        self._searched = searched
        self._memory = memory
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, Category], _Table] = OrderedDict()

    def table(self, user: User, category: Category) -> Answer:
        """An ``OrganizerAnswer``, ready to be sent. Raises what ``Inventory.answer`` raises."""
        state = self._searched.state(user)
        world = self._searched.world(user)
        found = self._memory.of(user, world)
        key = user.id, category
        with self._lock:
            known = self._kept.get(key)
        if known is not None and known.holds(state, world, found):
            return known.answer
        told = OrganizerAnswer(category=category, profile=state, facts=facts_of(world, category, found))
        answer = Answer(_ENCODER.encode(told))
        with self._lock:
            self._kept[key] = _Table(state, world, found, answer)
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return answer

    def compare(self, user: User, id: str) -> CompareAnswer:
        """What one item can be compared with. Raises NotFound where the person has no such item, and as ``table`` does."""
        world = self._searched.world(user)
        item = next((each for each in world.items if each.id == id), None)
        if item is None:
            raise NotFound("You have no such item. It may have been dismantled, or merged with another stack.")
        return CompareAnswer(item=id, groups=groups_of(item, world, vocabulary()))

    def forget(self, user: User) -> None:
        """Drops what is in memory about a person."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == user.id]:
                del self._kept[key]
