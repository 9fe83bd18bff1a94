"""A person's channels: where notifications go. What is secret goes in and never comes out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from flask import Blueprint
from msgspec import UNSET, UnsetType

from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import Conflict, NotFound, TooFast
from vaultraider.ports import ChannelForm, FieldKind, FormField
from vaultraider.services.notifications import ShownChannel
from vaultraider.services.notifications.channels import TITLE

blueprint = Blueprint("channels", __name__)

NUMBER = "<int(max=2147483647):id>"
CHANGES = "60 per minute"
TESTS = "10 per minute"
"""A test asks somebody else's server, and waits for it."""

Number = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
Value = Annotated[str, msgspec.Meta(max_length=4000)] | Number | float | bool | None
Values = Annotated[dict[Annotated[str, msgspec.Meta(max_length=60)], Value], msgspec.Meta(max_length=40)]
Name = Annotated[str, msgspec.Meta(max_length=TITLE + 20)]


class ChannelField(msgspec.Struct, kw_only=True):
    """One setting of a kind of channel. ``choices``: value and label of each. What is ``secret`` is never told again."""

    name: str
    label: str
    kind: FieldKind
    help: str
    placeholder: str
    required: bool
    choices: list[tuple[str, str]]
    default: str | int | bool | UnsetType = UNSET


class ChannelKind(msgspec.Struct, kw_only=True):
    """A kind of channel and its form. ``icon``: a name of the page's icons."""

    kind: str
    title: str
    help: str
    icon: str
    fields: list[ChannelField]
    only_demo: bool


class ChannelAnswer(msgspec.Struct, kw_only=True):
    """``settings``: without the secrets; ``kept`` names those that are set. ``label``: where it goes.

    ``state``: "unused" until something was sent there. ``sentence``: what is wrong.
    """

    id: str
    kind: str
    title: str
    label: str
    settings: dict[str, str | int | float | bool]
    kept: list[str]
    enabled: bool
    created: datetime
    state: Literal["ok", "trouble", "unused"]
    sentence: str | UnsetType = UNSET
    last_sent: datetime | UnsetType = UNSET


class ChannelList(msgspec.Struct):
    kinds: list[ChannelKind]
    channels: list[ChannelAnswer]


class NewChannel(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``title``: the person's own name for it; by default that of the kind."""

    kind: Annotated[str, msgspec.Meta(max_length=60)]
    title: Name = ""
    settings: Values = {}
    enabled: bool = True


class ChangedChannel(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is, in ``settings`` too; null clears. Secrets are given again where the address changes."""

    title: Name | UnsetType = UNSET
    settings: Values | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class TestOutcome(msgspec.Struct):
    """What the service answered, in a sentence."""

    ok: bool
    sentence: str


@route(blueprint, "GET", "/channels", summary="The person's channels, and the kinds that there are")
def channels() -> ChannelList:
    user, desk = current_user(), services().notifications
    desk.begin(user)
    return ChannelList([_form(each) for each in desk.channels.forms()], [_shown(each) for each in desk.channels.all(user)])


@route(blueprint, "POST", "/channels", summary="Adds a channel", status=201, errors=(Conflict, NotFound, TooFast))
@paced(CHANGES)
def add_channel(body: NewChannel) -> ChannelAnswer:
    """Nothing is sent. An address inside the server's own network is refused unless its owner allows it."""
    desk = services().notifications.channels
    return _shown(desk.add(current_user(), body.kind, body.title, body.settings, enabled=body.enabled))


@route(blueprint, "PATCH", f"/channels/{NUMBER}", summary="Changes a channel", errors=(NotFound, Conflict, TooFast))
@paced(CHANGES)
def change_channel(id: int, body: ChangedChannel) -> ChannelAnswer:
    changed = services().notifications.channels.change(
        current_user(),
        id,
        title=None if body.title is UNSET else body.title,
        given=None if body.settings is UNSET else body.settings,
        enabled=None if body.enabled is UNSET else body.enabled,
    )
    return _shown(changed)


@route(blueprint, "DELETE", f"/channels/{NUMBER}", summary="Removes a channel", errors=(NotFound,))
def remove_channel(id: int) -> None:
    """What was on its way there is not sent. The log keeps the channel's name."""
    services().notifications.channels.remove(current_user(), id)


@route(blueprint, "POST", f"/channels/{NUMBER}/test", summary="Sends a test", errors=(NotFound, TooFast))
@paced(TESTS)
def test_channel(id: int) -> TestOutcome:
    """Sends one message now, and tells what came of it: 200 also when it was refused."""
    trial = services().notifications.channels.test(current_user(), id)
    return TestOutcome(trial.ok, trial.sentence)


def _form(form: ChannelForm) -> ChannelKind:
    return ChannelKind(
        kind=form.kind,
        title=form.title,
        help=form.help,
        icon=form.icon,
        fields=[_field(each) for each in form.fields],
        only_demo=form.only_demo,
    )


def _field(field: FormField) -> ChannelField:
    return ChannelField(
        name=field.name,
        label=field.label,
        kind=field.kind,
        help=field.help,
        placeholder=field.placeholder,
        required=field.required,
        choices=list(field.choices),
        default=UNSET if field.default is None else field.default,
    )


def _shown(shown: ShownChannel) -> ChannelAnswer:
    channel = shown.channel
    return ChannelAnswer(
        id=str(channel.id),
        kind=channel.kind,
        title=channel.title,
        label=channel.label,
        settings=shown.settings,
        kept=list(shown.kept),
        enabled=channel.enabled,
        created=channel.created,
        state=shown.state,
        sentence=shown.sentence or UNSET,
        last_sent=channel.last_sent or UNSET,
    )
