"""Long work on a terminal: a bar where there is one, a line for each step where there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Report = Callable[[str, float | None, str | None], None]


class Shown:
    """Fits ``ports.Progress``."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def __call__(self, step: str, percent: float | None = None, sentence: str | None = None) -> None:
        self._report(step, percent, sentence)


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[Shown]:
    """Progress on stderr, so that stdout stays the answer. ``quiet``: none."""
    if quiet:
        yield Shown(lambda _step, _percent, _sentence: None)
    elif sys.stderr.isatty():
        with _bar() as shown:
            yield shown
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Shown]:
    # Rich takes a fifth of a second to import, and most commands never draw.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=100)

        def report(step: str, percent: float | None, sentence: str | None) -> None:
            bar.update(task, description=sentence or step, completed=percent or 0, refresh=True)

        yield Shown(report)


def _lines() -> Shown:
    last: list[str] = [""]

    def report(step: str, _percent: float | None, sentence: str | None) -> None:
        if step != last[0]:
            last[0] = step
            click.echo(sentence or step, err=True)

    return Shown(report)
