"""What must hold in every row of the fault table, whatever goes wrong.

Two people: one has seen the vault before the trouble, the other signed in and has not. Then
    nobody is signed out who should not be,
    what is shown is the last good state, byte for byte, or the right error where there never was one,
    what is said has the right code, words and state, and neither a secret nor anything of our insides,
    and when it is over, it goes on by itself and shows the truth.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired
from werkzeug.test import TestResponse

from vaultraider.simulator.world import VAULT

KNOWN, STRANGER = "Two-memberships", "צפרית طائر 燕"
"""Some 220 items each: enough to lose some, and quickly read."""

HTTP = {
    "sign-in-ended": 401,
    "profile-private": 403,
    "account-not-found": 404,
    "conflict": 409,
    "bungie-refusal": 502,
    "stale-request": 502,
    "operator-mistake": 502,
    "bungie-unavailable": 503,
    "bungie-maintenance": 503,
    "bungie-throttled": 503,
    "bungie-unreachable": 503,
    "bungie-garbled": 503,
    "definitions-missing": 503,
    "storage-full": 507,
}
INSIDES = ("Traceback", "vaultraider.", "sqlite", "SELECT ", "INSERT ", "httpx", "object at 0x", "<html", "DOCTYPE", "/__sim")


@dataclass(frozen=True)
class Before:
    """The moment before the trouble: our data folder, the tokens at Bungie, the time, and what the two people had.

    ``dawn``: when Bungie's world was made, from which its dates follow.
    """

    folder: Path
    dawn: datetime
    issued: bytes
    moment: datetime
    cookies: dict[str, str]
    good: bytes
    accounts: list[tuple[str, bool]]


def accounts(browser: WiredBrowser) -> list[tuple[str, bool]]:
    """Ids, and which one is looked at."""
    answer = browser.get("/api/v1/accounts")
    assert answer.status_code == 200, answer.text
    return [(each["id"], each["selected"]) for each in answer.json["accounts"]]


def before_the_trouble(folder: Path, controls: Controls, dawn: datetime) -> Before:
    """Both sign in, one of them looks at the vault; then the house is closed."""
    controls.first_day()
    controls.box.clock.set(dawn.timestamp())
    controls.box.reset()
    house = build_wired(folder, controls, start=dawn)
    assert house.update_definitions().state == "done"
    known, stranger = house.signed_in(KNOWN), house.signed_in(STRANGER)
    good = known.get("/api/v1/profile")
    assert good.status_code == 200, good.text
    before = Before(
        folder=folder,
        dawn=dawn,
        issued=msgspec.json.encode(controls.box.credentials.issued),
        moment=house.clock.now(),
        cookies={KNOWN: str(known.cookie), STRANGER: str(stranger.cookie)},
        good=good.data,
        accounts=accounts(known),
    )
    house.services.close()
    return before


class Witness:
    def __init__(self, house: WiredHouse, before: Before, caplog: pytest.LogCaptureFixture) -> None:
        self.house = house
        self.known = house.browser(before.cookies[KNOWN])
        self.stranger = house.browser(before.cookies[STRANGER])
        self.good = before.good
        self.accounts = before.accounts
        self._log = caplog
        caplog.clear()
        caplog.set_level("INFO")
        caplog.set_level("DEBUG", "vaultraider")

    # -- doing ----------------------------------------------------------------------------------------------------------

    def wait(self, seconds: float) -> None:
        """Time passes quietly; announcements are read, so that what is said next comes from what is asked next."""
        self.house.pass_time(seconds)
        self.status()

    def refresh(self, browser: WiredBrowser | None = None) -> TestResponse:
        """Asks for a newer state; nothing said is secret."""
        answer = (browser or self.known).send("POST", "/api/v1/profile/refresh?forced=true")
        self._harmless(answer)
        return answer

    def profile(self, browser: WiredBrowser) -> bytes:
        answer = browser.get("/api/v1/profile")
        assert answer.status_code == 200, answer.text
        return answer.data

    def shown(self, browser: WiredBrowser | None = None) -> dict[str, Any]:
        answer = (browser or self.known).get("/api/v1/profile")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def status(self) -> dict[str, Any]:
        answer = self.known.get("/api/v1/status")
        assert answer.status_code == 200, answer.text
        self._harmless(answer)
        found: dict[str, Any] = answer.json
        return found

    # -- holding --------------------------------------------------------------------------------------------------------

    def says(self, answer: TestResponse, code: str, words: str = "") -> None:
        """The failure is the right one, in a sentence for people."""
        self._harmless(answer)
        assert (answer.status_code, answer.json and answer.json.get("code")) == (HTTP[code], code), answer.text
        assert answer.content_type == "application/problem+json"
        assert words in answer.json["detail"], answer.text
        assert answer.json["detail"].rstrip().endswith("."), answer.text
        if "retry_after" in answer.json:
            assert int(answer.headers["Retry-After"]) == answer.json["retry_after"] > 0

    def bungie_is(self, state: str) -> None:
        """What the page tells of Bungie, and since when."""
        said = self.status()["bungie"]
        assert said["state"] == state, said
        if state != "up":
            assert said["since"] and said["sentence"].endswith("."), said

    def is_signed_in(self, browser: WiredBrowser, sign_in: str = "ok") -> None:
        self.house.pass_time(4)  # A session is looked up anew every few seconds.
        said = browser.get("/api/v1/session").json
        assert (said["signed_in"], said["user"]["sign_in"]) == (True, sign_in)

    def sees_the_last_good_state(self) -> None:
        """With its own times: an old state never passes for a new one."""
        assert self.profile(self.known) == self.good
        id = self.known.get("/api/v1/profile").json["items"][0]["id"]
        assert self.known.get(f"/api/v1/items/{id}").status_code == 200
        assert accounts(self.known) == self.accounts
        age, shown = self.status()["profile"], json.loads(self.good)
        assert datetime.fromisoformat(age["minted"]) == datetime.fromisoformat(shown["minted"])

    def nothing_leaked(self) -> None:
        """Not into the log either."""
        said = self._log.text
        for secret in self._secrets():
            assert secret not in said

    def recovers(self, browser: WiredBrowser | None = None, after: float = 130) -> dict[str, Any]:
        """The trouble is over: the player played, the next refresh brings the truth, and all is well again."""
        self.house.controls.happen("external_mutation", account=KNOWN, deed="touch", count=3)
        self.wait(after)
        before = self.shown().get("minted", "")
        answer = self.refresh()
        assert answer.status_code == 200, answer.text
        assert answer.json["changed"] is True
        assert self.shown()["minted"] > before
        assert "incomplete" not in self.shown()
        for browser, name in ((self.known, KNOWN), (self.stranger, STRANGER)):
            self.is_signed_in(browser)
            said = self.shown(browser)
            if "incomplete" in said:  # Read first while a part was away.
                assert self.refresh(browser).status_code == 200
                said = self.shown(browser)
            assert "incomplete" not in said
            self.is_the_truth(said, name)
        self.bungie_is("up")
        assert self.status()["bungie"].get("sentence") is None
        self.nothing_leaked()
        return self.shown()

    def is_the_truth(self, said: dict[str, Any], name: str = KNOWN) -> None:
        """Every item of the account once, where it is, and locked or not."""
        truth = {
            item.id: (item.bucket == VAULT, item.equipped, item.owner, item.locked)
            for item in self.house.controls.account(name).items
            if item.id
        }
        told = {
            item["id"]: (
                item["place"] == "vault",
                item["place"] == "equipped",
                item["store"].replace("vault", "").replace("account", ""),
                item.get("locked", False),
            )
            for item in said["items"]
            if not item["id"].startswith("s-")
        }
        assert told == truth
        assert len({item["id"] for item in said["items"]}) == len(said["items"])

    def _harmless(self, answer: TestResponse) -> None:
        said = answer.text
        folder = self.house.settings.data_dir.as_posix()
        for secret in (*self._secrets(), *INSIDES, folder, self.house.settings.bungie_www):
            assert secret not in said, f"{secret} in {said[:400]}"

    def _secrets(self) -> list[str]:
        issued = self.house.controls.box.credentials.issued
        return [*issued.access, *issued.refresh, *issued.codes, "demo-client-secret", "demo-api-key"]
