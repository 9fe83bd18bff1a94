"""Faults around an endpoint: the player who acts just before or after, and answers that do not tell what happened to a write."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from vaultraider.simulator import fault_effects
from vaultraider.simulator.answers import PAGES, Answer, ApiError, Early, Wire
from vaultraider.simulator.moments import MomentError, happen
from vaultraider.simulator.oddities import is_second_hop

if TYPE_CHECKING:
    from vaultraider.simulator.faults import Rule
    from vaultraider.simulator.routing import Call, Route

OUTAGE = 1618


def answered(call: Call, route: Route) -> Any:
    """What the endpoint says, as far as no fault stands before or behind it. Raises ApiError or Early."""
    _play(call, "before")
    fault_effects.domain(call)
    if not route.has_body:
        response = route.handler(call)
        _play(call, "after")
        return response
    hop = _second_hop(call)
    for rule in call.faults("hop") if hop else ():
        raise ApiError(int(rule.params.get("code", 1642)), http=rule.params.get("http"))
    for rule in call.faults("late"):
        _promise(call, route, float(rule.params.get("seconds", 1.0)))
        raise failed(rule)
    try:
        response = route.handler(call)
    finally:
        _play(call, "after")
    for rule in call.faults("hop-done") if hop else ():
        raise ApiError(int(rule.params.get("code", 1623)), http=rule.params.get("http"))
    for rule in call.faults("done"):
        if rule.action == "commit_then_hang":
            call.box.releasing.wait(float(rule.params.get("seconds", 60)))
            raise Early(Answer(wire=Wire(abort=True)))
        raise failed(rule)
    return response


def failed(rule: Rule) -> ApiError | Early:
    """``page``: one of the HTML pages; else ``code`` in the envelope (1618)."""
    page = rule.params.get("page")
    if page:
        return Early(PAGES[str(page)]())
    return fault_effects.api_error(rule, OUTAGE)


def _second_hop(call: Call) -> bool:
    with call.box.lock:
        return is_second_hop(call)


def _play(call: Call, when: str) -> None:
    """The player does something in the game; what cannot be done is not done."""
    for rule in call.faults(when):
        with contextlib.suppress(MomentError):
            happen(call.box, "external_mutation", rule.params)


def _promise(call: Call, route: Route, seconds: float) -> None:
    """The write that was said to have failed happens after all, later."""

    def late() -> None:
        with contextlib.suppress(ApiError):
            route.handler(call)

    box = call.box
    with box.lock:
        box.later.at(box.clock.now() + seconds, late)
