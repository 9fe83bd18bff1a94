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
    widths = {name: max((_length(row.get(name)) for row in rows), default=0) for name in unpack}
    names = dict.fromkeys(name for row in rows for name in row)
    columns = [part for name in names for part in _columns(name, widths.get(name))]
    if not columns:
        return ""
    lines = [",".join(_cell(column) for column in columns)]
    for row in rows:
        flat = _flat(row, widths)
        lines.append(",".join(_cell(flat.get(column)) for column in columns))
    return "\r\n".join(lines)


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


def _length(value: Value) -> int:
    """Of a list."""
    return len(value) if isinstance(value, Sequence) and not isinstance(value, str) else 0


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
