"""Every row of the fault table, proven over HTTP from the player's browser to the simulator and back."""

from __future__ import annotations

import json

import pytest
from tests.faults.table import FIRST_STARTS, FLAWS, HOLES, HOUR, PERMISSIONS, READS, REFRESHES, Flaw, Hole, Row
from tests.faults.witness import KNOWN, STRANGER, Witness
from tests.wired import WiredHouse


def prove(row: Row, house: WiredHouse, witness: Witness) -> None:
    row.strike(house)
    told = witness.refresh()
    witness.bungie_is(row.state)
    if row.code:
        witness.says(told, row.code, row.words)
        witness.sees_the_last_good_state()
    else:
        assert told.status_code == 200, told.text
    first = witness.stranger.get("/api/v1/profile")
    code = row.code if row.stranger is None else row.stranger
    if code:
        witness.says(first, code, row.words)
    else:
        witness.is_the_truth(first.json, STRANGER)
    witness.is_signed_in(witness.known, row.sign_in)
    witness.is_signed_in(witness.stranger, row.sign_in if row.stranger is None else "ok")
    house.controls.clear_faults()
    if row.sign_in == "ended":
        witness.says(witness.refresh(), "sign-in-ended")  # It does not come back by itself: the permission is gone.
        witness.known.sign_in(KNOWN)
        if row.stranger is None:
            witness.stranger.sign_in(STRANGER)
    witness.recovers()


@pytest.mark.parametrize("row", REFRESHES + PERMISSIONS, ids=str)
def test_renewing_the_sign_in(row: Row, house: WiredHouse, witness: Witness) -> None:
    witness.wait(HOUR)
    prove(row, house, witness)


@pytest.mark.parametrize("row", READS, ids=str)
def test_reading_the_profile(row: Row, house: WiredHouse, witness: Witness) -> None:
    witness.wait(60)
    prove(row, house, witness)


@pytest.mark.parametrize("hole", HOLES, ids=str)
def test_a_part_of_the_profile(hole: Hole, house: WiredHouse, witness: Witness) -> None:
    """Nothing vanishes, what is old is named; who has seen nothing yet is told that it is not all."""
    before = json.loads(witness.good)
    witness.wait(60)
    house.controls.fault(hole.action, count=None, match={"path": "/Profile/"}, component=hole.component)
    told = witness.refresh()
    assert (told.status_code, told.json["changed"]) == (200, True), told.text
    after = witness.shown()
    lacking = {"component": hole.component, "reason": hole.reason}
    assert after["incomplete"] == [lacking]
    for part in ("items", "characters", "currencies", "vault"):
        assert after[part] == before[part], part
    if hole.reason != "empty":
        assert lacking in witness.shown(witness.stranger)["incomplete"]
    witness.is_signed_in(witness.known)
    witness.is_signed_in(witness.stranger)
    house.controls.clear_faults()
    witness.recovers()


@pytest.mark.parametrize("flaw", FLAWS, ids=str)
def test_new_definitions(flaw: Flaw, house: WiredHouse, witness: Witness) -> None:
    served = witness.status()["manifest"]
    flaw.strike(house)
    house.pass_time(300)
    done = house.update_definitions()
    assert done.state == "failed", done
    said = witness.status()["manifest"]
    assert (said["state"], said["key"], said["version"]) == ("ready", served["key"], served["version"])
    assert flaw.words in said["sentence"], said
    assert said["sentence"] == done.reason
    assert "step" not in said and "percent" not in said
    witness.sees_the_last_good_state()
    witness.is_signed_in(witness.known)
    house.controls.clear_faults()
    flaw.lift(house)
    house.pass_time(3600)
    assert house.update_definitions().state == "done"
    said = witness.status()["manifest"]
    assert said["key"] != served["key"]
    assert "sentence" not in said
    assert witness.shown()["manifest"]["key"] == said["key"]
    witness.recovers()


@pytest.mark.parametrize("flaw", [flaw for flaw in FLAWS if flaw.name in FIRST_STARTS], ids=str)
def test_the_first_definitions(flaw: Flaw, bare_house: WiredHouse) -> None:
    house = bare_house
    browser = house.signed_in(KNOWN)
    flaw.strike(house)
    assert house.update_definitions().state == "failed"
    said = browser.get("/api/v1/status").json["manifest"]
    assert said["state"] == "missing"
    assert flaw.words in said["sentence"]
    answer = browser.get("/api/v1/profile")
    assert (answer.status_code, answer.json["code"]) == (503, "definitions-missing")
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ok"
    house.controls.clear_faults()
    flaw.lift(house)
    house.pass_time(3600)
    assert house.update_definitions().state == "done"
    assert browser.get("/api/v1/status").json["manifest"]["state"] == "ready"
    assert browser.get("/api/v1/profile").status_code == 200
