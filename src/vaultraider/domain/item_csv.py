"""Items as CSV, as Destiny Item Manager writes it: other people's spreadsheets and scripts read that.

Lines end with CR and LF, but for the last one. The columns are those of all rows, in the order in which they first come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

Plain = str | int | float | bool | None
Value = Plain | Sequence[Plain]
Row = Mapping[str, Value]

_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
"""How a text begins that a spreadsheet would run instead of showing it."""
_QUOTED = re.compile('[,"\r\n\ufeff]|^ | $')


def to_csv(rows: Sequence[Row], unpack: Iterable[str] = ()) -> str:
    """``unpack``: columns whose lists get a column for each place ("Perks 0", "Perks 1"); other lists are one cell."""
    widths = {name: max((len(each) for row in rows if _is_list(each := row.get(name))), default=0) for name in unpack}
    names = dict.fromkeys(name for row in rows for name in row)
    columns = [part for name in names for part in _columns(name, widths.get(name))]
    cells = ([flat.get(column) for column in columns] for flat in (_flat(row, widths) for row in rows))
    return "\r\n".join(",".join(map(_cell, line)) for line in ([columns, *cells] if columns else []))


def _columns(name: str, width: int | None) -> list[str]:
    return [name] if width is None else [f"{name} {place}" for place in range(width)]


def _flat(row: Row, widths: Mapping[str, int]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in row.items():
        if name not in widths:
            found[name] = value
        elif isinstance(value, str) or not isinstance(value, Sequence):
            found[f"{name} 0"] = value
        else:
            found.update({f"{name} {place}": each for place, each in enumerate(value)})
    return found


def _is_list(value: Value) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _cell(value: Value) -> str:
    """A text that would be a formula gets an apostrophe before it: spreadsheets then show it. Numbers stay numbers."""
    text = _text(value)
    guarded = not isinstance(value, int | float) and _FORMULA.match(text) is not None
    if guarded:
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if guarded or _QUOTED.search(text) else text


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int | float):
        return str(value)
    return ",".join(_text(each) for each in value)
