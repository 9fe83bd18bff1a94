"""The control room, on /__sim/: clock, faults, scenarios, the truth, the journal. For this machine only, if asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from vaultraider.simulator import snapshot
from vaultraider.simulator.answers import Answer, html, json_answer
from vaultraider.simulator.clock import ClockError, iso_millis, parse_iso
from vaultraider.simulator.faults import CATALOGUE, FaultError, Match
from vaultraider.simulator.invariants import broken
from vaultraider.simulator.knobs import CHOICES, KnobError
from vaultraider.simulator.loopback import host_of, is_loopback
from vaultraider.simulator.moments import MOMENTS, MomentError, happen, person_of
from vaultraider.simulator.oauth import given
from vaultraider.simulator.scenarios import SCENARIOS
from vaultraider.simulator.world import VAULT, Account

if TYPE_CHECKING:
    from vaultraider.simulator.box import Box
    from vaultraider.simulator.routing import Call

Door = Callable[["Call", dict[str, Any], str], Any]
"""Call, JSON body, last part of the path; returns JSON or an Answer."""

PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""What proxies add."""


class WrongRequest(ValueError):
    """Becomes 400 with the message."""


def answer(call: Call) -> Answer:
    """404 for everybody whom the room is closed to."""
    if not call.box.options.control or not _from_here(call):
        return html(404, "Not Found", "There is no such page.")
    for method, pattern, door in DOORS:
        match = re.fullmatch(pattern, call.path.rstrip("/"))
        if match and method == call.request.method:
            return _through(call, door, match.group(1) if match.groups() else "")
    return json_answer({"error": f"The control room has no {call.request.method} {call.path}"}, 404)


def _through(call: Call, door: Door, rest: str) -> Answer:
    try:
        body: dict[str, Any] = {}
        if call.request.method == "POST" and (data := call.request.get_data()):
            body = msgspec.json.decode(data, type=dict[str, Any])
        result = door(call, body, rest)
    except (WrongRequest, FaultError, KnobError, MomentError, ClockError, msgspec.MsgspecError) as error:
        return json_answer({"error": str(error)}, 400)
    return result if isinstance(result, Answer) else json_answer(result)


def _from_here(call: Call) -> bool:
    """The caller's address, the name it used, and (in a browser) the page it stands on are all this machine.

    Behind a proxy on this machine every caller has its address: whoever came through one is from elsewhere.
    """
    request = call.request
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or any(name in request.headers for name in PASSED_ON):
        return False
    names = [request.remote_addr or "", host_of(f"//{request.host}")]
    origin = request.headers.get("Origin")
    if origin is not None:
        names.append(host_of(origin))
    return all(is_loopback(name) for name in names)


def _overview(call: Call, body: dict[str, Any], rest: str) -> Any:
    box = call.box
    return {
        "doors": [f"{method} {pattern}" for method, pattern, _ in DOORS],
        "faults": CATALOGUE,
        "moments": {name: text for name, (_, text) in MOMENTS.items()},
        "scenarios": {name: (scenario.__doc__ or "").strip() for name, scenario in SCENARIOS.items()},
        "knobs": {name: list(values) for name, values in CHOICES.items()},
        "people": [
            {
                "id": person.id,
                "name": person.full_name,
                "about": person.about,
                "accounts": [{"type": one.type, "id": one.id} for one in box.world.accounts_of(person.id)],
            }
            for person in box.world.people
        ],
        "applications": [{"client_id": app.client_id, "redirect_url": app.redirect_url} for app in box.credentials.apps.values()],
    }


def _clock(call: Call, body: dict[str, Any], rest: str) -> Any:
    clock = call.box.clock
    if "set" in body:
        clock.set(parse_iso(str(body["set"])))
    if "advance" in body:
        clock.advance(float(body["advance"]))
    if body.get("freeze"):
        clock.freeze()
    if body.get("run"):
        clock.run()
    return {"now": iso_millis(clock.now()), "frozen": clock.frozen}


def _list_faults(call: Call, body: dict[str, Any], rest: str) -> Any:
    with call.box.lock:
        return msgspec.to_builtins(call.box.faults.rules, str_keys=True)


def _add_fault(call: Call, body: dict[str, Any], rest: str) -> Any:
    """A rule, or a moment that passes at once. ``external_mutation`` is both: with ``match`` or ``when`` it waits."""
    action = str(body.pop("action", ""))
    if action in MOMENTS and not (action in CATALOGUE and body.keys() & {"match", "when"}):
        return {"id": None, "done": happen(call.box, action, body)}
    match = msgspec.convert(body.pop("match", {}), Match)
    count = body.pop("count", None)
    with call.box.lock:
        rule = call.box.faults.add(action, match, None if count is None else int(count), **body)
    return {"id": rule.id}


def _remove_fault(call: Call, body: dict[str, Any], rest: str) -> Any:
    with call.box.lock:
        call.box.editions.missing.clear()
        if not rest:
            call.box.faults.clear()
            return {"removed": True}
        return {"removed": call.box.faults.remove(int(rest))}


def _scenario(call: Call, body: dict[str, Any], rest: str) -> Any:
    if rest not in SCENARIOS:
        raise WrongRequest(f"There is no scenario named {rest}; try one of {', '.join(SCENARIOS)}.")
    with call.box.lock:
        SCENARIOS[rest](call.box)
    return {"scenario": rest}


