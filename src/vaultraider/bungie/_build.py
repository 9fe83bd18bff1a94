"""Everything of Bungie's, joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx2

from vaultraider.bungie._client import Client
from vaultraider.bungie._health import Health
from vaultraider.bungie._throttle import PATIENCE, Gate
from vaultraider.bungie._wire import Limits, Wire
from vaultraider.bungie.actions import Actions
from vaultraider.bungie.groups import Groups
from vaultraider.bungie.manifest import Manifest
from vaultraider.bungie.oauth import OAuth
from vaultraider.bungie.pictures import Pictures
from vaultraider.bungie.platform import Platform
from vaultraider.bungie.profile import Profiles
from vaultraider.bungie.user import Users
from vaultraider.bungie.vendors import Vendors
from vaultraider.ports import (
    BungieHealth,
    BungieUser,
    Clock,
    ItemActions,
    ManifestSource,
    OAuthGateway,
    PictureSource,
    PlatformState,
    ProfileSource,
    ThrottleStore,
    VendorSource,
)


class People(Users, Groups):
    """Fits the port ``BungieUser``."""


@dataclass(frozen=True, kw_only=True)
class Bungie:
    """The adapters, one for each port. ``client`` is for the files of this folder."""

    oauth: OAuthGateway
    user: BungieUser
    profile: ProfileSource
    actions: ItemActions
    vendors: VendorSource
    platform: PlatformState
    manifest: ManifestSource
    pictures: PictureSource
    health: BungieHealth
    client: Client = field(repr=False)

    def close(self) -> None:
        self.client.wire.close()


def build_bungie(
    *,
    www: str,
    stats: str,
    api_key: str,
    client_id: str,
    client_secret: str,
    redirect_url: str = "",
    contact: str = "",
    throttle: ThrottleStore,
    clock: Clock,
    patience: float = PATIENCE,
    limits: Limits | None = None,
    transport: httpx2.BaseTransport | None = None,
    jitter: Callable[[], float] | None = None,
) -> Bungie:
    """Joins the adapters over one pool of connections. It calls nobody.

    An empty key or client is fine until the first call, which then says what is missing. ``patience``: how many seconds a call
    waits for its place in the queue; background work may have more of it than a page. ``transport`` and ``jitter`` are for tests.
    Raises OperatorMistake for an address that cannot be Bungie's.
    """
    wire = Wire(www=www, stats=stats, api_key=api_key, client_id=client_id, contact=contact, limits=limits, transport=transport)
    health = Health(clock)
    gate = Gate(throttle, clock, patience=patience)
    client = Client(wire, gate, health, clock, jitter=jitter)
    return Bungie(
        oauth=OAuth(client, clock, client_id=client_id, client_secret=client_secret, redirect_url=redirect_url),
        user=People(client),
        profile=Profiles(client),
        actions=Actions(client),
        vendors=Vendors(client),
        platform=Platform(client),
        manifest=Manifest(client),
        pictures=Pictures(client),
        health=health,
        client=client,
    )
