"""Invitations, for the owner of the server."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from flask import Blueprint

from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import NotFound
from vaultraider.domain.people import Invitation
from vaultraider.services.accounts.invitations import NOTE_LENGTH

blueprint = Blueprint("invitations", __name__)


class SentInvitation(msgspec.Struct, kw_only=True):
    """``used_by`` is the name of who came in by it, as long as that person is here."""

    id: int
    note: str
    created: datetime
    expires: datetime
    used: datetime | msgspec.UnsetType = msgspec.UNSET
    used_by: str | msgspec.UnsetType = msgspec.UNSET


class InvitationList(msgspec.Struct):
    invitations: list[SentInvitation]


class NewInvitation(msgspec.Struct, kw_only=True):
    """``path`` is the link's path on this server. It is told this once and kept only as a hash."""

    invitation: SentInvitation
    path: str


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    """``note`` says whom it is for."""

    note: Annotated[str, msgspec.Meta(max_length=NOTE_LENGTH)] = ""


@route(blueprint, "GET", "/invitations", summary="Every invitation, newest first", admin=True)
def invitations() -> InvitationList:
    return InvitationList([_shown(each) for each in services().accounts.invitations.all(current_user())])


@route(blueprint, "POST", "/invitations", summary="Makes an invitation link", admin=True, status=201)
def invite(body: Wish) -> NewInvitation:
    """The link lets one person in, once."""
    made, secret = services().accounts.invitations.invite(current_user(), body.note)
    return NewInvitation(invitation=_shown(made), path=f"/invitations/{secret}")


@route(
    blueprint,
    "DELETE",
    "/invitations/<int(max=2147483647):number>",
    summary="Withdraws an invitation",
    admin=True,
    errors=(NotFound,),
)
def withdraw(number: int) -> None:
    """Who came in by it stays."""
    services().accounts.invitations.withdraw(current_user(), number)


def _shown(invitation: Invitation) -> SentInvitation:
    return SentInvitation(
        id=invitation.id,
        note=invitation.note,
        created=invitation.created,
        expires=invitation.expires,
        used=invitation.used or msgspec.UNSET,
        used_by=invitation.used_by or msgspec.UNSET,
    )
