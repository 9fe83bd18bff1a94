"""Wish lists: which there are, and the list that a person writes here."""

from __future__ import annotations

from flask import Blueprint, Response, request

from vaultraider.api._pace import paced
from vaultraider.api._resource import PREFIX, current_user, route, services
from vaultraider.api._uploads import whole_body
from vaultraider.api._wish_list_types import (
    AddedWishLists,
    ChangedWishList,
    NamedRolls,
    NewOwnRoll,
    NewWishList,
    OwnRoll,
    UnreadLines,
    UploadQuery,
    WishList,
    WishListOverview,
    WishMatches,
    named,
    told,
    told_all,
    unread,
)
from vaultraider.domain.errors import Conflict, DefinitionsMissing, InvalidInput, NotFound, TooFast
from vaultraider.domain.wish_lists.limits import MOST_BYTES
from vaultraider.ports.wish_lists import WishListRecord

blueprint = Blueprint("wish_lists", __name__)

NUMBER = "<int(max=2147483647):id>"
CHANGES = "120 per minute"
FILES = "20 per minute"
TEXT = "text/plain"


@route(blueprint, "GET", "/wish_lists", summary="The person's wish lists")
def wish_lists() -> WishListOverview:
    """In their order: where two disagree, the earlier one wins."""
    user = current_user()
    found = services().wish_lists.matched(user)
    lists = told_all(services().wish_lists.all(user))
    return WishListOverview(lists=lists, matched=WishMatches(wanted=found.wanted, unwanted=found.unwanted))


@route(
    blueprint,
    "POST",
    "/wish_lists",
    summary="Adds a wish list",
    status=201,
    instead=f"Send it as a file to {PREFIX}/wish_lists/upload, which takes {MOST_BYTES // 2**20} MB, or its address.",
    errors=(Conflict, TooFast),
)
@paced(FILES)
def add_wish_list(body: NewWishList) -> AddedWishLists:
    """By its address, which is then asked once a day, or as text. What lies at an address is fetched in the background."""
    user = current_user()
    if isinstance(body.url, str) == isinstance(body.text, str):
        raise InvalidInput("url", "Give either the address of a list, or its text.")
    if isinstance(body.url, str):
        added = services().wish_lists.add_addresses(user, body.url)
    else:
        text = body.text.encode("utf-8", "replace") if isinstance(body.text, str) else b""
        added = [services().wish_lists.add_text(user, body.title, text)]
    return AddedWishLists(lists=[_told(each) for each in added])


@route(
    blueprint,
    "POST",
    "/wish_lists/upload",
    summary="Adds a file of rolls",
    status=201,
    takes=TEXT,
    largest=MOST_BYTES + 1024,
    instead="Split it into several lists: they count together.",
    errors=(Conflict, TooFast),
)
@paced(FILES)
def upload_wish_list(query: UploadQuery) -> AddedWishLists:
    """The body is the file (``Content-Type: text/plain``), at most 20 MB. Lines that say nothing are counted and passed over."""
    if request.mimetype != TEXT:
        raise InvalidInput("Content-Type", "Send the file itself, with the header Content-Type: text/plain.")
    added = services().wish_lists.add_text(current_user(), query.title, whole_body())
    return AddedWishLists(lists=[_told(added)])


@route(blueprint, "PATCH", f"/wish_lists/{NUMBER}", summary="Changes a wish list", errors=(NotFound, TooFast))
@paced(CHANGES)
def change_wish_list(id: int, body: ChangedWishList) -> WishList:
    """Its title, whether it counts, and its place among the others."""
    changed = services().wish_lists.change(
        current_user(),
        id,
        name=body.title if isinstance(body.title, str) else None,
        on=body.on if isinstance(body.on, bool) else None,
        place=body.place if isinstance(body.place, int) else None,
    )
    return _told(changed)


@route(blueprint, "DELETE", f"/wish_lists/{NUMBER}", summary="Removes a wish list", errors=(NotFound, TooFast))
@paced(CHANGES)
def remove_wish_list(id: int) -> None:
    services().wish_lists.remove(current_user(), id)


@route(
    blueprint,
    "POST",
    f"/wish_lists/{NUMBER}/refresh",
    summary="Asks for a wish list anew",
    status=202,
    errors=(NotFound, Conflict, TooFast),
)
@paced(FILES)
def refresh_wish_list(id: int) -> WishList:
    """In the background: ``read`` or ``failure`` tells how it went. 409 for one that has no address."""
    services().wish_lists.refresh(current_user(), id)
    return _told(services().wish_lists.get(current_user(), id))


@route(
    blueprint,
    "GET",
    f"/wish_lists/{NUMBER}/text",
    summary="A wish list as a file",
    answer=str,
    media_type=TEXT,
    errors=(NotFound,),
)
def wish_list_text(id: int) -> Response:
    """As it came, or as it was written here."""
    response = Response(services().wish_lists.text(current_user(), id), mimetype=TEXT)
    response.headers["Content-Disposition"] = f'attachment; filename="wish-list-{id}.txt"'
    response.headers["Cache-Control"] = "no-store"
    return response


@route(
    blueprint,
    "GET",
    f"/wish_lists/{NUMBER}/unread_lines",
    summary="Lines of a wish list that cannot be read",
    errors=(NotFound,),
)
def unread_wish_list_lines(id: int) -> UnreadLines:
    """How many there are, and of the first 20 the number, the beginning and what is wrong."""
    return unread(services().wish_lists.parsed(current_user(), id))


@route(blueprint, "GET", "/wish_lists/own/rolls", summary="What the person's own list says")
def own_rolls() -> NamedRolls:
    """In its order, each with the names of the item and of its perks."""
    rolls = services().wish_lists.own_rolls(current_user())
    try:
        definitions = services().definitions.current()
    except DefinitionsMissing:
        definitions = None
    return named(rolls, definitions)


@route(
    blueprint, "POST", "/wish_lists/own/rolls", summary="Wishes for a roll, or against it", status=201, errors=(Conflict, TooFast)
)
@paced(CHANGES)
def add_own_roll(body: NewOwnRoll) -> WishList:
    """In the list that the person writes here; it is made when it is first needed. What it said of the same perks goes."""
    changed = services().wish_lists.add_own_roll(current_user(), body.hash, body.perks, body.notes, unwanted=body.unwanted)
    return _told(changed)


@route(blueprint, "DELETE", "/wish_lists/own/rolls", summary="Takes back a wish", errors=(NotFound, TooFast))
@paced(CHANGES)
def drop_own_roll(body: OwnRoll) -> WishList:
    """404 where their list says no such thing."""
    return _told(services().wish_lists.drop_own_roll(current_user(), body.hash, body.perks, unwanted=body.unwanted))


def _told(record: WishListRecord) -> WishList:
    there = services().wish_lists.all(current_user())
    return told(record, next((place for place, each in enumerate(there) if each.id == record.id), len(there)))
