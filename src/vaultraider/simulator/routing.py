"""Endpoints are data: each area's file lists its own, under the path that Bungie's OpenAPI gives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import msgspec
from werkzeug.wrappers import Request

from vaultraider.simulator.answers import Answer

if TYPE_CHECKING:
    from vaultraider.simulator.box import Box
    from vaultraider.simulator.credentials import AccessToken, Grant
    from vaultraider.simulator.faults import Rule

Handler = Callable[["Call"], Any]
"""Gets the call, returns the ``Response`` part (any JSON, or ``msgspec.Raw``) or a whole Answer. Refuses with ApiError."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One endpoint. ``path`` is the template of Bungie's OpenAPI, below /Platform."""

    method: str
    path: str
    handler: Handler
    scope: str = ""
    """The person must be signed in and the application must hold this scope."""
    throttle: float = 0.0
    """Seconds between two calls of one person."""
    has_body: bool = False
    returns_int: bool = False


class Router:
    """Finds the route of a path, without regard to upper and lower case, as Bungie does."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = tuple(routes)
        self._patterns = [(self._compile(route.path), route) for route in self.routes]

    @staticmethod
    def _compile(template: str) -> re.Pattern[str]:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)
        return re.compile(pattern + r"\Z", re.IGNORECASE)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        for pattern, route in self._patterns:
            match = pattern.match(path)
            if match and route.method == method:
                return route, match.groupdict()
        return None


class Call(msgspec.Struct, kw_only=True):
    """One request on its way through the pipeline."""

    box: Box
    request: Request
    path: str
    route: Route | None = None
    params: dict[str, str] = {}
    token: AccessToken | None = None
    grant: Grant | None = None
    person: str = ""
    """bungie.net id of who is signed in, or empty."""
    body: dict[str, Any] = {}
    fired: list[Rule] = []
    """Faults that struck this request."""
    problem: str = ""
    """What a client's test should fail for."""

    @property
    def query(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.request.args.items()}

    def faults(self, stage: str) -> list[Rule]:
        """The faults of that stage that strike now; each counts as fired."""
        return self.box.faults.strike(self, stage)


def answer_of(value: Any, wrap: Callable[[Any], Answer]) -> Answer:
    return value if isinstance(value, Answer) else wrap(value)
