"""The vault page's one request, and asking Bungie for something newer."""

from __future__ import annotations

import functools

from flask import Blueprint, Response
from msgspec import UNSET, UnsetType

from vaultraider.api._profile_types import ProfileAnswer, ProfileQuery, RefreshAnswer, RefreshQuery
from vaultraider.api._ready import ready
from vaultraider.api._resource import current_user, route, services
from vaultraider.api._times import asked_moment, stamp
from vaultraider.domain.errors import (
    AccountNotFound,
    BungieUnavailable,
    Conflict,
    DefinitionsMissing,
    MemoryDamaged,
    NotFound,
    ProfilePrivate,
    SignInEnded,
    VaultRaiderError,
)
from vaultraider.domain.people import User
from vaultraider.services.searching import make_ready

OK = 200

blueprint = Blueprint("profile", __name__)


@route(
    blueprint,
    "GET",
    "/profile",
    summary="The account as the vault page shows it",
    answer=ProfileAnswer,
    errors=(DefinitionsMissing, BungieUnavailable, SignInEnded, AccountNotFound, ProfilePrivate, NotFound, MemoryDamaged),
)
def profile(query: ProfileQuery) -> Response:
    """The last known state, at once; only the first time Bungie is waited for. Answers 304 to a matching ``If-None-Match``.

    With ``at`` the state of then, from memory alone, joined with today's definitions: 404 where the memory begins later.
    """
    user = current_user()
    if isinstance(query.at, str):
        answer = services().history.past.answer(user, asked_moment(query.at, "at", services().clock.now()))
    else:
        answer = services().inventory.answer(user)
    response = ready(answer)
    if response.status_code == OK and query.at is UNSET:
        # Something new is on somebody's page. Their first letter shall not wait for it: once it is sent, while it is drawn.
        response.call_on_close(functools.partial(make_ready, services().searching, user))
    return response


@route(
    blueprint,
    "POST",
    "/profile/refresh",
    summary="Asks Bungie for a newer state",
    errors=(BungieUnavailable, SignInEnded, AccountNotFound, ProfilePrivate, Conflict),
)
def refresh_profile(query: RefreshQuery) -> RefreshAnswer:
    """An open page asks this now and then: Bungie is asked only when the account is due, and ``next`` says when that is.
    ``forced`` asks it now, every 5 seconds at most; sooner, the answer says how long to wait."""
    user = current_user()
    attended = services().watching.attend(user, forced=query.forced)
    found = attended.found
    return RefreshAnswer(
        changed=found.changed,
        read=stamp(found.read),
        checked=stamp(found.checked),
        minted=found.minted or UNSET,
        wait=round(found.wait, 1) if found.wait else UNSET,
        next=stamp(attended.next) if attended.next is not None else UNSET,
        tag=_tag(user),
    )


def _tag(user: User) -> str | UnsetType:
    try:
        return services().inventory.answer(user).tag
    except VaultRaiderError:  # the definitions are away: who asks for the profile is told
        return UNSET
