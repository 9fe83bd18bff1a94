"""Searches that a person saved, and those they used of late."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, UnsetType

from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.api._times import stamp
from vaultraider.api.search import NOT_YET
from vaultraider.domain.errors import Conflict, NotFound, TooFast
from vaultraider.domain.people import User
from vaultraider.ports.searches import KeptSearch

blueprint = Blueprint("searches", __name__)

CHANGES = "240 per minute"
Text = Annotated[str, msgspec.Meta(max_length=16_384)]


class SavedSearch(msgspec.Struct, kw_only=True):
    """``query``: in the one form in which a search is kept. ``last``: when it was used last. ``count``: how many items it finds
    now."""

    query: str
    saved: bool
    uses: int
    last: str
    name: str | UnsetType = UNSET
    count: int | UnsetType = UNSET


class SearchList(msgspec.Struct):
    searches: list[SavedSearch]


class SearchBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``name``: "" takes it away; what is not given stays. ``saved``: false leaves it among those used of late."""

    query: Text
    name: Annotated[str, msgspec.Meta(max_length=512)] | UnsetType = UNSET
    saved: bool = True


class UsedSearch(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    query: Text


class SearchQuery(msgspec.Struct):
    query: Text


class SearchesQuery(msgspec.Struct):
    """``counted``: with how many of one's own items each finds."""

    counted: bool = False


@route(blueprint, "GET", "/searches", summary="The person's searches")
def searches(query: SearchesQuery) -> SearchList:
    """Saved ones first, then those used most and latest. Without counts where there is nothing yet to search in."""
    user = current_user()
    kept = services().searches.all(user)
    counts = _counts(user, kept) if query.counted else {}
    return SearchList([_told(each, counts.get(each.query, UNSET)) for each in kept])


def _counts(user: User, kept: list[KeptSearch]) -> dict[str, int]:
    try:
        return services().searching.counts(user, [each.query for each in kept])
    except NOT_YET:
        return {}


@route(blueprint, "PUT", "/searches", summary="Saves a search, or changes it", errors=(Conflict, TooFast))
@paced(CHANGES)
def save_search(body: SearchBody) -> SavedSearch:
    """409 with 300 saved ones."""
    name = body.name if isinstance(body.name, str) else None
    return _told(services().searches.save(current_user(), body.query, name=name, saved=body.saved))


@route(blueprint, "POST", "/searches/used", summary="Counts a use of a search", errors=(TooFast,))
@paced(CHANGES)
def count_search(body: UsedSearch) -> None:
    """What cannot be answered, and what is not worth remembering, is passed over."""
    services().searches.used(current_user(), body.query)


@route(blueprint, "DELETE", "/searches", summary="Forgets a search", errors=(NotFound, TooFast))
@paced(CHANGES)
def delete_search(query: SearchQuery) -> None:
    """Saved or not."""
    services().searches.drop(current_user(), query.query)


def _told(kept: KeptSearch, count: int | UnsetType = UNSET) -> SavedSearch:
    return SavedSearch(
        query=kept.query, saved=kept.saved, uses=kept.uses, last=stamp(kept.last), name=kept.name or UNSET, count=count
    )
