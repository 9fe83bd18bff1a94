"""The whole memory of an account as JSON Lines: out, and in again.

The first line says what it is and whose, then each row of the memory, oldest first, and the last one tells how many there were:
a file that was cut off is known by its end.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO, Any, Literal, NamedTuple, Protocol

import msgspec
from msgspec import UNSET

from vaultraider.domain.errors import Conflict, InvalidInput, NotFound, StorageFull
from vaultraider.domain.history.delta import LARGEST, Unreadable, decode_delta, decode_moment, replay, weight
from vaultraider.domain.history.moment import Moment
from vaultraider.domain.people import DestinyAccount, User
from vaultraider.ports import Clock, MembershipRef
from vaultraider.ports.history import EventQuery, HistoryAccount, HistoryStore
from vaultraider.services.history.shapes import Imported, whole_second

VERSION = 1
FIELD = "rows"
LONGEST_LINE = 4 * 2**20
"""Bytes. A keyframe of the largest account is some 50 KB."""
PIECE = 2**20
AHEAD = timedelta(days=1)
"""How far ahead of ours another server's clock may have been: our times never fall, and would wait for a later one to come."""
NOTHING = "Nothing is remembered of this account yet: there is nothing to export."
NO_ACCOUNT = "No Destiny account of yours is known here. Sign in once, then try again."


class Accounts(Protocol):
    def known(self, user: User) -> MembershipRef | None: ...


class People(Protocol):
    def accounts(self, user_id: int) -> list[DestinyAccount]: ...


class _Head(msgspec.Struct, tag_field="row", tag="history", kw_only=True):
    """The first line."""

    version: int
    product: Literal["vaultraider"] = "vaultraider"
    membership_type: int
    membership_id: str
    name: str
    made: datetime


class _End(msgspec.Struct, tag_field="row", tag="end"):
    """The last line: how many rows stand between the two."""

    rows: int


class Exported(NamedTuple):
    """``name``: what the account is called. ``lines``: read in pieces, as they are taken."""

    name: str
    lines: Iterator[bytes]


class Archive:
    """One for a process. Every method looks only at accounts of the given person; by default the chosen one."""

    def __init__(self, *, store: HistoryStore, accounts: Accounts, people: People, clock: Clock) -> None:
        self._store = store
        self._accounts = accounts
        self._people = people
        self._clock = clock

    def export(self, user: User, membership: MembershipRef | None = None) -> Exported:
        """Everything that is remembered. Raises NotFound where that is nothing."""
        chosen = self._chosen(user, membership)
        account = self._store.account(user.id, chosen)
        if account is None or not account.seq:
            raise NotFound(NOTHING)
        whose = (chosen.type, chosen.id)
        name = next((each.name for each in self._people.accounts(user.id) if (each.type, each.id) == whose), "")
        head = _Head(
            version=VERSION, membership_type=chosen.type, membership_id=chosen.id, name=name, made=whole_second(self._clock.now())
        )
        return Exported(name, self._lines(head, account))

    def restore(
        self, user: User, source: IO[bytes], *, replace: bool = False, membership: MembershipRef | None = None
    ) -> Imported:
        """Takes over what was exported, all or nothing. ``replace``: what is remembered already goes for it.

        Raises Conflict where something is, and it is not to go, or where another import began; InvalidInput for a file that
        cannot be read or is another account's; StorageFull.
        """
        chosen = self._chosen(user, membership)
        known = self._store.account(user.id, chosen)
        if known is not None and known.seq and not replace:
            raise Conflict("This account has a memory already. Export it first if it matters, then import with replace=true.")
        # It is looked through before anything is replaced, and no slow sender holds the database meanwhile.
        with _kept_aside(source) as aside:
            proof = _Proof(self._clock.now() + AHEAD)
            for number, row in enumerate(_rows(aside, chosen), 1):
                proof.add(row, number)
            aside.seek(0)
            now = self._clock.now()
            account = self._store.open(user.id, chosen, now)
            rows = self._store.restore(account, _rows(aside, chosen), now=now)
        fresh = self._store.account(user.id, chosen)
        if fresh is None:
            raise NotFound(NO_ACCOUNT)
        events = sum(self._store.count(fresh.id, EventQuery()).values())
        return Imported(
            rows=rows, events=events, since=whole_second(fresh.first), until=whole_second(fresh.seen) if fresh.seq else UNSET
        )

    def thin(self, user: User, before: datetime, membership: MembershipRef | None = None) -> int:
        """Forgets what is older; how many observations went."""
        account = self._store.account(user.id, self._chosen(user, membership))
        return self._store.forget_before(account.id, before) if account is not None and account.seq else 0

    def _chosen(self, user: User, membership: MembershipRef | None) -> MembershipRef:
        chosen = membership if membership is not None else self._accounts.known(user)
        if chosen is None:
            raise NotFound(NO_ACCOUNT)
        return chosen

    def _lines(self, head: _Head, account: HistoryAccount) -> Iterator[bytes]:
        encode = msgspec.json.Encoder().encode
        yield encode(head) + b"\n"
        count = 0
        for row in self._store.export(account.id):
            count += 1
            yield encode(row) + b"\n"
        yield encode(_End(count)) + b"\n"


