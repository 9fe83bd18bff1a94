"""Bungie's caches: profiles that are stale, older than the last one, or by turns old and new."""

from __future__ import annotations

from typing import Any

import pytest
from tests.faults.witness import KNOWN, Witness
from tests.wired import WiredHouse

from vaultraider.simulator.knobs import CHOICES


def plays(house: WiredHouse, *, seen: bool) -> None:
    """The player does something in the game; Bungie's servers notice at once, or when their copies are old."""
    house.controls.happen("external_mutation", account=KNOWN, deed="touch", count=3, bust=seen)


@pytest.mark.parametrize("ttl", CHOICES["cache_ttl"])
def test_a_stale_profile(ttl: int, house: WiredHouse, witness: Witness) -> None:
    house.controls.happen("stale_profile", ttl=ttl)
    plays(house, seen=True)
    witness.wait(30)
    assert witness.refresh().json["changed"] is True
    witness.good = witness.profile(witness.known)
    plays(house, seen=False)
    witness.wait(ttl - 10)
    told = witness.refresh()
    assert (told.status_code, told.json["changed"]) == (200, False), told.text
    assert told.json["minted"] < told.json["checked"]
    witness.sees_the_last_good_state()
    witness.is_signed_in(witness.known)
    witness.wait(20)
    assert witness.refresh().json["changed"] is True
    witness.is_the_truth(witness.shown())
    witness.recovers()


def test_a_profile_from_the_past(house: WiredHouse, witness: Witness) -> None:
    plays(house, seen=True)
    witness.wait(60)
    assert witness.refresh().json["changed"] is True
    witness.good = witness.profile(witness.known)
    house.controls.fault("time_travel", count=None, match={"path": "/Profile/"})
    witness.wait(60)
    told = witness.refresh()
    assert (told.status_code, told.json["changed"]) == (200, False), told.text
    witness.sees_the_last_good_state()
    witness.is_signed_in(witness.known)
    stamps = [witness.shown()["minted"]]
    for _ in range(3):  # Always one step behind, but never behind what was shown.
        witness.wait(60)
        assert witness.refresh().status_code == 200
        stamps.append(witness.shown()["minted"])
    assert stamps == sorted(stamps)
    house.controls.clear_faults()
    witness.recovers()


def test_servers_that_take_turns(house: WiredHouse, witness: Witness) -> None:
    """One server has the old state, one the new one: it never flickers, and never goes back."""
    house.controls.happen("stale_profile", nodes=2, ttl=600)
    seen: list[dict[str, Any]] = []
    for turn in range(8):
        if turn == 2:
            plays(house, seen=False)
        witness.wait(400 if turn == 4 else 30)
        assert witness.refresh().status_code == 200
        seen.append(witness.shown())
    minted = [each["minted"] for each in seen]
    assert minted == sorted(minted)
    by_stamp = {each["minted"]: each["items"] for each in seen}
    assert all(each["items"] == by_stamp[each["minted"]] for each in seen)
    house.controls.happen("stale_profile", nodes=1, ttl=30)
    witness.recovers()


def test_an_improbable_emptiness_is_believed_when_it_stays(house: WiredHouse, witness: Witness) -> None:
    """One answer in ten to twenty came empty during one incident; but who deletes everything sees that in the end."""
    before = witness.shown()
    house.controls.fault("empty_items", count=None, match={"path": "/Profile/"}, component="profileInventory")
    for _ in range(2):
        plays(house, seen=True)
        witness.wait(60)
        assert witness.refresh().status_code == 200
        assert witness.shown()["vault"] == before["vault"]
    plays(house, seen=True)
    witness.wait(60)
    assert witness.refresh().status_code == 200
    assert witness.shown()["vault"]["used"] == 0
    house.controls.clear_faults()
    witness.recovers()
