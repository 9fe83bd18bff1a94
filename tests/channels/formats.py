"""What each service documents of a message's body, as JSON Schema: written from the documentation, not from our code."""

from __future__ import annotations

from typing import Any

_PLAIN = {
    "type": "object",
    "properties": {"type": {"const": "plain_text"}, "text": {"type": "string", "minLength": 1}, "emoji": {"type": "boolean"}},
    "required": ["type", "text"],
    "additionalProperties": False,
}
_MRKDWN = {
    "type": "object",
    "properties": {"type": {"const": "mrkdwn"}, "text": {"type": "string", "minLength": 1}, "verbatim": {"type": "boolean"}},
    "required": ["type", "text"],
    "additionalProperties": False,
}


def _limited(text: dict[str, Any], limit: int) -> dict[str, Any]:
    limited = {**text["properties"]["text"], "maxLength": limit}
    return {**text, "properties": {**text["properties"], "text": limited}}


SLACK: dict[str, Any] = {
    "description": "docs.slack.dev: incoming webhooks; blocks header (150), section (3000), context (10 elements)",
    "type": "object",
    "properties": {
        "text": {"type": "string", "minLength": 1, "maxLength": 40_000},
        "mrkdwn": {"type": "boolean"},
        "unfurl_links": {"type": "boolean"},
        "unfurl_media": {"type": "boolean"},
        "blocks": {
            "type": "array",
            "minItems": 1,
            "maxItems": 50,
            "items": {
                "oneOf": [
                    {
                        "type": "object",
                        "properties": {"type": {"const": "header"}, "text": _limited(_PLAIN, 150)},
                        "required": ["type", "text"],
                        "additionalProperties": False,
                    },
                    {
                        "type": "object",
                        "properties": {
                            "type": {"const": "section"},
                            "text": {"oneOf": [_limited(_PLAIN, 3000), _limited(_MRKDWN, 3000)]},
                        },
                        "required": ["type", "text"],
                        "additionalProperties": False,
                    },
                    {
                        "type": "object",
                        "properties": {
                            "type": {"const": "context"},
                            "elements": {"type": "array", "minItems": 1, "maxItems": 10, "items": {"oneOf": [_PLAIN, _MRKDWN]}},
                        },
                        "required": ["type", "elements"],
                        "additionalProperties": False,
                    },
                ]
            },
        },
    },
    "required": ["text"],
    "additionalProperties": False,
}

DISCORD: dict[str, Any] = {
    "description": "discord.com/developers: Execute Webhook; embed limits; allowed mentions",
    "type": "object",
    "properties": {
        "content": {"type": "string", "maxLength": 2000},
        "username": {"type": "string", "minLength": 1, "maxLength": 80},
        "embeds": {
            "type": "array",
            "minItems": 1,
            "maxItems": 10,
            "items": {
                "type": "object",
                "properties": {
                    "title": {"type": "string", "minLength": 1, "maxLength": 256},
                    "description": {"type": "string", "minLength": 1, "maxLength": 4096},
                    "url": {"type": "string", "pattern": "^https?://"},
                    "color": {"type": "integer", "minimum": 0, "maximum": 0xFFFFFF},
                },
                "additionalProperties": False,
            },
        },
        "allowed_mentions": {
            "type": "object",
            "properties": {"parse": {"type": "array", "items": {"enum": ["roles", "users", "everyone"]}}},
            "additionalProperties": False,
        },
    },
    "anyOf": [{"required": ["content"]}, {"required": ["embeds"]}],
    "additionalProperties": False,
}

NTFY: dict[str, Any] = {
    "description": "docs.ntfy.sh/publish: publish as JSON",
    "type": "object",
    "properties": {
        "topic": {"type": "string", "pattern": "^[-_A-Za-z0-9]{1,64}$"},
        "message": {"type": "string", "minLength": 1},
        "title": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "priority": {"enum": [1, 2, 3, 4, 5]},
        "click": {"type": "string", "pattern": "^https?://"},
        "markdown": {"type": "boolean"},
    },
    "required": ["topic"],
    "additionalProperties": False,
}

WEBHOOK: dict[str, Any] = {
    "description": "standardwebhooks.com: payload structure",
    "type": "object",
    "properties": {
        "type": {"type": "string", "pattern": r"^[a-zA-Z0-9_.-]+$"},
        "timestamp": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"},
        "data": {"type": "object"},
    },
    "required": ["type", "timestamp", "data"],
    "additionalProperties": False,
}

APPRISE: dict[str, Any] = {
    "description": "gotify.net/api-docs: POST /message, which Apprise speaks for gotify://",
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "message": {"type": "string", "minLength": 1},
        "priority": {"type": "integer"},
        "extras": {"type": "object"},
    },
    "required": ["message"],
    "additionalProperties": False,
}

FORMATS = {"slack": SLACK, "discord": DISCORD, "ntfy": NTFY, "webhook": WEBHOOK, "apprise": APPRISE}
