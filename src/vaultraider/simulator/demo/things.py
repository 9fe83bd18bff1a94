"""Everything that is neither weapon nor armour: shells, ships, emblems, stacks, quests, subclasses; ``odd`` has the odd ones."""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.simulator.demo import carried, names, odd
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.book import ITEMS, Book, Row, Sockets, equipping
from vaultraider.simulator.demo.hashes import hash_of
from vaultraider.simulator.demo.plugs import Shared


class Things(NamedTuple):
    """Hashes by what they are for."""

    ghosts: list[int]
    vehicles: list[int]
    ships: list[int]
    emblems: list[int]
    subclasses: dict[int, list[int]]
    artifact: int
    finishers: list[int]
    emotes: list[int]
    clan_banner: int
    stacks: list[tuple[int, int]]
    """(item, owned) of consumables and materials"""
    mods: list[int]
    engrams: list[int]
    quests: list[int]
    bounties: list[int]
    currencies: dict[int, int]
    """currency item to owned"""
    orders: list[int]
    message: int
    classified: list[int]
    missing: list[int]
    nameless: int
    unknown_bucket: int
    mask: int
    heirloom: int
    """Worn, and never handed on."""
    side_effect: int
    unique: int
    package: int
    tokens: list[int]
    secret: dict[int, Row]
    """Definitions of ``missing`` that only the game has."""
    plugs_of: dict[int, list[int]]
    """First plugs of items with sockets"""


def add_things(book: Book, shared: Shared) -> Things:
    plugs_of: dict[int, list[int]] = {}
    return Things(
        ghosts=[_shell(book, name, tier, plugs_of) for name, tier in names.GHOSTS],
        vehicles=[_vehicle(book, name, tier, plugs_of) for name, tier in names.VEHICLES],
        ships=[_ship(book, name, tier, plugs_of) for name, tier in names.SHIPS],
        emblems=[_emblem(book, shared, name, place, plugs_of) for place, name in enumerate(names.EMBLEMS)],
        subclasses={class_type: _subclasses(book, class_type, plugs_of) for class_type in names.SUBCLASSES},
        artifact=_artifact(book),
        finishers=[_worn(book, name, "Finisher", s.FINISHERS, 29, (1112488720,)) for name in names.FINISHERS],
        emotes=[_worn(book, name, "Emote", s.EMOTES, 23, (44,)) for name in names.EMOTES],
        clan_banner=_worn(book, "Lamplighters' Banner", "Clan Banner", s.CLAN_BANNERS, 17, (58, 52)),
        stacks=carried.stacks(book),
        mods=carried.inventory_mods(book),
        engrams=[
            book.add_item(
                f"engram:{name}",
                name,
                "Engram",
                tier,
                s.ENGRAMS,
                item_type=8,
                categories=(34,),
                description="Warm to the touch. Something in it ticks.",
            )
            for name, tier in names.ENGRAM_NAMES
        ],
        quests=[carried.quest(book, shared, name) for name in names.QUEST_NAMES],
        bounties=[carried.bounty(book, shared, name) for name in names.BOUNTY_NAMES],
        currencies=carried.currencies(book),
        orders=[
            book.add_item(
                f"order:{name}", name, "Package", 5, s.SPECIAL_ORDERS, item_type=25, categories=(268598612, 52), stack=1
            )
            for name in ("Pre-Paid Parcel", "Crate of Fog")
        ],
        message=book.add_item("message:1", "A Note from the Watch", "Message", 2, s.MESSAGES, item_type=7, categories=(52,)),
        classified=[odd.classified(book, place) for place in range(3)],
        missing=list(odd.MISSING),
        nameless=odd.nameless(book),
        unknown_bucket=odd.key_to_nowhere(book),
        mask=odd.mask(book),
        heirloom=odd.heirloom(book),
        side_effect=odd.side_effect(book),
        unique=odd.unique(book),
        package=odd.package(book),
        tokens=carried.tokens(book),
        secret={hash: odd.secret(hash, place) for place, hash in enumerate(odd.MISSING)},
        plugs_of=plugs_of,
    )


def _simple_plug(book: Book, key: str, name: str, category: str, kind: str) -> int:
    return book.plug(key, name, category, kind=kind, tier=4, description=f"{name}: does what its name says.")


def _shell(book: Book, name: str, tier: int, plugs_of: dict[int, list[int]]) -> int:
    sockets = Sockets(book)
    mods = [
        _once(book, f"ghostmod:{word}", word, "enhancements.ghosts_economic", "Ghost Mod")
        for word in ("Pathfinder", "Magpie", "Bookkeeper")
    ]
    hologram = _once(book, "hologram:none", "Default Hologram", "hologram", "Ghost Projection")
    plugs = [*mods, mods[0], hologram]
    for plug in plugs[:4]:
        sockets.add("ghost-mod", initial=plug, reusable=book.plug_set("ghost-mods", mods))
    sockets.add("ghost-hologram", initial=hologram, plugs=[hologram])
    key = f"ghost:{name}"
    hash = book.add_item(
        key,
        name,
        "Ghost Shell",
        tier,
        s.GHOST,
        item_type=24,
        categories=(39,),
        description="Somebody polished it with care.",
        icon=book.picture(key) if tier == 6 else "",
        equippable=True,
        sockets=sockets.block(),
        equippingBlock=equipping(s.GHOST),
    )
    plugs_of[hash] = plugs
    return hash


def _once(book: Book, key: str, name: str, category: str, kind: str) -> int:
    """The plug, written when it is first asked for."""
    hash = hash_of(key)
    return hash if hash in book.tables[ITEMS] else _simple_plug(book, key, name, category, kind)