def _reset(call: Call, body: dict[str, Any], rest: str) -> Any:
    seed = body.get("seed")
    call.box.reset(None if seed is None else int(seed))
    return {"seed": call.box.seed, "revision": call.box.world.revision}


def _take(call: Call, body: dict[str, Any], rest: str) -> Any:
    return Answer(body=snapshot.take(call.box))


def _lay_back(call: Call, body: dict[str, Any], rest: str) -> Any:
    return snapshot.lay_back(call.box, call.request.get_data())


def _journal(call: Call, body: dict[str, Any], rest: str) -> Any:
    with call.box.lock:
        journal = call.box.journal
        entries = journal.problems() if "problems" in call.query else journal.since(int(call.query.get("since", "0")))
        return {"last": journal.last, "entries": msgspec.to_builtins(entries)}


def _clear_journal(call: Call, body: dict[str, Any], rest: str) -> Any:
    with call.box.lock:
        call.box.journal.clear()
    return {"cleared": True}


def _world(call: Call, body: dict[str, Any], rest: str) -> Any:
    """The truth about one account, by membership id, bungie.net id or name ("Marrow", "Marrow%234417")."""
    with call.box.lock:
        account = call.box.world.find_account(rest)
        if account is None:
            raise WrongRequest(f"There is no account called {rest}.")
        return truth(call.box, account)


def truth(box: Box, account: Account) -> dict[str, Any]:
    """The account with the names of things and guardians, and where each item lies."""
    found: dict[str, Any] = msgspec.to_builtins(account, str_keys=True)
    for item, shown in zip(account.items, found["items"], strict=True):
        row = box.source.definition(item.hash) or {}
        shown["name"] = row.get("displayProperties", {}).get("name")
        shown["place"] = place_of(item.bucket, item.equipped)
    found["revision"] = box.world.revision
    found["vault_used"] = len(account.vault())
    return found


def place_of(bucket: int, equipped: bool) -> str:
    return "equipped" if equipped else "vault" if bucket == VAULT else "postmaster" if bucket == 215593132 else "inventory"


def _invariants(call: Call, body: dict[str, Any], rest: str) -> Any:
    box = call.box
    with box.lock:
        found = list(dict.fromkeys([*box.broken, *broken(box.world, box.game, box.source.missing())]))
        return {"ok": not found, "broken": found, "revision": box.world.revision}


def _knobs(call: Call, body: dict[str, Any], rest: str) -> Any:
    return msgspec.to_builtins(call.box.turn_knobs(body) if body else call.box.knobs)


def _auto_approve(call: Call, body: dict[str, Any], rest: str) -> Any:
    """From now on the permission page sends that person straight back; an empty name shows the page again."""
    with call.box.lock:
        call.box.auto_approve = person_of(call.box, body)
    return {"person": call.box.auto_approve}


def _code(call: Call, body: dict[str, Any], rest: str) -> Any:
    with call.box.lock:
        return {"code": _allowed(call, body).value}


def _tokens(call: Call, body: dict[str, Any], rest: str) -> Any:
    """Signs a person in without any page."""
    box = call.box
    with box.lock:
        app = box.credentials.apps[str(body.get("client_id", "31337"))]
        return given(box, box.credentials.exchange(app, _allowed(call, body).value, box.knobs))


def _allowed(call: Call, body: dict[str, Any]) -> Any:
    box = call.box
    person = person_of(box, body or {"person": "Marrow"})
    app = box.credentials.apps.get(str(body.get("client_id", "31337")))
    if app is None or not person:
        raise WrongRequest("Name a person, and an application that exists.")
    return box.credentials.allow(app, person, box.knobs)


def _moment(call: Call, body: dict[str, Any], rest: str) -> Any:
    if rest not in MOMENTS:
        raise WrongRequest(f"There is no moment named {rest}; try one of {', '.join(MOMENTS)}.")
    return happen(call.box, rest, body)


DOORS: tuple[tuple[str, str, Door], ...] = (
    ("GET", "/__sim", _overview),
    ("GET", "/__sim/clock", _clock),
    ("POST", "/__sim/clock", _clock),
    ("GET", "/__sim/faults", _list_faults),
    ("POST", "/__sim/faults", _add_fault),
    ("DELETE", "/__sim/faults", _remove_fault),
    ("DELETE", r"/__sim/faults/(\d+)", _remove_fault),
    ("POST", "/__sim/moments/([a-z_]+)", _moment),
    ("POST", "/__sim/scenario/([a-z-]+)", _scenario),
    ("POST", "/__sim/reset", _reset),
    ("GET", "/__sim/snapshot", _take),
    ("PUT", "/__sim/snapshot", _lay_back),
    ("GET", "/__sim/journal", _journal),
    ("DELETE", "/__sim/journal", _clear_journal),
    ("GET", "/__sim/world/(.+)", _world),
    ("GET", "/__sim/invariants", _invariants),
    ("GET", "/__sim/knobs", _knobs),
    ("POST", "/__sim/knobs", _knobs),
    ("POST", "/__sim/auto_approve", _auto_approve),
    ("POST", "/__sim/code", _code),
    ("POST", "/__sim/tokens", _tokens),
)
