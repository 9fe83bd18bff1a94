"""A person's curation as a file that can be imported again, here or in Destiny Item Manager."""

from __future__ import annotations

from typing import Protocol

from vaultraider.domain.dim_backup import Account, OldSearch, write_backup
from vaultraider.domain.people import DestinyAccount, User
from vaultraider.ports import MembershipRef
from vaultraider.ports.annotations import AnnotationStore
from vaultraider.ports.custom_stats import CustomStatStore
from vaultraider.ports.imported_loadouts import ImportedLoadoutStore
from vaultraider.ports.searches import SearchStore


class People(Protocol):
    def accounts(self, user_id: int) -> list[DestinyAccount]: ...


class Exporting:
    def __init__(
        self,
        *,
        store: AnnotationStore,
        searches: SearchStore,
        stats: CustomStatStore,
        loadouts: ImportedLoadoutStore,
        people: People,
    ) -> None:
        self._store = store
        self._searches = searches
        self._stats = stats
        self._loadouts = loadouts
        self._people = people

    def backup(self, user: User) -> bytes:
        """Of all accounts of the person: what is said now, searches, totals of their own, and loadouts as they were imported.
        JSON."""
        searches = [
            OldSearch("", each.query, each.saved, each.uses, int(each.last.timestamp() * 1000), each.name)
            for each in self._searches.of(user.id)
        ]
        return write_backup(
            [self._account(user, MembershipRef(each.type, each.id)) for each in self._people.accounts(user.id)],
            self._store.tags(user.id),
            searches,
            [each.entry for each in self._loadouts.of(user.id)],
            self._stats.of(user.id),
        )

    def _account(self, user: User, membership: MembershipRef) -> Account:
        kept = self._store.of(user.id, membership)
        return Account(
            membership.id,
            {key: each.said for key, each in kept.items()},
            {key: each.crafted for key, each in kept.items() if each.crafted},
        )
