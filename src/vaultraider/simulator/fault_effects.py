"""What each fault does at its stage of the pipeline (the faults inside a profile stand in profile.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vaultraider.simulator.answers import PAGES, Answer, ApiError, Early, Wire, failure, oauth_failure
from vaultraider.simulator.throttles import too_many

if TYPE_CHECKING:
    from vaultraider.simulator.faults import Rule
    from vaultraider.simulator.routing import Call


def edge(call: Call) -> None:
    """Raises Early where the request never reaches Bungie."""
    for rule in call.faults("edge"):
        if rule.action == "latency":
            _pause(call, float(rule.params.get("seconds", 1)), str(rule.params.get("on", "wall")))
        elif rule.action == "hang":
            _pause(call, float(rule.params.get("seconds", 60)), "wall")
            raise Early(Answer(wire=Wire(abort=True)))
        elif rule.action == "reset":
            raise Early(Answer(wire=Wire(abort=True)))
        elif rule.action == "mangle_bearer":
            if call.request.headers.get("Authorization"):
                raise Early(PAGES["html_401"]())
        else:
            raise Early(PAGES[rule.action]())


def gate(call: Call) -> None:
    """Switched-off systems and throttles. Raises ApiError."""
    with call.box.lock:
        off = [name for name in call.box.world.systems_off if name == "global" or name.lower() in call.path.lower()]
    if off:
        raise ApiError(5)
    for rule in call.faults("gate"):
        if rule.action == "system_disabled":
            raise ApiError(5, http=rule.params.get("http"))
        if rule.action == "throttle_ip":
            error = too_many(call.box.knobs, rule.params.get("seconds"))
            error.http = rule.params.get("http", error.http)
            raise error
        raise ApiError(36 if rule.action == "throttle_user" else 1672, http=rule.params.get("http"))


def domain(call: Call) -> None:
    for rule in call.faults("domain"):
        raise api_error(rule)


def api_error(rule: Rule, usual: int = 3) -> ApiError:
    params = rule.params
    return ApiError(
        int(params.get("code", usual)),
        http=params.get("http"),
        data={str(name): str(value) for name, value in params.get("data", {}).items()},
        throttle_seconds=int(params.get("throttle_seconds", 0)),
    )


def token(call: Call) -> None:
    """The token endpoint's faults. Raises Early."""
    with call.box.lock:
        off = "global" in call.box.world.systems_off or "token" in call.box.world.systems_off
    if off:
        raise Early(oauth_failure("SystemDisabled"))
    for rule in call.faults("gate"):
        if rule.action == "system_disabled":
            raise Early(oauth_failure("SystemDisabled"))
        raise Early(failure(too_many(call.box.knobs, rule.params.get("seconds"))))
    for rule in call.faults("token"):
        raise Early(_token_answer(rule.action, rule.params))


def _token_answer(action: str, params: dict[str, Any]) -> Answer:
    if action == "refresh_500":
        return PAGES["html_500"]()
    if action == "refresh_400_unknown":
        return oauth_failure("SomethingNobodyHasSeen")
    if "envelope" in params:
        return failure(ApiError(int(params["envelope"]), http=params.get("http", 400)))
    return oauth_failure(
        str(params.get("description", "SystemDisabled")),
        str(params.get("error", "server_error")),
        int(params.get("http", 400)),
    )


def wire(call: Call, answer: Answer) -> Answer:
    """How the answer goes out."""
    for rule in call.faults("wire"):
        if rule.action == "slow_body":
            pieces = Wire(pause=float(rule.params.get("seconds", 0.2)), piece=int(rule.params.get("piece", 1024)))
            answer = msgspec.structs.replace(answer, wire=pieces, compressible=False)
        else:
            cut = int(rule.params.get("bytes", len(answer.body) // 2))
            answer = msgspec.structs.replace(answer, wire=Wire(cut=cut), compressible=False)
    return answer


def _pause(call: Call, seconds: float, on: str) -> None:
    if on == "virtual":
        call.box.clock.advance(seconds)
    else:
        call.box.releasing.wait(seconds)
