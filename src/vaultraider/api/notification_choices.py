"""What a person wants to be told, when, and by which channels."""

from __future__ import annotations

from datetime import time
from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, UnsetType

from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.notifications import KINDS, Kind, Timing, board
from vaultraider.domain.notifications.hours import QuietHours
from vaultraider.domain.people import User
from vaultraider.services.notifications import Choices, KindChoice

blueprint = Blueprint("notification_choices", __name__)

TimeOfDay = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](?!\n)$", examples=["23:00"])]
ChannelId = Annotated[str, msgspec.Meta(pattern=r"^[1-9][0-9]{0,9}(?!\n)$")]
KindName = Annotated[str, msgspec.Meta(max_length=60)]


class Quiet(msgspec.Struct, forbid_unknown_fields=True, rename={"start": "from", "until": "to"}):
    """Times of the clock on the person's wall; over midnight where ``to`` is the earlier one."""

    start: TimeOfDay
    until: TimeOfDay


class KindAnswer(msgspec.Struct, kw_only=True):
    """``channels``: those to tell by; absent: all that there are."""

    name: str
    title: str
    help: str
    timing: Timing
    channels: list[str] | UnsetType = UNSET


class ChoicesAnswer(msgspec.Struct, kw_only=True):
    """``quiet`` is absent when there are no quiet hours. ``time_zone``: a name such as Europe/Berlin."""

    kinds: list[KindAnswer]
    quiet: Quiet | UnsetType = UNSET
    digest_at: TimeOfDay
    time_zone: str


class GivenKind(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``title`` and ``help`` may come along as they were told; they are not read."""

    name: KindName
    timing: Timing
    channels: Annotated[list[ChannelId], msgspec.Meta(max_length=100)] | UnsetType = UNSET
    title: str | UnsetType = UNSET
    help: str | UnsetType = UNSET


class GivenChoices(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Kinds that are left out are told as usual."""

    kinds: Annotated[list[GivenKind], msgspec.Meta(max_length=100)] = []
    quiet: Quiet | UnsetType = UNSET
    digest_at: TimeOfDay = "08:00"
    time_zone: Annotated[str, msgspec.Meta(max_length=80)] = "UTC"


@route(blueprint, "GET", "/notification-choices", summary="What the person wants to be told")
def notification_choices() -> ChoicesAnswer:
    user = current_user()
    return _shown(user, services().notifications.choices.of(user.id))


@route(blueprint, "PUT", "/notification-choices", summary="Replaces what the person wants to be told")
def save_notification_choices(body: GivenChoices) -> ChoicesAnswer:
    """What waits for the end of quiet hours, or for the digest, follows the new choices."""
    user = current_user()
    return _shown(user, services().notifications.choices.save(user, _read(body)))


def _shown(user: User, choices: Choices) -> ChoicesAnswer:
    mine = {each.channel.id for each in services().notifications.channels.all(user)}
    return ChoicesAnswer(
        kinds=[_kind(name, choices, mine) for name, kind in KINDS.items() if _is_for(user, kind)],
        quiet=UNSET if choices.quiet is None else Quiet(_said(choices.quiet.start), _said(choices.quiet.until)),
        digest_at=_said(choices.digest_at),
        time_zone=choices.time_zone,
    )


def _is_for(user: User, kind: Kind) -> bool:
    if kind.name == board.KIND and not services().board.is_on:
        return False
    return user.is_admin or kind.audience == "everybody"


def _kind(name: str, choices: Choices, mine: set[int]) -> KindAnswer:
    choice = choices.of(name)
    return KindAnswer(
        name=name,
        title=KINDS[name].title,
        help=KINDS[name].help,
        timing=choice.timing,
        channels=UNSET if choice.channels is None else [str(each) for each in choice.channels if each in mine],
    )


def _read(body: GivenChoices) -> Choices:
    return Choices(
        kinds={
            each.name: KindChoice(each.timing, None if each.channels is UNSET else tuple(int(id) for id in each.channels))
            for each in body.kinds
        },
        quiet=None if body.quiet is UNSET else QuietHours(_time(body.quiet.start), _time(body.quiet.until)),
        digest_at=_time(body.digest_at),
        time_zone=body.time_zone,
    )


def _time(text: str) -> time:
    return time.fromisoformat(text)


def _said(moment: time) -> str:
    return f"{moment:%H:%M}"
