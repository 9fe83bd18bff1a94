"""Tags and notes: what is said now, every change of it, and people's own tags."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from vaultraider.database.annotation_rows import (
    AnnotatedAccountRow,
    AnnotationChangeRow,
    AnnotationRow,
    AnnotationVersionRow,
    CustomTagRow,
)
from vaultraider.database.annotation_writing import (
    account_of,
    bring_back,
    carried_over,
    make_room,
    opened_account,
    rows_of,
    set_gone,
    write,
)
from vaultraider.database.engine import Database
from vaultraider.database.users import lock_person
from vaultraider.domain.annotations import MOST_TAGS, NOTHING, TAGS, Annotation, Tag
from vaultraider.ports import MembershipRef
from vaultraider.ports.annotations import By, Change, Edit, KeptAnnotation, OldVersion

NO_TIMES: Mapping[str, int] = {}


class AnnotationRepository:
    """Fits ``ports.annotations.AnnotationStore``. What people say is nowhere else: it is written durably."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, user_id: int, membership: MembershipRef) -> int:
        with self._database.reading() as session:
            account = account_of(session, user_id, membership)
            return account.mark if account is not None else 0

    def of(self, user_id: int, membership: MembershipRef) -> dict[str, KeptAnnotation]:
        return self._kept(user_id, membership, away=False)

    def away(self, user_id: int, membership: MembershipRef) -> dict[str, KeptAnnotation]:
        return self._kept(user_id, membership, away=True)

    def change(
        self, user_id: int, membership: MembershipRef, keys: Mapping[str, int], edit: Edit, by: By, now: datetime
    ) -> Change | Literal["gone", "full", "no-tag"]:
        with self._database.transaction(durable=True) as session:
            if not lock_person(session, user_id):
                return "gone"
            account = opened_account(session, user_id, membership)
            rows = rows_of(session, account.id, list(keys))
            after = {key: edit(key, rows[key].said() if key in rows else NOTHING) for key in keys}
            given = {said.tag for key, said in after.items() if key not in rows or rows[key].tag != said.tag}
            if not _are_tags(session, user_id, given - {""}):
                return "no-tag"
            news = sum(key not in rows and said != NOTHING for key, said in after.items())
            if not make_room(session, account.id, news, but=rows.keys()):
                return "full"
            for key, crafted in keys.items():
                if crafted and key in rows:
                    rows[key].crafted = crafted
            if by == "you":
                bring_back(account, rows.values())
            return write(session, account, rows, after, keys, by, now)

    def get_change(self, user_id: int, membership: MembershipRef, number: int) -> Change | None:
        with self._database.reading() as session:
            account = account_of(session, user_id, membership)
            row = session.get(AnnotationChangeRow, (account.id, number)) if account is not None else None
            if account is None or row is None:
                return None
            of_change = (AnnotationVersionRow.account_id == account.id, AnnotationVersionRow.number == number)
            found = session.scalars(select(AnnotationVersionRow).where(*of_change).order_by(AnnotationVersionRow.key))
            return Change(number, row.at, cast(By, row.by), tuple(each.version() for each in found))

    def versions(self, user_id: int, membership: MembershipRef, key: str) -> list[OldVersion]:
        change, version = AnnotationChangeRow, AnnotationVersionRow
        with self._database.reading() as session:
            account = account_of(session, user_id, membership)
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
            account = account_of(session, user_id, membership) if lock_person(session, user_id) else None
            if account is None:
                return
            for key, row in rows_of(session, account.id, list(crafted)).items():
                row.crafted = crafted[key]
            session.flush()
            put_away = set(gone)
            for old, new in moved.items():
                if not carried_over(session, account.id, old, new):
                    put_away.add(old)
            set_gone(session, account.id, put_away, now)
            set_gone(session, account.id, back, None)
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
                write(session, account, rows, {each.key: Annotation("", each.notes) for each in rows.values()}, {}, "you", now)
            return lost

    def _kept(self, user_id: int, membership: MembershipRef, *, away: bool) -> dict[str, KeptAnnotation]:
        row = AnnotationRow
        with self._database.reading() as session:
            account = account_of(session, user_id, membership)
            if account is None:
                return {}
            query = select(row.key, row.tag, row.notes, row.crafted).where(row.account_id == account.id)
            query = query.where(row.gone.is_not(None) if away else row.gone.is_(None)).order_by(row.key)
            return {key: KeptAnnotation(Annotation(tag, notes), crafted) for key, tag, notes, crafted in session.execute(query)}


def _tags(session: Session, user_id: int) -> list[CustomTagRow]:
    query = select(CustomTagRow).where(CustomTagRow.user_id == user_id)
    return list(session.scalars(query.order_by(CustomTagRow.created, CustomTagRow.name)))


def _are_tags(session: Session, user_id: int, names: Set[str]) -> bool:
    """Whoever has the person's lock can rely on it: nobody deletes one meanwhile."""
    own = names - set(TAGS)
    return not own or own <= {row.name for row in _tags(session, user_id)}
