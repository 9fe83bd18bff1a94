"""The platform about itself: Settings and GlobalAlerts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultraider.simulator.demo.hashes import hash_of
from vaultraider.simulator.routing import Route

if TYPE_CHECKING:
    from vaultraider.simulator.routing import Call

SYSTEMS = ("Authentication", "Destiny2", "D2Profiles", "Activities", "Clans", "Groups", "OAuth", "Tokens", "Trending")


def settings(call: Call) -> dict[str, Any]:
    """CoreSettingsConfiguration, the parts that programs read."""
    with call.box.lock:
        off = call.box.world.systems_off
    return {
        "environment": "live",
        "systems": {name: {"enabled": not ("global" in off or name in off), "parameters": {}} for name in SYSTEMS},
        "ignoreReasons": [],
        "forumCategories": [],
        "groupAvatars": [],
        "destinyMembershipTypes": [
            {"identifier": str(number), "isDefault": False, "displayName": name, "summary": name}
            for number, name in ((1, "TigerXbox"), (2, "TigerPsn"), (3, "TigerSteam"), (6, "TigerEgs"))
        ],
        "userContentLocales": [
            {"identifier": locale, "isDefault": locale == "en", "displayName": locale} for locale in ("de", "en", "fr")
        ],
        "destiny2CoreSettings": {
            "collectionRootNode": hash_of("node:collections"),
            "recordsRootNode": hash_of("node:records"),
            "insertPlugFreeProtectedPlugItemHashes": [],
            "insertPlugFreeBlockedSocketTypeHashes": [hash_of("socket:tracker")],
            "loadoutConstantsHash": 1,
            "currentSeasonHash": hash_of("season:current"),
            "currentSeasonalArtifactHash": hash_of("artifact:Tide Clock"),
            "undiscoveredCollectibleImage": "/img/destiny_content/collectibles/undiscovered.png",
            "futureSeasonHashes": [],
            "pastSeasonHashes": [hash_of("season:past")],
        },
    }


def global_alerts(call: Call) -> list[dict[str, Any]]:
    """Raw HTML and PascalCase, as Bungie sends it."""
    with call.box.lock:
        return list(call.box.world.alerts)


ROUTES = (
    Route(method="GET", path="/Settings/", handler=settings),
    Route(method="GET", path="/GlobalAlerts/", handler=global_alerts),
)
