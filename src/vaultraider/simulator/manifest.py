"""GetDestinyManifest, single definitions, and the content files with the faults that strike them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultraider.simulator.answers import HTML, JSON, Answer, ApiError, Wire, html
from vaultraider.simulator.content import Edition
from vaultraider.simulator.routing import Route

if TYPE_CHECKING:
    from vaultraider.simulator.faults import Rule
    from vaultraider.simulator.routing import Call

HUGE = 64 * 1024**3
FILE_HEADERS = {"Cache-Control": "public, max-age=86400", "Accept-Ranges": "none"}


def get_manifest(call: Call) -> dict[str, Any]:
    with call.box.lock:
        return call.box.editions.index(call.box.editions.active())


def get_definition(call: Call) -> dict[str, Any]:
    """One definition, in the language of ``lc`` or English."""
    if not call.params["hashIdentifier"].isdigit():
        raise ApiError(7)
    with call.box.lock:
        editions = call.box.editions
        languages = editions.content.languages
        language = call.query.get("lc", languages[0])
        edition = editions.known[editions.current]
        wanted = int(call.params["hashIdentifier"])
        if language not in languages:
            language = languages[0]
        found = editions.content.definition(edition, language, call.params["entityType"], wanted)
    if found is None:
        raise ApiError(21)
    return found


def content(call: Call) -> Answer:
    """A file below /common/destiny2_content/. Needs no key, as in the wild."""
    with call.box.lock:
        data = call.box.editions.file(call.path)
    if data is None:
        call.problem = "unknown path"
        return html(404, "Not Found", "There is no such file.")
    packed = call.path.endswith(".content")
    whole = Answer(
        body=data,
        content_type="application/octet-stream" if packed else JSON,
        headers=dict(FILE_HEADERS),
        # The zip goes out as it lies there; JSON is compressed on the way.
        compressible=not packed,
    )
    cached = _cached_miss(call)
    if cached is not None:
        return cached
    for rule in call.faults("content"):
        whole = _spoiled(call, whole, rule)
    return whole


def _cached_miss(call: Call) -> Answer | None:
    """An address whose 404 the edge cached stays missing, until the fault is taken away; with a query it is another address."""
    with call.box.lock:
        if call.path in call.box.editions.missing and not call.request.query_string:
            return _missing()
    return None


def _missing() -> Answer:
    answer = html(404, "Not Found", "There is no such file.")
    answer.headers = {"Cache-Control": "public, max-age=86400", "CF-Cache-Status": "HIT"}
    return answer


def _spoiled(call: Call, whole: Answer, rule: Rule) -> Answer:
    params, data = rule.params, whole.body
    if rule.action == "path_404":
        if call.request.query_string and not params.get("always"):
            return whole
        with call.box.lock:
            if params.get("sticky", True):
                call.box.editions.missing.add(call.path)
        return _missing()
    if rule.action == "html_instead":
        return Answer(body=b"<!DOCTYPE html><html><body><h1>Please wait</h1></body></html>", content_type=HTML)
    if rule.action == "truncated":
        half = len(data) // 2
        if params.get("honest"):
            whole.body = data[:half]
        else:
            whole.wire = Wire(cut=half)
            whole.compressible = False
    elif rule.action == "bad_zip":
        middle = len(data) // 2
        whole.body = data[:middle] + bytes(64) + data[middle + 64 :]
    elif rule.action == "wrong_md5":
        whole.body = _another(call)
    elif rule.action == "huge":
        whole.wire = Wire(endless=int(params.get("bytes", HUGE)))
        whole.compressible = False
    elif rule.action == "slow":
        whole.wire = Wire(pause=float(params.get("seconds", 0.2)), piece=int(params.get("piece", 64 * 1024)))
        whole.compressible = False
    return whole


def _another(call: Call) -> bytes:
    """A sound file of a later edition, under this file's name."""
    with call.box.lock:
        editions = call.box.editions
        other = Edition(number=max(one.number for one in editions.known) + 1, version="")
        return editions.content.zipped(other, editions.content.languages[0])


ROUTES = (
    Route(method="GET", path="/Destiny2/Manifest/", handler=get_manifest),
    Route(method="GET", path="/Destiny2/Manifest/{entityType}/{hashIdentifier}/", handler=get_definition),
)
