"""``python -m benchmarks``: runs every ``benchmarks/*.py`` that has a ``run``, prints a table and writes ``build/bench.json``.

Each says what it measured and whether its goal was met; no test depends on a clock. A benchmark takes the folder of real data,
or None where there is none. Those that fail are told with their reason, and the others still run.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import benchmarks
import click
import msgspec
from benchmarks._result import Result
from rich.console import Console
from rich.table import Table

REPOSITORY = Path(__file__).resolve().parent.parent
REPORT = REPOSITORY / "build" / "bench.json"

Benchmark = Callable[[Path | None], list[Result]]


@click.command()
@click.option("--only", multiple=True, metavar="NAME", help="Run this benchmark alone; may be given more than once.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=REPORT, help="Where the numbers go, as JSON.")
def main(only: tuple[str, ...], output: Path) -> None:
    """Measure Vault Raider. Ends with status 1 when a goal was missed or a benchmark failed."""
    found = find()
    unknown = sorted(set(only) - set(found))
    if unknown:
        raise click.BadParameter(f"There is no benchmark named {unknown[0]}; there are {', '.join(found)}.", param_hint="--only")
    console = Console(soft_wrap=False)
    results: list[Result] = []
    failed = []
    for name in only or found:
        begun = time.monotonic()
        console.print(f"Measuring {name}", style="dim")
        try:
            results += found[name](shared_folder())
        except Exception as error:
            failed.append(name)
            console.print_exception(max_frames=4)
            console.print(f"{name} failed: {error}", style="bold red")
        console.print(f"{name} took {time.monotonic() - begun:.0f} s", style="dim")
    write(output, results)
    console.print(table(results))
    missed = [result.name for result in results if result.ok is False]
    console.print(f"{len(results)} numbers in {output}; {len(missed)} missed their goal, {len(failed)} benchmarks failed")
    sys.exit(1 if missed or failed else 0)


def find() -> dict[str, Benchmark]:
    """{name: what runs it}, by name. A file with an underscore is plumbing."""
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_"))
    modules = {name: importlib.import_module(f"benchmarks.{name}") for name in names}
    return {name: module.run for name, module in modules.items() if hasattr(module, "run")}


def shared_folder() -> Path | None:
    """The folder of real data, outside the repository; None where it is absent."""
    folder = Path(os.environ.get("VAULTRAIDER_TEST_DATA") or REPOSITORY.parent / "shared")
    return folder if folder.is_dir() else None


def write(output: Path, results: list[Result]) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = [msgspec.to_builtins(result) for result in results]
    output.write_bytes(msgspec.json.format(msgspec.json.encode(rows), indent=2) + b"\n")


def table(results: list[Result]) -> Table:
    shown = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("what", "value", "unit", "goal", ""):
        shown.add_column(heading, justify="right" if heading == "value" else "left", overflow="fold")
    verdicts = {True: "[green]met[/]", False: "[red]missed[/]", None: ""}
    for result in results:
        goal = "" if result.goal is None else str(result.goal)
        shown.add_row(result.name, number(result.value), result.unit, goal, verdicts[result.ok])
    return shown


def number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.3g}"


if __name__ == "__main__":
    main()
