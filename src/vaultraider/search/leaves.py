"""The bits of leaves that one world keeps, so that the next keystroke works out only what is new."""

from __future__ import annotations

import threading
from collections import OrderedDict

Key = tuple[str, str]
"""Of a leaf of a query."""
MOST_LEAVES = 4096
"""About a megabyte with words as people write them."""
MOST_BYTES = 2 * 2**20
"""A leaf's words may be as long as a query."""
_BESIDE = 200
"""Bytes that a leaf takes beside its words and bits, roughly."""


class Leaves:
    """Thread-safe. Those not asked for longest make room."""

    def __init__(self, most: int = MOST_LEAVES, most_bytes: int = MOST_BYTES) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Key, int] = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> int | None:
        with self._lock:
            bits = self._kept.get(key)
            if bits is not None:
                self._kept.move_to_end(key)
            return bits

    def keep(self, key: Key, bits: int) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = bits
            self.bytes += _size(key, bits)
            while self._kept and (len(self._kept) > self._most or self.bytes > self._most_bytes):
                gone, its = self._kept.popitem(last=False)
                self.bytes -= _size(gone, its)


def _size(key: Key, bits: int) -> int:
    # Four bytes a letter at worst.
    return _BESIDE + 4 * (len(key[0]) + len(key[1])) + bits.bit_length() // 8
