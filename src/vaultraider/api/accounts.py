"""The Destiny accounts of who is signed in, and which one is looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from flask import Blueprint

from vaultraider.api._resource import current_user, route, services
from vaultraider.api._times import stamp
from vaultraider.domain.errors import NotFound
from vaultraider.domain.people import PLATFORMS, DestinyAccount, User
from vaultraider.ports import MembershipRef
from vaultraider.services.watching import Watch

blueprint = Blueprint("accounts", __name__)

TROUBLE = "Bungie.net gives no details of this account just now."


class AccountWatch(msgspec.Struct, kw_only=True):
    """When the account was last read, and when it is next. ``state``: somebody plays or looks, nobody does, it waits for Bungie,
    or the sign-in has ended; ``sentence``: why it waits or has ended."""

    state: Literal["watching", "idle", "waiting", "ended"]
    last: str | msgspec.UnsetType = msgspec.UNSET
    next: str | msgspec.UnsetType = msgspec.UNSET
    sentence: str | msgspec.UnsetType = msgspec.UNSET


class Account(msgspec.Struct, kw_only=True):
    """``platforms``: the names of those that fold into it. ``problem``: a sentence, when Bungie gives no details of it.
    ``watch`` is absent until it was looked for the first time."""

    type: int
    id: str
    name: str
    platforms: list[str]
    last_played: datetime | msgspec.UnsetType = msgspec.UNSET
    selected: bool
    problem: str | msgspec.UnsetType = msgspec.UNSET
    watch: AccountWatch | msgspec.UnsetType = msgspec.UNSET


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
    watched = services().watching.report(user)
    return AccountList(
        [_shown(each, watched.get(MembershipRef(each.type, each.id)), selected=each is chosen) for each in accounts]
    )


def _shown(account: DestinyAccount, watch: Watch | None, *, selected: bool) -> Account:
    return Account(
        type=account.type,
        id=account.id,
        name=account.name,
        platforms=[PLATFORMS.get(each, f"platform {each}") for each in account.platforms],
        last_played=account.last_played or msgspec.UNSET,
        selected=selected,
        problem=msgspec.UNSET if account.problem is None else TROUBLE,
        watch=_watch(watch) if watch is not None else msgspec.UNSET,
    )


def _watch(watch: Watch) -> AccountWatch:
    return AccountWatch(
        state=watch.state,
        last=stamp(watch.last) if watch.last is not None else msgspec.UNSET,
        next=stamp(watch.next) if watch.next is not None else msgspec.UNSET,
        sentence=watch.sentence or msgspec.UNSET,
    )
