"""The Destiny accounts of who is signed in, and which one is looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from flask import Blueprint

from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import NotFound
from vaultraider.domain.people import PLATFORMS, DestinyAccount, User
from vaultraider.ports import MembershipRef

blueprint = Blueprint("accounts", __name__)

TROUBLE = "Bungie.net gives no details of this account just now."


class Account(msgspec.Struct, kw_only=True):
    """``platforms``: the names of those that fold into it. ``problem``: a sentence, when Bungie gives no details of it."""

    type: int
    id: str
    name: str
    platforms: list[str]
    last_played: datetime | msgspec.UnsetType = msgspec.UNSET
    selected: bool
    problem: str | msgspec.UnsetType = msgspec.UNSET


class AccountList(msgspec.Struct):
    accounts: list[Account]


class Choice(msgspec.Struct, forbid_unknown_fields=True):
    """``type`` and ``id`` as in the list."""

    type: Annotated[int, msgspec.Meta(ge=1, le=254)]
    id: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,20}(?!\n)$")]


@route(blueprint, "GET", "/accounts", summary="The person's Destiny accounts")
def accounts() -> AccountList:
    """As last known: trouble at Bungie never shortens the list."""
    user = current_user()
    return _listed(user, services().accounts.destiny.of(user))


@route(blueprint, "PUT", "/accounts/selected", summary="Chooses the account to look at", errors=(NotFound,))
def select_account(body: Choice) -> AccountList:
    """The choice is remembered."""
    user = current_user()
    return _listed(user, services().accounts.destiny.select(user, MembershipRef(body.type, body.id)))


def _listed(user: User, accounts: list[DestinyAccount]) -> AccountList:
    chosen = services().accounts.destiny.selected(user, accounts)
    return AccountList([_shown(each, selected=each is chosen) for each in accounts])


def _shown(account: DestinyAccount, *, selected: bool) -> Account:
    return Account(
        type=account.type,
        id=account.id,
        name=account.name,
        platforms=[PLATFORMS.get(each, f"platform {each}") for each in account.platforms],
        last_played=account.last_played or msgspec.UNSET,
        selected=selected,
        problem=msgspec.UNSET if account.problem is None else TROUBLE,
    )
