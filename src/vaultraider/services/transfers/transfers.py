"""The use cases of moving, equipping and locking: what the doors and the job call."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from vaultraider.domain.errors import Conflict, NotFound
from vaultraider.domain.people import User
from vaultraider.domain.transfers.planning import plan_transfer
from vaultraider.domain.transfers.plans import Plan
from vaultraider.domain.transfers.remaining import durable, remaining
from vaultraider.domain.transfers.wishes import AnyWish, AskedWish
from vaultraider.ports import Clock, JobRecord, MembershipRef, TransferRecord, TransferStore, WriteRecord
from vaultraider.services.jobs import JobHandle, JobLost
from vaultraider.services.transfers import history, sentences
from vaultraider.services.transfers.mover import Mover
from vaultraider.services.transfers.news import News
from vaultraider.services.transfers.order import shares_with
from vaultraider.services.transfers.taken import Taken
from vaultraider.services.transfers.undo import restore_of
from vaultraider.services.transfers.watching import Changes, Watch
from vaultraider.services.transfers.worlds import Worlds, store_names

JOB = "carry_out_transfers"
MOST_OPEN = 200
"""Transfers of one person that may be open at once."""


class Accounts(Protocol):
    """Which account of a person is looked at."""

    def membership(self, user: User) -> MembershipRef: ...


class People(Protocol):
    def get(self, user_id: int) -> User | None: ...
    def all(self) -> Sequence[User]: ...


class Jobs(Protocol):
    def ask(self, kind: str, arguments: dict[str, object] | None = None, *, asked_by: str, after: float = 0.0) -> JobRecord: ...


class Transfers:
    """One for a process. Every method looks only at transfers of the given person; any other is NotFound."""

    def __init__(
        self,
        *,
        store: TransferStore,
        worlds: Worlds,
        mover: Mover,
        accounts: Accounts,
        people: People,
        jobs: Jobs,
        changes: Changes,
        news: News,
        clock: Clock,
    ) -> None:
        self._store = store
        self._worlds = worlds
        self._mover = mover
        self._accounts = accounts
        self._people = people
        self._jobs = jobs
        self._changes = changes
        self._news = news
        self._clock = clock

    # -- asking ---------------------------------------------------------------------------------------------------------

    def ask(self, user: User, wish: AskedWish, *, asked_by: str = "page", key: str | None = None) -> tuple[TransferRecord, bool]:
        """Writes the wish down with its first plan, and has it carried out; the transfer, and whether it is new.

        What is impossible, or so already, is a transfer that has ended. With a ``key`` that was used before, it is that transfer.
        Raises Conflict when its wish was another one, or when too much is open; and where nothing is known of the account yet,
        what reading it raises.
        """
        return self._ask(user, self._accounts.membership(user), wish, asked_by=asked_by, key=key)

    def preview(self, user: User, wish: AskedWish) -> Plan:
        """What would be done, now. Nothing is written."""
        return plan_transfer(self._worlds.now(user, self._accounts.membership(user)), wish)

    def retry(self, user: User, transfer_id: int) -> TransferRecord:
        """Asks again for what stayed of an ended transfer. Raises NotFound, and Conflict where there is nothing to try.

        What arrived is done with, wherever the player took it since.
        """
        old = self.get(user, transfer_id)
        if "retry" not in old.offers(self._clock.now()):
            raise Conflict(_why_no_retry(old))
        wish = remaining(old.wish, history.done_steps(old), history.arrived(old))
        if wish is None:
            raise Conflict("Nothing of it stayed: there is nothing to try again.")
        return self._ask(user, old.membership, wish, asked_by="retry", retries=old.id)[0]

    def undo(self, user: User, transfer_id: int) -> TransferRecord:
        """Takes an ended transfer back, as far as its items are still where it left them.

        Raises NotFound, and Conflict where it cannot be taken back.
        """
        old = self.get(user, transfer_id)
        if "undo" not in old.offers(self._clock.now()):
            raise Conflict(_why_no_undo(old))
        wish = restore_of(history.done_steps(old))
        if not wish.placements and not wish.locks:
            raise Conflict("Everything is where it was before: there is nothing to take back.")
        return self._ask(user, old.membership, wish, asked_by="undo", undoes=old.id)[0]

    def cancel(self, user: User, transfer_id: int) -> TransferRecord:
        """Stops it after the step that is running. Raises NotFound, and Conflict when it has ended."""
        record = self._store.ask_cancel(user.id, transfer_id, self._clock.now())
        if record is None:
            raise NotFound("You have no such transfer.")
        self._changes.tell(user.id)
        if not record.ended:
            self._carry_out_soon(user.id, record.membership)
        return record

    def _ask(
        self,
        user: User,
        membership: MembershipRef,
        wish: AnyWish,
        *,
        asked_by: str,
        key: str | None = None,
        undoes: int | None = None,
        retries: int | None = None,
    ) -> tuple[TransferRecord, bool]:
        known = None if key is None else self._store.by_key(user.id, membership, key, wish)
        if known is not None:
            return known, False
        if len(self._store.open_of(user.id, membership)) >= MOST_OPEN:
            raise Conflict(f"{MOST_OPEN} transfers are under way. Wait for some to end, or stop them.")
        world = self._worlds.now(user, membership)
        lasting = durable(wish, world)
        plan = plan_transfer(world, lasting)
        now = self._clock.now()
        record, is_new = self._store.add(
            user_id=user.id,
            membership=membership,
            wish=lasting,
            plan=plan,
            asked_by=asked_by,
            key=key,
            now=now,
            expires=self._worlds.expiry(user),
            undoes=undoes,
            retries=retries,
            names=store_names(world),
            asked=wish,
        )
        if is_new and not plan.steps and not record.ended and not self._comes_after_others(record):
            record = self._end_at_once(user, record, store_names(world))
        if not record.ended:
            self._carry_out_soon(user.id, membership)
        self._changes.tell(user.id)
        return record, is_new

    def _comes_after_others(self, record: TransferRecord) -> bool:
        """Whether what is so now will be otherwise when its turn comes."""
        before = (each for each in self._store.open_of(record.user_id, record.membership) if each.id < record.id)
        return shares_with(record, before)

    def _end_at_once(self, user: User, record: TransferRecord, names: dict[str, str]) -> TransferRecord:
        """Nothing can be done, or nothing is to be done."""
        held = self._store.take(record.id, self._clock.now())
        if held is not None:
            state = sentences.outcome(held)
            with suppress(JobLost):  # A worker was quicker: it comes to the same end.
                Taken(self._store, self._changes, self._clock, held).finish(state, sentences.closing(held, state, names))
                self._news.of(user.id, record.id)
        return self.get(user, record.id)

    # -- telling --------------------------------------------------------------------------------------------------------

    def get(self, user: User, transfer_id: int) -> TransferRecord:
        """Raises NotFound."""
        record = self._store.get(user.id, transfer_id)
        if record is None:
            raise NotFound("You have no such transfer.")
        return record

    def latest(self, user: User, *, limit: int = 50, before: int | None = None) -> list[TransferRecord]:
        """Newest first. Without ``before``, all that is under way or unconfirmed comes along."""
        return self._store.latest(user.id, limit=limit, before=before)

    def writes(self, user: User, *, query: str = "", limit: int = 100, before: int | None = None) -> list[WriteRecord]:
        """Every write that was ever sent for the person, newest first."""
        return self._store.writes(user.id, query=query, limit=limit, before=before)

    def revisions(self, user: User, since: datetime) -> dict[int, int]:
        """Id to revision of what is under way or changed after ``since``: cheap, for watching."""
        return self._store.revisions(user.id, since)

    def watch(self, user: User) -> Watch:
        """Wakes when something of the person's changes in this process. Others change things, too: it only saves time."""
        return self._changes.watch(user.id)

    def wake_all(self) -> None:
        """Ends every wait of a watcher: the process stops."""
        self._changes.wake_all()

    # -- carrying out ---------------------------------------------------------------------------------------------------

    def carry_out(self, user_id: int, membership: MembershipRef, handle: JobHandle) -> float | None:
        """What the job does: see ``Mover.run``. It asks for itself again when something remains. None for who is gone."""
        user = self._people.get(user_id)
        if user is None:
            return None
        seconds = self._mover.run(user, membership, handle)
        if seconds is not None:
            self._carry_out_soon(user_id, membership, after=seconds)
        return seconds

    def resume(self) -> int:
        """Asks for every account with something open or unconfirmed: what a lost message or a dead worker left behind.

        How many there are. What such a worker did not tell is told.
        """
        accounts = self._store.accounts_at_work()
        for user_id, membership in accounts:
            self._carry_out_soon(user_id, membership)
        self._news.catch_up()
        return len(accounts)

    def _carry_out_soon(self, user_id: int, membership: MembershipRef, *, after: float = 0.0) -> None:
        arguments: dict[str, object] = {"user": user_id, "type": membership.type, "id": membership.id}
        self._jobs.ask(JOB, arguments, asked_by=f"user {user_id}", after=after)


def _why_no_retry(record: TransferRecord) -> str:
    if not record.ended:
        return "This is still under way."
    if record.state == "done":
        return "All of it was done: there is nothing to try again."
    if record.undone_by is not None:
        return "This was taken back. Ask for it anew."
    return "This was tried again already."


def _why_no_undo(record: TransferRecord) -> str:
    if not record.ended:
        return "This is still under way. Stop it first, or wait until it ends."
    if record.undone_by is not None:
        return "This was taken back already."
    if record.undoes is not None:
        return "This takes another transfer back itself. Ask for that one's wish anew."
    if not any(each.state == "done" for each in record.steps):
        return "Nothing was moved: there is nothing to take back."
    return "This is more than 30 days ago. It is not offered any more."
