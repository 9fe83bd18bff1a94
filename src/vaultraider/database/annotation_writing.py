"""Tags and notes: how a change gets into the rows, and what is forgotten so that they do not grow for ever.

Whoever calls what writes has the person's lock (``users.lock_person``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from vaultraider.database.annotation_rows import AnnotatedAccountRow, AnnotationChangeRow, AnnotationRow, AnnotationVersionRow
from vaultraider.domain.annotations import NOTHING, Annotation
from vaultraider.ports import MembershipRef
from vaultraider.ports.annotations import By, Change, Version

MOST_ITEMS = 20_000
"""Of one account, with what is put away: an account has some 1,500 items."""
MOST_VERSIONS = 50
"""Of one item."""
MOST_VERSIONS_OF_ALL = 50_000
"""Of one account, those of items that are long gone among them: some 5 MB with notes as people write them."""
COUNT_EVERY = 16
"""Changes between two counts of all versions."""
_AT_ONCE = 500
"""Keys of one statement, far below what any database takes."""


def account_of(session: Session, user_id: int, membership: MembershipRef) -> AnnotatedAccountRow | None:
    row = AnnotatedAccountRow
    query = select(row).where(row.user_id == user_id, row.membership_type == membership.type, row.membership_id == membership.id)
    return session.scalar(query)


def opened_account(session: Session, user_id: int, membership: MembershipRef) -> AnnotatedAccountRow:
    """Whoever has the person's lock makes it when there is none."""
    account = account_of(session, user_id, membership)
    if account is None:
        account = AnnotatedAccountRow(
            user_id=user_id, membership_type=membership.type, membership_id=membership.id, mark=0, changes=0
        )
        session.add(account)
        session.flush()
    return account


def rows_of(session: Session, account_id: int, keys: Sequence[str]) -> dict[str, AnnotationRow]:
    found: dict[str, AnnotationRow] = {}
    for some in _chunks(keys):
        query = select(AnnotationRow).where(AnnotationRow.account_id == account_id, AnnotationRow.key.in_(some))
        found.update({row.key: row for row in session.scalars(query)})
    return found


def make_room(session: Session, account_id: int, news: int, *, but: Collection[str]) -> bool:
    """For so many more: what was put away longest ago goes first, its versions stay. ``but``: what is being changed itself."""
    mine = AnnotationRow.account_id == account_id
    over = (session.scalar(select(func.count()).select_from(AnnotationRow).where(mine)) or 0) + news - MOST_ITEMS
    if over <= 0:
        return True
    away = select(AnnotationRow.key).where(mine, AnnotationRow.gone.is_not(None)).order_by(AnnotationRow.gone, AnnotationRow.key)
    keys = [key for key in session.scalars(away.limit(over + len(but))) if key not in but][:over]
    if len(keys) < over:
        return False
    for some in _chunks(keys):
        session.execute(delete(AnnotationRow).where(mine, AnnotationRow.key.in_(some)))
    return True


def write(
    session: Session,
    account: AnnotatedAccountRow,
    rows: Mapping[str, AnnotationRow],
    after: Mapping[str, Annotation],
    crafted: Mapping[str, int],
    by: By,
    now: datetime,
) -> Change:
    """Puts what shall be said into the rows, and writes down what that changed."""
    versions = []
    for key, said in after.items():
        row = rows.get(key)
        before = row.said() if row is not None else NOTHING
        if before != said:
            versions.append(Version(key, before, said))
            _put(session, account, row, versions[-1], crafted.get(key, 0))
    if not versions:
        return Change(0, now, by, ())
    account.mark += 1
    account.changes += 1
    mine = {"account_id": account.id, "number": account.changes, "user_id": account.user_id}
    session.add(AnnotationChangeRow(**mine, at=now, by=by))
    session.flush()
    session.execute(insert(AnnotationVersionRow), [mine | _columns(each) for each in versions])
    _forget_oldest(session, account.id, [each.key for each in versions])
    if account.changes % COUNT_EVERY == 0 or len(versions) > _AT_ONCE:
        _forget_changes(session, account)
    return Change(account.changes, now, by, tuple(versions))


