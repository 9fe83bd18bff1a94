"""A captured GetProfile and a manifest file in place of the demo: served as they are; what they lack is absent."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from vaultraider.simulator.captured_lists import moved_lists
from vaultraider.simulator.captured_manifest import CapturedContent
from vaultraider.simulator.components import BUILDERS
from vaultraider.simulator.content import Content, DemoContent
from vaultraider.simulator.demo.book import ITEMS
from vaultraider.simulator.demo.cast import demo_world
from vaultraider.simulator.editions import Editions
from vaultraider.simulator.item_details import ITEM_DATA
from vaultraider.simulator.knobs import Knobs
from vaultraider.simulator.pictures import Placeholder
from vaultraider.simulator.sources import DemoSource
from vaultraider.simulator.view import View
from vaultraider.simulator.world import Account, Character, Item, Person, World

PERSON = "90000001"
"""bungie.net id of whoever the capture shows; GetProfile does not tell the real one."""
COMPONENT_OF = {key: number for number, (key, _) in BUILDERS.items()} | {
    "vendorReceipts": 101,
    "profileKiosks": 500,
    "characterKiosks": 500,
    "profilePlugSets": 305,
    "characterPlugSets": 305,
    "characterCurrencyLookups": 600,
    "characterPresentationNodes": 700,
    "characterCollectibles": 800,
    "characterRecords": 900,
    "characterStringVariables": 1200,
    "profileCommendations": 1400,
}
OPEN_TO_ALL = frozenset({"profile", "characters", "characterEquipment", "characterRenderData"})
STAMPS = ("responseMintedTimestamp", "secondaryComponentsMintedTimestamp")
ICON = Placeholder(96, 96)


class CaptureError(ValueError):
    """The file is no captured profile or manifest; the message says what is wrong with it."""


def read_capture(file: Path) -> dict[str, msgspec.Raw]:
    """Response key to its JSON, verbatim. The file may be gzipped and may have Bungie's envelope. Raises CaptureError."""
    try:
        data = file.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        whole = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        return msgspec.json.decode(whole["Response"], type=dict[str, msgspec.Raw]) if "Response" in whole else whole
    except (OSError, EOFError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CaptureError(f"{file.name} is not a captured GetProfile answer: {error}") from error


class CaptureSource(DemoSource):
    """Fits box.Source. What is not captured comes from the demo: a profile alone keeps the demo's manifest, and the reverse."""

    def __init__(self, profile: Path | None, manifest: Path | None) -> None:
        """Raises CaptureError."""
        self.parts = read_capture(profile) if profile else None
        self.content = CapturedContent(manifest) if manifest else None
        if self.parts is not None and not self._identity(self.parts):
            raise CaptureError("The captured profile names no account: it has neither characters nor a profile component.")

    def world(self, seed: int, now: float) -> World:
        if self.parts is None:
            return demo_world(seed, now)
        kind, id, name = self._identity(self.parts) or (0, "", "")
        account = Account(type=kind, id=id, display_name=name, person=PERSON, applicable=[kind])
        account.characters = list(_characters(self.parts))
        account.items = list(_items(self.parts))
        account.last_played = max((one.last_played for one in account.characters), default="")
        person = Person(id=PERSON, name=name, code=1, about=f"a captured profile with {len(account.items)} items")
        return World(people=[person], accounts=[account])

    @staticmethod
    def _identity(parts: dict[str, msgspec.Raw]) -> tuple[int, str, str] | None:
        profile = _data(parts, "profile").get("userInfo", {})
        first: dict[str, Any] = next(iter(_data(parts, "characters").values()), {})
        found = profile or first
        if "membershipId" not in found:
            return None
        return int(found["membershipType"]), str(found["membershipId"]), str(profile.get("displayName") or "Captured")

    def editions(self, knobs: Knobs) -> Editions:
        content: Content = self.content or DemoContent(knobs.extra_items)
        return Editions(content, self.content.version if self.content else "")

    def lookup(self, table: str, hash: int) -> dict[str, Any] | None:
        return self.content.row(table, hash) if self.content else super().lookup(table, hash)

    def components(self, world: World, account: Account, wanted: frozenset[int], *, private: bool, now: float) -> dict[str, Any]:
        if self.parts is None:
            return super().components(world, account, wanted, private=private, now=now)
        parts: dict[str, Any] = dict(self.parts)
        if world.revision > 1:
            view = View(world=world, account=account, private=private, now=now, lookup=self.lookup, game=self.game)
            parts |= moved_lists(self.parts, view)
        found: dict[str, Any] = {key: parts[key] for key in STAMPS if key in parts}
        for key, part in parts.items():
            if COMPONENT_OF.get(key) in wanted:
                found[key] = part if private or key in OPEN_TO_ALL else {"privacy": 2}
        sets: dict[str, Any] = {}
        if private and "itemComponents" in parts:
            captured = msgspec.json.decode(parts["itemComponents"], type=dict[str, msgspec.Raw])
            names = {ITEM_DATA[number] for number in wanted & ITEM_DATA.keys()}
            sets = {key: part for key, part in captured.items() if key in names}
        return found | {"itemComponents": sets}

    def stamps(self) -> bool:
        return self.parts is None

    def missing(self) -> frozenset[int]:
        if self.parts is None:
            return super().missing()
        return frozenset(item.hash for item in _items(self.parts) if self.lookup(ITEMS, item.hash) is None)

    def placeholder(self, path: str) -> Placeholder | None:
        """Any: a captured manifest names tens of thousands."""
        return super().placeholder(path) or ICON


def _data(parts: dict[str, msgspec.Raw], key: str) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(parts[key]).get("data", {}) if key in parts else {}
    return found


def _characters(parts: dict[str, msgspec.Raw]) -> Iterator[Character]:
    for id, one in _data(parts, "characters").items():
        yield Character(
            id=id,
            nickname="",
            class_type=int(one.get("classType", 3)),
            race_type=int(one.get("raceType", 3)),
            gender_type=int(one.get("genderType", 2)),
            emblem=int(one.get("emblemHash", 0)),
            last_played=str(one.get("dateLastPlayed", "")),
            minutes_total=int(one.get("minutesPlayedTotal", 0)),
        )


def _items(parts: dict[str, msgspec.Raw]) -> Iterator[Item]:
    """Every item of the three lists, for the truth of the control room."""
    lists = [("", False, _data(parts, "profileInventory"))]
    for key, equipped in (("characterInventories", False), ("characterEquipment", True)):
        lists += [(owner, equipped, content) for owner, content in _data(parts, key).items()]
    details = msgspec.json.decode(parts["itemComponents"]) if "itemComponents" in parts else {}
    levels: dict[str, Any] = details.get("instances", {}).get("data", {})
    for owner, equipped, content in lists:
        for one in content.get("items", ()):
            yield Item(
                hash=int(one["itemHash"]),
                id=str(one.get("itemInstanceId", "")),
                quantity=int(one.get("quantity", 1)),
                bucket=int(one.get("bucketHash", 0)),
                owner=owner,
                equipped=equipped,
                locked=bool(int(one.get("state", 0)) & 1),
                tracked=bool(int(one.get("state", 0)) & 2),
                level=int(levels.get(str(one.get("itemInstanceId", "")), {}).get("equipRequiredLevel", 0)),
                lockable=bool(one.get("lockable", False)),
                stuck=bool(int(one.get("transferStatus", 0)) & 2),
            )
