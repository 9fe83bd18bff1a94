"""What things of the past are called today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.catalogue import Catalogue, item_facts
from vaultraider.domain.history.moment import KeptCharacter, KeptItem
from vaultraider.domain.history.names import CatalogueNames, HashNames, NamedPlug, Names
from vaultraider.domain.items import CLASSES, InstanceData, PrimaryStat, missing_name, power_of
from vaultraider.domain.profile_parts import Kind, Tier

STORES = {VAULT_STORE: "the vault", ACCOUNT_STORE: "the shared inventory"}
NOBODY = "a guardian who is gone"


class Facts(NamedTuple):
    name: str
    tier: Tier
    item_kind: Kind
    icon: str


class Naming:
    """Names by today's definitions, or by numbers where there are none.

    ``nicknames`` and ``characters`` by character id. ``gone``: what guardians that are no more were called; asked only when one
    of them is named.
    """

    def __init__(
        self,
        catalogue: Catalogue | None,
        nicknames: Mapping[str, str],
        characters: Mapping[str, KeptCharacter],
        gone: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._catalogue = catalogue
        self._names: Names = CatalogueNames(catalogue) if catalogue is not None else HashNames()
        self._nicknames = nicknames
        self._characters = characters
        self._look_for_gone = gone
        self._gone: Mapping[str, str] | None = None
        self._facts: dict[int, Facts] = {}

    def facts(self, hash: int) -> Facts:
        """Of an item or a currency."""
        found = self._facts.get(hash)
        if found is None:
            found = self._facts[hash] = self._look_up(hash)
        return found

    def plug(self, hash: int) -> NamedPlug:
        return self._names.plug(hash)

    def store(self, store: str) -> str:
        """Within a sentence: "the vault", "Brannoch"."""
        return STORES.get(store) or self.guardian(store)

    def guardian(self, id: str) -> str:
        """The nickname, else the class: "Brannoch", "the Titan"."""
        nickname = self._nicknames.get(id)
        if nickname:
            return nickname
        character = self._characters.get(id)
        if character is not None:
            return f"the {self._class_of(character)}"
        if self._gone is None:
            self._gone = self._look_for_gone()
        return self._gone.get(id) or NOBODY

    def guardian_alone(self, id: str, character: KeptCharacter) -> str:
        """Where no sentence stands around it: "Brannoch", "Titan"."""
        return self._nicknames.get(id) or self._class_of(character)

    def power(self, item: KeptItem) -> int:
        """0 for none."""
        primary = PrimaryStat(*item.primary) if item.primary is not None else None
        row = self._catalogue.definitions.item(item.hash) if self._catalogue is not None else None
        return power_of(InstanceData(primary_stat=primary, item_level=item.level, quality=item.quality), row)

    def _class_of(self, character: KeptCharacter) -> str:
        row = self._catalogue.definitions.named("Class", character.class_hash) if self._catalogue is not None else None
        return row.name if row is not None and row.name else CLASSES.get(character.class_type, "guardian").capitalize()

    def _look_up(self, hash: int) -> Facts:
        if self._catalogue is None:
            return Facts(missing_name(hash), "unknown", "unknown", "")
        facts = item_facts(hash, self._catalogue.item(hash).definition, self._catalogue.key)
        return Facts(facts.name, facts.tier, facts.kind, facts.icon)
