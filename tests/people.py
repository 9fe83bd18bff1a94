"""The cast at the door: a Bungie that signs people in by hand, a house before it, and the browsers of its visitors."""

from __future__ import annotations

import dataclasses
import itertools
import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from tests.clocks import HandClock
from werkzeug.test import TestResponse

from vaultraider.bootstrap import Services, build_services
from vaultraider.database import schema
from vaultraider.database.cipher import FernetCipher, derived_secret
from vaultraider.database.invitations import InvitationRepository
from vaultraider.database.personal_data import PersonalDataRepository
from vaultraider.database.preferences import PreferencesRepository
from vaultraider.database.sessions import BrowserSessionRepository
from vaultraider.database.tokens import TokenRepository
from vaultraider.database.users import UserRepository
from vaultraider.domain.errors import CredentialsRefused, SignInEnded
from vaultraider.domain.people import User
from vaultraider.jobs._registry import introduce
from vaultraider.keys import encryption_keys
from vaultraider.ports import MembershipRef, TokenPair
from vaultraider.services.accounts import AccessRules, build_accounts
from vaultraider.settings import Settings
from vaultraider.web.app import create_app

MARROW, NEWCOMER, ILSE = "17429800", "17429801", "17429802"
NAMES = {MARROW: ("Marrow", 4417), NEWCOMER: ("Newcomer", 1), ILSE: ("Ilse", 77)}
HOUR = 3600


class HandBungie:
    """Fits the ports ``OAuthGateway`` and ``BungieUser``. Refresh tokens are good for one use, as strict as can be.

    ``trouble[name]`` holds exceptions that the next calls of that name raise. ``calls`` says what was asked.
    """

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self._number = itertools.count(1)
        self._lock = threading.Lock()
        self.codes: dict[str, str] = {}
        self.access: dict[str, str] = {}
        self.refresh_tokens: dict[str, str] = {}
        self.trouble: dict[str, list[Exception]] = {}
        self.calls: list[str] = []
        self.linked: dict[str, Any] = {person: linked_profiles(person) for person in NAMES}
        self.public_client = False
        self.before_answer: Any = None

    def approve(self, person: str) -> str:
        """The person agrees: the code that Bungie sends back."""
        code = f"code-{next(self._number)}"
        self.codes[code] = person
        return code

    def revoke(self, person: str) -> None:
        self.refresh_tokens = {token: who for token, who in self.refresh_tokens.items() if who != person}

    def expire_access(self, person: str) -> None:
        self.access = {token: who for token, who in self.access.items() if who != person}

    def authorize_url(self, state: str, *, reauth: bool = False) -> str:
        return f"https://www.bungie.net/en/OAuth/Authorize?client_id=31337&response_type=code&state={state}"

    def exchange(self, code: str) -> TokenPair:
        self._called("exchange")
        with self._lock:
            person = self.codes.pop(code, None)
            if person is None:
                raise SignInEnded("The sign-in took too long or was used already. Begin it again.")
            return self._pair(person)

    def refresh(self, refresh_token: str) -> TokenPair:
        self._called("refresh")
        if self.before_answer:
            self.before_answer()
        with self._lock:
            person = self.refresh_tokens.pop(refresh_token, None)
            if person is None:
                raise SignInEnded
            return self._pair(person)

    def memberships_for_current_user(self, access_token: str) -> bytes:
        self._called("memberships")
        person = self._whose(access_token)
        name, code = NAMES[person]
        user = {"membershipId": person, "cachedBungieGlobalDisplayName": name, "cachedBungieGlobalDisplayNameCode": code}
        return json.dumps({"destinyMemberships": [card(person, 3)], "bungieNetUser": user}).encode()

    def linked_profiles(self, access_token: str | None, bungie_membership_id: str) -> bytes:
        self._called("linked")
        if access_token is not None:
            self._whose(access_token)
        return json.dumps(self.linked[bungie_membership_id]).encode()

    def clan(self, access_token: str | None, membership: MembershipRef) -> bytes:
        raise NotImplementedError

    def _called(self, name: str) -> None:
        with self._lock:
            self.calls.append(name)
            waiting = self.trouble.get(name)
            if waiting:
                raise waiting.pop(0)

    def _whose(self, access_token: str) -> str:
        if access_token not in self.access:
            raise CredentialsRefused(error_code=99)
        return self.access[access_token]

    def _pair(self, person: str) -> TokenPair:
        number = next(self._number)
        access, refresh = f"ACCESS-{person}-{number}", f"REFRESH-{person}-{number}"
        self.access[access] = person
        if not self.public_client:
            self.refresh_tokens[refresh] = person
        now = self._clock.now()
        return TokenPair(
            access_token=access,
            access_expires=now + timedelta(seconds=HOUR),
            refresh_token=None if self.public_client else refresh,
            refresh_expires=None if self.public_client else now + timedelta(days=90),
            bungie_membership_id=person,
        )


