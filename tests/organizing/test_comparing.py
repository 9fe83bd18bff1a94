"""What an item is compared with: small vaults made by hand."""

from __future__ import annotations

from typing import Any

from tests.search.cast import Thing, armor, weapon, world
from tests.search.worlds import ids

from vaultraider.domain import hashes
from vaultraider.search.vocabulary import vocabulary
from vaultraider.search.world import World
from vaultraider.services.organizing.comparing import Group, groups_of

MASTERED = ("Masterwork 3.0", "Masterwork 3.0", ())
FRAME = ("", "Adaptive Frame", ())


def traits(first: str, second: str) -> tuple[Any, ...]:
    return (FRAME, (f"*{first}", first, ()), (f"*{second}", second, ()))


def groups(found: World, place: int = 0) -> dict[str, tuple[str, str]]:
    """By key: the title, and the places of what is in it."""
    listed: list[Group] = groups_of(found.items[place], found, vocabulary())
    for group in listed:
        assert group.ids[0] == found.items[place].id
        assert sorted(ids(found, group.query)) == sorted(group.ids), "the query finds just these"
    places = {item.id: str(place) for place, item in enumerate(found.items)}
    return {group.key: (group.title, " ".join(places[id] for id in group.ids)) for group in listed}


def test_a_weapon() -> None:
    rifle: dict[str, Any] = {"item_sub_type": 6}
    found = world(
        weapon("Ashes", sockets=traits("Outlaw", "Kill Clip")),
        weapon("Ashes", sockets=traits("Rapid Hit", "Rampage")),
        weapon("Birch", sockets=traits("Outlaw", "Rampage")),
        weapon("Cedar", element=3, sockets=traits("Rapid Hit", "Rampage")),
        weapon("Dogwood", bucket=hashes.POWER),
        weapon("Elm", sockets=traits("Outlaw", "Kill Clip"), fields=rifle),
        armor("Ashes", hash=4712),
    )
    assert groups(found) == {
        "same": ("Same weapon", "0 1"),
        "trait": ("Same traits", "0 2"),
        "frame": ("Same frame", "0 1 2 3"),
        "element": ("Kinetic hand cannons", "0 1 2 4"),
    }
    assert groups(found, 3) == {
        "trait": ("Same traits", "3 1 2"),
        "frame": ("Same frame", "3 0 1 2"),
    }


def test_the_slot_where_it_is_another_group_than_the_element() -> None:
    found = world(weapon("Ashes"), weapon("Birch"), weapon("Cedar", element=3))
    assert groups(found) == {
        "element": ("Kinetic hand cannons", "0 1"),
        "slot": ("Hand cannons in the kinetic slot", "0 1 2"),
    }


def test_armour() -> None:
    found = world(
        armor("Cowl", (30, 20, 10, 0, 0, 0), sockets=(MASTERED,), fields={"set_hash": 9}),
        armor("Cowl", (30, 20, 10, 0, 0, 0), sockets=(MASTERED,), fields={"set_hash": 9}),
        armor("Hood", hash=77, fields={"set_hash": 9}),
        armor("Mask"),
        armor("Crown", fields={"class_type": 0}),
        armor("Boots", bucket=hashes.LEGS, fields={"set_hash": 9}),
    )
    assert groups(found) == {
        "same": ("Same armour", "0 1"),
        "set": ("Same set, helmets", "0 1 2"),
        "slot": ("Hunter helmets", "0 1 2 3"),
    }
    assert groups(found, 5) == {}, "nothing is like it"


def test_what_is_no_gear() -> None:
    found = world(
        Thing("Shell", bucket=hashes.GHOST),
        Thing("Shell", bucket=hashes.GHOST),
        Thing("Other Shell", bucket=hashes.GHOST),
        Thing("Dust", bucket=hashes.CONSUMABLES, stack=True),
        Thing("Dust", bucket=hashes.CONSUMABLES, stack=True),
    )
    assert groups(found) == {"same": ("Same item", "0 1"), "slot": ("Ghosts", "0 1 2")}
    assert groups(found, 3) == {}


def test_names_that_look_like_queries() -> None:
    for name in ('The "Best" of (all) or none', "it's -is:locked", "*/ not", "\\", "“smart”"):
        found = world(weapon(name), weapon(name), weapon("Else", element=3, bucket=hashes.POWER))
        assert groups(found)["same"] == ("Same weapon", "0 1"), name


def test_what_is_classified_is_told_apart_by_its_hash() -> None:
    hidden = {"redacted": True}
    found = world(weapon("Classified", fields=hidden), weapon("Classified", hash=4711, fields=hidden))
    assert "same" not in groups(found)
