"""Taking in what another program, or a table, says of a person's items.

A file says the whole of an item: what it has no tag for loses its tag. What cannot be read is told, and the rest is taken. Items
that are not there are remembered all the same, and their tags come up when they do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

import msgspec

from vaultraider.domain.annotations import NOTHING, Annotation, checked_label, checked_tag_name
from vaultraider.domain.dim_backup import MOST_ERRORS, OldLoadout, OldSearch, OldStat, Remark, Wrong, read_backup
from vaultraider.domain.errors import VaultRaiderError
from vaultraider.domain.item_lines import read_remarks
from vaultraider.domain.people import DestinyAccount, User
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.ports import Clock, MembershipRef
from vaultraider.ports.imported_loadouts import MOST_BYTES, MOST_LOADOUTS, ImportedLoadout, ImportedLoadoutStore
from vaultraider.ports.searches import KeptSearch
from vaultraider.services.annotations.annotations import Annotations
from vaultraider.services.annotations.naming import keys_of
from vaultraider.services.annotations.settling import Settling

NOT_YOURS = "This file is about none of your Destiny accounts. Choose the account that it was made with, and sign in to that."


class Accounts(Protocol):
    def membership(self, user: User) -> MembershipRef: ...


class People(Protocol):
    def accounts(self, user_id: int) -> list[DestinyAccount]: ...


class Inventory(Protocol):
    def snapshot_of(self, user: User, membership: MembershipRef | None = None) -> ProfileSnapshot | None: ...


class Searches(Protocol):
    def take_in(self, user: User, searches: Sequence[KeptSearch], *, check: bool) -> int: ...


class Stats(Protocol):
    def take_in(self, user: User, stats: Sequence[OldStat], *, check: bool) -> tuple[int, list[Wrong]]: ...


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """``tags``, ``notes``: items of which they change. ``searches``, ``loadouts``: new ones. ``stats``: new or different totals
    of one's own. ``skipped``: what says nothing new, or is about something else. ``unknown_items``: not in the account now.
    ``change``: in the account that is looked at, to undo it; 0 for none."""

    tags: int
    notes: int
    searches: int
    loadouts: int
    stats: int
    skipped: int
    unknown_items: int
    change: int
    errors: list[Wrong]


class Importing:
    def __init__(
        self,
        *,
        annotations: Annotations,
        settling: Settling,
        searches: Searches,
        stats: Stats,
        loadouts: ImportedLoadoutStore,
        accounts: Accounts,
        people: People,
        inventory: Inventory,
        clock: Clock,
    ) -> None:
        self._annotations = annotations
        self._settling = settling
        self._searches = searches
        self._stats = stats
        self._loadouts = loadouts
        self._accounts = accounts
        self._people = people
        self._inventory = inventory
        self._clock = clock

    def backup(self, user: User, file: bytes, *, check: bool) -> TakenIn:
        """Destiny Item Manager's, or one of ours. ``check``: only says what would come of it. Raises Conflict."""
        found = read_backup(file)
        taken = _Taken(skipped=found.skipped, errors=found.errors)
        own = {tag.name: tag.label for tag in found.tags}
        self._say(user, found.remarks, own, taken, check=check)
        # Before the searches, which may name them.
        stats, wrong = self._stats.take_in(user, found.stats, check=check)
        for each in wrong:
            taken.wrong(each.where, each.sentence)
        searches = self._searches.take_in(user, [self._search(each) for each in found.searches], check=check)
        came = self._loadouts.keep(user.id, [_loadout(each) for each in found.loadouts], self._clock.now(), check=check)
        if came.left_out:
            taken.wrong("loadouts", _no_room(came.left_out))
        taken.skipped += len(found.searches) - searches + len(found.loadouts) - came.changed - came.left_out
        taken.skipped += len(found.stats) - len(wrong) - stats
        return taken.told(searches, came.changed, stats)

    def table(self, user: User, file: bytes, *, check: bool) -> TakenIn:
        """CSV with tags and notes by id or hash. Raises Conflict."""
        remarks, errors = read_remarks(file)
        taken = _Taken(skipped=0, errors=errors)
        self._say(user, remarks, {}, taken, check=check)
        return taken.told(0, 0, 0)

    def _say(self, user: User, remarks: Sequence[Remark], own: Mapping[str, str], taken: _Taken, *, check: bool) -> None:
        tags = self._tags(user, {each.tag for each in remarks if each.tag}, own, check=check)
        chosen = self._accounts.membership(user)
        mine = {each.id: MembershipRef(each.type, each.id) for each in self._people.accounts(user.id)} | {"": chosen}
        by_account: dict[MembershipRef, dict[str, Remark]] = {}
        for remark in remarks:
            if remark.account in mine:
                by_account.setdefault(mine[remark.account], {})[remark.key] = taken.known_tag(remark, tags)
            else:
                taken.skipped += 1
        if remarks and not by_account:
            taken.wrong("file", NOT_YOURS)
        for membership, by_key in by_account.items():
            change = self._say_in(user, membership, by_key, taken, check=check)
            taken.change = change if membership == chosen else taken.change

    def _say_in(self, user: User, membership: MembershipRef, remarks: Mapping[str, Remark], taken: _Taken, *, check: bool) -> int:
        snapshot = self._inventory.snapshot_of(user, membership)
        if snapshot is not None:
            taken.unknown += len(remarks.keys() - keys_of(snapshot))
        now = self._annotations.ever(user, membership)
        for key, remark in remarks.items():
            before = now.get(key, NOTHING)
            taken.count(before, _after(before, remark))
        if check:
            return 0
        crafted = {key: remark.crafted for key, remark in remarks.items()}
        said = self._annotations.write(user, membership, crafted, lambda key, before: _after(before, remarks[key]), "import")
        if snapshot is not None:
            self._settling.accepted(user, membership, None, snapshot)
        return said.change

    def _tags(self, user: User, wanted: set[str], own: Mapping[str, str], *, check: bool) -> set[str]:
        """Those that can be given; tags of one's own that the file brings along are made."""
        known = {tag.name for tag in self._annotations.tags(user)}
        for name in sorted(wanted & own.keys() - known):
            try:
                checked_tag_name(name), checked_label(own[name])
                if not check:
                    self._annotations.save_tag(user, name, own[name])
            except VaultRaiderError:
                continue
            known.add(name)
        return known

    def _search(self, old: OldSearch) -> KeptSearch:
        now = self._clock.now()
        last = datetime.fromtimestamp(old.last / 1000, UTC) if old.last else now
        return KeptSearch(query=old.query, name=old.name, saved=old.saved, uses=old.uses, last=min(last, now))


