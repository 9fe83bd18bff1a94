"""The use cases of tags and notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec

from vaultraider.domain.annotations import (
    FIELD_TAGS,
    MOST_TAGS,
    NOTHING,
    TAGS,
    Annotation,
    Tag,
    checked_label,
    checked_notes,
    checked_tag_name,
    is_key,
    is_tag_name,
)
from vaultraider.domain.errors import Conflict, InvalidInput, NotFound, VaultRaiderError
from vaultraider.domain.hashtags import append_notes, collect_hashtags, remove_notes
from vaultraider.domain.people import User
from vaultraider.domain.profile import Profile
from vaultraider.ports import Clock, MembershipRef
from vaultraider.ports.annotations import AnnotationStore, By, Change, OldVersion
from vaultraider.services.annotations.held import HeldAnnotations
from vaultraider.services.annotations.naming import NO_ITEM, key_of, listed, names_of, targets

FULL = "More items would be tagged than one account can have. Nothing was changed."
TAG_GONE = "The tag was deleted meanwhile. Make it again, or choose another. Nothing was changed."
NO_CHANGE = "There is no such change. Nothing was undone."
NO_TAG = "There is no such tag of yours. It was deleted, or the name is wrong."


class Accounts(Protocol):
    """Which account of a person is looked at."""

    def membership(self, user: User) -> MembershipRef: ...


class Inventory(Protocol):
    def profile_for_moving(self, user: User, membership: MembershipRef | None = None) -> Profile: ...


class Said(msgspec.Struct, frozen=True):
    """What a change did: its number, 0 where nothing differs, and what is said now of each that was meant."""

    change: int
    changed: int
    annotations: Mapping[str, Annotation]


class Annotations:
    """Every method looks only at the given person's, of the account that is looked at."""

    def __init__(
        self, *, store: AnnotationStore, held: HeldAnnotations, accounts: Accounts, inventory: Inventory, clock: Clock
    ) -> None:
        self._store = store
        self._held = held
        self._accounts = accounts
        self._inventory = inventory
        self._clock = clock

    def of(self, user: User, membership: MembershipRef | None = None) -> Mapping[str, Annotation]:
        """By ``annotation_key``, only of what is there. The same object until something in it changes."""
        return self._held.of(user.id, membership or self._accounts.membership(user))

    def ever(self, user: User, membership: MembershipRef) -> Mapping[str, Annotation]:
        """The same with what is said of copies that are not there any more."""
        away = {key: each.said for key, each in self._store.away(user.id, membership).items()}
        return away | dict(self.of(user, membership))

    def tags(self, user: User) -> list[Tag]:
        """The five, then the person's own."""
        return [*FIELD_TAGS, *self._store.tags(user.id)]

    def hashtags(self, user: User) -> list[str]:
        """Of all notes, those used most first."""
        return collect_hashtags(each.notes for each in self.of(user).values())

    def say(
        self,
        user: User,
        items: Sequence[str],
        *,
        tag: str | None = None,
        notes: str | None = None,
        add: str | None = None,
        remove: str | None = None,
    ) -> Said:
        """None leaves it as it is, "" takes it away; ``add`` and ``remove`` are text in the notes, mostly hashtags.

        ``items`` by the ids of the profile; those that are not there any more are passed over. Raises NotFound when none is
        there, InvalidInput, Conflict.
        """
        if tag is None and notes is None and not add and not remove:
            raise InvalidInput("tag", "Say what shall be changed: a tag, notes, or text to add or remove.")
        if tag:
            self._check_tag(user, tag)
        notes = checked_notes(notes) if notes is not None else None
        add, remove = checked_notes(add or ""), checked_notes(remove or "")

        def edit(_key: str, before: Annotation) -> Annotation:
            text = before.notes if notes is None else notes
            text = remove_notes(text, remove) if remove else text
            text = append_notes(text, add) if add else text
            return Annotation(before.tag if tag is None else tag, checked_notes(text))

        membership = self._accounts.membership(user)
        wanted = targets(self._inventory.profile_for_moving(user, membership), items)
        return self.write(user, membership, wanted, edit, "you")

    def undo(self, user: User, number: int) -> Said:
        """Brings back what was said before a change. Raises NotFound; Conflict where something was changed since."""
        membership = self._accounts.membership(user)
        change = self._store.get_change(user.id, membership, number)
        if change is None or not change.versions:
            raise NotFound(NO_CHANGE)
        for tag in {each.before.tag for each in change.versions} - {""}:
            self._check_still_there(user, tag)
        versions = {each.key: each for each in change.versions}
        now = self.ever(user, membership)
        self._check_unchanged(user, membership, change, lambda key: now.get(key, NOTHING))

        def edit(key: str, before: Annotation) -> Annotation:
            if before != versions[key].after:
                raise Conflict(_changed_since(1, []))
            return versions[key].before

        return self.write(user, membership, dict.fromkeys(versions, 0), edit, "undo")

    def versions(self, user: User, item: str) -> list[OldVersion]:
        """What was said of an item, newest first; the first one is what is said now. ``item``: its id, or its key once it is
        not there any more. Raises NotFound."""
        membership = self._accounts.membership(user)
        entry = self._inventory.profile_for_moving(user, membership).find(item)
        key = key_of(entry) if entry is not None else item
        found = self._store.versions(user.id, membership, key) if is_key(key) else []
        if entry is None and not found:
            raise NotFound(NO_ITEM)
        return found

    def save_tag(self, user: User, name: str, label: str) -> Tag:
        """A tag of the person's own, or a new label for it. Raises InvalidInput, Conflict."""
        tag = Tag(checked_tag_name(name), checked_label(label))
        outcome = self._store.save_tag(user.id, tag, self._clock.now())
        if outcome == "full":
            raise Conflict(f"You have {MOST_TAGS} tags of your own. Delete one first.")
        if outcome == "gone":
            raise NotFound
        return tag

    def drop_tag(self, user: User, name: str) -> int:
        """How many items lose it. Raises NotFound, InvalidInput for one of the five."""
        if name in TAGS:
            raise InvalidInput("name", f"The tag {name} is always there. Only tags of your own can be deleted.")
        lost = self._store.drop_tag(user.id, name, self._clock.now()) if is_tag_name(name) else None
        if lost is None:
            raise NotFound(NO_TAG)
        self._held.changed(user.id)
        return lost

    def write(
        self,
        user: User,
        membership: MembershipRef,
        keys: Mapping[str, int],
        edit: Callable[[str, Annotation], Annotation],
        by: By,
    ) -> Said:
        """``keys``: with when each was crafted, or 0. Raises NotFound, Conflict, and whatever ``edit`` raises."""
        change = self._store.change(user.id, membership, keys, edit, by, self._clock.now())
        if change == "gone":
            raise NotFound
        if change == "full":
            raise Conflict(FULL)
        if change == "no-tag":
            raise Conflict(TAG_GONE)
        self._held.changed(user.id)
        now = self._held.of(user.id, membership)
        return Said(change.number, len(change.versions), {key: now.get(key, NOTHING) for key in keys})

    def _check_tag(self, user: User, tag: str) -> None:
        known = [each.name for each in self.tags(user)]
        if tag not in known:
            raise InvalidInput("tag", f"There is no such tag. These are possible: {', '.join(known)}.")

    def _check_still_there(self, user: User, tag: str) -> None:
        if all(each.name != tag for each in self.tags(user)):
            raise Conflict(f"The tag {tag} was deleted since. Make it again, then undo this.")

    def _check_unchanged(self, user: User, membership: MembershipRef, change: Change, now: Callable[[str], Annotation]) -> None:
        """Raises Conflict with the names of what was changed since."""
        other = [each.key for each in change.versions if now(each.key) != each.after]
        if not other:
            return
        try:
            names = names_of(self._inventory.profile_for_moving(user, membership), other)
        except VaultRaiderError:  # Without definitions nothing has a name; what is to be said stays true.
            names = []
        raise Conflict(_changed_since(len(other), names))


def _changed_since(count: int, names: Sequence[str]) -> str:
    what = listed(names) or ("one of these items" if count == 1 else f"{count} of these items")
    was, it = ("was", "it") if count == 1 else ("were", "them")
    return f"{what[:1].upper()}{what[1:]} {was} changed since. Undo that first, or change {it} by hand. Nothing was undone."