@contextmanager
def _kept_aside(source: IO[bytes]) -> Iterator[IO[bytes]]:
    """What comes, in a file that nobody else sees, at its beginning. Raises StorageFull."""
    with tempfile.TemporaryFile() as aside:
        try:
            shutil.copyfileobj(source, aside, PIECE)
            aside.seek(0)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull from error
            raise
        yield aside


def _rows(lines: IO[bytes], membership: MembershipRef) -> Iterator[dict[str, Any]]:
    """The rows between the first line and the last. Raises InvalidInput at what is no such file."""
    head = lines.readline(LONGEST_LINE)
    _check(head, membership)
    count = 0
    while line := lines.readline(LONGEST_LINE + 1):
        if not line.strip():
            continue
        row = _row(line, count + 1)
        if row.get("row") == "end":
            if row.get("rows") != count or lines.read(PIECE).strip():
                raise InvalidInput(FIELD, "The file does not end where it says so: something was added or is missing.")
            return
        count += 1
        yield row
    raise InvalidInput(FIELD, "The file is cut off: its last line is missing. Export it again.")


def _check(head: bytes, membership: MembershipRef) -> None:
    """Whether this is a memory, and of this account."""
    try:
        told = msgspec.json.decode(head, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput(FIELD, "This is no file that Vault Raider exported: its first line says something else.") from error
    if told.version != VERSION:
        raise InvalidInput(FIELD, f"This file is of form {told.version}, and this version reads form {VERSION}.")
    if (told.membership_type, told.membership_id) != (membership.type, membership.id):
        raise InvalidInput(FIELD, "This file is the memory of another Destiny account. Choose that account, then import it.")


def _row(line: bytes, number: int) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise _wrong(number, "it is too long")
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _wrong(number, "it is no JSON") from error
    if not isinstance(row, dict):
        raise _wrong(number, "it is no JSON object")
    if b"\\u0000" in line:
        raise _wrong(number, "it holds a character that is none")
    return row


class _Proof:
    """Follows the differences from the first keyframe on: whoever looks back later must find something."""

    def __init__(self, latest: datetime) -> None:
        self._latest = latest
        self._moment: Moment | None = None
        self._weight = 0
        """Bytes since the last keyframe, which no state can be larger than."""

    def add(self, row: dict[str, Any], number: int) -> None:
        try:
            if row.get("row") == "account" and msgspec.convert(row.get("seen"), datetime) > self._latest:
                raise Unreadable("it comes from a time that is yet to come")
            if row.get("row") == "observation":
                self._follow(row)
        except (Unreadable, ValueError, TypeError, msgspec.ValidationError) as error:
            raise _wrong(number, str(error) if isinstance(error, Unreadable) else "it is damaged") from error

    def _follow(self, row: dict[str, Any]) -> None:
        stored = row.get("keyframe")
        keyframe = decode_moment(b64decode(stored, validate=True)) if stored is not None else None
        delta = b64decode(row.get("delta", ""), validate=True)
        self._weigh(delta, b64decode(stored) if stored is not None else b"")
        if self._moment is None or (keyframe is not None and not delta):
            # The first of all; and where the memory began anew, as what was before it could not be read.
            if keyframe is None:
                raise Unreadable("the first observation has no keyframe")
            self._moment = keyframe
            return
        self._moment = replay(self._moment, [decode_delta(delta)])
        if keyframe is not None and keyframe != self._moment:
            raise Unreadable("its keyframe is not what the differences lead to")

    def _weigh(self, delta: bytes, keyframe: bytes) -> None:
        """Small differences can add up to what fills all memory. Honest ones have a keyframe long before."""
        self._weight += weight(delta) if delta else 0
        if self._weight > LARGEST:
            raise Unreadable("the differences lead to more than any account has")
        if keyframe:
            self._weight = weight(keyframe)


def _wrong(number: int, why: str) -> InvalidInput:
    return InvalidInput(FIELD, f"Row {number} cannot be read: {why.rstrip('.')}.")
