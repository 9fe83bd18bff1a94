"""What wish lists say of each person's items, in this process's memory, as long as the database says nothing else."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from vaultraider.domain.people import User
from vaultraider.domain.profile import Profile
from vaultraider.domain.wish_lists import ParsedList, Wishes, parse_list
from vaultraider.domain.wish_lists.limits import MOST_ROLLS_OF_ALL
from vaultraider.domain.wish_lists.parse import read_text
from vaultraider.domain.wishes import Verdict
from vaultraider.ports import Clock
from vaultraider.ports.wish_lists import ListMark, WishListStore
from vaultraider.services.wish_lists.facts import digest_of

NOTHING = timedelta(0)
LOOK_EVERY = timedelta(seconds=0.5)
"""How often the database is compared with: another process may have changed something."""
KEPT = 32
"""People in memory at once."""
ROLLS_KEPT = MOST_ROLLS_OF_ALL
"""Rolls in memory at once, over all people: some 120 MB at worst, a tenth of that with the lists that are about. One person's
stay while they are looked at, however many others there are."""
NO_VERDICTS: Mapping[str, Verdict] = {}
NO_HASHES: frozenset[int] = frozenset()


class WishView(msgspec.Struct, frozen=True):
    """``verdicts``: by item id. ``wishable``: hashes of items and of categories that a roll names."""

    verdicts: Mapping[str, Verdict]
    wishable: frozenset[int]


NOTHING_WISHED = WishView(NO_VERDICTS, NO_HASHES)


class ParsedLists:
    """Lists that were read, by the digest of their text: two people with the same list share it, whoever has it. Thread-safe."""

    def __init__(self, kept: int = ROLLS_KEPT) -> None:
        self._most = kept
        self._all: OrderedDict[str, ParsedList] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, digest: str) -> ParsedList | None:
        with self._lock:
            found = self._all.get(digest)
            if found is not None:
                self._all.move_to_end(digest)
            return found

    def keep(self, digest: str, parsed: ParsedList) -> None:
        """Those not asked for longest make room."""
        with self._lock:
            self._all[digest] = parsed
            self._all.move_to_end(digest)
            held = sum(len(each.rolls) for each in self._all.values())
            while held > self._most and len(self._all) > 1:
                _, gone = self._all.popitem(last=False)
                held -= len(gone.rolls)


class _Held:
    """``busy`` is held while lists are read or a profile is judged, so that this is done once."""

    def __init__(self) -> None:
        self.busy = threading.Lock()
        self.looked: datetime | None = None
        self.marks: tuple[ListMark, ...] = ()
        self.rolls: dict[str, int] = {}
        """How many, by the digest of their list."""
        self.wishes: Wishes | None = None
        self.profile: Profile | None = None
        self.view = NOTHING_WISHED


class HeldWishes:
    """Fits ``ports.inventory.VerdictsOf``. Safe between threads."""

    def __init__(
        self, store: WishListStore, clock: Clock, *, parsed: ParsedLists | None = None, rolls_kept: int = ROLLS_KEPT
    ) -> None:
        self._most = rolls_kept
        self._store = store
        self._clock = clock
        self._parsed = parsed or ParsedLists()
        self._all: OrderedDict[int, _Held] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, user_id: int) -> bool:
        """Whether anything of this person's is in memory."""
        with self._lock:
            return user_id in self._all

    def of(self, user_id: int, profile: Profile) -> Mapping[str, Verdict]:
        """By item id. The same object until lists or profile change."""
        return self.view(user_id, profile).verdicts

    def view(self, user_id: int, profile: Profile) -> WishView:
        """The same object until lists or profile change."""
        held = self._get(user_id)
        with held.busy:
            self._look(held, user_id)
            if held.wishes is None:
                return NOTHING_WISHED
            if held.profile is not profile:
                held.view = _seen_anew(held.view, held.wishes, profile)
                held.profile = profile
            return held.view

    def changed(self, user_id: int) -> None:
        """Something was written: whoever asks this process next sees it. Other processes see it within half a second."""
        with self._lock:
            held = self._all.get(user_id)
        if held is not None:
            with held.busy:
                held.looked = None

    def parsed(self, user_id: int, list_id: int, digest: str) -> ParsedList:
        """One list, read now if nobody has read it. An empty one where it is gone."""
        found = self._parsed.get(digest)
        if found is None:
            text = self._store.text(user_id, list_id)
            found = parse_list(read_text(text)) if text is not None else ParsedList()
            if text is not None:
                # It may be a newer text than the one that was asked for.
                self._parsed.keep(digest_of(text), found)
        return found

    def keep(self, digest: str, parsed: ParsedList) -> None:
        """A list that was just read, so that it need not be read again."""
        self._parsed.keep(digest, parsed)

    def forget(self, user: User) -> None:
        """Drops what is in memory about a person."""
        with self._lock:
            self._all.pop(user.id, None)

    def _look(self, held: _Held, user_id: int) -> None:
        now = self._clock.now()
        # A clock that was turned back makes it due, too.
        if held.looked is not None and NOTHING <= now - held.looked < LOOK_EVERY:
            return
        marks = self._store.marks(user_id)
        if marks != held.marks:
            lists = [_named(self.parsed(user_id, mark.id, mark.digest), mark.name) for mark in marks]
            held.wishes, held.profile = Wishes(lists) if lists else None, None
            held.marks = marks
            held.rolls = {mark.digest: len(each.rolls) for mark, each in zip(marks, lists, strict=True)}
            self._make_room(user_id)
        held.looked = now

    def _make_room(self, user_id: int) -> None:
        """Those not asked for longest go, until all their lists together are not too many. What several have counts once."""
        with self._lock:
            for other in [each for each in self._all if each != user_id]:
                together = {digest: count for each in self._all.values() for digest, count in each.rolls.items()}
                if sum(together.values()) <= self._most:
                    return
                del self._all[other]

    def _get(self, user_id: int) -> _Held:
        with self._lock:
            held = self._all.get(user_id)
            if held is None:
                held = self._all[user_id] = _Held()
                while len(self._all) > KEPT:
                    self._all.popitem(last=False)
            else:
                self._all.move_to_end(user_id)
            return held


def _named(parsed: ParsedList, name: str) -> ParsedList:
    return msgspec.structs.replace(parsed, title=name) if name else parsed


def _seen_anew(before: WishView, wishes: Wishes, profile: Profile) -> WishView:
    """The same objects where nothing else is said: what was made of them need not be made again."""
    verdicts = wishes.verdicts(profile)
    if before.wishable is wishes.wishable and before.verdicts == verdicts:
        return before
    return WishView(verdicts, wishes.wishable)
