"""Items as tables to download: one kind as CSV, several as CSV files in one ZIP."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
from flask import Blueprint, Response

from vaultraider.api._annotation_types import MOST_ITEMS, ItemId
from vaultraider.api._csv import MEDIA_TYPE
from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.api.search import LONGEST, NOT_YET
from vaultraider.domain.errors import NotFound, TooFast
from vaultraider.domain.item_csv import Row, to_csv
from vaultraider.search.sheets import LISTS, Category

blueprint = Blueprint("item_tables", __name__)

EXPORTS = "60 per minute"
ZIP = "application/zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""When each file was written, as far as a ZIP can say "never": the same items are the same bytes."""

Ids = Annotated[list[ItemId], msgspec.Meta(min_length=1, max_length=MOST_ITEMS)]


class ItemTablesQuery(msgspec.Struct):
    """``q``: only what this query finds."""

    q: Annotated[str, msgspec.Meta(max_length=LONGEST)] = ""


class ItemTableQuery(ItemTablesQuery):
    category: Category = "weapons"


class ItemTablesBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``items``: ids as in the profile."""

    items: Ids


class ItemTableBody(ItemTablesBody, kw_only=True, forbid_unknown_fields=True):
    category: Category


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
    return _csv(query.category, services().searching.rows(current_user(), query.category, query.q))


@route(
    blueprint,
    "POST",
    "/items.csv",
    summary="The same of chosen items",
    answer=str,
    media_type=MEDIA_TYPE,
    errors=(*NOT_YET, NotFound, TooFast),
)
@paced(EXPORTS)
def chosen_item_table(body: ItemTableBody) -> Response:
    """Of the others than ``category`` nothing is said; 404 when none is there."""
    found = services().searching.tables_of(current_user(), body.items)
    return _csv(body.category, found.get(body.category, []))


@route(
    blueprint,
    "GET",
    "/items.zip",
    summary="All that a query finds, as a table for each kind",
    answer=bytes,
    media_type=ZIP,
    errors=(*NOT_YET, NotFound),
)
def item_tables(query: ItemTablesQuery) -> Response:
    """A ZIP of as many CSV files as there are kinds among them: weapons, armour, ghosts. 404 when none of them is there."""
    return _zip(services().searching.tables(current_user(), query.q))


@route(
    blueprint,
    "POST",
    "/items.zip",
    summary="Chosen items, as a table for each kind",
    answer=bytes,
    media_type=ZIP,
    errors=(*NOT_YET, NotFound, TooFast),
)
@paced(EXPORTS)
def chosen_item_tables(body: ItemTablesBody) -> Response:
    """The same; what is not there any more is passed over."""
    return _zip(services().searching.tables_of(current_user(), body.items))


def _csv(category: Category, rows: Sequence[Row]) -> Response:
    return _download(to_csv(rows, LISTS), MEDIA_TYPE, f"vault-raider-{category}.csv")


def _zip(tables: Mapping[Category, Sequence[Row]]) -> Response:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for category, rows in tables.items():
            name = zipfile.ZipInfo(f"vault-raider-{category}.csv", _EPOCH)
            archive.writestr(name, to_csv(rows, LISTS), zipfile.ZIP_DEFLATED)
    return _download(packed.getvalue(), ZIP, "vault-raider-items.zip")


def _download(content: str | bytes, media_type: str, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
