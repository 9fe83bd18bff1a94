"""A full disk: new definitions do not fit, or nothing can be written at all."""

from __future__ import annotations

from tests.faults.table import HOUR
from tests.faults.witness import KNOWN, Witness
from tests.full_disk import files_no_larger_than
from tests.wired import WiredHouse

from vaultraider.database.engine import Database

MEGABYTE = 2**20
"""Room for the database, and not for the four of the definitions."""


def settle(database: Database) -> None:
    """What was written comes into the database file, so that only new writing meets the limit."""
    connection = database.engine.raw_connection()
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def test_no_room_for_new_definitions(house: WiredHouse, witness: Witness) -> None:
    served = witness.status()["manifest"]
    house.controls.happen("bump")
    house.pass_time(300)
    settle(house.services.database)
    with files_no_larger_than(MEGABYTE):
        done = house.update_definitions()
    assert done.state == "failed", done
    said = witness.status()["manifest"]
    assert (said["state"], said["key"]) == ("ready", served["key"])
    assert said["sentence"] == done.reason == "The disk is full. Free some space on the server; the last good state is kept."
    witness.sees_the_last_good_state()
    witness.is_signed_in(witness.known)
    house.pass_time(3600)
    assert house.update_definitions().state == "done"
    assert witness.status()["manifest"]["key"] != served["key"]
    witness.recovers()


def test_nothing_can_be_written(house: WiredHouse, witness: Witness) -> None:
    """What can be read is shown, nobody is signed out, and Bungie is not asked for what could not be kept."""
    house.pass_time(2 * HOUR)  # The access token has ended, and the session is due to be noted as in use.
    house.controls.happen("external_mutation", account=KNOWN, deed="touch")
    settle(house.services.database)
    asked = house.asked("refresh_token")
    with files_no_larger_than(0):
        page = witness.known.get("/vault")
        assert page.status_code in (200, 503)
        witness.sees_the_last_good_state()
        witness.is_signed_in(witness.known)
        witness.says(witness.refresh(), "storage-full", "Free some space on the server")
        witness.is_signed_in(witness.known)
        witness.sees_the_last_good_state()
    assert house.asked("refresh_token") == asked
    witness.recovers()
