"""The letter about Xûr in words: only what is known is said, in the time of who reads it, whatever names there are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from vaultraider.domain.notifications import KINDS
from vaultraider.domain.notifications.xur import NAME_LENGTH, Letter, plain, xur_arrived, xur_letter
from vaultraider.domain.profile_parts import ItemFacts, StatLine
from vaultraider.domain.wares import Perk, PerkColumn, Price, Ware
from vaultraider.domain.xur import visit_at
from vaultraider.domain.xur_shelves import shelves_of

VISIT = visit_at(datetime(2026, 11, 27, 18, tzinfo=UTC))
COIN = Price(hash=9, name="Strange Coin", quantity=17, icon="/c", owned=63)
DEAR = Price(hash=9, name="Strange Coin", quantity=41, icon="/c", owned=63)


def column(*names: str, type: str = "Trait") -> PerkColumn:
    return PerkColumn(perks=[Perk(hash=1, name=name, type=type) for name in names], certain=True)


def ware(name: str = "Kite Season", tier: str = "legendary", kind: str = "sniper_rifle", **more: Any) -> Ware:
    facts = {"name": name, "type": "Sniper Rifle", "tier": tier, "kind": kind, "icon": "/i"} | more.pop("facts", {})
    given: dict[str, Any] = {
        "vendor": 1,
        "index": 1,
        "hash": more.pop("hash", abs(hash(name)) % 2**32),
        "facts": msgspec.convert(facts, ItemFacts),
        "prices": [COIN],
        "roll": "known",
        "perks": [column("Adaptive Frame", type="Intrinsic"), column("Slip the Net"), column("Second Bell")],
    }
    return Ware(**(given | more))


EXOTIC = ware(
    "Bulwark of Small Hours",
    "exotic",
    "helmet",
    facts={"type": "Helmet", "class": "titan"},
    prices=[DEAR],
    perks=[column("Bulwark", type="Armor Archetype")],
    stats=[StatLine(hash=-1000, name="Total", value=68, base=60)],
)


def letter(*wares: Ware, **more: Any) -> Letter:
    return xur_letter(shelves_of(wares), VISIT, **more)


def test_a_message_once_a_weekend() -> None:
    message = xur_arrived(letter(EXOTIC, ware(copies=2)), html="<html>", pictures={"mark": b"x"})
    assert message.kind in KINDS
    assert (message.key, message.link, message.level) == ("2026-11-27", "/xur", "good")
    assert message.title == "Xûr is here until Tuesday 1 Dec, 17:00 UTC"
    assert message.text == (
        "He stays until Tuesday 1 Dec, 17:00 UTC. You have 63 Strange Coins, enough for one piece of exotic gear.\n\n"
        "Exotic gear:\n- Bulwark of Small Hours: Helmet, Titan · Bulwark, total 68, 41 coins\n\n"
        "Legendary weapons: Kite Season, Sniper Rifle, 17 coins"
    )


@pytest.mark.parametrize(
    ("zone", "until", "day"),
    [
        (None, "Tuesday 1 Dec, 17:00 UTC", "Friday 27 Nov 2026"),
        (ZoneInfo("UTC"), "Tuesday 1 Dec, 17:00 UTC", "Friday 27 Nov 2026"),
        (ZoneInfo("Europe/Berlin"), "Tuesday 1 Dec, 18:00", "Friday 27 Nov 2026"),
        (ZoneInfo("America/Los_Angeles"), "Tuesday 1 Dec, 09:00", "Friday 27 Nov 2026"),
        (ZoneInfo("Asia/Tokyo"), "Wednesday 2 Dec, 02:00", "Saturday 28 Nov 2026"),
        (ZoneInfo("Asia/Kathmandu"), "Tuesday 1 Dec, 22:45", "Friday 27 Nov 2026"),
    ],
)
def test_times_of_who_reads(zone: ZoneInfo | None, until: str, day: str) -> None:
    found = letter(EXOTIC, zone=zone)
    assert (found.until, found.day) == (until, day)


@pytest.mark.parametrize(
    ("copies", "note", "about"),
    [
        (msgspec.UNSET, "", "Sniper Rifle, arc · Slip the Net, Second Bell"),
        (0, "You own none.", "Sniper Rifle, arc · Slip the Net, Second Bell"),
        (1, "", "Sniper Rifle, arc · Slip the Net, Second Bell · you own 1"),
        (12, "", "Sniper Rifle, arc · Slip the Net, Second Bell · you own 12"),
    ],
)
def test_how_many_are_owned_and_never_more(copies: Any, note: str, about: str) -> None:
    found = letter(ware(copies=copies, facts={"element": "arc"}))
    (line,) = found.worth or found.lists[0][1]
    assert (line.note, line.about) == (note, about)
    assert "never" not in xur_arrived(found).text


def test_what_one_lacks_stands_first_and_once() -> None:
    wares = [ware(f"Exotic {n}", "exotic", copies=n % 2) for n in range(6)] + [ware(f"Gun {n}", copies=0) for n in range(6)]
    found = letter(*wares)
    assert [line.name for line in found.worth] == ["Exotic 0", "Exotic 2", "Exotic 4", "Gun 0"]
    assert [line.name for line in found.exotic] == ["Exotic 1", "Exotic 3", "Exotic 5"]
    names = [line.name for line in (*found.lines, *(line for _, lines in found.lists for line in lines))]
    assert sorted(names) == sorted(one.facts.name for one in wares)
    assert found.preheader.startswith("Exotic 0, Exotic 2 and Exotic 4: you own none.")


def test_without_a_profile_nothing_is_said_of_it() -> None:
    """Nobody is signed in at Bungie any more."""
    price = Price(hash=9, name="Strange Coin", quantity=17, icon="/c")
    found = letter(ware(prices=[price]))
    assert (found.purse, found.worth) == ("", ())
    assert "You" not in xur_arrived(found).text


@pytest.mark.parametrize(
    ("owned", "words"),
    [
        (0, "You have 0 Strange Coins, too few for any of the exotic gear."),
        (1, "You have 1 Strange Coin, too few for any of the exotic gear."),
        (40, "You have 40 Strange Coins, too few for any of the exotic gear."),
        (41, "You have 41 Strange Coins, enough for one piece of exotic gear."),
        (92, "You have 92 Strange Coins, enough for 2 pieces of exotic gear."),
    ],
)
def test_what_the_purse_is_enough_for(owned: int, words: str) -> None:
    exotic = msgspec.structs.replace(EXOTIC, prices=[msgspec.structs.replace(DEAR, owned=owned)])
    assert letter(exotic).purse == words


def test_enough_for_some_is_not_too_few_for_any() -> None:
    cheap = ware("Pilot Light", "exotic", prices=[msgspec.structs.replace(COIN, quantity=23, owned=30)])
    dear = msgspec.structs.replace(EXOTIC, prices=[msgspec.structs.replace(DEAR, owned=30)])
    assert letter(cheap, dear).purse == "You have 30 Strange Coins."


def test_several_prices() -> None:
    prices = [Price(hash=1, name="Legendary Shard", quantity=29, icon=""), Price(hash=2, name="Glimmer", quantity=1, icon="")]
    assert letter(ware(prices=prices)).lists[0][1][0].price == "29 × Legendary Shard, 1 Glimmer"


@pytest.mark.parametrize("roll", ["unknown", "fixed", "none"])
def test_no_roll_is_claimed_that_bungie_did_not_tell(roll: str) -> None:
    found = letter(ware(roll=roll, copies=1, tier="exotic"))
    assert "Slip the Net" not in xur_arrived(found).text
    assert ("roll unknown" in xur_arrived(found).text) is (roll == "unknown")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Kite\nSeason\r\n\tBcc: x", "Kite Season Bcc: x"),
        ("\u202eevil\u202c \u200bname\x00", "evil name"),
        ("  ", ""),
        ("x" * 200, "x" * (NAME_LENGTH - 1) + "…"),
        ("🜂 Ember 🜂", "🜂 Ember 🜂"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_hostile_names(name: str, shown: str) -> None:
    assert plain(name) == shown
    message = xur_arrived(letter(ware(name)))
    assert shown in message.text
    assert not any(sign in message.text for sign in "\u202e\u200b\x00\r\t")


def test_the_armour_says_for_whom() -> None:
    helm = ware("Iron Helm", kind="helmet", facts={"type": "Helmet", "class": "hunter"})
    assert letter(helm, guardian="hunter").lists[0][0] == "Legendary armour for Hunters"
    assert letter(helm).lists[0][0] == "Legendary armour"


def test_nothing_on_sale() -> None:
    message = xur_arrived(letter())
    assert message.text == "He stays until Tuesday 1 Dec, 17:00 UTC."
