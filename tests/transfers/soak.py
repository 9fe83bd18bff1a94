"""The state machine for as long as it takes: ``make soak``, or ``python -m tests.transfers.soak --wishes 10000 --seed 1``.

Each round is a seed of its own, printed before it starts, so that a failure can be had again. At the end: how many wishes of
each kind, how they ended, what happened meanwhile, and what each fault did to the step that it struck.
"""

from __future__ import annotations

import time

import click
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.transfers.machine import TALLY, Moving, Stage

EPISODES = 10
STEPS = 60


@click.command()
@click.option("--wishes", default=10_000, show_default=True, help="How many at least.")
@click.option("--seed", "first", default=1, show_default=True, help="Of the first round.")
def soak(wishes: int, first: int) -> None:
    """Runs rounds of ten episodes until there were enough wishes. Fails at the first that does not end well."""
    started = time.monotonic()
    number = first
    while TALLY.total < wishes:
        click.echo(f"seed {number}: {TALLY.total} wishes, {TALLY.calls} writes, {time.monotonic() - started:.0f} s so far")
        one_round(number)
        number += 1
    click.echo(f"\nseeds {first} to {number - 1}, {time.monotonic() - started:.0f} s: {TALLY.total} wishes, {TALLY.calls} writes")
    for title, counted in (("wishes", TALLY.wishes), ("ends", TALLY.ends), ("meanwhile", TALLY.did)):
        click.echo(f"{title}: " + ", ".join(f"{name} {count}" for name, count in counted.most_common()))
    click.echo("what each fault did to the step that it struck:")
    for fault, ends in sorted(TALLY.struck.items()):
        click.echo(f"  {fault} ({ends.total()}): " + ", ".join(f"{name} {count}" for name, count in ends.most_common()))


def one_round(number: int) -> None:
    Moving.stage = Stage()
    chosen = settings(
        max_examples=EPISODES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    try:
        run_state_machine_as_test(seed(number)(Moving), settings=chosen)
    finally:
        Moving.stage.close()


if __name__ == "__main__":
    soak()
