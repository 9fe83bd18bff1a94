"""The wall's time, behind the port ``Clock``."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """The wall's time. Tests give their own."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
