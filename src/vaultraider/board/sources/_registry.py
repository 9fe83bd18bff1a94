"""Finds the back ends, and opens the one that is named: "iio", "iio:adc108s102", "simulated"."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

from vaultraider.board.source import AnalogSource, Places, SourceUnknown


def kinds() -> list[str]:
    """The names of the back ends."""
    found = (each.name for each in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return sorted(name for name in found if not name.startswith("_"))


def help_lines() -> list[str]:
    """One line for each, for people."""
    return [str(_module(kind).HELP) for kind in kinds()]


def check(spec: str) -> None:
    """Raises SourceUnknown for a name that is no back end's."""
    kind = spec.partition(":")[0]
    if kind not in kinds():
        raise SourceUnknown(f"There is no source named {kind[:40]!r}; there are {', '.join(kinds())}.")


def open_source(spec: str, places: Places | None = None) -> AnalogSource:
    """``spec``: the name of a back end, and after a colon what it wants to know.

    Raises SourceUnknown for a name or an argument that cannot be meant, SourceMissing while the device is not there.
    """
    check(spec)
    kind, _, argument = spec.partition(":")
    source: AnalogSource = _module(kind).open_source(argument, places or Places())
    return source


def _module(kind: str) -> ModuleType:
    return importlib.import_module(f"{__package__}.{kind}")
