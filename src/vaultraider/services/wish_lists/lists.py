"""The use cases of a person's wish lists."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

import msgspec

from vaultraider.domain.errors import Conflict, InvalidInput, NotFound, VaultRaiderError
from vaultraider.domain.ledgers import plain
from vaultraider.domain.people import User
from vaultraider.domain.profile import Profile
from vaultraider.domain.wish_lists import ParsedList, Roll, parse_list, pasted_addresses
from vaultraider.domain.wish_lists.limits import LONGEST_NAME, MOST_BYTES, MOST_LISTS
from vaultraider.domain.wish_lists.parse import read_text
from vaultraider.ports import Clock, JobRecord
from vaultraider.ports.wish_lists import NewList, Refused, WishListRecord, WishListSource, WishListStore
from vaultraider.services.wish_lists import own
from vaultraider.services.wish_lists.facts import facts_of
from vaultraider.services.wish_lists.held import HeldWishes, WishView
from vaultraider.services.wish_lists.reading import TOO_MUCH, Reading

JOB = "refresh_wish_lists"
NO_LIST = "There is no such wish list. It was removed, or the address is wrong."
_TRIES = 5


class Profiles(Protocol):
    """The inventory, as far as lists are matched with it."""

    def profile_for_moving(self, user: User) -> Profile: ...
    def last_read(self, user: User) -> object | None: ...


class Jobs(Protocol):
    def ask(self, kind: str, arguments: dict[str, object], *, asked_by: str) -> JobRecord: ...


class Matched(msgspec.Struct, frozen=True):
    """How many items of the chosen account the lists speak of."""

    wanted: int = 0
    unwanted: int = 0


class WishLists:
    """Every method looks only at the given person's lists; anybody else's is NotFound."""

    def __init__(
        self,
        *,
        store: WishListStore,
        source: WishListSource,
        held: HeldWishes,
        inventory: Profiles,
        jobs: Jobs,
        clock: Clock,
    ) -> None:
        self._store = store
        self._source = source
        self._held = held
        self._inventory = inventory
        self._jobs = jobs
        self._clock = clock
        self.reading = Reading(store=store, source=source, held=held, clock=clock)

    def of(self, user: User, profile: Profile) -> WishView:
        """What the person's lists say of a profile. The same object until lists or profile change; cheap when asked often."""
        return self._held.view(user.id, profile)

    def all(self, user: User) -> list[WishListRecord]:
        """In the person's order: the earlier one wins."""
        return self._store.of(user.id)

    def get(self, user: User, list_id: int) -> WishListRecord:
        """Raises NotFound."""
        record = self._store.get(user.id, list_id)
        if record is None:
            raise NotFound(NO_LIST)
        return record

    def matched(self, user: User) -> Matched:
        """Zeros while nothing is known of the account. Asks nobody but our own database."""
        try:
            if self._inventory.last_read(user) is None:
                return Matched()
            verdicts = self.of(user, self._inventory.profile_for_moving(user)).verdicts
        except VaultRaiderError:
            return Matched()
        counts = Counter(each.wanted for each in verdicts.values())
        return Matched(counts[True], counts[False])

    def add_addresses(self, user: User, text: str) -> list[WishListRecord]:
        """One address, or several joined by "|"; each is asked for in the background.

        Raises InvalidInput for what is none that we ask, Conflict for one too many; then none of them is added.
        """
        pasted = list(dict.fromkeys(pasted_addresses(text))) or [text]
        if len(pasted) > MOST_LISTS:
            raise Conflict(f"You can have {MOST_LISTS} wish lists. Give fewer addresses.")  # Before any name is looked up.
        try:
            urls = [self._source.check(url) for url in pasted]
        except VaultRaiderError as error:
            raise InvalidInput("url", error.sentence) from None
        there = self.all(user)
        known = {each.url for each in there}
        if all(url in known for url in urls):
            raise Conflict("You have a wish list of this address already.")
        new = [url for url in dict.fromkeys(urls) if url not in known]
        if len(there) + len(new) > MOST_LISTS:
            raise Conflict(_FULL)
        added = [_done(self._store.add(user.id, NewList(kind="url", url=url), self._clock.now())) for url in new]
        for each in added:
            self._ask(user, each)
        return added

    def add_text(self, user: User, name: str, text: bytes) -> WishListRecord:
        """A file. Raises InvalidInput where no line of it is a roll, Conflict for one too many."""
        named = checked_name(name)
        if len(text) > MOST_BYTES:
            raise InvalidInput("text", f"The file is larger than {MOST_BYTES // 2**20} MB. Nothing of it was taken.")
        parsed = parse_list(read_text(text))
        if not parsed.rolls:
            raise InvalidInput("text", _no_rolls(parsed))
        facts = facts_of(text, parsed)
        record = _done(self._store.add(user.id, NewList(kind="upload", name=named), self._clock.now(), text, facts))
        self._held.keep(facts.digest, parsed)
        self._held.changed(user.id)
        return record

    def change(
        self, user: User, list_id: int, *, name: str | None = None, on: bool | None = None, place: int | None = None
    ) -> WishListRecord:
        """None leaves it as it is; an empty ``name`` is the file's own. ``place``: from 0."""
        named = None if name is None else checked_name(name)
        changed = self._store.change(user.id, list_id, name=named, on=on, place=place)
        if changed is None:
            raise NotFound(NO_LIST)
        self._held.changed(user.id)
        return changed

    def remove(self, user: User, list_id: int) -> None:
        if not self._store.remove(user.id, list_id):
            raise NotFound(NO_LIST)
        self._held.changed(user.id)

    def refresh(self, user: User, list_id: int) -> None:
        """Asks for it in the background. Raises Conflict for a list that lies here alone."""
        record = self.get(user, list_id)
        if record.kind != "url":
            raise Conflict("This list lies here and nowhere else: there is no address to ask.")
        self._ask(user, record)

    def text(self, user: User, list_id: int) -> bytes:
        """As it came. Raises NotFound also where it was never read yet."""
        text = self._store.text(user.id, self.get(user, list_id).id)
        if text is None:
            raise NotFound("This list has not been read yet. Look again in a moment.")
        return text

    def parsed(self, user: User, list_id: int) -> ParsedList:
        """What was read of it, and the first of the lines that cannot be; empty where it was never read yet. Raises NotFound."""
        return self._parsed(user, self.get(user, list_id))

    def own_rolls(self, user: User) -> tuple[Roll, ...]:
        """Of the list that the person writes here; empty where there is none."""
        return self._parsed(user, self._store.own(user.id)).rolls

    def add_own_roll(self, user: User, hash: int, perks: list[int], notes: str, *, unwanted: bool) -> WishListRecord:
        """To the list that the person writes here; it is made when it is first needed. What it said of the same perks goes."""
        roll = own.checked_roll(hash, perks, notes, unwanted=unwanted)
        for _ in range(_TRIES):
            record = self._store.own(user.id)
            there = self._parsed(user, record)
            written = self._write_own(user, record, own.with_roll(there, roll))
            if written is not None:
                return written
        raise Conflict

    def drop_own_roll(self, user: User, hash: int, perks: list[int], *, unwanted: bool) -> WishListRecord:
        """Raises NotFound where it says no such thing."""
        roll = own.checked_roll(hash, perks, "", unwanted=unwanted)
        for _ in range(_TRIES):
            record = self._store.own(user.id)
            rolls = own.without_roll(self._parsed(user, record), roll)
            if rolls is None:
                raise NotFound("Your wish list has no such roll. It may have been taken out already.")
            written = self._write_own(user, record, rolls)
            if written is not None:
                return written
        raise Conflict

    def _write_own(self, user: User, record: WishListRecord | None, rolls: tuple[Roll, ...]) -> WishListRecord | None:
        """None where somebody else wrote meanwhile: then it is done again with what they wrote."""
        text = own.text_of(rolls)
        parsed = parse_list(read_text(text))
        facts = facts_of(text, parsed)
        if record is None:
            added = self._store.add(user.id, NewList(kind="own"), self._clock.now(), text, facts)
            record = None if added == "same" else _done(added)
        else:
            refused = self._store.replace(user.id, record.id, text, facts, instead_of=record.facts.digest)
            if refused == "large":
                raise Conflict(TOO_MUCH)
            record = msgspec.structs.replace(record, facts=facts) if refused is None else None
        self._held.keep(facts.digest, parsed)
        self._held.changed(user.id)
        return record

    def _parsed(self, user: User, record: WishListRecord | None) -> ParsedList:
        return self._held.parsed(user.id, record.id, record.facts.digest) if record is not None else ParsedList()

    def _ask(self, user: User, record: WishListRecord) -> None:
        self._jobs.ask(JOB, {"user": user.id, "list": record.id}, asked_by=f"user {user.id}")


def checked_name(name: str) -> str:
    """Raises InvalidInput, naming ``title``."""
    return plain(name, LONGEST_NAME, "title")


_FULL = f"You have {MOST_LISTS} wish lists. Remove one first."


def _done(outcome: WishListRecord | Refused) -> WishListRecord:
    if isinstance(outcome, WishListRecord):
        return outcome
    if outcome == "same":
        raise Conflict("You have a wish list of this address already.")
    if outcome == "gone":
        raise NotFound(NO_LIST)
    raise Conflict(_FULL if outcome == "full" else TOO_MUCH)


def _no_rolls(parsed: ParsedList) -> str:
    first = f" Line {parsed.faults[0].line}: {parsed.faults[0].sentence}" if parsed.faults else ""
    return f"This is no wish list: no line of it is a roll.{first}"
