"""Events in their tables: written, found and counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias, cast

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, func, insert, literal_column, select, tuple_
from sqlalchemy.orm import Session

from vaultraider.database.history_rows import HistoryEventRow, ObservationRow, ThingRow
from vaultraider.database.transfer_records import folded
from vaultraider.domain.history.events import By, Event, EventKind
from vaultraider.domain.profile_parts import Kind, Tier
from vaultraider.ports.history import EventQuery

_Event, _Thing, _Seen = HistoryEventRow, ThingRow, ObservationRow
_Found: TypeAlias = Row[HistoryEventRow, ThingRow, datetime, datetime]
LARGEST = 2**63 - 1
LAST = 2**31 - 1
"""No observation has this number."""
LONGEST_ID = 32
AT_ONCE = 2000
"""Items that one query asks about."""
_details = msgspec.json.Decoder(tuple[dict[str, Any], dict[str, Any]])
_encoder = msgspec.json.Encoder(order="deterministic")


class _Called(NamedTuple):
    """What an event is about: one row in ``history_things``."""

    hash: int
    name: str
    tier: str
    kind: str


def add(session: Session, account_id: int, events: Sequence[Event]) -> None:
    if not events:
        return
    known = _things(session, account_id, {_called(event) for event in events})
    session.execute(
        insert(_Event),
        [
            {
                "account_id": account_id,
                "seq": event.seq,
                "n": event.n,
                "kind": event.kind,
                "item": _id(event.item),
                "thing_id": known[_called(event)],
                "guardian": _id(event.character),
                "quantity": _fitting(event.quantity),
                "done_by": event.by,
                "transfer": _id(event.transfer),
                "details": _encoder.encode((event.before, event.after)).decode(),
            }
            for event in events
        ],
    )


def find(session: Session, account_id: int, query: EventQuery) -> list[Event]:
    """Newest first."""
    wanted = _wanted(session, account_id, query)
    if query.kinds:
        wanted = and_(wanted, _Event.kind.in_(query.kinds))
    if query.before is not None:
        seq, n = query.before
        # The first says nothing new, but how far back to begin.
        wanted = and_(wanted, _Event.seq <= seq, (_Event.seq < seq) | (_Event.n < n))
    rows = session.execute(_rows().where(wanted).order_by(_Event.seq.desc(), _Event.n.desc()).limit(query.limit))
    return [event_of(*row) for row in rows]


def between(session: Session, account_id: int, since: int, until: int) -> list[Event]:
    """Those of observations from ``since`` to before ``until``, oldest first."""
    wanted = and_(_Event.account_id == account_id, _Event.seq >= since, _Event.seq < until)
    return [event_of(*row) for row in session.execute(_rows().where(wanted).order_by(_Event.seq, _Event.n))]


def count(session: Session, account_id: int, query: EventQuery) -> dict[EventKind, int]:
    wanted = _wanted(session, account_id, query)
    # Without a filter an index has it all, in the order of kinds. With one, that order costs SQLite a look-up for every event.
    whole = not (query.item or query.hash or query.words or query.character or query.by)
    kind = (_Event.kind if whole else _Event.kind.concat(literal_column("''"))).label("told_kind")
    rows = session.execute(select(kind, func.count()).where(wanted).group_by(kind))
    return {cast(EventKind, kind): number for kind, number in rows}


def found(session: Session, account_id: int, items: Sequence[str]) -> dict[str, datetime]:
    """When each came, of those whose first event says so. An index alone tells which event is the first."""
    came: dict[str, datetime] = {}
    for start in range(0, len(items), AT_ONCE):
        mine = and_(_Event.account_id == account_id, _Event.item.in_(items[start : start + AT_ONCE]))
        first = select(_Event.item.label("item"), func.min(_Event.seq).label("seq")).where(mine).group_by(_Event.item).cte()
        event = and_(_Event.account_id == account_id, _Event.item == first.c.item, _Event.seq == first.c.seq)
        seen = and_(_Seen.account_id == account_id, _Seen.seq == first.c.seq)
        query = select(first.c.item, _Seen.at).join(_Event, event).join(_Seen, seen).where(_Event.kind == "acquired")
        came.update((item, at) for item, at in session.execute(query))
    return came


def event_of(row: HistoryEventRow, thing: ThingRow, at: datetime, since: datetime) -> Event:
    before, after = _details.decode(row.details)
    return Event(
        seq=row.seq,
        n=row.n,
        at=at,
        since=since,
        kind=cast(EventKind, row.kind),
        item=row.item,
        hash=thing.hash,
        name=thing.name,
        tier=cast(Tier, thing.tier),
        item_kind=cast(Kind, thing.kind),
        character=row.guardian,
        quantity=row.quantity,
        before=before,
        after=after,
        by=cast(By, row.done_by),
        transfer=row.transfer,
    )


def _rows() -> Select[HistoryEventRow, ThingRow, datetime, datetime]:
    seen = and_(_Seen.account_id == _Event.account_id, _Seen.seq == _Event.seq)
    return select(_Event, _Thing, _Seen.at, _Seen.since).join(_Thing, _Thing.id == _Event.thing_id).join(_Seen, seen)


def _wanted(session: Session, account_id: int, query: EventQuery) -> ColumnElement[bool]:
    """All that a query says but ``kinds``, ``before`` and ``limit``."""
    # SQLite believes that an account has ten events. So it is told where to begin: at the item's, or at those of the thing.
    mine = _Event.account_id + 0 if query.hash else _Event.account_id
    wanted = [mine == account_id]
    if query.since is not None:
        wanted.append(_Event.seq >= _next_seq(session, account_id, query.since))
    if query.until is not None:
        wanted.append(_Event.seq < _next_seq(session, account_id, query.until))
    if query.item:
        key = (_Event.account_id, _Event.seq, _Event.n)
        its = select(*key).where(_Event.account_id == account_id, _Event.item == query.item)
        wanted.append(tuple_(*key).in_(its))
    if query.character:
        wanted.append(_Event.guardian == query.character)
    if query.by is not None:
        wanted.append(_Event.done_by == query.by)
    if query.hash or query.words:
        wanted.append(_Event.thing_id.in_(_things_wanted(account_id, query)))
    return and_(*wanted)


def _next_seq(session: Session, account_id: int, moment: datetime) -> int:
    """The first observation from then on: times never fall, so that its number says as much."""
    query = select(_Seen.seq).where(_Seen.account_id == account_id, _Seen.at >= moment)
    found = session.scalar(query.order_by(_Seen.at, _Seen.seq).limit(1))
    return LAST if found is None else found


def _things_wanted(account_id: int, query: EventQuery) -> Select[int]:
    wanted = select(_Thing.id).where(_Thing.account_id == account_id)
    if query.hash:
        wanted = wanted.where(_Thing.hash == query.hash)
    if query.words:
        wanted = wanted.where(_Thing.folded.contains(folded(_plain(query.words)), autoescape=True))
    return wanted


def _things(session: Session, account_id: int, wanted: Iterable[_Called]) -> dict[_Called, int]:
    """Their numbers; those that are new are written down. The account's row is locked by whoever calls this."""
    wanted = set(wanted)
    query = select(_Thing).where(_Thing.account_id == account_id, _Thing.hash.in_({each.hash for each in wanted}))
    known = {_Called(row.hash, row.name, row.tier, row.kind): row.id for row in session.scalars(query)}
    new = {
        each: _Thing(account_id=account_id, folded=folded(each.name), **each._asdict())
        for each in sorted(wanted)
        if each not in known
    }
    session.add_all(new.values())
    session.flush()
    return known | {each: row.id for each, row in new.items()}


def _called(event: Event) -> _Called:
    return _Called(_fitting(event.hash), _plain(event.name), event.tier, event.item_kind)


def _id(text: str) -> str:
    """As long as Bungie's ids can be, so that no column refuses it."""
    return _plain(text)[:LONGEST_ID]


def _plain(text: str) -> str:
    """PostgreSQL takes no zero characters."""
    return text.replace("\0", "")


def _fitting(number: int) -> int:
    return max(min(number, LARGEST), -LARGEST)
