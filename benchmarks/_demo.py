"""The demo world to measure on: Bungie.net in a box, and a house before it with somebody signed in."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import httpx2
from flask import Flask

from vaultraider.bootstrap import Services, build_services
from vaultraider.database import schema
from vaultraider.ports import MembershipRef
from vaultraider.settings import Settings
from vaultraider.simulator import Simulator
from vaultraider.web.app import create_app
from vaultraider.web.sessions import COOKIE

PERSON = "Marrow"


class House(NamedTuple):
    services: Services
    app: Flask
    cookie: str
    """The Cookie header of somebody who is signed in."""


def settings_for(folder: Path, url: str) -> Settings:
    return Settings(
        data_dir=folder,
        bungie_www=url,
        bungie_stats=url,
        api_key="demo-api-key",
        client_id="31337",
        client_secret="demo-client-secret",
        open_sign_in=True,
    )


def quiet(*_told: object, **_more: object) -> None:
    """Progress that nobody looks at."""


@contextmanager
def demo_house(folder: Path) -> Iterator[House]:
    """A whole house over the demo world, with definitions, and one person signed in."""
    with Simulator() as simulator:
        settings = settings_for(folder, simulator.url)
        services = build_services(settings)
        try:
            schema.upgrade(services.database)
            services.manifest.update(quiet)
            app = create_app(services, settings)
            yield House(services, app, _sign_in(app))
        finally:
            services.close()


def _sign_in(app: Flask) -> str:
    """Through the consent page and back, as a browser does it."""
    browser = app.test_client()
    said = browser.get("/api/v1/session").json
    address = browser.post("/sign-in", data={"csrf_token": said["csrf_token"] if said else ""}).headers["Location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    agreed = httpx2.post(address.partition("?")[0], data={**asked, "person": PERSON, "decision": "approve"})
    back = parse_qs(urlsplit(agreed.headers["Location"]).query)
    browser.get("/callback/bungie", query_string={name: values[0] for name, values in back.items()})
    cookie = browser.get_cookie(COOKIE)
    if cookie is None:
        raise RuntimeError("The sign-in did not work.")
    return f"{COOKIE}={cookie.value}"


def profile_of(house: House) -> bytes:
    """The ``Response`` of GetProfile as the client hands it over."""
    user = house.services.accounts.users.all()[0]
    membership: MembershipRef = house.services.accounts.destiny.membership(user)
    source = house.services.bungie.profile
    return house.services.accounts.credentials.with_credentials(user, lambda token: source.profile(token, membership))


def enveloped(response: bytes) -> bytes:
    """As Bungie sends it."""
    rest = {"ErrorCode": 1, "ThrottleSeconds": 0, "ErrorStatus": "Success", "Message": "Ok", "MessageData": {}}
    return b'{"Response":' + response + b"," + json.dumps(rest).encode()[1:]


def unzip(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as packed:
        return Path(packed.extract(packed.namelist()[0], folder))
