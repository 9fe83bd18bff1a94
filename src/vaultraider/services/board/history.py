"""Two minutes of one input in a fixed room: a mean for each second, and the least and the most."""

from __future__ import annotations

from array import array

SECONDS = 120


class History:
    """Seconds are counted from whenever the reader began. Its size never changes."""

    def __init__(self) -> None:
        self._second = array("q", [-1]) * SECONDS
        self._count = array("l", [0]) * SECONDS
        self._sum = array("d", [0.0]) * SECONDS
        self._low = array("d", [0.0]) * SECONDS
        self._high = array("d", [0.0]) * SECONDS

    def add(self, second: int, volts: float) -> None:
        place = second % SECONDS
        if self._second[place] != second:
            self._second[place] = second
            self._count[place], self._sum[place] = 1, volts
            self._low[place] = self._high[place] = volts
            return
        self._count[place] += 1
        self._sum[place] += volts
        if volts < self._low[place]:
            self._low[place] = volts
        elif volts > self._high[place]:
            self._high[place] = volts

    def points(self, second: int) -> list[tuple[int, float | None]]:
        """Of the two minutes that end with ``second``: how long ago, as a negative number, and the mean; None where nothing was
        read. It begins with the first that was, and ends with the last second that is over, or the running one."""
        found: list[tuple[int, float | None]] = []
        for each in range(max(0, second - SECONDS + 1), second + 1):
            place = each % SECONDS
            if self._second[place] == each:
                found.append((each - second, round(self._sum[place] / self._count[place], 6)))
            elif found and each < second:  # what has just begun is not empty yet
                found.append((each - second, None))
        return found

    def range(self, second: int) -> tuple[float, float] | None:
        """The least and the most of all readings in these two minutes."""
        places = [place for place in range(SECONDS) if self._second[place] > second - SECONDS and self._count[place]]
        if not places:
            return None
        return min(self._low[place] for place in places), max(self._high[place] for place in places)
