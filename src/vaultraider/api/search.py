"""The query language over HTTP: what a query finds, and every filter that there is."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, Meta, UnsetType

from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import AccountNotFound, BungieUnavailable, DefinitionsMissing, ProfilePrivate, SignInEnded
from vaultraider.services.searching import FamilyHelp, Offer, SearchAnswer

blueprint = Blueprint("search", __name__)

NOT_YET = (DefinitionsMissing, BungieUnavailable, SignInEnded, AccountNotFound, ProfilePrivate)
"""Why there may be nothing to search in."""
LONGEST = 16_384


class SearchQuery(msgspec.Struct):
    """``q``: a query in the field's language."""

    q: Annotated[str, Meta(max_length=LONGEST)] = ""


class SuggestionsQuery(SearchQuery):
    """``caret``: where it stands in ``q``, in UTF-16 units as a browser counts; without it at the end."""

    caret: Annotated[int, Meta(ge=0)] | UnsetType = UNSET


class SuggestionsAnswer(msgspec.Struct):
    suggestions: list[Offer]


class FiltersQuery(msgspec.Struct):
    """``counted``: with how many of one's own items each example finds."""

    counted: bool = False


class FiltersAnswer(msgspec.Struct):
    """``total``: how many filters there are."""

    families: list[FamilyHelp]
    total: int


@route(blueprint, "GET", "/search", summary="What a query finds among one's own items", errors=NOT_YET)
def search(query: SearchQuery) -> SearchAnswer:
    """A query that cannot be understood is no error of the request: ``problem`` says where it fails, and what may be meant."""
    return services().searching.search(current_user(), query.q)


@route(
    blueprint, "GET", "/search/suggestions", summary="What could complete a query, and what was searched before", errors=NOT_YET
)
def search_suggestions(query: SuggestionsQuery) -> SuggestionsAnswer:
    """Filters and their values, names of one's own items and perks, saved and recent searches: the likeliest first."""
    caret = query.caret if isinstance(query.caret, int) else len(query.q.encode("utf-16-le", "surrogatepass")) // 2
    return SuggestionsAnswer(services().searching.offers(current_user(), query.q, caret))


@route(blueprint, "GET", "/search/filters", summary="Every filter of the query language, by family", errors=NOT_YET)
def search_filters(query: FiltersQuery) -> FiltersAnswer:
    """What each filter takes, what it is good for, and an example that works as it stands."""
    user = current_user()
    families = services().searching.families(user, counted=query.counted)
    return FiltersAnswer(families, sum(len(family.filters) for family in families))
