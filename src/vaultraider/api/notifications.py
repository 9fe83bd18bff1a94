"""What a person was told: where it went, and why not."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Annotated

import msgspec
from flask import Blueprint, Response
from msgspec import UNSET, UnsetType

from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import NotFound
from vaultraider.domain.notifications import Level, Message
from vaultraider.ports import DeliveryRecord, DeliveryState, NotificationRecord

blueprint = Blueprint("notifications", __name__)

NUMBER = "<int(max=2147483647):id>"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src data:",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-popups allow-popups-to-escape-sandbox",
    )
)
"""An e-mail shown in a frame of ours: it has its own styles and pictures, runs nothing and asks for nothing."""


class NotificationsQuery(msgspec.Struct, kw_only=True):
    """``before``: only what was told before the one with this id."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    before: Annotated[int, msgspec.Meta(ge=1, le=2147483647)] | UnsetType = UNSET


class Delivery(msgspec.Struct, kw_only=True):
    """``state``: "waiting" to be sent or tried again; "held" until quiet hours end or for the digest; "unclear" may have arrived.

    ``sentence``: what was answered, what it waits for, or why it was not sent. ``at``: when it ended. ``next``: when it is due.
    ``channel_title`` is empty where there was no channel to tell by.
    """

    channel_title: str
    channel_kind: str
    state: DeliveryState
    tries: int
    sentence: str | UnsetType = UNSET
    at: datetime | UnsetType = UNSET
    next: datetime | UnsetType = UNSET


class Notification(msgspec.Struct, kw_only=True):
    """``has_html``: it is an e-mail with a page of its own."""

    id: str
    kind: str
    title: str
    text: str
    link: str
    level: Level
    created: datetime
    has_html: bool
    deliveries: list[Delivery]


class NotificationList(msgspec.Struct):
    notifications: list[Notification]


@route(blueprint, "GET", "/notifications", summary="What the person was told, newest first")
def notifications(query: NotificationsQuery) -> NotificationList:
    """The log of 90 days."""
    before = None if query.before is UNSET else query.before
    found = services().notifications.latest(current_user(), limit=query.limit, before=before)
    return NotificationList([_shown(each) for each in found])


@route(
    blueprint,
    "GET",
    f"/notifications/{NUMBER}/html",
    summary="The e-mail of a message",
    answer=str,
    media_type="text/html",
    errors=(NotFound,),
)
def notification_html(id: int) -> Response:
    """A document with its pictures in it, for a sandboxed frame. It may ask for nothing and run nothing."""
    message = services().notifications.message(current_user(), id)
    if not message.html:
        raise NotFound("This message has no page of its own; its text says it all.")
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "private, no-store"}
    return Response(_whole(message), 200, headers, mimetype="text/html")


def _whole(message: Message) -> str:
    """With its pictures in place of their names; the longest first, as one may begin another."""
    html = message.html
    for name in sorted(message.pictures, key=len, reverse=True):
        encoded = base64.b64encode(message.pictures[name]).decode()
        html = html.replace(f"cid:{name}", f"data:image/png;base64,{encoded}")
    return html


def _shown(record: NotificationRecord) -> Notification:
    return Notification(
        id=str(record.id),
        kind=record.kind,
        title=record.title,
        text=record.text,
        link=record.link,
        level=record.level,
        created=record.created,
        has_html=record.has_html,
        deliveries=[_delivery(each) for each in record.deliveries],
    )


def _delivery(record: DeliveryRecord) -> Delivery:
    return Delivery(
        channel_title=record.channel_title,
        channel_kind=record.channel_kind,
        state=record.state,
        tries=record.tries,
        sentence=record.sentence or UNSET,
        at=record.at or UNSET,
        next=record.next or UNSET,
    )
