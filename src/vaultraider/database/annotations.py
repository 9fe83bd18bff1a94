"""Tags and notes: what is said now, every change of it, and people's own tags. The tables and the repository over them.

A change is one row and a version for each key that it touched, with what was said before and after. What is said now stands
apart, so that reading it never depends on how much has been said before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import lock_person
from vaultraider.domain.annotations import MOST_TAGS, NOTHING, Annotation, Tag
from vaultraider.ports import MembershipRef
from vaultraider.ports.annotations import By, Change, Edit, KeptAnnotation, OldVersion, Version

MOST_ITEMS = 20_000
"""Of one account, with what is put away: an account has some 1,500 items."""
MOST_VERSIONS = 50
"""Of one item."""
MOST_VERSIONS_OF_ALL = 50_000
"""Of one account, those of items that are long gone among them: some 5 MB with notes as people write them."""
COUNT_EVERY = 16
"""Changes between two counts of all versions."""
NO_TIMES: Mapping[str, int] = {}
_AT_ONCE = 500
"""Keys of one statement, far below what any database takes."""


class AnnotatedAccountRow(Base):
    """``mark`` grows with whatever changes what is said now; ``changes``: the number of the last change."""

    __tablename__ = "annotated_accounts"
    __table_args__ = (UniqueConstraint("user_id", "membership_type", "membership_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    membership_type: Mapped[int] = mapped_column(Integer)
    membership_id: Mapped[str] = mapped_column(String(32))
    mark: Mapped[int] = mapped_column(Integer)
    changes: Mapped[int] = mapped_column(Integer)


class AnnotationRow(Base):
    """``gone``: since when there is no such copy any more."""

    __tablename__ = "annotations"

    account_id: Mapped[int] = mapped_column(ForeignKey("annotated_accounts.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True, info={"secret": False})
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    tag: Mapped[str] = mapped_column(String(32))
    notes: Mapped[str] = mapped_column(Text)
    crafted: Mapped[int] = mapped_column(BigInteger)
    gone: Mapped[datetime | None]

    def said(self) -> Annotation:
        return Annotation(self.tag, self.notes)


class AnnotationChangeRow(Base):
    __tablename__ = "annotation_changes"

    account_id: Mapped[int] = mapped_column(ForeignKey("annotated_accounts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(16))


class AnnotationVersionRow(Base):
    __tablename__ = "annotation_versions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["account_id", "number"],
            ["annotation_changes.account_id", "annotation_changes.number"],
            name="fk_versions_of_a_change",
        ),
        Index("ix_annotation_versions_key", "account_id", "key"),
    )

    account_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(32), primary_key=True, info={"secret": False})
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    tag_before: Mapped[str] = mapped_column(String(32))
    notes_before: Mapped[str] = mapped_column(Text)
    tag: Mapped[str] = mapped_column(String(32))
    notes: Mapped[str] = mapped_column(Text)

    def version(self) -> Version:
        return Version(self.key, Annotation(self.tag_before, self.notes_before), Annotation(self.tag, self.notes))


class CustomTagRow(Base):
    __tablename__ = "custom_tags"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    label: Mapped[str] = mapped_column(String(64))
    created: Mapped[datetime]


class AnnotationRepository:
    """Fits ``ports.annotations.AnnotationStore``. What people say is nowhere else: it is written durably."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, user_id: int, membership: MembershipRef) -> int:
        with self._database.reading() as session:
            account = _account(session, user_id, membership)
            return account.mark if account is not None else 0

    def of(self, user_id: int, membership: MembershipRef) -> dict[str, KeptAnnotation]:
        return self._kept(user_id, membership, away=False)

    def away(self, user_id: int, membership: MembershipRef) -> dict[str, KeptAnnotation]:
        return self._kept(user_id, membership, away=True)

    def change(
        self, user_id: int, membership: MembershipRef, keys: Mapping[str, int], edit: Edit, by: By, now: datetime
    ) -> Change | Literal["gone", "full"]:
        with self._database.transaction(durable=True) as session:
            if not lock_person(session, user_id):
                return "gone"
            account = _opened(session, user_id, membership)
            rows = _rows(session, account.id, list(keys))
            after = {key: edit(key, rows[key].said() if key in rows else NOTHING) for key in keys}
            news = sum(key not in rows and said != NOTHING for key, said in after.items())
            if not _make_room(session, account.id, news, but=rows.keys()):
                return "full"
            for key, crafted in keys.items():
                if crafted and key in rows:
                    rows[key].crafted = crafted
            if by == "you":
                _bring_back(account, rows.values())
            return _write(session, account, rows, after, keys, by, now)

    def get_change(self, user_id: int, membership: MembershipRef, number: int) -> Change | None:
        with self._database.reading() as session:
            account = _account(session, user_id, membership)
            row = session.get(AnnotationChangeRow, (account.id, number)) if account is not None else None
            if account is None or row is None:
                return None
            of_change = (AnnotationVersionRow.account_id == account.id, AnnotationVersionRow.number == number)
            found = session.scalars(select(AnnotationVersionRow).where(*of_change).order_by(AnnotationVersionRow.key))
            return Change(number, row.at, cast(By, row.by), tuple(each.version() for each in found))

    def versions(self, user_id: int, membership: MembershipRef, key: str) -> list[OldVersion]:
        change, version = AnnotationChangeRow, AnnotationVersionRow
        with self._database.reading() as session:
            account = _account(session, user_id, membership)
            if account is None:
                return []
            query = (
                select(change.at, change.by, version.tag, version.notes)
                .join(version, (version.account_id == change.account_id) & (version.number == change.number))
                .where(version.account_id == account.id, version.key == key)
                .order_by(version.number.desc())
            )
            return [OldVersion(at, cast(By, by), Annotation(tag, notes)) for at, by, tag, notes in session.execute(query)]

    def settle(
        self,
        user_id: int,
        membership: MembershipRef,
        now: datetime,
        *,
        moved: Mapping[str, str],
        gone: Collection[str],
        back: Collection[str],
        crafted: Mapping[str, int] = NO_TIMES,
    ) -> None:
        with self._database.transaction(durable=True) as session:
            account = _account(session, user_id, membership) if lock_person(session, user_id) else None
            if account is None:
                return
            for key, row in _rows(session, account.id, list(crafted)).items():
                row.crafted = crafted[key]
            session.flush()
            put_away = set(gone)
            for old, new in moved.items():
                if not _carried_over(session, account.id, old, new):
                    put_away.add(old)
            _set_gone(session, account.id, put_away, now)
            _set_gone(session, account.id, back, None)
            account.mark += 1

    def tags(self, user_id: int) -> list[Tag]:
        with self._database.reading() as session:
            return [Tag(row.name, row.label) for row in _tags(session, user_id)]

    def save_tag(self, user_id: int, tag: Tag, now: datetime) -> Literal["done", "gone", "full"]:
        with self._database.transaction(durable=True) as session:
            if not lock_person(session, user_id):
                return "gone"
            row = session.get(CustomTagRow, (user_id, tag.name))
            if row is not None:
                row.label = tag.label
                return "done"
            if len(_tags(session, user_id)) >= MOST_TAGS:
                return "full"
            session.add(CustomTagRow(user_id=user_id, name=tag.name, label=tag.label, created=now))
            return "done"

    def drop_tag(self, user_id: int, name: str, now: datetime) -> int | None:
        with self._database.transaction(durable=True) as session:
            row = session.get(CustomTagRow, (user_id, name)) if lock_person(session, user_id) else None
            if row is None:
                return None
            session.delete(row)
            lost = 0
            for account in session.scalars(select(AnnotatedAccountRow).where(AnnotatedAccountRow.user_id == user_id)).all():
                tagged = (AnnotationRow.account_id == account.id, AnnotationRow.tag == name)
                rows = {each.key: each for each in session.scalars(select(AnnotationRow).where(*tagged))}
                lost += sum(each.gone is None for each in rows.values())
                _write(session, account, rows, {each.key: Annotation("", each.notes) for each in rows.values()}, {}, "you", now)
            return lost

    def _kept(self, user_id: int, membership: MembershipRef, *, away: bool) -> dict[str, KeptAnnotation]:
        row = AnnotationRow
        with self._database.reading() as session:
            account = _account(session, user_id, membership)
            if account is None:
                return {}
            query = select(row.key, row.tag, row.notes, row.crafted).where(row.account_id == account.id)
            query = query.where(row.gone.is_not(None) if away else row.gone.is_(None)).order_by(row.key)
            return {key: KeptAnnotation(Annotation(tag, notes), crafted) for key, tag, notes, crafted in session.execute(query)}


