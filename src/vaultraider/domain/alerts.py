"""Bungie's announcements (GetGlobalAlerts): raw HTML from outside, made harmless."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
import nh3

Level = Literal["unknown", "blue", "yellow", "red"]

_LEVELS: tuple[Level, ...] = ("unknown", "blue", "yellow", "red")
_MOST = 20
_LONGEST = 10_000
_TAGS = {"a", "b", "strong", "i", "em", "u", "br", "p", "ul", "ol", "li"}
_BREAKS = re.compile(r"<(?:br|/p|/li|/div|/h[1-6])\b[^>]*>", re.IGNORECASE)


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One announcement. ``level``: unknown, blue, yellow or red, as Bungie paints it. ``html`` is safe to show as it is."""

    level: Level
    html: str
    text: str
    """The same in plain words."""
    time: datetime | msgspec.UnsetType = msgspec.UNSET
    link: str | msgspec.UnsetType = msgspec.UNSET


class _Raw(msgspec.Struct, rename="pascal"):
    """This endpoint's fields begin with capitals, unlike every other's."""

    alert_html: str = ""
    alert_timestamp: str = ""
    alert_link: str = ""
    alert_level: int = 0


def read_alerts(response: bytes) -> list[Alert]:
    """The ``Response`` of GetGlobalAlerts. What is not an alert, or says nothing, is left out; it never raises."""
    try:
        raws = msgspec.json.decode(response, type=list[msgspec.Raw])
    except msgspec.DecodeError:
        return []
    alerts = [_alert(raw) for raw in raws[:_MOST]]
    return [alert for alert in alerts if alert is not None]


def _alert(row: bytes) -> Alert | None:
    try:
        raw = msgspec.json.decode(row, type=_Raw)
    except msgspec.DecodeError:
        return None
    text = _plain(raw.alert_html[:_LONGEST])
    if not text:
        return None
    level = _LEVELS[raw.alert_level] if 0 <= raw.alert_level < len(_LEVELS) else "unknown"
    return Alert(
        level=level,
        html=nh3.clean(
            raw.alert_html[:_LONGEST],
            tags=_TAGS,
            attributes={"a": {"href"}},
            attribute_filter=_only_https,
            url_schemes={"https"},
            link_rel="noopener noreferrer",
        ),
        text=text,
        time=_time(raw.alert_timestamp),
        link=raw.alert_link if raw.alert_link.startswith("https://") else msgspec.UNSET,
    )


def _only_https(_tag: str, attribute: str, value: str) -> str | None:
    """A link without a host would lead into our own pages."""
    return value if attribute != "href" or value.startswith("https://") else None


def _plain(markup: str) -> str:
    spaced = _BREAKS.sub(" ", markup)
    return " ".join(html.unescape(nh3.clean(spaced, tags=set())).split())


def _time(text: str) -> datetime | msgspec.UnsetType:
    try:
        return msgspec.convert(text, datetime).astimezone(UTC)
    except (msgspec.ValidationError, ValueError):
        return msgspec.UNSET


class _System(msgspec.Struct):
    enabled: bool | None = None


class _Settings(msgspec.Struct):
    systems: dict[str, Any] = {}


def system_enabled(response: bytes, name: str) -> bool | None:
    """Whether Bungie's settings say that a system is on; None when they do not name it: unknown, which is not "off"."""
    try:
        found = msgspec.json.decode(response, type=_Settings).systems.get(name)
        return msgspec.convert(found, _System).enabled if found is not None else None
    except msgspec.DecodeError:
        return None
