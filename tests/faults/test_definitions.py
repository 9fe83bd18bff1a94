"""New definitions over time: servers that disagree, a roll-back, a silent edit, a file that is late."""

from __future__ import annotations

import pytest
from tests.faults.witness import Witness
from tests.wired import WiredHouse


def key(witness: Witness) -> str:
    """What the status and the profile say they are made with; always the same."""
    said = witness.status()["manifest"]
    assert said["state"] == "ready"
    assert witness.shown()["manifest"]["key"] == said["key"]
    return str(said["key"])


def check(house: WiredHouse, minutes: float = 5) -> str:
    house.pass_time(minutes * 60)
    done = house.update_definitions()
    assert done.state == "done", done
    assert done.result is not None
    return str(done.result["result"])


def test_servers_that_disagree(house: WiredHouse, witness: Witness) -> None:
    first = key(witness)
    house.controls.happen("bump")
    assert check(house) == "installed"
    newest = key(witness)
    assert newest != first
    house.controls.happen("flap", every=2)
    for _ in range(4):
        assert check(house) in ("same", "candidate")
        assert key(witness) == newest
    witness.recovers()


def test_a_roll_back_is_followed_when_it_lasts(house: WiredHouse, witness: Witness) -> None:
    first = key(witness)
    house.controls.happen("bump")
    assert check(house) == "installed"
    newest = key(witness)
    house.controls.happen("rollback")
    assert [check(house), check(house)] == ["candidate", "candidate"]
    assert key(witness) == newest
    assert check(house) == "rolled-back"
    assert key(witness) == first
    witness.recovers()


def test_a_silent_edit_keeps_the_version(house: WiredHouse, witness: Witness) -> None:
    before = witness.status()["manifest"]
    house.controls.happen("silent_edit")
    assert check(house) == "installed"
    after = witness.status()["manifest"]
    assert (after["version"], after["key"] != before["key"]) == (before["version"], True)
    witness.recovers()


def test_a_404_that_the_edge_remembers_is_asked_past(house: WiredHouse, witness: Witness) -> None:
    before = key(witness)
    house.controls.scenario("manifest-bump")
    assert check(house) == "installed"
    assert key(witness) != before
    witness.recovers()


@pytest.mark.parametrize("silent", [False, True])
def test_a_pinned_page_goes_on_while_definitions_change(silent: bool, house: WiredHouse, witness: Witness) -> None:
    """A page that was read before the switch still finds its items after it."""
    ids = [item["id"] for item in witness.shown()["items"]][:5]
    house.controls.happen("silent_edit" if silent else "bump")
    assert check(house) == "installed"
    for id in ids:
        assert witness.known.get(f"/api/v1/items/{id}").status_code == 200
