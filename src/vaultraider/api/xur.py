"""Xûr: whether he is here, and what he has. For everybody; who is signed in sees what is theirs beside it."""

from __future__ import annotations

from datetime import date

import msgspec
from flask import Blueprint

from vaultraider.api._resource import route, services, visitor
from vaultraider.domain.errors import DefinitionsMissing, InvalidInput, NotFound
from vaultraider.domain.profile_parts import GuardianClass
from vaultraider.services.xur import Xur

blueprint = Blueprint("xur", __name__)


class XurQuery(msgspec.Struct):
    """``class``: through whose eyes; by default those of the guardian played last."""

    guardian: GuardianClass | None = msgspec.field(name="class", default=None)


@route(
    blueprint,
    "GET",
    "/xur",
    summary="Whether Xûr is here, and what he has, or had the last time",
    errors=(DefinitionsMissing, InvalidInput),
    public=True,
)
def get_xur(query: XurQuery) -> Xur:
    """From our own record, at once. ``reading`` says that the person's own view is on its way: ask again in a few seconds."""
    return services().xur.now(visitor(), query.guardian)


@route(
    blueprint,
    "GET",
    "/xur/<weekend>",
    summary="What Xûr had on a weekend of our record",
    errors=(NotFound, DefinitionsMissing, InvalidInput),
    public=True,
)
def get_xur_visit(weekend: str, query: XurQuery) -> Xur:
    """``weekend``: the Friday on which he came, as 2026-11-20."""
    try:
        friday = date.fromisoformat(weekend)
    except ValueError:
        raise NotFound("There is no visit of that weekend on record.") from None
    return services().xur.on(friday, visitor(), query.guardian)
