"""Where nobody knows for certain how Bungie behaves, both ways must do: one evening under every setting of every knob."""

from __future__ import annotations

from typing import Any

import pytest
from tests.faults.table import HOUR, PROFILE
from tests.faults.witness import KNOWN, Witness
from tests.wired import WiredHouse

from vaultraider.simulator.knobs import CHOICES, Knobs

SETTINGS = [(name, value) for name, values in CHOICES.items() for value in values]


def test_every_knob_that_has_alternatives_is_in_the_list() -> None:
    assert {name for name, _ in SETTINGS} <= set(Knobs.__struct_fields__)
    assert {"status_99", "status_5", "status_51", "refresh_reuse", "bust_on_write", "cache_ttl", "code_ttl"} <= CHOICES.keys()


@pytest.mark.parametrize(("name", "value"), SETTINGS, ids=[f"{name}={value}" for name, value in SETTINGS])
def test_an_evening(name: str, value: Any, house: WiredHouse, witness: Witness) -> None:
    house.controls.knobs(**{name: value})

    # The player plays, and sees it as soon as Bungie's caches let it through.
    house.controls.happen("external_mutation", account=KNOWN, deed="find", count=2, bust=False)
    witness.wait(125)
    assert witness.refresh().json["changed"] is True
    witness.is_the_truth(witness.shown())

    # An hour later; then the access token dies early.
    witness.wait(HOUR)
    assert witness.refresh().status_code == 200
    house.controls.happen("expire_access")
    witness.wait(20)
    before = house.asked("refresh_token")
    assert witness.refresh().status_code == 200
    assert house.asked("refresh_token") == before + 1
    witness.good = witness.profile(witness.known)

    # Too many requests; then maintenance, also of the token endpoint.
    house.controls.fault("throttle_ip", count=None, match={"path": PROFILE})
    witness.wait(20)
    witness.says(witness.refresh(), "bungie-throttled", "slow down")
    witness.bungie_is("throttled")
    witness.sees_the_last_good_state()
    house.controls.clear_faults()
    for _ in range(2):  # The pace quickens again with each answer.
        witness.wait(130)
        assert witness.refresh().status_code == 200
    witness.good = witness.profile(witness.known)
    house.controls.happen("systems", off=["Destiny2", "token"])
    witness.wait(130)
    html = name == "status_5" and value == "503html"
    witness.says(witness.refresh(), "bungie-unavailable" if html else "bungie-maintenance")
    witness.bungie_is("unreachable" if html else "maintenance")
    witness.wait(HOUR)
    witness.says(witness.refresh(), "bungie-maintenance", "You stay signed in")
    witness.sees_the_last_good_state()
    witness.is_signed_in(witness.known)
    witness.is_signed_in(witness.stranger)
    house.controls.clear_faults()
    witness.recovers()


def test_a_code_that_grew_stale_on_the_way(house: WiredHouse) -> None:
    browser = house.browser()
    back = browser.go_to_bungie(KNOWN)
    house.pass_time(house.controls.box.knobs.code_ttl + 1)
    answer = browser.come_back(**back)
    assert "took too long" in answer.text
    assert browser.who() is None
    browser.sign_in(KNOWN)
    assert browser.who() is not None