def _put(session: Session, account: AnnotatedAccountRow, row: AnnotationRow | None, version: Version, crafted: int) -> None:
    if row is None:
        row = AnnotationRow(account_id=account.id, key=version.key, user_id=account.user_id, crafted=crafted, gone=None)
        session.add(row)
    elif version.after == NOTHING:
        session.delete(row)
    row.tag, row.notes = version.after.tag, version.after.notes


def _columns(version: Version) -> dict[str, object]:
    return {
        "key": version.key,
        "tag_before": version.before.tag,
        "notes_before": version.before.notes,
        "tag": version.after.tag,
        "notes": version.after.notes,
    }


def _forget_oldest(session: Session, account_id: int, keys: Sequence[str]) -> None:
    """Of each key the newest ``MOST_VERSIONS`` stay."""
    row = AnnotationVersionRow
    for some in _chunks(keys):
        mine = (row.account_id == account_id, row.key.in_(some))
        counted = select(row.key).where(*mine).group_by(row.key).having(func.count() > MOST_VERSIONS)
        for key in list(session.scalars(counted)):
            of_key = (row.account_id == account_id, row.key == key)
            kept = select(row.number).where(*of_key).order_by(row.number.desc()).limit(1).offset(MOST_VERSIONS - 1)
            oldest = session.scalar(kept)
            if oldest is not None:
                session.execute(delete(row).where(*of_key, row.number < oldest))


def _forget_changes(session: Session, account: AnnotatedAccountRow) -> None:
    """Of the account the newest ``MOST_VERSIONS_OF_ALL`` versions stay, never half a change, and the last one whatever it holds.
    Changes of which no version is left go with them."""
    change, version = AnnotationChangeRow, AnnotationVersionRow
    mine = version.account_id == account.id
    first_too_many = select(version.number).where(mine).order_by(version.number.desc()).limit(1).offset(MOST_VERSIONS_OF_ALL)
    oldest = session.scalar(first_too_many)
    if oldest is not None:
        gone = delete(version).where(mine, version.number <= min(oldest, account.changes - 1))
        session.execute(gone, execution_options={"synchronize_session": False})
    held = select(version.number).where(mine, version.number == change.number)
    session.execute(
        delete(change).where(change.account_id == account.id, change.number < account.changes, ~held.exists()),
        execution_options={"synchronize_session": False},
    )


def carried_over(session: Session, account_id: int, old: str, new: str) -> bool:
    """False where something is said of the new one already, or nothing of the old one."""
    if session.get(AnnotationRow, (account_id, new)) is not None or session.get(AnnotationRow, (account_id, old)) is None:
        return False
    row, version = AnnotationRow, AnnotationVersionRow
    session.execute(update(row).where(row.account_id == account_id, row.key == old).values(key=new, gone=None))
    of_new = select(version.number).where(version.account_id == account_id, version.key == new)
    mine = (version.account_id == account_id, version.key == old, version.number.not_in(of_new.scalar_subquery()))
    session.execute(update(version).where(*mine).values(key=new), execution_options={"synchronize_session": False})
    return True


def bring_back(account: AnnotatedAccountRow, rows: Iterable[AnnotationRow]) -> None:
    """Who says something of a copy has it before them, whatever the last whole answer said."""
    away = [row for row in rows if row.gone is not None]
    for row in away:
        row.gone = None
    account.mark += bool(away)


def set_gone(session: Session, account_id: int, keys: Iterable[str], at: datetime | None) -> None:
    row = AnnotationRow
    for some in _chunks(list(keys)):
        session.execute(update(row).where(row.account_id == account_id, row.key.in_(some)).values(gone=at))


def _chunks(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
