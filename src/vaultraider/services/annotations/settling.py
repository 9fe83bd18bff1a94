"""After each read: what is said of copies that went away is put aside, and found again when they come back.

Bungie gives a crafted weapon another id when it is shaped anew. It was shaped first at the same second as before, and by that
its tag and notes find it. Where that second is not known yet, as after an import from a table, it is noted while the copy is
there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Set

from vaultraider.domain.annotations import is_of_copy
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import Definitions
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
        shaped = _Shaped(after, self._catalogue)
        there = shaped.copies
        learnt = {key: at for key, crafted in said.items() if not crafted and (at := shaped.at(key))}
        said |= learnt
        gone, back = said.keys() - there.keys(), away.keys() & there.keys()
        lost = {key: at for key, at in (away | {key: said[key] for key in gone}).items() if at and key not in back}
        # Of what was said of the new id already nothing is overwritten, also not once it is taken back.
        forgone = dict.fromkeys(_shaped_at(lost, {said[key] for key in said.keys() & there.keys()}), 0)
        moved = shaped.found_again({at: key for key, at in lost.items() if key not in forgone}, said) if lost else {}
        crafted = learnt | forgone
        if gone or back or moved or crafted:
            now, put_away = self._clock.now(), gone - moved.keys()
            self._store.settle(user.id, membership, now, moved=moved, gone=put_away, back=back, crafted=crafted)
            self._held.changed(user.id)


def _shaped_at(crafted: Mapping[str, int], times: Set[int]) -> set[str]:
    return {key for key, at in crafted.items() if at in times}


class _Shaped:
    """The copies of a state, and when those that are crafted were shaped. ``copies``: instance id -> state flags."""

    def __init__(self, snapshot: ProfileSnapshot, catalogue: Callable[[], Catalogue]) -> None:
        self.copies = _copies(snapshot)
        self._objectives = Parts(snapshot.body.item_components).plug_objectives
        try:
            self._definitions: Definitions | None = catalogue().definitions
        except DefinitionsMissing:
            self._definitions = None

    def at(self, id: str) -> int:
        """0 where it is not crafted, or nobody knows."""
        if self._definitions is None or not self.copies.get(id, 0) & CRAFTED:
            return 0
        return max(0, crafted_at(self._objectives.get(id), self._definitions))

    def found_again(self, lost: Mapping[int, str], said: Collection[str]) -> dict[str, str]:
        """Old id -> new one. Where two copies were shaped in the same second nobody can tell which it was."""
        candidates: dict[int, list[str]] = {}
        for id in self.copies:
            if id not in said:
                candidates.setdefault(self.at(id), []).append(id)
        return {lost[at]: ids[0] for at, ids in candidates.items() if at in lost and len(ids) == 1}


def _copies(snapshot: ProfileSnapshot) -> dict[str, int]:
    """Instance id -> state flags."""
    items = (decode_item(raw) for _, _, listed in snapshot.holdings() for raw in listed)
    return {item.item_instance_id: item.state for item in items if item.item_instance_id}
