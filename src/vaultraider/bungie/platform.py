"""Bungie.net about itself: which systems are on, and what it announces."""

from __future__ import annotations

from vaultraider.bungie._client import Client
from vaultraider.bungie._endpoint import Endpoint

GET_SETTINGS = Endpoint(operation=".GetCommonSettings", path="/Settings/")
GET_ALERTS = Endpoint(operation=".GetGlobalAlerts", path="/GlobalAlerts/")
ENDPOINTS = [GET_SETTINGS, GET_ALERTS]


class Platform:
    """Fits the port ``PlatformState``."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def settings(self) -> bytes:
        """CoreSettingsConfiguration. A system that is missing from ``systems`` is unknown, not down."""
        return self._client.call(GET_SETTINGS)

    def global_alerts(self) -> bytes:
        """A list with PascalCase fields; ``AlertHtml`` is raw HTML."""
        return self._client.call(GET_ALERTS, query={"includestreaming": "false"})
