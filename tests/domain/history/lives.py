"""Accounts that live: real-shaped profiles to which things happen, and answers of Bungie's that go wrong on the way.

``truth`` is always whole. What an answer lacks is a fault's doing, so that a test can tell a loss from a hole.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from vaultraider.domain import hashes
from vaultraider.domain.continuity import PLAUSIBLE_LOSS, keep_last_known
from vaultraider.domain.snapshot import ProfileSnapshot, read_snapshot

START = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
Body = dict[str, Any]


class Life:
    """``body``: the ``Response`` of a GetProfile to begin with. Each answer is mended as an accepted one is."""

    def __init__(self, body: bytes, seed: int) -> None:
        self.truth: Body = msgspec.json.decode(body)
        self.truth.pop("responseMintedTimestamp", None)
        self.chance = random.Random(seed)
        self.read = START
        self.held: ProfileSnapshot | None = None
        self.born = 0

    def answer(self, *faults: str) -> ProfileSnapshot:
        """What is accepted of the truth, seen through these faults."""
        seen = msgspec.json.decode(msgspec.json.encode(self.truth))
        for fault in faults:
            FAULTS[fault](self, seen)
        self.read += timedelta(minutes=self.chance.choice((1, 30, 600)))
        came = read_snapshot(msgspec.json.encode(seen), self.read)
        self.held = keep_last_known(came, self.held, believe_empty=self.chance.random() < 0.5).snapshot
        return self.held

    def happen(self, deed: str) -> None:
        DEEDS[deed](self)

    def lists(self) -> list[list[Body]]:
        """All lists of items but what is worn."""
        return [self.truth["profileInventory"]["data"]["items"], *(each["items"] for each in self.carried().values())]

    def carried(self) -> Body:
        return self.truth["characterInventories"]["data"]

    def worn(self) -> Body:
        return self.truth["characterEquipment"]["data"]

    def ids(self) -> set[str]:
        """Every instance that there is, in truth."""
        every = self.lists() + [each["items"] for each in self.worn().values()]
        return {item["itemInstanceId"] for listed in every for item in listed if "itemInstanceId" in item}

    def components(self, name: str) -> Body:
        return self.truth["itemComponents"].setdefault(name, {"data": {}, "privacy": 1}).setdefault("data", {})

    def some_list(self) -> list[Body]:
        return self.chance.choice([listed for listed in self.lists() if listed] or [[]])

    def some_item(self) -> Body | None:
        listed = self.some_list()
        return self.chance.choice(listed) if listed else None

    def some_instance(self) -> Body | None:
        found = [item for item in self.some_list() if "itemInstanceId" in item]
        return self.chance.choice(found) if found else None

    def guardian(self) -> str | None:
        return self.chance.choice(sorted(self.carried())) if self.carried() else None


def acquire(life: Life) -> None:
    """Another copy of something, with an id of its own."""
    model = life.some_instance()
    if model is None:
        return
    life.born += 1
    id, old = str(6917530000000000000 + life.born), model["itemInstanceId"]
    life.some_list().append(model | {"itemInstanceId": id})
    for name in ("instances", "sockets"):
        if old in life.components(name):
            life.components(name)[id] = life.components(name)[old]


def lose(life: Life) -> None:
    listed = life.some_list()
    if len(listed) > 1:
        listed.pop(life.chance.randrange(len(listed)))


def move(life: Life) -> None:
    listed, guardian = life.some_list(), life.guardian()
    if len(listed) < 2 or guardian is None:
        return
    item = listed.pop(life.chance.randrange(len(listed)))
    if life.chance.random() < 0.5:
        life.truth["profileInventory"]["data"]["items"].append(item | {"bucketHash": hashes.VAULT, "location": 2})
    else:
        bucket = life.chance.choice((hashes.KINETIC, hashes.HELMET, hashes.POSTMASTER))
        location = 4 if bucket == hashes.POSTMASTER else 1
        life.carried()[guardian]["items"].append(item | {"bucketHash": bucket, "location": location})


def equip(life: Life) -> None:
    guardian = life.guardian()
    if guardian is None:
        return
    carried, worn = life.carried()[guardian]["items"], life.worn()[guardian]["items"]
    slots = {item["bucketHash"]: at for at, item in enumerate(worn)}
    fitting = [at for at, item in enumerate(carried) if item["bucketHash"] in slots and "itemInstanceId" in item]
    if fitting:
        at = life.chance.choice(fitting)
        slot = slots[carried[at]["bucketHash"]]
        carried[at], worn[slot] = worn[slot] | {"transferStatus": 0}, carried[at] | {"transferStatus": 1}


def grow(life: Life) -> None:
    item = life.some_instance()
    if item is not None:
        instance = dict(life.components("instances").get(item["itemInstanceId"], {}))
        instance["primaryStat"] = {"statHash": hashes.ATTACK, "value": life.chance.randrange(10, 600)}
        instance["energy"] = {"energyCapacity": life.chance.randrange(11), "energyUsed": 0}
        life.components("instances")[item["itemInstanceId"]] = instance


def plug(life: Life) -> None:
    item = life.some_instance()
    sockets = life.components("sockets").get(item["itemInstanceId"]) if item is not None else None
    if item is not None and sockets and sockets["sockets"]:
        listed = [dict(each) for each in sockets["sockets"]]
        each = life.chance.choice(listed)
        each["plugHash"] = life.chance.randrange(1, 2**32)
        each["isVisible"] = life.chance.random() < 0.9
        life.components("sockets")[item["itemInstanceId"]] = {"sockets": listed}


def mark(life: Life) -> None:
    item = life.some_item()
    if item is not None:
        item["state"] = item.get("state", 0) ^ (1 << life.chance.randrange(5))
        item["transferStatus"] = life.chance.choice((0, 2))


def restack(life: Life) -> None:
    item = life.some_item()
    if item is not None and "itemInstanceId" not in item:
        item["quantity"] = life.chance.randrange(1, 1000)
        if life.chance.random() < 0.5:
            life.some_list().append(item | {"quantity": life.chance.randrange(1, 50)})


def earn(life: Life) -> None:
    listed = life.truth["profileCurrencies"]["data"]["items"]
    if life.chance.random() < 0.2:
        listed.append(listed[0] | {"itemHash": life.chance.randrange(1, 2**32)})
    life.chance.choice(listed)["quantity"] = life.chance.randrange(0, 500_000)


def save_loadout(life: Life) -> None:
    guardian = life.guardian()
    if guardian is None:
        return
    saved = life.truth.setdefault("characterLoadouts", {"data": {}, "privacy": 2})["data"]
    places = saved.setdefault(guardian, {"loadouts": []})["loadouts"]
    ids = life.chance.sample(sorted(life.ids()), k=min(3, len(life.ids())))
    items = [{"itemInstanceId": id, "plugItemHashes": [life.chance.randrange(2**32)]} for id in ids]
    loadout = {"nameHash": life.chance.randrange(2**32), "colorHash": 1, "iconHash": 2, "items": [*items, EMPTY_PLACE]}
    if places and life.chance.random() < 0.7:
        places[life.chance.randrange(len(places))] = loadout
    else:
        places.append(loadout)


EMPTY_PLACE = {"itemInstanceId": "0", "plugItemHashes": []}


def join(life: Life) -> None:
    """A new guardian, dressed like another one."""
    guardian = life.guardian()
    if guardian is None or len(life.carried()) > 4:
        return
    life.born += 1
    id = str(2305843009900000000 + life.born)
    life.truth["characters"]["data"][id] = life.truth["characters"]["data"][guardian] | {"characterId": id, "light": 1350}
    life.carried()[id] = {"items": []}
    life.worn()[id] = {
        "items": [
            item | {"itemInstanceId": f"69175309{life.born:05}{at:03}"} for at, item in enumerate(life.worn()[guardian]["items"])
        ]
    }
    if "profile" in life.truth:
        life.truth["profile"]["data"]["characterIds"].append(id)


def leave(life: Life) -> None:
    """A guardian is deleted, with all that it carried."""
    guardian = life.guardian()
    if guardian is None or len(life.carried()) < 2:
        return
    for part in ("characters", "characterInventories", "characterEquipment", "characterLoadouts"):
        life.truth.get(part, {}).get("data", {}).pop(guardian, None)
    if "profile" in life.truth:
        named = life.truth["profile"]["data"]["characterIds"]
        named[:] = [id for id in named if id != guardian]


def train(life: Life) -> None:
    guardian = life.guardian()
    if guardian is not None:
        person = life.truth["characters"]["data"][guardian]
        person["light"], person["emblemHash"] = life.chance.randrange(600), life.chance.randrange(1, 2**32)
        person["dateLastPlayed"] = life.read.isoformat()


DEEDS: dict[str, Callable[[Life], None]] = {
    each.__name__: each
    for each in (acquire, lose, move, equip, grow, plug, mark, restack, earn, save_loadout, join, leave, train)
}  # fmt: skip
"""What happens to an account."""


def absent(part: str) -> Callable[[Life, Body], None]:
    return lambda life, seen: seen.pop(part, None) and None


def private(part: str) -> Callable[[Life, Body], None]:
    def hide(life: Life, seen: Body) -> None:
        seen[part] = {"privacy": 2}

    return hide


def component_absent(name: str) -> Callable[[Life, Body], None]:
    return lambda life, seen: seen["itemComponents"].pop(name, None) and None


def data_in(seen: Body, part: str) -> Body:
    """What another fault has left of a part."""
    return seen.get(part, {}).get("data", {})


def vault_empty(life: Life, seen: Body) -> None:
    if len(data_in(seen, "profileInventory").get("items", ())) > PLAUSIBLE_LOSS + 2:
        seen["profileInventory"]["data"]["items"] = []


def naked(life: Life, seen: Body) -> None:
    guardian = life.guardian()
    if guardian in data_in(seen, "characterEquipment"):
        seen["characterEquipment"]["data"][guardian] = {"items": []}


def one_list_absent(life: Life, seen: Body) -> None:
    data_in(seen, "characterInventories").pop(life.guardian() or "", None)


def guardian_forgotten(life: Life, seen: Body) -> None:
    """The account names it, and nothing else does."""
    guardian = life.guardian()
    if "profile" in seen:
        for part in ("characters", "characterInventories", "characterEquipment"):
            data_in(seen, part).pop(guardian or "", None)


def some_instances_absent(life: Life, seen: Body) -> None:
    for name in ("instances", "sockets"):
        data = seen["itemComponents"].get(name, {}).get("data", {})
        for id in list(data)[::3]:
            del data[id]


def currencies_empty(life: Life, seen: Body) -> None:
    data_in(seen, "profileCurrencies")["items"] = []


def garbled(life: Life, seen: Body) -> None:
    """A few records are not what was promised."""
    for listed in items_in(seen):
        for at in range(0, len(listed), 7):
            id = listed[at].get("itemInstanceId")
            listed[at] = life.chance.choice(
                (None, [], {}, {"itemInstanceId": 5}, {"itemHash": "x", "itemInstanceId": id}, {"itemInstanceId": "\u202e<b>"})
            )
    for name in ("instances", "sockets"):
        data = seen["itemComponents"].get(name, {}).get("data", {})
        for id in list(data)[::5]:
            data[id] = life.chance.choice((None, [], "<html>", {"primaryStat": 7}, {"sockets": {}}, {"sockets": [7]}))


def items_in(body: Body) -> Iterator[list[Any]]:
    yield data_in(body, "profileInventory").get("items", [])
    for part in ("characterInventories", "characterEquipment"):
        for each in data_in(body, part).values():
            yield each["items"]


FAULTS: dict[str, Callable[[Life, Body], None]] = {
    "vault absent": absent("profileInventory"),
    "vault private": private("profileInventory"),
    "vault empty": vault_empty,
    "inventories absent": absent("characterInventories"),
    "inventories private": private("characterInventories"),
    "equipment absent": absent("characterEquipment"),
    "naked": naked,
    "one list absent": one_list_absent,
    "characters absent": absent("characters"),
    "a guardian forgotten": guardian_forgotten,
    "currencies absent": absent("profileCurrencies"),
    "currencies empty": currencies_empty,
    "loadouts absent": absent("characterLoadouts"),
    "instances absent": component_absent("instances"),
    "sockets absent": component_absent("sockets"),
    "some instances absent": some_instances_absent,
    "garbled": garbled,
}
"""What goes wrong with an answer that is accepted all the same."""
