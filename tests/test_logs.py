"""The log carries no secrets, whoever wrote the line."""

from __future__ import annotations

import io
import logging

import pytest

from vaultraider.logs import MASK, redact, set_up_logging


@pytest.mark.parametrize(
    "text",
    [
        "GET /callback/bungie?code=HUSH&state=HUSH2 HTTP/1.1",
        "https://x/callback/bungie?state=HUSH",
        "Authorization: Bearer HUSHHUSH==",
        "header {'Authorization': 'Bearer HUSHHUSH'}",
        "headers [('authorization', b'x')] Bearer HUSHHUSH",
        '{"access_token":"HUSH","refresh_token": "HUSH"}',
        "{'refresh_token': 'HUSH', 'expires_in': 3600}",
        "grant_type=refresh_token&refresh_token=HUSH&client_secret=HUSH",
        "X-API-Key: HUSH",
        "Cookie: vaultraider_session=HUSH; theme=dark",
        "redis://:HUSH@localhost:6379/0",
        "could not connect to postgresql://vault:HUSH@db/vault",
        "X-CSRFToken: HUSH",
        "Authorization: Basic SFVTSEhVU0g=HUSH",
        "GET '/invitations/HUSH-HUSH_HUSH-HUSH-HUSH-HUSH-HU' 200, 1.2 ms",
        "postgresql://vault:a/HUSH@db/vault",
        "POST https://hooks.slack.com/services/T0HUSH/B0HUSH/HUSHHUSH",
        "POST https://discord.com/api/v10/webhooks/123456/HUSH-HUSH_HUSH?wait=true",
    ],
)
def test_what_looks_like_a_secret_is_masked(text: str) -> None:
    assert "HUSH" not in redact(text)
    assert MASK in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Work 12 (update_manifest) failed: Bungie.net is down for maintenance.",
        "GET /api/v1/profile 200, 1.2 ms",
        "DELETE /api/v1/invitations/12 204, 1.2 ms",
        "GET /invitations/<token>: Forbidden (forbidden)",
        "http://127.0.0.1:8321 told vault@example.org",
        "ErrorCode 5 (SystemDisabled), code manifest-refused, state: running",
        "http://127.0.0.1:8321/vault/items/6917529000000000001?sort=power",
    ],
)
def test_ordinary_lines_stay_as_they_are(text: str) -> None:
    assert redact(text) == text


def test_a_traceback_is_masked_too() -> None:
    stream = io.StringIO()
    set_up_logging(stream=stream)
    try:
        raise ValueError("https://x/?code=HUSH")
    except ValueError:
        logging.getLogger("vaultraider.test").exception("It failed with %s", "token=HUSH")
    assert "Traceback" in stream.getvalue() and "HUSH" not in stream.getvalue()


def test_levels_and_setting_up_again() -> None:
    first, second = io.StringIO(), io.StringIO()
    set_up_logging(stream=first)
    set_up_logging(stream=second, debug=True)
    logging.getLogger("vaultraider.test").debug("a small thing")
    logging.getLogger("celery.worker").debug("noise")
    assert first.getvalue() == ""
    assert "a small thing" in second.getvalue() and "noise" not in second.getvalue()
