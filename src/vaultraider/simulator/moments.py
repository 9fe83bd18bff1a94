"""Faults that happen once, at the moment they are asked for: tokens die, the manifest changes, the player plays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from vaultraider.simulator.deeds import DEEDS, go, play
from vaultraider.simulator.invariants import broken_in
from vaultraider.simulator.player import PlayerError, character_called

if TYPE_CHECKING:
    from vaultraider.simulator.box import Box

Params = dict[str, Any]
Moment = Callable[["Box", Params], Any]
ABOUT = frozenset({"account", "deed", "bust", "when"})
"""Parameters of external_mutation that are not the deed's own."""
ITEMS = "DestinyInventoryItemDefinition"


class MomentError(ValueError):
    """It cannot happen; the message says why."""


def happen(box: Box, name: str, params: Params) -> Any:
    """Raises MomentError. Returns what was done, as JSON."""
    with box.lock:
        try:
            return MOMENTS[name][0](box, params)
        except (PlayerError, TypeError, ValueError) as error:
            raise MomentError(str(error)) from error


def person_of(box: Box, params: Params) -> str:
    """bungie.net id of ``person`` (a name or id), or empty for everybody."""
    who = str(params.get("person", ""))
    if not who:
        return ""
    person = box.world.person(who)
    if person is None:
        raise MomentError(f"There is nobody called {who}.")
    return person.id


def _expire_access(box: Box, params: Params) -> Any:
    return {"tokens": box.credentials.expire_access(person_of(box, params))}


def _revoke(box: Box, params: Params) -> Any:
    delay = float(params.get("delay", 0))
    return {"grants": box.credentials.revoke(person_of(box, params), delay)}


def _expire_record(box: Box, params: Params) -> Any:
    return {"grants": box.credentials.expire_record(person_of(box, params))}


def _invalidate(box: Box, params: Params) -> Any:
    return {"tokens": box.credentials.invalidate_all()}


def _stale(box: Box, params: Params) -> Any:
    caches = box.caches
    caches.nodes = max(1, int(params.get("nodes", caches.nodes)))
    caches.ttl = float(params["ttl"]) if params.get("ttl") is not None else None
    caches.bust_on_write = params.get("bust_on_write")
    return {"nodes": caches.nodes, "ttl": caches.ttl, "bust_on_write": caches.bust_on_write}


def _mutation(box: Box, params: Params) -> Any:
    who = str(params.get("account", "Marrow"))
    account = box.world.find_account(who)
    if account is None:
        raise MomentError(f"There is no account called {who}.")
    doing = {name: value for name, value in params.items() if name not in ABOUT}
    items = play(box.world, account, box.game, str(params.get("deed", "touch")), doing)
    box.accuse("PLAYER", broken_in(account, box.game, box.source.missing()))
    if params.get("bust", True):
        box.caches.bust(account.id)
    return {"items": items, "revision": box.world.revision}


def _bump(box: Box, params: Params) -> Any:
    return _told(box, box.editions.change())


def _silent_edit(box: Box, params: Params) -> Any:
    return _told(box, box.editions.change(silent=True))


def _flap(box: Box, params: Params) -> Any:
    """Every so-manieth answer comes from a server that still has the edition before."""
    if not box.editions.current:
        box.editions.change()
    box.editions.flap_every = int(params.get("every", 2))
    return {"every": box.editions.flap_every}


def _rollback(box: Box, params: Params) -> Any:
    return _told(box, box.editions.roll_back())


def _empty_table(box: Box, params: Params) -> Any:
    return _told(box, box.editions.change(flaw=f"empty:{params.get('table', ITEMS)}"))


def _missing_table(box: Box, params: Params) -> Any:
    return _told(box, box.editions.change(flaw=f"missing:{params.get('table', ITEMS)}"))


def _told(box: Box, edition: Any) -> Any:
    return {"number": edition.number, "version": edition.version}


def _systems(box: Box, params: Params) -> Any:
    """``off``: "global", "token", or parts of a path such as "Destiny2" or "Manifest"."""
    box.world.systems_off = [str(name) for name in params.get("off", [])]
    return {"off": box.world.systems_off}


def _alerts(box: Box, params: Params) -> Any:
    box.world.alerts = [dict(alert) for alert in params.get("alerts", [])]
    return {"alerts": len(box.world.alerts)}


def _where(box: Box, params: Params) -> Any:
    """Where a guardian is: orbit, social, activity or offline; ``locked``: the equipment is."""
    account = box.world.find_account(str(params.get("account", "Marrow")))
    if account is None:
        raise MomentError("There is no such guardian.")
    who = character_called(account, str(params.get("character", "")))
    go(account, who, str(params.get("where", "activity")), locked=bool(params.get("locked", False)))
    box.world.changed()
    box.caches.bust(account.id)
    return {"character": who.id, "where": who.where}


MOMENTS: dict[str, tuple[Moment, str]] = {
    "expire_access": (_expire_access, "access tokens (of `person`, or all) are too old from now on"),
    "revoke_grant": (_revoke, "the person takes the permission back; it bites after `delay` seconds (up to an hour)"),
    "expire_record": (_expire_record, "the year is over: refreshing fails with AuthorizationRecordExpired"),
    "invalidate_all": (_invalidate, "every token that is out becomes unreadable"),
    "stale_profile": (_stale, "profiles come from `nodes` servers and are kept `ttl` seconds"),
    "external_mutation": (_mutation, f"the player does `deed` ({', '.join(DEEDS)}) on `account`"),
    "bump": (_bump, "a new manifest: new version, new content"),
    "silent_edit": (_silent_edit, "new content under the same version"),
    "flap": (_flap, "two servers disagree about the manifest, `every` second answer"),
    "rollback": (_rollback, "the manifest before is in force again"),
    "empty_table": (_empty_table, "a new manifest whose `table` is empty"),
    "missing_table": (_missing_table, "a new manifest without `table`"),
    "systems": (_systems, "switches systems `off`"),
    "alerts": (_alerts, "sets the global alerts"),
    "where": (_where, "puts a guardian (`character`, or who was played last) somewhere: `where`, `locked`"),
}
