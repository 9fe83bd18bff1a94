"""Searches that people saved, and those they used of late."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from vaultraider.domain.errors import Conflict, InvalidInput, NotFound
from vaultraider.domain.ledgers import plain
from vaultraider.domain.people import User
from vaultraider.ports import Clock
from vaultraider.ports.searches import KeptSearch, SearchStore
from vaultraider.search.query import LONGEST
from vaultraider.search.reading import LONGEST_SAVED, Reading
from vaultraider.search.recent import in_order

LONGEST_NAME = 64
MOST_SAVED = 300
MOST_TAKEN_IN = 1000
"""Of one file are read: more than can be kept, though some of them may be wrong."""
NO_SEARCH = "There is no such search. It was deleted meanwhile, or it was never kept."
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")

Read = Callable[[User, str], Reading]
"""How a person's queries are read: their own tags are words of it."""


class Searches:
    """Every method looks only at the given person's. A query is kept in its canonical form: written otherwise it is the same."""

    def __init__(self, *, store: SearchStore, read: Read, clock: Clock) -> None:
        self._store = store
        self._read = read
        self._clock = clock

    def all(self, user: User) -> list[KeptSearch]:
        """Saved ones first, then those used most and latest."""
        return in_order(self._store.of(user.id), self._clock.now())

    def save(self, user: User, query: str, *, name: str | None = None, saved: bool = True) -> KeptSearch:
        """Makes it, or changes it; None leaves the name as it is. Raises InvalidInput for what cannot be answered, unless it is
        kept already; Conflict."""
        text = self._kept_form(user, query)
        kept = self._store.save(
            user.id, text, self._clock.now(), name=plain(name, LONGEST_NAME, "name") if name is not None else None, saved=saved
        )
        if kept == "full":
            raise Conflict(f"You have {MOST_SAVED} saved searches. Delete one first.")
        if kept == "gone":
            raise NotFound
        return kept

    def used(self, user: User, query: str) -> bool:
        """Counts a use; whether it was: only of what is worth remembering, or is saved."""
        reading = self._read(user, keepable(query))
        if not reading.saveable:
            return False
        if not reading.remembered and not self._is_saved(user, reading.canonical):
            return False
        return self._store.used(user.id, reading.canonical, self._clock.now()) is not None

    def drop(self, user: User, query: str) -> None:
        """Raises NotFound."""
        text = keepable(query)
        if not (self._store.drop(user.id, text) or self._store.drop(user.id, self._read(user, text).canonical)):
            raise NotFound(NO_SEARCH)

    def take_in(self, user: User, searches: Sequence[KeptSearch], *, check: bool) -> int:
        """Of an import those that are not there yet; how many. What cannot be answered is kept only where it was saved. Of very
        many those that were saved go first, then the latest. ``check``: only counts."""
        chosen = sorted(searches, key=lambda each: (each.saved, each.last), reverse=True)[:MOST_TAKEN_IN]
        found = [kept for each in chosen if (kept := self._imported(user, each)) is not None]
        added = self._store.take_in(user.id, found, check=check)
        return added if isinstance(added, int) else 0

    def _imported(self, user: User, search: KeptSearch) -> KeptSearch | None:
        text = keepable(search.query[:LONGEST])
        if len(text) > 2 * LONGEST_SAVED:
            return None  # No canonical form is that much shorter, and to find that out takes long.
        reading = self._read(user, text)
        fits = 0 < len(reading.canonical.encode("utf-16-le", "replace")) // 2 <= LONGEST_SAVED
        if not fits or not (search.saved or reading.remembered):
            return None
        name = " ".join(_UNSEEN.sub("", search.name).split())[:LONGEST_NAME]
        return msgspec.structs.replace(search, query=reading.canonical, name=name)

    def _kept_form(self, user: User, query: str) -> str:
        text = keepable(query)
        reading = self._read(user, text)
        if reading.saveable:
            return reading.canonical
        if any(each.query == text for each in self._store.of(user.id)):
            return text  # From an import: whatever is wrong with it, it can be renamed and taken out of the saved ones.
        if reading.valid:
            raise InvalidInput("query", "This search is empty or too long to be kept: 2,048 characters are possible.")
        problem = reading.problem
        raise InvalidInput("query", problem.sentence if problem is not None else "This search cannot be read.")

    def _is_saved(self, user: User, query: str) -> bool:
        return any(each.saved and each.query == query for each in self._store.of(user.id))


def keepable(query: str) -> str:
    """Without what no query can mean and not every database can keep."""
    return _UNSEEN.sub("", query).strip()
