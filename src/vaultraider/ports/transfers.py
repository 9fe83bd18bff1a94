"""The journal of transfers, and the writes to Bungie that carry them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol

import msgspec

from vaultraider.domain.transfers.plans import Plan, Refusal, Step
from vaultraider.domain.transfers.wishes import AnyWish
from vaultraider.ports.bungie import MembershipRef

TransferState = Literal["queued", "running", "checking", "waiting", "done", "partly", "failed", "cancelled", "expired"]
"""``checking``: an answer was unclear and we read Bungie again before we decide. ``waiting``: Bungie is down, or the player
is in an activity; it goes on by itself. ``partly``: some went, some stayed. The last five are ends."""

StepState = Literal["planned", "running", "done", "refused", "unconfirmed", "skipped"]
"""``running``: its call may have been sent. ``skipped``: the plan was replaced or the transfer ended before it."""

Settled = Literal["seen", "contradicted", "unconfirmed", "superseded"]
"""What Bungie's profile said of a done step later: it shows it; it shows something else; nothing came within three minutes;
a later step of ours changed the same item again."""

AskedBy = str
"""Who asked: "page", "api", "rule <name>", "undo", "retry"."""

ENDED: frozenset[str] = frozenset({"done", "partly", "failed", "cancelled", "expired"})

Offer = Literal["cancel", "retry", "undo"]
"""What can be asked of a transfer as it stands."""

UNDO_OFFERED = timedelta(days=30)


class StepRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One call of a transfer. ``round`` counts plans: a transfer that was re-planned has steps of several."""

    id: int
    n: int
    """Position over all rounds, from 1."""
    round: int
    step: Step
    state: StepState
    code: int | None = None
    """Bungie's ErrorCode of a refusal."""
    sentence: str | None = None
    begun: datetime | None = None
    ended: datetime | None = None
    settled: Settled | None = None


class TransferRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One wish and what became of it. Times are aware, in UTC. ``revision`` grows with every change of it or its steps."""

    id: int
    user_id: int
    membership: MembershipRef
    revision: int
    wish: AnyWish
    title: str
    state: TransferState
    asked_by: AskedBy
    sentence: str | None
    """What it is doing, what it waits for, or how it ended: one sentence."""
    refusals: tuple[Refusal, ...]
    created: datetime
    started: datetime | None
    finished: datetime | None
    not_before: datetime
    """When to go on: later than now while it waits or checks."""
    expires: datetime
    """Until when it may wait."""
    fence: int
    attempts: int
    """How often a worker took it up."""
    round: int
    cancelling: bool
    """Somebody asked to stop it: it stops after the running step."""
    undoes: int | None = None
    undone_by: int | None = None
    retries: int | None = None
    retried_by: int | None = None
    steps: tuple[StepRecord, ...] = ()

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def settled(self) -> bool:
        """Whether Bungie's profile has spoken on every done step."""
        return all(each.settled is not None for each in self.steps if each.state == "done")

    def offers(self, now: datetime) -> tuple[Offer, ...]:
        """What its person can ask for now: the page offers these, and nothing else is done.

        What was taken back is not tried again, and an undo is not undone: the transfer itself can be asked for anew.
        """
        if not self.ended:
            return () if self.cancelling else ("cancel",)
        offers: list[Offer] = []
        if self.state != "done" and self.retried_by is None and self.undone_by is None:
            offers.append("retry")
        moved = any(each.state == "done" for each in self.steps)
        if moved and self.undone_by is None and self.undoes is None and now - (self.finished or self.created) <= UNDO_OFFERED:
            offers.append("undo")
        return tuple(offers)


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """A done step that Bungie's profile has not confirmed yet. ``at``: when its call ended. ``unconfirmed``: it is flagged as
    such already, and still holds until Bungie speaks."""

    step_id: int
    transfer_id: int
    step: Step
    at: datetime
    unconfirmed: bool = False


class WriteRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One write that was sent to Bungie (or whose fate is unknown), for the journal page. The names of its stores are those of
    that day; empty where nobody told them."""

    step: StepRecord
    transfer_id: int
    title: str
    asked_by: AskedBy
    source_name: str = ""
    target_name: str = ""


class TransferStore(Protocol):
    """The tables ``transfers`` and ``transfer_steps``. Each method is one transaction.

    Methods with a ``fence`` return False, and change nothing, when somebody else has taken the transfer up meanwhile.
    """

    def add(
        self,
        *,
        user_id: int,
        membership: MembershipRef,
        wish: AnyWish,
        plan: Plan,
        asked_by: AskedBy,
        key: str | None,
        now: datetime,
        expires: datetime,
        undoes: int | None = None,
        retries: int | None = None,
        names: Mapping[str, str] = ...,
        asked: AnyWish | None = None,
    ) -> tuple[TransferRecord, bool]:
        """Writes the transfer, queued, with the steps of its first plan; whether it is new.

        With a ``key`` that the person used before, gives that transfer; raises Conflict when another wish was asked for with it.
        ``asked``: the wish as it came, where ``wish`` says more (how many "all of it" are). ``undoes`` and
        ``retries`` also mark the older one; raises Conflict when it is marked already. ``names``: what the stores are called, so
        that the journal can be searched for them. Raises NotFound when the person, or the older one, is not there.
        """

    def by_key(self, user_id: int, membership: MembershipRef, key: str, asked: AnyWish) -> TransferRecord | None:
        """The transfer that was asked for with this key; raises Conflict when that was another wish, or for another account."""

    def get(self, user_id: int, transfer_id: int) -> TransferRecord | None:
        """None also when it is somebody else's."""

    def latest(self, user_id: int, *, limit: int = 50, before: int | None = None) -> list[TransferRecord]:
        """Newest first; ``before``: only ids below. Unended and unsettled ones of the first page always come along."""

    def revisions(self, user_id: int, since: datetime) -> dict[int, int]:
        """Id to revision of all that are unended or changed after ``since``: cheap, for watching."""

    def open_of(self, user_id: int, membership: MembershipRef) -> list[TransferRecord]:
        """Unended ones, oldest first."""

    def accounts_at_work(self) -> list[tuple[int, MembershipRef]]:
        """Whose transfers are unended or unsettled: what must never be forgotten. What is flagged as unconfirmed is settled by
        the next profile that anybody reads, and keeps no account at work."""

    def take(self, transfer_id: int, now: datetime) -> TransferRecord | None:
        """Takes an unended one up: fence and attempts grow by one, state becomes running. None when it has ended."""

    def replan(self, transfer_id: int, fence: int, plan: Plan, *, now: datetime, names: Mapping[str, str] = ...) -> bool:
        """Skips what is still planned, and adds the steps of the new plan as the next round; its refusals are joined to
        those known (of one item and one code the newer stays)."""

    def begin(self, step_id: int, fence: int, now: datetime) -> bool:
        """Marks a planned step, and its transfer, as running: committed before its call is sent. False also when the transfer is
        being cancelled, but for a lock that must be set again after what was moved already."""

    def end(
        self,
        step_id: int,
        fence: int,
        *,
        state: StepState,
        now: datetime,
        code: int | None = None,
        sentence: str | None = None,
        refusals: Sequence[Refusal] = (),
        instead: Step | None = None,
    ) -> bool:
        """How a step ended; ``refusals`` are added to the transfer's. ``planned``: nothing was done, and it may be begun again.
        ``instead``: what was really done, where that is less than was planned."""

    def pause(
        self,
        transfer_id: int,
        fence: int,
        *,
        state: Literal["queued", "checking", "waiting"],
        sentence: str | None,
        not_before: datetime,
        now: datetime,
    ) -> bool:
        """Puts it down until later."""

    def finish(self, transfer_id: int, fence: int, *, state: TransferState, sentence: str, now: datetime) -> bool:
        """Ends it; what is still planned is skipped, and a step that still counts as running becomes unconfirmed."""

    def ask_cancel(self, user_id: int, transfer_id: int, now: datetime) -> TransferRecord | None:
        """Marks it; one that is put down ends at once, unless a call of it is still unclear, or a lock must be set again: that
        comes first. None when there is none such; raises Conflict when it has ended."""

    def effects(self, user_id: int, membership: MembershipRef) -> list[Effect]:
        """Done and not settled (or only flagged as unconfirmed), in the order in which they were done."""

    def effects_mark(self, user_id: int, membership: MembershipRef) -> tuple[int, int]:
        """Changes whenever ``effects`` would: cheap, asked at every profile request."""

    def settle(self, verdicts: dict[int, Settled], now: datetime) -> None:
        """By step id. An "unconfirmed" one may be settled again when Bungie speaks later."""

    def done(self, user_id: int, membership: MembershipRef, since: datetime, until: datetime) -> list[Effect]:
        """Done steps whose calls ended within this time, oldest first; of very many the newest."""

    def moved_at(self, user_id: int, membership: MembershipRef, since: datetime) -> dict[str, datetime]:
        """When each instance was last moved because a person wished it."""

    def writes(self, user_id: int, *, query: str = "", limit: int = 100, before: int | None = None) -> list[WriteRecord]:
        """Every write, newest first. ``query``: words that must all occur in item, title, who asked, stores' names or outcome."""


class ActingAs(msgspec.Struct, frozen=True):
    """In whose name a write is sent. ``person``: whose queue it takes, as Bungie wants pauses between the actions of each.

    ``character_id`` is always a real one, even for what lies in the vault.
    """

    access_token: str
    membership: MembershipRef
    person: str
    character_id: str

    def __repr__(self) -> str:
        """Without the token: this may stand in a log."""
        return f"ActingAs(person={self.person!r}, character_id={self.character_id!r})"


class Lot(msgspec.Struct, frozen=True, kw_only=True):
    """What is moved: one instance, or so many of a stack, which has no instance."""

    item_hash: int
    instance_id: str = "0"
    quantity: int = 1


class ItemActions(Protocol):
    """The game's writes. Each is sent once. Raises the BungieError that the answer means.

    A refusal (BungieRefusal) and the throttles of ``REFUSED_BEFORE_EXECUTION`` and maintenance mean that nothing was done,
    as far as Bungie says; any other BungieUnavailable leaves that open: read before deciding.
    """

    def transfer(self, who: ActingAs, lot: Lot, *, to_vault: bool) -> None:
        """Between the vault and ``who.character_id``: its owner on the way in, who gets it on the way out."""

    def pull_from_postmaster(self, who: ActingAs, lot: Lot) -> None:
        """To the same character (or the pocket of all), never straight into the vault."""

    def equip(self, who: ActingAs, instance_id: str) -> None: ...
    def equip_all(self, who: ActingAs, instance_ids: Sequence[str]) -> dict[str, int]:
        """By instance id the ErrorCode of each (1 is success); what Bungie left out is missing."""

    def set_lock(self, who: ActingAs, instance_id: str, state: bool) -> None: ...
    def set_tracked(self, who: ActingAs, instance_id: str, state: bool) -> None: ...
