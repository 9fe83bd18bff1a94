"""``python -m benchmarks.move_oracle FILE``: our plans against recorded ones, carried out before a strict referee.

The file has small worlds, a wish for each, and what another inventory manager did: whether it went well, where the moved item
ended, and each of its calls, failed ones too. Of each case is told whether ours ends the same way and in the same place, and how
many calls it took. Status 1 when one does not, or when one took more calls than recorded and no step of it says why.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import click
from benchmarks._oracle import Case, Changed, read_cases, thing_of
from benchmarks._referee import Referee
from benchmarks._result import Result, at_least, at_most

from vaultraider.domain.transfers.planning import plan_transfer
from vaultraider.domain.transfers.plans import Plan, Step
from vaultraider.domain.transfers.remaining import durable, remaining

ROUNDS = 4
"""How often a refusal may lead to a new plan."""
VECTORS = ("vectors", "move-oracle.json")


class Outcome(NamedTuple):
    """What became of one case. ``calls``: those that the referee refused, too. ``said``: the first refusal, in words."""

    name: str
    same_end: bool
    same_place: bool
    ok: bool
    calls: int
    recorded: int
    why_more: str
    said: str
    problems: list[str]

    @property
    def agrees(self) -> bool:
        fewer = self.calls <= self.recorded or bool(self.why_more)
        return self.same_end and self.same_place and fewer and not self.problems


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    """Plans the cases of FILE, carries the plans out, and compares."""
    outcomes = [play(case) for case in read_cases(file)]
    for outcome in outcomes:
        click.echo(line(outcome))
    click.echo(summary(outcomes))
    sys.exit(0 if all(outcome.agrees for outcome in outcomes) else 1)


def run(shared: Path | None) -> list[Result]:
    """As a benchmark: the recorded cases, in numbers."""
    file = shared.joinpath(*VECTORS) if shared is not None else None
    if file is None or not file.exists():
        return []
    outcomes = [play(case) for case in read_cases(file)]
    agreed = sum(outcome.agrees for outcome in outcomes)
    calls, recorded = sum(outcome.calls for outcome in outcomes), sum(outcome.recorded for outcome in outcomes)
    return [
        at_least(f"planning, {len(outcomes)} recorded cases: agreed", agreed, "cases", len(outcomes)),
        at_most("planning, recorded cases: calls a wish", calls / len(outcomes), "calls", recorded / len(outcomes)),
        Result("planning, recorded cases: calls a wish, as recorded", recorded / len(outcomes), "calls"),
    ]


def play(case: Case) -> Outcome:
    """One case: plan, carry out, and plan again where the game says no."""
    referee = Referee(case)
    wish = durable(case.wish(), case.world())
    plan = plan_transfer(case.world(), wish)
    done: list[Step] = []
    calls, full, refused = 0, frozenset[tuple[str, int]](), ""
    why_more = _why_more(plan)
    for _ in range(ROUNDS):
        code, failed = 1, None
        for step in plan.steps:
            calls += 1
            code = referee.carry_out(step)
            if code != 1:
                failed = step
                break
            done.append(step)
        if failed is None:
            break
        if code == 1642:
            full = full | {(failed.target, failed.bucket)}
        left = remaining(wish, done)
        plan = plan_transfer(referee.world(full), left) if left is not None else Plan(title="")
    else:
        refused = f"refused {ROUNDS} times"
    refused = plan.refusals[0].sentence if plan.refusals else refused
    ok = not refused
    more = why_more if calls > len(case.expected.calls) else ""
    return Outcome(
        case.name,
        ok == case.expected.ok,
        _same_place(case, referee),
        ok,
        calls,
        len(case.expected.calls),
        more,
        refused,
        referee.problems,
    )


def _why_more(plan: Plan) -> str:
    """The reason of a step that a plan takes besides the wish's own."""
    return next((step.reason for step in plan.steps if step.why not in ("wished", "transit")), "")


def _same_place(case: Case, referee: Referee) -> bool:
    """Whether the moved item ended where it was recorded to end."""
    row = next((row for row in case.items if row.id == case.move.id), None)
    if row is None:
        return True
    thing = thing_of(row)
    if not thing.instance:
        return referee.amounts(thing) == _expected_amounts(case)
    changed = next((each for each in case.expected.changed if each.id == row.id), None)
    expected = (changed.owner, changed.equipped) if changed is not None else (row.owner, row.equipped)
    there = referee.where(row.id)
    return there == expected or (there is None and row.id in case.missing)


def _expected_amounts(case: Case) -> dict[str, int]:
    """Of the moved stack's item, how many should lie with whom: the world as it was, and the rows that differ afterwards."""
    moved = next(row for row in case.items if row.id == case.move.id)
    lying = {(row.id, row.owner): row.amount for row in case.items if row.hash == moved.hash and row.bucket == moved.bucket}
    ids = {id for id, _ in lying}
    rows: list[Changed] = [each for each in case.expected.changed if each.id in ids]
    named = {each.id for each in rows}
    lying = {(id, owner): amount for (id, owner), amount in lying.items() if id not in named}
    lying |= {(each.id, each.owner): each.amount for each in rows}
    found: dict[str, int] = {}
    for (_, owner), amount in lying.items():
        found[owner] = found.get(owner, 0) + amount
    return found


def line(outcome: Outcome) -> str:
    verdict = "agrees" if outcome.agrees else "DIFFERS"
    end = "ok" if outcome.ok else "refused"
    told = [f"{verdict:8}{end:8}calls {outcome.calls} of {outcome.recorded}  {outcome.name}"]
    if not outcome.same_end:
        told.append("recorded: the other way")
    if not outcome.same_place:
        told.append("it ended in another place")
    told += outcome.problems
    if outcome.why_more:
        told.append(f"more calls: {outcome.why_more}")
    if outcome.said:
        told.append(outcome.said)
    return "\n        ".join(told)


def summary(outcomes: list[Outcome]) -> str:
    number = len(outcomes)
    ends, places = sum(outcome.same_end for outcome in outcomes), sum(outcome.same_place for outcome in outcomes)
    calls, recorded = sum(outcome.calls for outcome in outcomes), sum(outcome.recorded for outcome in outcomes)
    more = sum(outcome.calls > outcome.recorded for outcome in outcomes)
    broken = sum(bool(outcome.problems) for outcome in outcomes)
    return (
        f"\n{number} cases: ok or refused as recorded {ends}, final place as recorded {places}, "
        f"calls {calls} against {recorded} recorded, more than recorded in {more}, rules broken in {broken}; "
        f"{sum(outcome.agrees for outcome in outcomes)} agree"
    )


if __name__ == "__main__":
    main()
