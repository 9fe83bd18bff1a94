"""How much one person may ask for in a minute: enough for quick hands, not for a loop that has run wild."""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import limits
from flask import current_app
from limits.strategies import MovingWindowRateLimiter

from vaultraider.api._resource import current_user
from vaultraider.domain.errors import TooFast

EXTENSION = "vaultraider.tries"
"""The counting engine of this process, which ``web/tries.py`` makes."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def paced(limit: str) -> Callable[[Callable[Arguments, Result]], Callable[Arguments, Result]]:
    """At most ``limit`` ("120 per minute") calls by one person of all handlers that share the same limit. Else TooFast."""
    item = limits.parse(limit)

    def wrap(handler: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        @functools.wraps(handler)
        def counted(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
            limiter: MovingWindowRateLimiter = current_app.extensions[EXTENSION]
            who = ("person", str(current_user().id))
            if not limiter.hit(item, *who):
                wait = limiter.get_window_stats(item, *who).reset_time - time.time()
                raise TooFast(retry_after=max(1, math.ceil(wait)))
            return handler(*arguments, **named)

        return counted

    return wrap
