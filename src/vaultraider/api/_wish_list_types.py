"""What is said and heard of wish lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.api._times import stamp
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.wish_lists import ParsedList, Roll
from vaultraider.ports.wish_lists import Kind, WishListRecord

Title = Annotated[str, msgspec.Meta(max_length=500)]
Hash = Annotated[int, msgspec.Meta(ge=1, le=4294967295)]


class ReadingFailure(msgspec.Struct, kw_only=True):
    """Why the last try came to nothing; what was read before stays."""

    at: str
    sentence: str


class WishList(msgspec.Struct, kw_only=True):
    """``rolls``: how many say what is wanted, ``trash`` what is not. ``duplicates``: left out, as the same stands there already;
    ``wrong_lines``: those that cannot be read. ``place``: from 0; the earlier list wins. ``read``: when its address was last
    heard; absent, with ``next``, for one that is being fetched for the first time."""

    id: str
    title: str
    kind: Kind
    rolls: int
    trash: int
    duplicates: int
    wrong_lines: int
    on: bool
    place: int
    description: str | UnsetType = UNSET
    url: str | UnsetType = UNSET
    read: str | UnsetType = UNSET
    next: str | UnsetType = UNSET
    failure: ReadingFailure | UnsetType = UNSET


class WishMatches(msgspec.Struct, kw_only=True):
    """How many items of the chosen account the lists speak of."""

    wanted: int
    unwanted: int


class WishListOverview(msgspec.Struct, kw_only=True):
    lists: list[WishList]
    matched: WishMatches


class AddedWishLists(msgspec.Struct, kw_only=True):
    lists: list[WishList]


class NewWishList(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Either ``url`` (several joined by "|"), or ``text`` and perhaps a ``title``."""

    url: Annotated[str, msgspec.Meta(max_length=20_000)] | UnsetType = UNSET
    title: Title = ""
    text: str | UnsetType = UNSET


class UnreadLine(msgspec.Struct, kw_only=True):
    """``line``: from 1. ``text``: its beginning, on one line. ``sentence``: why it cannot be read."""

    line: int
    text: str
    sentence: str


class UnreadLines(msgspec.Struct, kw_only=True):
    """``count``: of all; ``lines``: the first of them, at most 20."""

    count: int
    lines: list[UnreadLine]


class UploadQuery(msgspec.Struct):
    title: Title = ""


class ChangedWishList(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``title``: "" is the file's own. ``place``: from 0, among all of them."""

    title: Title | UnsetType = UNSET
    on: bool | UnsetType = UNSET
    place: Annotated[int, msgspec.Meta(ge=0, le=1000)] | UnsetType = UNSET


class OwnRoll(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``hash``: of the item. ``perks``: plug hashes that it must have; none: every roll of it."""

    hash: Hash
    perks: Annotated[list[Hash], msgspec.Meta(max_length=100)] = []
    unwanted: bool = False


class NewOwnRoll(OwnRoll, kw_only=True, forbid_unknown_fields=True):
    notes: Annotated[str, msgspec.Meta(max_length=4096)] = ""


class NamedPerk(msgspec.Struct, kw_only=True):
    """``name``: absent where the definitions know no such perk."""

    hash: int
    name: str | UnsetType = UNSET


class NamedRoll(msgspec.Struct, kw_only=True):
    """A roll of the person's own list, as people call it. ``perks``: none for every roll of the item."""

    hash: int
    perks: list[NamedPerk]
    unwanted: bool
    name: str | UnsetType = UNSET
    type: str | UnsetType = UNSET
    notes: str | UnsetType = UNSET


class NamedRolls(msgspec.Struct, kw_only=True):
    rolls: list[NamedRoll]


def named(rolls: Sequence[Roll], definitions: Definitions | None) -> NamedRolls:
    """``definitions``: None while there are none; then nothing has a name."""
    if definitions is not None:
        definitions.preload(sorted({hash for roll in rolls for hash in (roll.item, *roll.perks)}))
    return NamedRolls(rolls=[_named(roll, definitions) for roll in rolls])


def _named(roll: Roll, definitions: Definitions | None) -> NamedRoll:
    item = definitions.item(roll.item) if definitions is not None else None
    return NamedRoll(
        hash=roll.item,
        perks=[_named_perk(perk, definitions) for perk in roll.perks],
        unwanted=roll.unwanted,
        name=(item.name if item is not None else "") or UNSET,
        type=(item.type_name if item is not None else "") or UNSET,
        notes=roll.notes or UNSET,
    )


def _named_perk(hash: int, definitions: Definitions | None) -> NamedPerk:
    row = definitions.item(hash) if definitions is not None else None
    return NamedPerk(hash=hash, name=(row.name if row is not None else "") or UNSET)


def unread(parsed: ParsedList) -> UnreadLines:
    lines = [UnreadLine(line=each.line, text=each.text, sentence=each.sentence) for each in parsed.faults]
    return UnreadLines(count=parsed.wrong_lines, lines=lines)


def told(record: WishListRecord, place: int) -> WishList:
    facts = record.facts
    return WishList(
        id=str(record.id),
        title=record.name or facts.title or name_of(record.url),
        kind=record.kind,
        rolls=facts.rolls,
        trash=facts.trash,
        duplicates=facts.duplicates,
        wrong_lines=facts.wrong_lines,
        on=record.on,
        place=place,
        description=facts.description or UNSET,
        url=record.url or UNSET,
        read=stamp(record.read) if record.read is not None else UNSET,
        next=stamp(record.next) if record.next is not None else UNSET,
        failure=ReadingFailure(at=stamp(record.failed), sentence=record.failure) if record.failed is not None else UNSET,
    )


def told_all(records: list[WishListRecord]) -> list[WishList]:
    return [told(record, place) for place, record in enumerate(records)]


def name_of(url: str) -> str:
    """Of a list that says nothing of itself: its file's name."""
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    shown = "".join(sign for sign in last if sign.isprintable())
    return shown[:100] or parts.hostname or "Wish list"