class _Taken:
    """Counts while it is taken in."""

    def __init__(self, *, skipped: int, errors: list[Wrong]) -> None:
        self.tags = self.notes = self.unknown = self.change = 0
        self.skipped = skipped
        self.errors = errors

    def known_tag(self, remark: Remark, tags: set[str]) -> Remark:
        """Without a tag that nobody has made; that is told."""
        if not remark.tag or remark.tag in tags:
            return remark
        self.wrong(remark.where, f"There is no tag named {remark.tag[:32]}. Make one of that name first. The notes were taken.")
        return msgspec.structs.replace(remark, tag=None)

    def count(self, before: Annotation, after: Annotation) -> None:
        self.tags += before.tag != after.tag
        self.notes += before.notes != after.notes
        self.skipped += before == after

    def wrong(self, where: str, sentence: str) -> None:
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(Wrong(where, sentence))

    def told(self, searches: int, loadouts: int, stats: int) -> TakenIn:
        return TakenIn(
            tags=self.tags,
            notes=self.notes,
            searches=searches,
            loadouts=loadouts,
            stats=stats,
            skipped=self.skipped,
            unknown_items=self.unknown,
            change=self.change,
            errors=self.errors,
        )


def _after(before: Annotation, remark: Remark) -> Annotation:
    return Annotation(before.tag if remark.tag is None else remark.tag, before.notes if remark.notes is None else remark.notes)


def _loadout(old: OldLoadout) -> ImportedLoadout:
    return ImportedLoadout(old.id, old.account, old.entry)


def _no_room(left_out: int) -> str:
    were = "One loadout of this file was" if left_out == 1 else f"{left_out:,} loadouts of this file were"
    return (
        f"{were} left out: {MOST_LOADOUTS:,} imported loadouts are kept for each person, and {MOST_BYTES >> 20} MB of them. "
        "The rest was taken."
    )
