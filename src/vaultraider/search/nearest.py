"""What a mistyped word could have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 40
"""Characters. Longer words are no mistyped keywords."""
MOST = 3


def nearest(typed: str, known: Iterable[str], most: int = MOST) -> tuple[str, ...]:
    """The nearest first; none that differs in more than a third of its letters, unless it begins with what was typed."""
    if not typed or len(typed) > LONGEST:
        return ()
    ranked: list[tuple[float, int, str]] = []
    for place, word in enumerate(dict.fromkeys(known)):
        distance = _distance(typed, word)
        if distance is not None:
            ranked.append((distance, place, word))
    return tuple(word for _, _, word in sorted(ranked)[:most])


def _distance(typed: str, word: str) -> float | None:
    allowed = max(1, min(3, len(typed) // 3))
    if typed == word:
        return 0
    if len(typed) > 2 and word.startswith(typed):
        return 0.5 + len(word) / 1000
    if abs(len(typed) - len(word)) > allowed:
        return None
    letters = edits(typed, word)
    return letters if letters <= allowed else None


def edits(one: str, other: str) -> int:
    """How many letters must be put in, left out, replaced, or exchanged with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, match in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
