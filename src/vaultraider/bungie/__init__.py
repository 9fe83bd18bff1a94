"""Bungie.net: one file an area, each with its endpoints; files with an underscore are what they share."""

from vaultraider.bungie._build import Bungie, build_bungie
from vaultraider.bungie._endpoint import endpoints, scopes

__all__ = ["Bungie", "build_bungie", "endpoints", "scopes"]