def _vehicle(book: Book, name: str, tier: int, plugs_of: dict[int, list[int]]) -> int:
    plug = _once(book, "vehicle:perk", "Sprung Runners", "v300.vehicles.mod.speed", "Vehicle Perk")
    sockets = Sockets(book)
    sockets.add("vehicle-perk", initial=plug, plugs=[plug])
    hash = book.add_item(
        f"vehicle:{name}",
        name,
        "Vehicle",
        tier,
        s.VEHICLE,
        item_type=22,
        categories=(43, 52),
        description="Starts at the second try.",
        equippable=True,
        sockets=sockets.block(),
        equippingBlock=equipping(s.VEHICLE),
        investmentStats=[{"statTypeHash": s.SPEED, "value": 100 + 10 * tier, "isConditionallyActive": False}],
    )
    plugs_of[hash] = [plug]
    return hash


def _ship(book: Book, name: str, tier: int, plugs_of: dict[int, list[int]]) -> int:
    plug = _once(book, "ship:effect", "Default Arrival", "ship.spawnfx", "Transmat Effect")
    sockets = Sockets(book)
    sockets.add("ship-effect", initial=plug, plugs=[plug])
    hash = book.add_item(
        f"ship:{name}",
        name,
        "Ship",
        tier,
        s.SHIPS,
        item_type=21,
        categories=(42, 52),
        description="Her name is painted over an older one.",
        equippable=True,
        sockets=sockets.block(),
        equippingBlock=equipping(s.SHIPS),
    )
    plugs_of[hash] = [plug]
    return hash


def _emblem(book: Book, shared: Shared, name: str, place: int, plugs_of: dict[int, list[int]]) -> int:
    key = f"emblem:{name}"
    plug = _once(book, "emblem:variant", "Default Emblem", "emblem.variant", "Emblem")
    sockets = Sockets(book)
    sockets.add("emblem-variant", initial=plug, plugs=[plug])
    hue = (14, 205, 46, 120, 280, 330, 60, 180, 240, 20, 150, 300)[place]
    hash = book.add_item(
        key,
        name,
        "Emblem",
        6 if place == 2 else 5,
        s.EMBLEMS,
        item_type=14,
        categories=(19, 52),
        description="Worn where others can see it.",
        icon=book.picture(key, hue=hue),
        equippable=True,
        label=f"demo.emblems.{place}",
        secondaryIcon=book.picture(f"{key}:banner", 474, 96, hue),
        secondaryOverlay=book.picture(f"{key}:overlay", 96, 96, hue),
        secondarySpecial=book.picture(f"{key}:wide", 1920, 196, hue),
        backgroundColor={
            "colorHash": 0,
            "red": (hue * 7) % 200 + 20,
            "green": (hue * 3) % 160 + 20,
            "blue": hue % 190 + 20,
            "alpha": 255,
        },
        sockets=sockets.block(),
        equippingBlock=equipping(s.EMBLEMS),
        emblemObjectiveHash=shared.objectives["emblem"],
    )
    plugs_of[hash] = [plug]
    return hash


def _subclasses(book: Book, class_type: int, plugs_of: dict[int, list[int]]) -> list[int]:
    class_name = s.CLASSES[class_type][1]
    found = []
    for name, element in zip(names.SUBCLASSES[class_type], names.SUBCLASS_ELEMENTS, strict=True):
        key = f"subclass:{class_type}:{name}"
        sockets = Sockets(book)
        plugs = []
        parts = (
            ("super", "shared.supers", "Super"),
            ("ability", "shared.abilities", "Grenade"),
            ("ability", "shared.abilities", "Melee"),
            ("aspect", "shared.aspects", "Aspect"),
            ("aspect", "shared.aspects", "Aspect"),
            ("fragment", "shared.fragments", "Fragment"),
        )
        for place, (socket, category, kind) in enumerate(parts):
            stats = {s.S_GRENADE: 10} if socket == "fragment" else None
            plug = book.plug(
                f"{key}:{place}",
                f"{kind} of {name} {place}",
                category,
                kind=kind,
                description=f"What {name} can do.",
                stats=stats,
            )
            sockets.add(socket, initial=plug, plugs=[plug])
            plugs.append(plug)
        damage_hash, damage, _ = s.DAMAGE.get(element, (0, 0, ""))
        fields: Row = {"talentGrid": {"talentGridHash": 0, "itemDetailString": "", "hudDamageType": damage}}
        if damage_hash:
            fields |= {"defaultDamageTypeHash": damage_hash, "damageTypeHashes": [damage_hash]}
        hash = book.add_item(
            key,
            name,
            f"{class_name} Subclass",
            2,
            s.SUBCLASS,
            item_type=16,
            categories=(50, {0: 22, 1: 23, 2: 21}[class_type]),
            description="A way of holding the light.",
            class_type=class_type,
            equippable=True,
            movable=False,
            sockets=sockets.block(),
            equippingBlock=equipping(s.SUBCLASS),
            defaultDamageType=damage,
            **fields,
        )
        plugs_of[hash] = plugs
        found.append(hash)
    return found


def _artifact(book: Book) -> int:
    return book.add_item(
        "artifact:Tide Clock",
        "Tide Clock",
        "Artifact",
        6,
        s.ARTIFACTS,
        item_type=28,
        categories=(1378222069, 52),
        description="Tells the hour of high water, somewhere.",
        equippable=True,
        equippingBlock=equipping(s.ARTIFACTS),
    )


def _worn(book: Book, name: str, kind: str, bucket: int, item_type: int, categories: tuple[int, ...]) -> int:
    return book.add_item(
        f"{kind}:{name}",
        name,
        kind,
        5,
        bucket,
        item_type=item_type,
        categories=categories,
        description="For show.",
        equippable=True,
        equippingBlock=equipping(bucket),
    )
