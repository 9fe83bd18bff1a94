"""A player who is made up: what somebody does with an account, as changes of its moments. For the demo's past, and to measure.

Nothing here knows time: read backwards the same changes are as plausible as forwards, but for what comes and goes.
"""

from __future__ import annotations

from random import Random

from msgspec.structs import replace

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.history.moment import KeptItem, KeptLoadout, Moment
from vaultraider.domain.items import LOCKED, MASTERWORK

IN_VAULT = {"holder": "", "bucket": hashes.VAULT, "location": 2, "equipped": False, "transfer_status": 0}
IN_MAIL = {"bucket": hashes.POSTMASTER, "location": 4, "equipped": False, "transfer_status": 0}
SLOTS = 9
"""That a guardian has for each kind of gear, beside what is worn."""
FAVOURITES = 60
"""Items that are moved again and again."""
LEAST, MOST = 20_000, 240_000
"""Of a currency: who has little earns, and who has much spends."""


class Player:
    """Changes its own copy; ``moment()`` is how it stands. ``rng`` alone decides what happens."""

    def __init__(self, moment: Moment, catalogue: Catalogue, rng: Random) -> None:
        self.items = dict(moment.items)
        self.stacks = dict(moment.stacks)
        self.currencies = dict(moment.currencies)
        self.characters = dict(moment.characters)
        self.loadouts = dict(moment.loadouts)
        self._catalogue = catalogue
        self._rng = rng
        self._numbers = min((int(id) for id in self.items if id.isdecimal()), default=10**18)
        self._loose: list[str] = []
        """Of ``gear``, until one comes, goes or is worn."""
        self._favourites = rng.sample(loose, k=min(FAVOURITES, len(loose))) if (loose := self.gear()) else []
        self._in_loadouts = {id for places in self.loadouts.values() for place in places for id, _ in place.items}

    def moment(self) -> Moment:
        return Moment(
            characters=dict(self.characters),
            items=dict(self.items),
            stacks=dict(self.stacks),
            currencies=dict(self.currencies),
            loadouts=dict(self.loadouts),
        )

    def gear(self) -> list[str]:
        """What can be moved: weapons and armour that nobody wears."""
        if not self._loose:
            self._loose = [id for id, item in self.items.items() if self._is_loose(item)]
        return self._loose

    def worn(self) -> list[str]:
        return [id for id, item in self.items.items() if item.equipped and self._slot(item) in hashes.GEAR_BUCKETS]

    def kept(self) -> list[str]:
        """What is not given away: worn, or in a loadout."""
        return self.worn() + [id for id in self._in_loadouts if id in self.items and not self.items[id].equipped]

    def strongest(self, count: int) -> list[str]:
        """Of what may go, by power."""
        loose = [id for id in self.gear() if id not in self._in_loadouts]
        return sorted(loose, key=lambda id: (-self.power_of(id), id))[:count]

    def power_of(self, id: str) -> int:
        primary = self.items[id].primary
        return primary[1] if primary is not None else 0

    def appears(self, power: int) -> str:
        """An item that was not there, like one that is: its id."""
        like = self.items[self._rng.choice(self.gear())]
        self._numbers -= self._rng.randrange(1, 40)
        id = str(self._numbers)
        primary = (like.primary[0] if like.primary is not None else hashes.ATTACK, power)
        fresh = replace(like, primary=primary, level=power // 10, quality=power % 10, state=0, **IN_VAULT)
        holder = self._rng.choice(list(self.characters))
        if self._rng.random() < 0.85 and self._fits(fresh, holder) and self._has_room(holder, self._slot(fresh)):
            fresh = self._carried(fresh, holder)
        self.items[id] = fresh
        self._loose = []
        return id

    def vanishes(self, id: str) -> None:
        del self.items[id]
        self._loose = []

    def moves(self) -> None:
        """From the vault to a guardian or back; where there is no room, two change places."""
        id = self._favourite(carried=self._rng.random() < 0.5)
        if not id:
            return
        item, slot = self.items[id], self._slot(self.items[id])
        if item.holder:
            self._to_vault(id)
            return
        fitting = [each for each in self.characters if self._fits(item, each)]
        if fitting:
            holder = self._rng.choice(fitting)
            carried = [other for other in self.gear() if (self.items[other].holder, self.items[other].bucket) == (holder, slot)]
            if carried and not self._has_room(holder, slot):
                self._to_vault(self._rng.choice(carried))
            self.items[id] = self._carried(item, holder)

    def equips(self) -> None:
        """One of what a guardian carries, in place of what is worn in its slot."""
        worn = self._rng.choice(self.worn())
        old = self.items[worn]
        slot = self._slot(old)
        carried = [id for id in self.gear() if self.items[id].holder == old.holder and self.items[id].bucket == slot]
        fitting = [id for id in carried if self._fits(self.items[id], old.holder)]
        plain = [id for id in fitting if not self._catalogue.item(self.items[id].hash).exotic]
        if plain:
            new = self._rng.choice(plain)
            self.items[worn] = replace(old, equipped=False, transfer_status=0)
            self.items[new] = replace(self.items[new], equipped=True, transfer_status=1)
            self._loose = []

    def mails(self) -> None:
        """Something comes to a postmaster, or is taken from there."""
        waiting = [id for id in self.gear() if self.items[id].bucket == hashes.POSTMASTER]
        if waiting and self._rng.random() < 0.6:
            self._to_vault(self._rng.choice(waiting))
            return
        carried = [id for id in self.gear() if self.items[id].holder and self.items[id].bucket != hashes.POSTMASTER]
        if carried and len(waiting) < SLOTS:
            id = self._rng.choice(carried)
            self.items[id] = replace(self.items[id], **IN_MAIL)

    def locks(self) -> None:
        id = self._rng.choice(self.gear())
        self.items[id] = replace(self.items[id], state=self.items[id].state ^ LOCKED)

    def masterworks(self) -> None:
        id = self._rng.choice(self.kept())
        self.items[id] = replace(self.items[id], state=self.items[id].state ^ MASTERWORK)

    def powers(self, id: str, power: int) -> None:
        item = self.items[id]
        if item.primary is not None:
            self.items[id] = replace(item, primary=(item.primary[0], power), level=power // 10, quality=power % 10)

    def perks(self) -> None:
        """A plug as another copy of the same thing has it."""
        id = self._rng.choice(self.gear())
        mine = self.items[id]
        if not mine.sockets:
            return
        others = [item.sockets for item in self.items.values() if item.hash == mine.hash and item.sockets]
        theirs = self._rng.choice(others)
        differing = [n for n, (a, b) in enumerate(zip(mine.sockets, theirs, strict=False)) if a and b and a != b]
        if differing:
            at = self._rng.choice(differing)
            self.items[id] = replace(mine, sockets=(*mine.sockets[:at], theirs[at], *mine.sockets[at + 1 :]))

    def stacks_change(self) -> None:
        """More or less of something that is counted."""
        single = [hash for hash, pile in self.stacks.items() if len(pile) == 1]
        if single:
            hash = self._rng.choice(single)
            (stack,) = self.stacks[hash]
            more = self._rng.choice((1, 1, 2, 3, 5, -1, -3))
            self.stacks[hash] = (replace(stack, quantity=max(stack.quantity + more, 1)),)

    def trades(self, sign: int = 1) -> None:
        """Earns or spends of a currency. ``sign`` -1: read backwards."""
        hash = self._rng.choice([*self.currencies, *list(self.currencies)[:1] * 4])
        amount = self.currencies[hash]
        # Whoever has little earns, whoever has much spends; backwards it is the other way round that leads out of both.
        chance = 0.9 if amount < LEAST else 0.1 if amount > MOST else 0.55
        earns = self._rng.random() < (chance if sign > 0 or LEAST <= amount <= MOST else 1 - chance)
        size = self._rng.randrange(500, 9000) if earns else self._rng.randrange(800, 12000)
        scaled = max(size * max(amount, 100) // 150_000, 1)
        self.currencies[hash] = max(amount + (scaled if earns == (sign > 0) else -scaled), 0)

    def fills_loadout(self) -> None:
        """A loadout is saved anew, with what is worn."""
        holder = self._rng.choice(list(self.characters))
        places = self.loadouts.get(holder, ())
        if places:
            at = self._rng.randrange(len(places))
            worn = tuple((id, ()) for id in self.worn() if self.items[id].holder == holder)
            changed = KeptLoadout(places[at].name, places[at].colour, places[at].icon, worn)
            self.loadouts[holder] = (*places[:at], changed, *places[at + 1 :])
            self._in_loadouts.update(id for id, _ in worn)

    def _favourite(self, *, carried: bool) -> str:
        """Some things are moved again and again, most hardly ever. Empty where there is none."""
        found = [id for id in self._favourites if id in self.items and bool(self.items[id].holder) == carried]
        found = [id for id in found if self._is_loose(self.items[id])]
        if found and self._rng.random() < 0.7:
            return found[min(int(self._rng.expovariate(1 / 8)), len(found) - 1)]
        others = [id for id in self.gear() if bool(self.items[id].holder) == carried]
        return self._rng.choice(others) if others else ""

    def _to_vault(self, id: str) -> None:
        self.items[id] = replace(self.items[id], **IN_VAULT)

    def _carried(self, item: KeptItem, holder: str) -> KeptItem:
        return replace(item, holder=holder, bucket=self._slot(item), location=1, equipped=False, transfer_status=0)

    def _slot(self, item: KeptItem) -> int:
        return self._catalogue.item(item.hash).slot

    def _is_loose(self, item: KeptItem) -> bool:
        return (
            not item.equipped
            and not item.transfer_status
            and self._slot(item) in hashes.GEAR_BUCKETS
            and item.primary is not None
        )

    def _fits(self, item: KeptItem, holder: str) -> bool:
        return self._catalogue.item(item.hash).guardian in (3, self.characters[holder].class_type)

    def _has_room(self, holder: str, slot: int) -> bool:
        here = ((item.holder, item.bucket, item.equipped) == (holder, slot, False) for item in self.items.values())
        return sum(here) < SLOTS
