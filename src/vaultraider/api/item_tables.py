"""Items as a table to download."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from flask import Blueprint, Response

from vaultraider.api._csv import MEDIA_TYPE
from vaultraider.api._resource import current_user, route, services
from vaultraider.api.search import LONGEST, NOT_YET
from vaultraider.domain.item_csv import to_csv
from vaultraider.search.sheets import LISTS

blueprint = Blueprint("item_tables", __name__)


class ItemTableQuery(msgspec.Struct):
    """``q``: only what this query finds."""

    category: Literal["weapons", "armor", "ghosts"] = "weapons"
    q: Annotated[str, msgspec.Meta(max_length=LONGEST)] = ""


@route(
    blueprint,
    "GET",
    "/items.csv",
    summary="Weapons, armour or ghosts as a table",
    answer=str,
    media_type=MEDIA_TYPE,
    errors=NOT_YET,
)
def item_table(query: ItemTableQuery) -> Response:
    """In Destiny Item Manager's columns, safe to open in a spreadsheet. Tags and notes can be changed in it and imported."""
    rows = services().searching.rows(current_user(), query.category, query.q)
    response = Response(to_csv(rows, LISTS), mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="vault-raider-{query.category}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response
