"""The way of a request, in Bungie's order:

edge faults -> slash rule -> User-Agent -> [pages, token endpoint, content files leave here] -> API key -> Origin -> bearer ->
address throttle -> switched-off systems -> route -> scope -> person's throttle -> body -> endpoint -> data and wire faults

Faults may match on the fields of a write's body at every stage.
"""

from __future__ import annotations

import contextlib
import gzip
import re
import traceback
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from werkzeug.wrappers import Request

from vaultraider.simulator import control, fault_effects, manifest, oauth, pictures, write_faults
from vaultraider.simulator.answers import PAGES, Answer, ApiError, Early, failure, html, redirect, success
from vaultraider.simulator.clock import iso_millis
from vaultraider.simulator.journal import Entry, fingerprint, redacted
from vaultraider.simulator.loopback import host_of, is_loopback
from vaultraider.simulator.routing import Call, Route, Router, answer_of
from vaultraider.simulator.wire import send

if TYPE_CHECKING:
    from vaultraider.simulator.box import Box
    from vaultraider.simulator.state import Keeper

StartResponse = Callable[..., Any]
PLATFORM = "/platform"
TOKEN_PATH = "/platform/app/oauth/token"  # noqa: S105 - an address
SMALL = 1024
DEBUG_HEADERS = {"X-BungieNext-MID2": "SIM01", "Set-Cookie": "bungled=1; path=/; HttpOnly"}
"""Which server answered, and a cookie that nobody should carry from one person's calls into another's."""
_BEARER = re.compile(r"Bearer [A-Za-z0-9+/=_.~-]+\Z")


@lru_cache(maxsize=4)
def _packed(body: bytes) -> bytes:
    """The same profile is asked for again and again; packing it takes longer than finding it."""
    return gzip.compress(body, compresslevel=1, mtime=0)


