"""How often one address may try what can be guessed or costs Bungie something.

Flask-Limiter looks at every request, which doubles what an empty one costs (36 to 72 us measured); so its engine is used
here by the few routes that need it.
"""

from __future__ import annotations

import functools
import ipaddress
import math
import time
from collections.abc import Callable
from typing import TypeVar, cast

import limits
from flask import Flask, current_app, request
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from vaultraider.api._pace import EXTENSION

View = TypeVar("View", bound=Callable[..., Response | str])


def init_app(app: Flask) -> None:
    app.extensions[EXTENSION] = MovingWindowRateLimiter(MemoryStorage())


def tries(limit: str) -> Callable[[View], View]:
    """At most ``limit`` ("5 per minute") from one address, then 429 with Retry-After."""
    item = limits.parse(limit)

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def counted(*arguments: object, **named: object) -> Response | str:
            limiter: MovingWindowRateLimiter = current_app.extensions[EXTENSION]
            who = (view.__name__, neighbourhood(request.remote_addr or ""))
            if not limiter.hit(item, *who):
                wait = limiter.get_window_stats(item, *who).reset_time - time.time()
                raise TooManyRequests(retry_after=max(1, math.ceil(wait)))
            return view(*arguments, **named)

        return cast(View, counted)

    return wrap


def neighbourhood(address: str) -> str:
    """An IPv4 address, also as a server on ``::`` is told it, or the /64 of an IPv6 one: that is what one customer gets."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6 and found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
