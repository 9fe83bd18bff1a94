"""Queries for as long as it takes: ``make soak ARGS=queries``, or ``python -m tests.soak queries --count 1000000 --seed 1``.

Each must hold what ``trial`` says, over a small part of the demo's vault. A failure names the seed and the text. At the end: how
many there were, what they found, and which took longest, with how much they had to do.
"""

from __future__ import annotations

import gc
import heapq
import itertools
import tempfile
import time
from collections import Counter
from pathlib import Path

import click
from tests.search.random_queries import Queries
from tests.search.trial import Trial, Work, few_things
from tests.search.worlds import marrow
from tests.simulator.controls import Controls

from vaultraider.search.vocabulary import vocabulary
from vaultraider.search.world import World
from vaultraider.simulator import Simulator

ROUND = 10_000
SLOWEST = 5


@click.command()
@click.option("--count", default=1_000_000, show_default=True, help="How many queries.")
@click.option("--seed", "first", default=1, show_default=True, help="Of the first ten thousand.")
def soak(count: int, first: int) -> None:
    """Random and damaged queries over a small vault. Fails at the first for which something does not hold."""
    started = time.monotonic()
    ends: Counter[str] = Counter()
    slowest: list[tuple[float, str, Work]] = []
    most: Work = Work(0, 0, 0)
    with tempfile.TemporaryDirectory() as folder, Simulator() as running, marrow(Path(folder), Controls(running)) as profile:
        trial = Trial(vocabulary(), few_things(World(profile)))
        gc.freeze()  # So that collecting what was there before is nobody's time.
        for seed in range(first, first - (-count // ROUND)):
            click.echo(f"seed {seed}: {ends.total():,} queries, {time.monotonic() - started:.0f} s so far")
            for number, text in enumerate(itertools.islice(Queries(seed, vocabulary()), min(ROUND, count - ends.total()))):
                seconds, work = timed(trial, text, seed)
                ends["not valid" if work.found < 0 else "nothing found" if work.found == 0 else "something found"] += 1
                most = max(most, work, key=lambda each: each.worked_out)
                heapq.heappush(slowest, (seconds, text, work))
                if len(slowest) > SLOWEST:
                    heapq.heappop(slowest)
                if number % 50 == 0:
                    trial.adds_up(text)
                    trial.completes(text, number % 70)
    click.echo(
        f"\n{ends.total():,} queries, {time.monotonic() - started:.0f} s: " + ", ".join(f"{k} {v:,}" for k, v in ends.items())
    )
    click.echo(f"most that one had to work out: {most.worked_out} of {most.leaves} leaves")
    click.echo("slowest:")
    for seconds, text, work in sorted(slowest, reverse=True):
        shown = text if len(text) <= 60 else f"{text[:60]}... ({len(text):,} characters)"
        click.echo(f"  {1000 * seconds:.1f} ms, {work.leaves} leaves, {work.worked_out} worked out: {shown!r}")


def timed(trial: Trial, text: str, seed: int) -> tuple[float, Work]:
    begun = time.thread_time()
    try:
        work = trial.of(text)
    except Exception as error:
        raise click.ClickException(f"seed {seed}: {text!r}: {type(error).__name__}: {error}") from error
    return time.thread_time() - begun, work