class Pipeline:
    """The WSGI application."""

    def __init__(self, box: Box, router: Router, keeper: Keeper) -> None:
        self.box = box
        self.router = router
        self.keeper = keeper

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        call = Call(box=self.box, request=request, path=request.path)
        self.box.settle()
        if call.path.startswith("/__sim"):
            return send(call, control.answer(call), start)
        with self.box.lock:
            number = self.box.journal.next_number()
        try:
            answer = self._answer(call)
        except Early as early:
            answer = early.answer
        except ApiError as error:
            answer = self._refusal(call, error)
        except Exception:
            call.problem = "the simulator broke: " + traceback.format_exc(limit=-4)
            answer = failure(ApiError(3))
        answer = fault_effects.wire(call, answer)
        answer = self._compressed(call, answer)
        if call.path.lower().startswith(PLATFORM):
            answer.headers = answer.headers | DEBUG_HEADERS
        self._journal(number, call, answer)
        return send(call, answer, start)

    def _answer(self, call: Call) -> Answer:
        if is_loopback(self.box.options.host) and not is_loopback(host_of(f"//{call.request.host}")):
            # A page elsewhere whose name was turned to this machine must not read a captured profile.
            return html(421, "Misdirected Request", "This is Bungie in a box; it answers to this machine's own names.")
        self._find_viewer(call)
        path = call.path.lower()
        if path.startswith(PLATFORM + "/destiny2/actions/"):
            self._glance(call)
        fault_effects.edge(call)
        if not call.request.headers.get("User-Agent"):
            # Cloudflare blocks requests without one since 2025-05 (Bungie-net/api #1970).
            call.problem = "no User-Agent"
            return PAGES["cf_block_403"]()
        if path.rstrip("/") == TOKEN_PATH:
            answer = oauth.token(call)
            self.keeper.keep()
            return answer
        if path == PLATFORM or path.startswith(PLATFORM + "/"):
            return self._platform(call)
        if re.match(r"/[a-z]{2}(-[a-z]{2,3})?/oauth/authorize/?$", path):
            return oauth.authorize(call)
        if path.startswith(("/common/destiny2_content/icons/", "/img/")):
            return pictures.picture(call)
        if path.startswith("/common/destiny2_content/"):
            return manifest.content(call)
        call.problem = "unknown path"
        return html(404, "Not Found", "There is no such page.")

    def _platform(self, call: Call) -> Answer:
        if not call.path.endswith("/"):
            # A redirect drops the Authorization header of most clients: the riddle of Bungie-net/api #61 and #1769.
            where = quote(call.path) + "/"
            query = call.request.query_string.decode("latin-1")
            return redirect(where + (f"?{query}" if query else ""), 301)
        self._api_key(call)
        self._bearer(call)
        with self.box.lock:
            self.box.throttles.address(call.request.remote_addr or "", self.box.clock.now(), self.box.knobs)
        fault_effects.gate(call)
        route = self._find_route(call)
        self._scope(call, route)
        self._body(call, route)
        return answer_of(write_faults.answered(call, route), success)

    def _find_viewer(self, call: Call) -> None:
        """Whose token it is, without judging: faults and the journal want to know early."""
        kind, _, value = call.request.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer":
            return
        with self.box.lock:
            token = self.box.credentials.issued.access.get(value)
            if token is not None:
                call.grant = self.box.credentials.issued.grants[token.grant]
                call.person = call.grant.person

    def _glance(self, call: Call) -> None:
        """The fields of a write, without judging: every fault may ask for them."""
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
            call.body = msgspec.json.decode(call.request.get_data(), type=dict[str, Any])

    def _api_key(self, call: Call) -> None:
        key = call.request.headers.get("X-API-Key", "")
        if not key:
            raise ApiError(2102)
        app = self.box.credentials.app_of_key(key)
        if app is None:
            raise ApiError(2101)
        if not app.enabled:
            raise ApiError(2103)
        origin = call.request.headers.get("Origin")
        if origin is not None and app.origin not in ("*", origin):
            raise ApiError(2107, data={"Origin": origin})

    def _bearer(self, call: Call) -> None:
        header = call.request.headers.get("Authorization")
        if header is None:
            return
        if not _BEARER.match(header):
            # The web server in front of the platform answers, not the platform (Bungie-net/api #263, #1440).
            raise Early(PAGES["html_401"]())
        with self.box.lock:
            call.token = self.box.credentials.bearer(header.removeprefix("Bearer "))
        if call.token is None:
            call.grant, call.person = None, ""
            raise ApiError(99)

    def _find_route(self, call: Call) -> Route:
        path = call.path[len(PLATFORM) :]
        found = self.router.find(call.request.method, path)
        if found is None:
            call.problem = "unknown path"
            raise ApiError(21)
        call.route, call.params = found
        return found[0]

    def _scope(self, call: Call, route: Route) -> None:
        """Only writes and what is about the signed-in person demand a scope; reads answer without the private parts."""
        if not route.scope:
            return
        if call.token is None or call.grant is None:
            raise ApiError(99)
        app = self.box.credentials.apps[call.grant.client_id]
        if call.token.foreign or route.scope not in app.scopes:
            raise ApiError(2108)

    def _body(self, call: Call, route: Route) -> None:
        if not route.has_body:
            return
        with self.box.lock:
            self.box.throttles.action(call.person, route.path, self.box.clock.now(), route.throttle)
        data = call.request.get_data()
        if not data:
            raise ApiError(26, zero=route.returns_int)
        try:
            call.body = msgspec.json.decode(data, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ApiError(30, zero=route.returns_int) from error

    def _refusal(self, call: Call, error: ApiError) -> Answer:
        if call.route is not None and call.route.returns_int:
            error.zero = True
        knobs = self.box.knobs
        if error.number == 99 and error.http is None:
            if knobs.status_99 == "401html":
                return PAGES["html_401"]()
            error.http = int(knobs.status_99[:3])
        if error.number == 5 and error.http is None and knobs.status_5 == "503html":
            return PAGES["html_503"]()
        return failure(error)

    def _compressed(self, call: Call, answer: Answer) -> Answer:
        wanted = call.request.headers.get("Accept-Encoding", "")
        if not (self.box.knobs.compress and answer.compressible and len(answer.body) > SMALL and "gzip" in wanted):
            return answer
        headers = answer.headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return msgspec.structs.replace(answer, body=_packed(answer.body), headers=headers)

    def _journal(self, number: int, call: Call, answer: Answer) -> None:
        request = call.request
        authorization = request.headers.get("Authorization", "")
        body = call.body or request.form.to_dict()
        with self.box.lock:
            self.box.journal.write(
                Entry(
                    n=number,
                    at=iso_millis(self.box.clock.now()),
                    method=request.method,
                    path=request.path,
                    query=request.query_string.decode("latin-1"),
                    status=answer.status,
                    error_code=answer.error_code,
                    user=call.person,
                    bearer=fingerprint(authorization.partition(" ")[2]),
                    user_agent=request.headers.get("User-Agent", ""),
                    body=redacted(body),
                    faults=[rule.action for rule in call.fired],
                    size=len(answer.body),
                    problem=call.problem,
                )
            )
