"""Which manifest is in force, which were before, and the tricks it plays: silent edits, flapping, rolling back."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from vaultraider.simulator.content import Content, Edition

SQLITE = "/common/destiny2_content/sqlite/"
JSON = "/common/destiny2_content/json/"


class Editions:
    """Callers hold the simulator's lock."""

    def __init__(self, content: Content, first_version: str = "") -> None:
        self.content = content
        self.known = [Edition(version=first_version or self._version(0))]
        self.current = 0
        self.flap_every = 0
        self.missing: set[str] = set()
        """Paths whose 404 the edge remembers."""
        self._asked = 0

    @staticmethod
    def _version(number: int) -> str:
        return f"{246000 + 7 * number}.26.11.{10 + number % 20:02d}.2000-2-bnet.{66000 + 13 * number}"

    def active(self) -> Edition:
        """What GetDestinyManifest tells now. Flapping: every so-manieth answer comes from a server that lags behind."""
        self._asked += 1
        if self.flap_every and self.current and self._asked % self.flap_every == 0:
            return self.known[self.current - 1]
        return self.known[self.current]

    def change(self, *, silent: bool = False, flaw: str = "") -> Edition:
        """A new edition becomes active; a ``silent`` one keeps the version. Raises ValueError where there is only one."""
        if self.content.fixed:
            raise ValueError("A captured manifest has one edition: it cannot change.")
        number = max(one.number for one in self.known) + 1
        version = self.known[self.current].version if silent else self._version(number)
        self.known.append(Edition(number=number, version=version, flaw=flaw))
        self.current = len(self.known) - 1
        return self.known[self.current]

    def roll_back(self) -> Edition:
        self.current = max(0, self.current - 1)
        return self.known[self.current]

    def guid(self, edition: Edition) -> str:
        """One for all languages (in JSON paths)."""
        text = f"{edition.number}:{edition.flaw}:{self.content.name(edition, self.content.languages[0])}"
        return str(uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16]))

    def index(self, edition: Edition) -> dict[str, Any]:
        """``Response`` of GetDestinyManifest."""
        languages = self.content.languages
        guid = self.guid(edition)
        gear = f"{SQLITE}asset/asset_sql_content_{hashlib.sha256(guid.encode()).hexdigest()[:32]}.content"
        return {
            "version": edition.version,
            "mobileAssetContentPath": gear,
            "mobileGearAssetDataBases": [{"version": number, "path": gear} for number in range(3)],
            "mobileWorldContentPaths": {
                language: f"{SQLITE}{language}/{self.content.name(edition, language)}" for language in languages
            },
            "jsonWorldContentPaths": {language: f"{JSON}{language}/aggregate-{guid}.json" for language in languages},
            "jsonWorldComponentContentPaths": {
                language: {
                    table: f"{JSON}{language}/{table}-{guid}.json" for table in self.content.table_names(edition, language)
                }
                for language in languages
            },
            "mobileClanBannerDatabasePath": f"{SQLITE}clanbanner/clanbanner_sql_content.content",
            "mobileGearCDN": {
                "Geometry": "/common/destiny2_content/geometry/platform/mobile/geometry",
                "Texture": "/common/destiny2_content/geometry/platform/mobile/textures",
            },
            "iconImagePyramidInfo": [],
        }

    def file(self, path: str) -> bytes | None:
        """The content file at a path of any edition so far, or None."""
        folder, _, name = path.rpartition("/")
        kind, _, language = folder.rpartition("/")
        if language not in self.content.languages:
            return None
        for edition in reversed(self.known):
            if kind + "/" == SQLITE and name == self.content.name(edition, language):
                return self.content.zipped(edition, language)
            if kind + "/" == JSON and name.endswith(f"-{self.guid(edition)}.json"):
                table = name.removesuffix(f"-{self.guid(edition)}.json")
                aggregate = table == "aggregate"
                return self.content.aggregate(edition, language) if aggregate else self.content.table(edition, language, table)
        return None
