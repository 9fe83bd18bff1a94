"""An endpoint of Bungie.net, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal
from urllib.parse import urlencode

import msgspec

from vaultraider.domain.errors import InvalidInput

_FIELD = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"-?[0-9]{1,20}")


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """One operation of Bungie's API. ``call`` does the rest."""

    operation: str
    """``operationId`` of Bungie's OpenAPI document."""
    path: str
    """Below ``/Platform``. It ends in a slash: Bungie redirects every other form, and drops the bearer (Bungie-net/api #61)."""
    method: Literal["GET", "POST"] = "GET"
    kind: Literal["read", "write"] = "read"
    """What may be asked again after an unclear end, and what may not."""
    host: Literal["www", "stats"] = "www"
    auth: Literal["none", "optional", "required"] = "none"
    """Whether the player's access token goes along. Optional: the answer tells more with it."""
    scope: str | None = None
    """What the player must have allowed for it."""
    seconds_between: float = 0.0
    """Bungie's minimum between two starts of this by one player."""
    game: bool = False
    """The game's own servers answer it: its success proves that no maintenance is on. GetLinkedProfiles, for one, looks
    successful in the middle of one (Bungie-net/api #1214)."""

    def __post_init__(self) -> None:
        if not (self.path.startswith("/") and self.path.endswith("/")):
            raise ValueError(f"The path of {self.operation} must begin and end with a slash.")

    def target(self, fields: Mapping[str, int | str], query: Mapping[str, str] | None = None) -> str:
        """Path and query of one call, below the host.

        Every field in Bungie's paths is a number. Raises InvalidInput for one that is not: such a value comes from a request
        to us, and would walk to another endpoint.
        """

        def fill(match: re.Match[str]) -> str:
            value = str(fields[match[1]])
            if not _NUMBER.fullmatch(value):
                raise InvalidInput(match[1], "An id of Bungie's is a number.")
            return value

        path = _FIELD.sub(fill, self.path)
        return f"/Platform{path}" + (f"?{urlencode(query)}" if query else "")


def endpoints() -> list[Endpoint]:
    """Every endpoint that the product uses: the ``ENDPOINTS`` of each file of this folder that has no underscore."""
    package = import_module(__package__ or "vaultraider.bungie")
    names = sorted(module.name for module in iter_modules(package.__path__) if not module.name.startswith("_"))
    return [endpoint for name in names for endpoint in import_module(f"{package.__name__}.{name}").ENDPOINTS]


def scopes() -> list[str]:
    """What to tick when the application is registered with Bungie."""
    return sorted({endpoint.scope for endpoint in endpoints() if endpoint.scope})
