"""An event as it is told outside: named, and in a sentence."""

from __future__ import annotations

from datetime import timedelta

from msgspec import UNSET
from msgspec.structs import replace

from vaultraider.domain.history.events import GROUPS, Event, EventGroup, EventKind
from vaultraider.domain.history.sentences import sentence
from vaultraider.services.history.naming import Facts, Naming
from vaultraider.services.history.shapes import HistoryEvent, whole_second

EXACT = timedelta(minutes=5)
"""An account that is played is looked at more often than that: what was not seen for longer happened "between"."""

GROUP_OF: dict[EventKind, EventGroup] = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
_NO_ITEM: frozenset[EventKind] = frozenset({"loadout", "character-created", "character-deleted"})


def told(event: Event, naming: Naming) -> HistoryEvent:
    facts = _facts(event, naming)
    return HistoryEvent(
        id=event.id,
        at=whole_second(event.at),
        since=whole_second(event.since) if event.at - event.since > EXACT else UNSET,
        kind=event.kind,
        group=GROUP_OF[event.kind],
        item=event.item or UNSET,
        hash=event.hash or UNSET,
        name=facts.name,
        tier=facts.tier,
        item_kind=facts.item_kind,
        icon=facts.icon,
        character=event.character or UNSET,
        quantity=event.quantity if event.quantity != 1 else UNSET,
        before=event.before,
        after=event.after,
        by=event.by,
        transfer=event.transfer or UNSET,
        sentence=sentence(replace(event, name=facts.name), naming.store),
    )


def _facts(event: Event, naming: Naming) -> Facts:
    """As it was called then; today's words only where there were none."""
    if event.kind in _NO_ITEM or not event.hash:
        return Facts(event.name, event.tier, event.item_kind, "")
    today = naming.facts(event.hash)
    was_known = event.tier != "unknown" or event.item_kind != "unknown"
    if event.name and (was_known or (today.tier == "unknown" and today.item_kind == "unknown")):
        return Facts(event.name, event.tier, event.item_kind, today.icon)
    return today
