"""Wish lists on disk, and where those come from that lie elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

Kind = Literal["url", "upload", "own"]
Refused = Literal["gone", "full", "large", "same"]
"""Why nothing was written: there is no such list or person any more; no more lists are possible; together they would be too
large; there is one of this address already."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a text. ``digest`` names it, and is "" where nothing was read yet; ``size`` in bytes."""

    digest: str = ""
    size: int = 0
    title: str = ""
    description: str = ""
    rolls: int = 0
    trash: int = 0
    duplicates: int = 0
    wrong_lines: int = 0


class WishListRecord(msgspec.Struct, frozen=True, kw_only=True):
    """``name``: what its person calls it, else "". ``url``: "" for what lies nowhere else. ``etag``, ``modified``: what its host
    said of the text that we have. ``read``: when its host was last heard; ``next``: when it is asked again; ``failed`` and
    ``failure``: since its last try came to nothing."""

    id: int
    kind: Kind
    name: str
    url: str
    on: bool
    facts: Facts
    etag: str = ""
    modified: str = ""
    read: datetime | None = None
    next: datetime | None = None
    failed: datetime | None = None
    failure: str = ""
    failures: int = 0


class ListMark(msgspec.Struct, frozen=True):
    """One list that is on: what matching needs to know of it. Two that are the same say the same."""

    id: int
    digest: str
    name: str


class NewList(msgspec.Struct, frozen=True, kw_only=True):
    kind: Kind
    name: str = ""
    url: str = ""


class WishListStore(Protocol):
    """Per person; nothing here is ever another person's."""

    def of(self, user_id: int) -> list[WishListRecord]:
        """In the person's order."""

    def get(self, user_id: int, list_id: int) -> WishListRecord | None: ...
    def own(self, user_id: int) -> WishListRecord | None:
        """The one that the person writes here."""

    def marks(self, user_id: int) -> tuple[ListMark, ...]:
        """Those that are on and have a text, in order. Cheap."""

    def text(self, user_id: int, list_id: int) -> bytes | None: ...

    def add(
        self, user_id: int, new: NewList, now: datetime, text: bytes = b"", facts: Facts | None = None
    ) -> WishListRecord | Refused:
        """As the last one; a person's own as the first. ``facts``: of ``text``; None where it has to be fetched first, which it
        is due for at once then."""

    def change(
        self, user_id: int, list_id: int, *, name: str | None, on: bool | None, place: int | None
    ) -> WishListRecord | None:
        """None leaves it as it is. ``place``: from 0, among all of the person's."""

    def replace(self, user_id: int, list_id: int, text: bytes, facts: Facts, *, instead_of: str) -> Refused | None:
        """Another text, where the digest is still ``instead_of``; else "gone"."""

    def fetched(
        self,
        user_id: int,
        list_id: int,
        now: datetime,
        next: datetime,
        etag: str,
        modified: str,
        text: bytes | None,
        facts: Facts | None,
    ) -> Refused | None:
        """Its host was heard. None: with what we have already."""

    def failed(self, user_id: int, list_id: int, now: datetime, next: datetime, sentence: str) -> None:
        """What is there stays."""

    def remove(self, user_id: int, list_id: int) -> bool: ...

    def due(self, now: datetime) -> Sequence[tuple[int, int]]:
        """(person, list) of those that are to be asked for: their time has come, or lies further ahead than any is ever put off,
        as it does once a clock was turned back."""


class Fetched(msgspec.Struct, frozen=True):
    """``text``: None where the host says that ours is still right."""

    text: bytes | None
    etag: str = ""
    modified: str = ""


class WishListSource(Protocol):
    """Files at addresses that people gave."""

    def check(self, url: str) -> str:
        """The address as it will be asked. Looks its name up and asks nobody. Raises AddressRefused or AddressUnreachable."""

    def fetch(self, url: str, *, etag: str = "", modified: str = "") -> Fetched:
        """Raises AddressRefused or AddressUnreachable, each with a sentence for people."""
