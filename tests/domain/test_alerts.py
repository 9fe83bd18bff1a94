"""Bungie's announcements: HTML from outside."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.alerts import Alert, read_alerts, system_enabled


def read(*alerts: Any) -> list[Alert]:
    return read_alerts(json.dumps(alerts).encode())


def test_an_alert_as_bungie_sends_it() -> None:
    (alert,) = read(
        {
            "AlertKey": "D2-Maintenance",
            "AlertHtml": "It has <b>begun</b>.<br/>See <a href='https://help.example/x?a=1&amp;b=2'>Help &amp; more</a>.",
            "AlertTimestamp": "2026-11-17T15:00:00Z",
            "AlertLink": "https://help.example/",
            "AlertLevel": 2,
            "AlertType": 1,
            "StreamInfo": {},
        }
    )
    assert alert.level == "yellow"
    assert alert.text == "It has begun. See Help & more."
    assert alert.time == datetime(2026, 11, 17, 15, tzinfo=UTC)
    assert alert.link == "https://help.example/"
    assert "<b>begun</b>" in alert.html
    assert 'href="https://help.example/x?a=1&amp;b=2"' in alert.html
    assert 'rel="noopener noreferrer"' in alert.html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>Hello",
        "<img src=x onerror=alert(1)>Hello",
        "<a href='javascript:alert(1)'>Hello</a>",
        "<a href=' java\tscript:alert(1)'>Hello</a>",
        "<a href='/sign-out'>Hello</a>",
        "<a href='//evil.example'>Hello</a>",
        "<a href='http://evil.example'>Hello</a>",
        "<a href='https://ok.example' onclick='x()' style='x' target=_top>Hello</a>",
        "<form action=/sign-out><button>Hello</button></form>",
        "<svg><a xlink:href='javascript:alert(1)'>Hello</a></svg>",
        "<style>*{display:none}</style>Hello",
        "<iframe src=https://evil.example></iframe>Hello",
        "<p id=csrf_token class=x>Hello",
    ],
)
def test_hostile_html_is_tamed(hostile: str) -> None:
    (alert,) = read({"AlertHtml": f"Well. {hostile}"})
    for word in (
        "script",
        "onerror",
        "onclick",
        "/sign-out",
        "evil",
        "style",
        "<form",
        "<svg",
        "<iframe",
        "<img",
        "id=",
        "target",
    ):
        assert word not in alert.html
    assert "Well." in alert.text
    assert "<" not in alert.text


@pytest.mark.parametrize(
    ("level", "shown"), [(0, "unknown"), (1, "blue"), (2, "yellow"), (3, "red"), (4, "unknown"), (-1, "unknown")]
)
def test_levels(level: int, shown: str) -> None:
    assert [alert.level for alert in read({"AlertHtml": "x", "AlertLevel": level})] == [shown]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://x.example", "/x", "", "data:text/html,x"])
def test_links_lead_to_https_or_nowhere(link: str) -> None:
    assert [alert.link for alert in read({"AlertHtml": "x", "AlertLink": link})] == [msgspec.UNSET]


@pytest.mark.parametrize("time", ["", "yesterday", "2026-13-01T00:00:00Z", "0000"])
def test_a_time_that_is_none_is_left_out(time: str) -> None:
    assert [alert.time for alert in read({"AlertHtml": "x", "AlertTimestamp": time})] == [msgspec.UNSET]


def test_what_says_nothing_is_no_alert() -> None:
    assert read({}, {"AlertHtml": ""}, {"AlertHtml": "<p> </p>"}, {"AlertHtml": None}, 7, None, []) == []
    assert len(read(*[{"AlertHtml": "x"}] * 50)) == 20


@given(st.binary(max_size=60))
def test_nothing_raises(body: bytes) -> None:
    assert isinstance(read_alerts(body), list)
    assert system_enabled(body, "Destiny2") in (None, True, False)


@given(st.text(max_size=200))
def test_no_text_makes_a_tag_we_did_not_allow(text: str) -> None:
    for alert in read({"AlertHtml": text}):
        assert "<script" not in alert.html.lower()


@pytest.mark.parametrize(
    ("settings", "enabled"),
    [
        ({"systems": {"Destiny2": {"enabled": True}}}, True),
        ({"systems": {"Destiny2": {"enabled": False, "parameters": {}}}}, False),
        ({"systems": {"Forums": {"enabled": False}}}, None),
        ({"systems": {"Destiny2": {}}}, None),
        ({"systems": {"Destiny2": None}}, None),
        ({"systems": {"Destiny2": {"enabled": "no"}}}, None),
        ({"systems": None}, None),
        ({}, None),
        ([], None),
    ],
)
def test_a_missing_switch_is_unknown(settings: Any, enabled: bool | None) -> None:
    assert system_enabled(json.dumps(settings).encode(), "Destiny2") is enabled
