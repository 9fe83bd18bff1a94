"""Sets of items as whole numbers: bit n stands for the n-th item of a world."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from typing import TypeVar

T = TypeVar("T")

_DIGITS = bytes([48, 49]) + bytes(range(2, 256))
"""0 and 1 as digits."""


def bits_of(items: Sequence[T], holds: Callable[[T], bool]) -> int:
    """Those for which it holds, in one pass."""
    flags = bytes(map(bool, map(holds, items)))
    return int(flags[::-1].translate(_DIGITS), 2) if flags else 0


def those_of(bits: int, items: Iterable[T]) -> list[T]:
    """In their order."""
    return list(compress(items, [digit == "1" for digit in reversed(f"{bits:b}")]))


def everything(count: int) -> int:
    return (1 << count) - 1