def card(person: str, platform: int, **more: Any) -> dict[str, Any]:
    name, code = NAMES[person]
    return {
        "membershipType": platform,
        "membershipId": f"46116860184{person}{platform}",
        "displayName": name.lower(),
        "bungieGlobalDisplayName": name,
        "bungieGlobalDisplayNameCode": code,
        "crossSaveOverride": 0,
        "applicableMembershipTypes": [platform],
    } | more


def linked_profiles(person: str, *platforms: int) -> dict[str, Any]:
    profiles = [
        card(person, platform, dateLastPlayed=f"2026-11-{10 + place:02}T20:00:00Z", isOverridden=False, isCrossSavePrimary=False)
        for place, platform in enumerate(platforms or (3,))
    ]
    return {"profiles": profiles, "profilesWithErrors": []}


class Browser:
    """Somebody's browser: keeps cookies, sends the CSRF token as our pages do."""

    def __init__(self, app: Flask, bungie: HandBungie, base_url: str = "http://localhost") -> None:
        self.client = app.test_client()
        self._bungie = bungie
        self._base_url = base_url

    @property
    def cookie(self) -> str | None:
        found = self.client.get_cookie("vaultraider_session")
        return found.value if found else None

    def csrf(self) -> str:
        return str(self.get("/api/v1/session").json["csrf_token"])

    def who(self) -> str | None:
        said = self.get("/api/v1/session").json
        return said["user"]["name"] if said["signed_in"] else None

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, base_url=self._base_url, **more)

    def send(self, method: str, path: str, body: Any = None) -> TestResponse:
        return self.client.open(path, base_url=self._base_url, method=method, json=body, headers={"X-CSRFToken": self.csrf()})

    def form(self, path: str, **fields: str) -> TestResponse:
        return self.client.post(path, base_url=self._base_url, data={"csrf_token": self.csrf(), **fields})

    def begin(self, **fields: str) -> str:
        """Presses "Sign in with Bungie": the state that goes to Bungie."""
        return state_of(self.form("/sign-in", **fields))

    def come_back(self, **query: str) -> TestResponse:
        return self.get("/callback/bungie", query_string=query)

    def sign_in(self, person: str, **fields: str) -> TestResponse:
        state = self.begin(**fields)
        return self.come_back(state=state, code=self._bungie.approve(person))


def state_of(answer: TestResponse) -> str:
    assert answer.status_code == 303, answer.text
    return parse_qs(urlsplit(answer.headers["Location"]).query)["state"][0]


@dataclasses.dataclass
class House:
    """A server with its Bungie; ``open`` unless told otherwise."""

    services: Services
    app: Flask
    bungie: HandBungie
    clock: HandClock
    settings: Settings

    def browser(self, base_url: str = "http://localhost") -> Browser:
        return Browser(self.app, self.bungie, base_url)

    def signed_in(self, person: str) -> Browser:
        browser = self.browser()
        answer = browser.sign_in(person)
        assert answer.status_code == 303, answer.text
        return browser

    def user(self, person: str) -> User:
        found = self.services.accounts.users.by_bungie_id(person)
        assert found is not None
        return found

    def another(self, **changes: Any) -> House:
        """The same database from another process: nothing in memory is shared."""
        return build_house(self.settings.data_dir, bungie=self.bungie, clock=self.clock, **changes)


def build_house(folder: Path, *, bungie: HandBungie | None = None, clock: HandClock | None = None, **settings: Any) -> House:
    clock = clock or HandClock()
    bungie = bungie or HandBungie(clock)
    given = {"data_dir": folder, "client_id": "31337", "api_key": "a-key", "open_sign_in": True} | settings
    chosen = Settings(**given)
    services = build_services(chosen, clock=clock)
    schema.metadata().create_all(services.database.engine)
    keys = encryption_keys(chosen)
    database = services.database
    accounts = build_accounts(
        oauth=bungie,
        bungie_user=bungie,
        users=UserRepository(database),
        tokens=TokenRepository(database, FernetCipher(keys)),
        sessions=BrowserSessionRepository(database),
        invitations=InvitationRepository(database),
        preferences=PreferencesRepository(database),
        personal_data=PersonalDataRepository(database),
        leases=services.leases,
        clock=clock,
        rules=AccessRules(allow=tuple(chosen.allow), open_sign_in=chosen.open_sign_in),
        setup_secret=derived_secret(keys, "set-up"),
        web_secret=derived_secret(keys, "web"),
    )
    services = dataclasses.replace(services, accounts=accounts)
    introduce(services)
    app = create_app(services, chosen)
    return House(services, app, bungie, clock, chosen)
