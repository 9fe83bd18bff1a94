"""The people of this server, for those who run it: who they are, who runs it too, and to remove somebody."""

from __future__ import annotations

from datetime import datetime

import msgspec
from flask import Blueprint
from msgspec import UNSET, UnsetType

from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import Conflict, NotFound
from vaultraider.domain.people import Role, SignIn
from vaultraider.services.accounts import Member

blueprint = Blueprint("members", __name__)

NUMBER = "<int(max=2147483647):number>"


class Person(msgspec.Struct, kw_only=True):
    """``sign_in``: "ended" when Bungie wants them to sign in again. ``accounts``: names of their Destiny accounts.
    ``you``: who asks."""

    id: str
    name: str
    role: Role
    sign_in: SignIn
    accounts: list[str]
    you: bool
    last_seen: datetime | UnsetType = UNSET


class PersonList(msgspec.Struct):
    members: list[Person]


class RoleChange(msgspec.Struct, forbid_unknown_fields=True):
    role: Role


@route(blueprint, "GET", "/members", summary="Everybody who uses this server", admin=True)
def list_members() -> PersonList:
    return PersonList([_shown(each) for each in services().accounts.members.all()])


@route(
    blueprint,
    "PATCH",
    f"/members/{NUMBER}",
    summary="Makes somebody an admin, or no longer one",
    admin=True,
    errors=(NotFound, Conflict),
)
def change_member(number: int, body: RoleChange) -> Person:
    """There is always one admin at least."""
    return _shown(services().accounts.members.set_role(current_user(), number, body.role))


@route(blueprint, "DELETE", f"/members/{NUMBER}", summary="Removes somebody", admin=True, errors=(NotFound, Conflict))
def remove_member(number: int) -> None:
    """Ends their sessions and deletes everything that is kept of them. They can come again by an invitation."""
    services().accounts.members.remove(current_user(), number)


def _shown(member: Member) -> Person:
    user = member.user
    return Person(
        id=str(user.id),
        name=user.name,
        role=user.role,
        sign_in=user.sign_in,
        accounts=[each.name for each in member.accounts],
        you=user.id == current_user().id,
        last_seen=member.seen or UNSET,
    )
