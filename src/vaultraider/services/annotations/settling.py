"""After each read: what is said of copies that went away is put aside, and found again when they come back.

Bungie gives a crafted weapon another id when it is shaped anew. It was shaped first at the same second as before, and by that
its tag and notes find it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vaultraider.domain.annotations import is_of_copy
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.entries import Parts, decode_item
from vaultraider.domain.errors import DefinitionsMissing
from vaultraider.domain.history.taking import lists_came
from vaultraider.domain.items import CRAFTED
from vaultraider.domain.people import User
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.domain.sockets import crafted_at
from vaultraider.ports import Clock, MembershipRef
from vaultraider.ports.annotations import AnnotationStore
from vaultraider.services.annotations.held import HeldAnnotations


class Settling:
    """Fits ``ports.SnapshotListener``."""

    def __init__(
        self, *, store: AnnotationStore, held: HeldAnnotations, catalogue: Callable[[], Catalogue], clock: Clock
    ) -> None:
        """``catalogue`` raises DefinitionsMissing."""
        self._store = store
        self._held = held
        self._catalogue = catalogue
        self._clock = clock

    def accepted(self, user: User, membership: MembershipRef, before: ProfileSnapshot | None, after: ProfileSnapshot) -> None:
        """Only a whole state says that something is gone."""
        said = {key: each.crafted for key, each in self._held.kept(user.id, membership).items() if is_of_copy(key)}
        away = {key: each.crafted for key, each in self._store.away(user.id, membership).items()}
        if not (said or away) or not lists_came(after):
            return
        there = _copies(after)
        gone = said.keys() - there.keys()
        back = away.keys() & there.keys()
        lost = {crafted: key for key, crafted in (away | {key: said[key] for key in gone}).items() if crafted and key not in back}
        moved = self._found_again(lost, there, said, after) if lost else {}
        if gone or back or moved:
            self._store.settle(user.id, membership, self._clock.now(), moved=moved, gone=gone - moved.keys(), back=back)
            self._held.changed(user.id)

    def _found_again(
        self, lost: Mapping[int, str], there: Mapping[str, int], said: Mapping[str, int], after: ProfileSnapshot
    ) -> dict[str, str]:
        """Old id -> new one. Where two copies were shaped in the same second nobody can tell which it was."""
        try:
            definitions = self._catalogue().definitions
        except DefinitionsMissing:
            return {}
        objectives = Parts(after.body.item_components).plug_objectives
        candidates: dict[int, list[str]] = {}
        for id, state in there.items():
            if state & CRAFTED and id not in said:
                candidates.setdefault(crafted_at(objectives.get(id), definitions), []).append(id)
        return {lost[at]: ids[0] for at, ids in candidates.items() if at in lost and len(ids) == 1}


def _copies(snapshot: ProfileSnapshot) -> dict[str, int]:
    """Instance id -> state flags."""
    items = (decode_item(raw) for _, _, listed in snapshot.holdings() for raw in listed)
    return {item.item_instance_id: item.state for item in items if item.item_instance_id}
