"""``python -m benchmarks.conformance DIR``: files of recorded behaviour in DIR against ours.

Files are known by their content, whatever their names: queries, filters, validity, completion, wish lists, hashtags, CSV and
dominated armour. Of each is told how many cases agree, and each that does not. Where the recorded program has a known defect
and ours differs, the defect is told. Status 1 when anything else differs, or when nothing was found.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import msgspec
from benchmarks._conformance import Case, Format
from benchmarks._conformance.completions import completions
from benchmarks._conformance.curation import csv, hashtags
from benchmarks._conformance.dominance import stats_sets
from benchmarks._conformance.lists import wish_lists
from benchmarks._conformance.queries import judgements, trees
from benchmarks._conformance.words import filters, suggestion_rules
from benchmarks._result import Result, at_most

FORMATS: tuple[Format, ...] = (
    trees, judgements, filters, suggestion_rules, completions, wish_lists, hashtags, csv, stats_sets,
)  # fmt: skip
VECTORS = "vectors"


class Outcome(NamedTuple):
    """``failures``, ``meant``: what differs, in words; ``meant`` for a reason."""

    name: str
    cases: int
    failures: list[str]
    meant: list[str]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--all", "every", is_flag=True, help="Tell every failure, not the first twenty of a file.")
def main(folder: Path, every: bool) -> None:
    """Run every file of a known format in DIR."""
    outcomes = list(compare(folder))
    for outcome in outcomes:
        click.echo(line(outcome))
        shown = outcome.failures if every else outcome.failures[:20]
        for difference in [*shown, *outcome.meant]:
            click.echo(f"  {difference}")
        if len(shown) < len(outcome.failures):
            click.echo(f"  and {len(outcome.failures) - len(shown)} more")
    if not outcomes:
        click.echo(f"Nothing in {folder} has a format that is known here.", err=True)
    sys.exit(1 if not outcomes or any(outcome.failures for outcome in outcomes) else 0)


def run(shared: Path | None) -> list[Result]:
    """As a benchmark: how many recorded cases differ without a reason."""
    if shared is None:
        return []
    outcomes = list(compare(shared / VECTORS))
    differing = sum(len(outcome.failures) for outcome in outcomes)
    cases = sum(outcome.cases for outcome in outcomes)
    return [at_most(f"search: recorded cases that differ, of {cases}", differing, "cases", 0)]


def compare(folder: Path) -> Iterator[Outcome]:
    """By name, without files of other formats."""
    for path in sorted(folder.rglob("*.json")):
        try:
            content = msgspec.json.decode(path.read_bytes())
        except (OSError, msgspec.DecodeError) as error:
            yield Outcome(str(path.relative_to(folder)), 1, [f"The file cannot be read: {error}"], [])
            continue
        cases = [case for known in FORMATS for case in known(content)]
        if cases:
            yield _outcome(str(path.relative_to(folder)), cases)


def line(outcome: Outcome) -> str:
    agreeing = outcome.cases - len(outcome.failures) - len(outcome.meant)
    meant = f", and {len(outcome.meant)} differ for a reason" if outcome.meant else ""
    return f"{outcome.name}: {agreeing}/{outcome.cases}{meant}"


def _outcome(name: str, cases: list[Case]) -> Outcome:
    failures: list[str] = []
    meant: list[str] = []
    for case in cases:
        try:
            difference = case.check()
        except Exception as error:
            difference = f"{type(error).__name__}: {error}"
        if difference and case.otherwise:
            meant.append(f"{case.name}: ours differs, as it should: {case.otherwise}")
        elif difference:
            failures.append(f"{case.name}: {difference}")
    return Outcome(name, len(cases), failures, meant)


if __name__ == "__main__":
    main()
