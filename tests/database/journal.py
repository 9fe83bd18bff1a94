"""The journal with a person or two in it: what the tests of its tables share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.clocks import START

from vaultraider.database.engine import Database
from vaultraider.database.transfers import TransferRepository
from vaultraider.database.users import UserRepository
from vaultraider.domain.transfers.plans import Piece, Plan, Refusal, Step, StepKind, Why
from vaultraider.domain.transfers.wishes import AnyWish, Move, Wanted
from vaultraider.ports import MembershipRef, TransferRecord

HOUR = timedelta(hours=1)
MARROW, ILSE = "17429800", "17429802"
STEAM, XBOX = MembershipRef(3, "4611686018467284386"), MembershipRef(1, "4611686018467284387")
BRANNOCH, VARR = "2305843009300000001", "2305843009300000002"
NAMES = {"vault": "Vault", BRANNOCH: "Brannoch", VARR: "Ilse Varr"}
VERDICT = Piece(id="6917529000000000001", hash=4046539562, name="Sable Verdict", instance="6917529000000000001")
LANTERN = Piece(id="6917529000000000002", hash=3524313097, name="Éclair Lantern", instance="6917529000000000002")
FULL = Refusal(code="no-space", sentence="Éclair Lantern stays: there is no room. Make some, then try again.", item=LANTERN.id)
WISH = Move(items=(Wanted(id=VERDICT.id),), to=VARR)


def step(
    piece: Piece = VERDICT,
    source: str = BRANNOCH,
    target: str = "vault",
    kind: StepKind = "transfer",
    why: Why = "wished",
    **more: Any,
) -> Step:
    return Step(kind=kind, pieces=(piece,), source=source, target=target, character=BRANNOCH, why=why, reason="Why not.", **more)


TWO_HOPS = Plan(
    title="Sable Verdict to Ilse Varr",
    steps=(step(why="transit"), step(source="vault", target=VARR, arrives=True, wanted=VERDICT.id)),
)


class Journal:
    """A journal, and the time."""

    def __init__(self, database: Database) -> None:
        users = UserRepository(database)
        self.database = database
        self.store = TransferRepository(database)
        self.marrow = users.welcome(MARROW, "Marrow#4417", admin=True, now=START).id
        self.ilse = users.welcome(ILSE, "Ilse#77", admin=False, now=START).id
        self.now = START

    def tick(self, seconds: float = 1.0) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now

    def ask(
        self,
        plan: Plan = TWO_HOPS,
        *,
        user: int | None = None,
        membership: MembershipRef = STEAM,
        wish: AnyWish = WISH,
        key: str | None = None,
        asked_by: str = "page",
        names: Mapping[str, str] = NAMES,
        **more: Any,
    ) -> TransferRecord:
        return self.ask_told(plan, user=user, membership=membership, wish=wish, key=key, asked_by=asked_by, names=names, **more)[
            0
        ]

    def ask_told(self, plan: Plan = TWO_HOPS, *, user: int | None = None, **more: Any) -> tuple[TransferRecord, bool]:
        """Also whether it is new."""
        given: dict[str, Any] = {"membership": STEAM, "wish": WISH, "key": None, "asked_by": "page", "names": NAMES}
        return self.store.add(user_id=user or self.marrow, plan=plan, now=self.now, expires=self.now + HOUR, **(given | more))

    def take(self, transfer: TransferRecord) -> TransferRecord:
        taken = self.store.take(transfer.id, self.now)
        assert taken is not None
        return taken

    def get(self, transfer: TransferRecord) -> TransferRecord:
        found = self.store.get(transfer.user_id, transfer.id)
        assert found is not None
        return found

    def do(self, transfer: TransferRecord, n: int = 1, **end: Any) -> TransferRecord:
        """Begins and ends the nth step; done, when nothing else is said."""
        number = transfer.steps[n - 1].id
        assert self.store.begin(number, transfer.fence, self.tick())
        assert self.store.end(number, transfer.fence, now=self.tick(), **({"state": "done"} | end))
        return self.get(transfer)

    def done(self, plan: Plan = TWO_HOPS, **more: Any) -> TransferRecord:
        """A transfer, carried out to its end."""
        transfer = self.take(self.ask(plan, **more))
        for each in transfer.steps:
            self.do(transfer, each.n)
        assert self.store.finish(transfer.id, transfer.fence, state="done", sentence="Done.", now=self.tick())
        return self.get(transfer)

    def states(self, transfer: TransferRecord) -> list[str]:
        return [each.state for each in self.get(transfer).steps]

    def items(self, user: int | None = None, membership: MembershipRef = STEAM) -> list[str]:
        """What lies over the account's profile, by name."""
        return [effect.step.piece.name for effect in self.store.effects(user or self.marrow, membership)]

    def mark(self, user: int | None = None, membership: MembershipRef = STEAM) -> tuple[int, int]:
        return self.store.effects_mark(user or self.marrow, membership)