def _account(session: Session, user_id: int, membership: MembershipRef) -> AnnotatedAccountRow | None:
    row = AnnotatedAccountRow
    query = select(row).where(row.user_id == user_id, row.membership_type == membership.type, row.membership_id == membership.id)
    return session.scalar(query)


def _opened(session: Session, user_id: int, membership: MembershipRef) -> AnnotatedAccountRow:
    """Whoever has the person's lock makes it when there is none."""
    account = _account(session, user_id, membership)
    if account is None:
        account = AnnotatedAccountRow(
            user_id=user_id, membership_type=membership.type, membership_id=membership.id, mark=0, changes=0
        )
        session.add(account)
        session.flush()
    return account


def _rows(session: Session, account_id: int, keys: Sequence[str]) -> dict[str, AnnotationRow]:
    found: dict[str, AnnotationRow] = {}
    for some in _chunks(keys):
        query = select(AnnotationRow).where(AnnotationRow.account_id == account_id, AnnotationRow.key.in_(some))
        found.update({row.key: row for row in session.scalars(query)})
    return found


def _make_room(session: Session, account_id: int, news: int, *, but: Collection[str]) -> bool:
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


def _write(
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


def _carried_over(session: Session, account_id: int, old: str, new: str) -> bool:
    """False where something is said of the new one already, or nothing of the old one."""
    if session.get(AnnotationRow, (account_id, new)) is not None or session.get(AnnotationRow, (account_id, old)) is None:
        return False
    row, version = AnnotationRow, AnnotationVersionRow
    session.execute(update(row).where(row.account_id == account_id, row.key == old).values(key=new, gone=None))
    of_new = select(version.number).where(version.account_id == account_id, version.key == new)
    mine = (version.account_id == account_id, version.key == old, version.number.not_in(of_new.scalar_subquery()))
    session.execute(update(version).where(*mine).values(key=new), execution_options={"synchronize_session": False})
    return True


def _bring_back(account: AnnotatedAccountRow, rows: Iterable[AnnotationRow]) -> None:
    """Who says something of a copy has it before them, whatever the last whole answer said."""
    away = [row for row in rows if row.gone is not None]
    for row in away:
        row.gone = None
    account.mark += bool(away)


def _set_gone(session: Session, account_id: int, keys: Iterable[str], at: datetime | None) -> None:
    row = AnnotationRow
    for some in _chunks(list(keys)):
        session.execute(update(row).where(row.account_id == account_id, row.key.in_(some)).values(gone=at))


def _tags(session: Session, user_id: int) -> list[CustomTagRow]:
    query = select(CustomTagRow).where(CustomTagRow.user_id == user_id)
    return list(session.scalars(query.order_by(CustomTagRow.created, CustomTagRow.name)))


def _chunks(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
