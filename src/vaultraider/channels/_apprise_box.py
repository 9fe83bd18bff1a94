"""Apprise in a process of its own, closed but for addresses that were checked: ``python -m vaultraider.channels._apprise_box``.

One errand: JSON comes in (``Errand``), JSON goes out (``Outcome``). Why a process: Apprise brings hundreds of services, each with
ways of its own to use what stands in an address. Here it can be stopped when its time is over, gives back its 50 MB, and what it
must not do, it cannot.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from vaultraider.domain.errors import AddressRefused, AddressUnreachable
from vaultraider.outbound import Doorway
from vaultraider.outbound.closed_process import close_process
from vaultraider.outbound.doorway import Resolve, look_up

CONNECT, READ = 4.0, 6.0
"""Seconds."""
_LIMIT = 256 * 1024
"""Bytes of one answer that are read."""
_OPTIONS = frozenset(
    {
        "attach", "attach-as", "blocks", "config", "cto", "include", "keyfile", "optional", "pgp", "pgpprv", "pgppub", "redirect",
        "retry", "rto", "smtp", "store", "subfile", "verify", "wait", "wkd",
    }
)  # fmt: skip
"""Options of an address that switch off a check, read a file, or make us wait: not here."""


ErrandLevel = Literal["info", "success", "warning", "failure"]
"""Apprise's words."""


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """``only_check``: look at the address, send nothing."""

    address: str
    schema: str
    title: str = ""
    text: str = ""
    level: ErrandLevel = "info"
    allow_private: tuple[str, ...] = ()
    only_check: bool = False


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """``done``: Apprise says so. Else ``trouble``: the address is not one ("address"), an option is refused ("option"), it leads
    where we do not go ("refused"), nobody answers ("silence"), or a service said no ("answer": ``status``, ``retry_after``).
    ``maybe_sent``: a request had left."""

    done: bool
    trouble: Literal["", "address", "option", "refused", "silence", "answer"] = ""
    sentence: str = ""
    status: int = 0
    retry_after: str = ""
    maybe_sent: bool = False


class _Seen:
    """What happened on the wire, as Apprise itself only says yes or no."""

    def __init__(self) -> None:
        self.refused = ""
        self.silence = ""
        self.status = 0
        self.retry_after = ""
        self.maybe_sent = False

    def outcome(self) -> Outcome:
        if self.refused:
            return Outcome(done=False, trouble="refused", sentence=self.refused)
        if self.status >= 300:
            return Outcome(done=False, trouble="answer", status=self.status, retry_after=self.retry_after)
        return Outcome(done=False, trouble="silence", sentence=self.silence, maybe_sent=self.maybe_sent)


def perform(errand: Errand, *, resolve: Resolve = look_up) -> Outcome:
    """Does it, and leaves this process closed. ``resolve`` is for tests: what DNS would say."""
    import mimetypes

    import apprise
    from apprise.plugins import url_to_dict

    mimetypes.init()  # reads files of the system's, once
    doorway = Doorway(errand.allow_private, resolve=resolve)
    parsed = url_to_dict(errand.address)  # type: ignore[no-untyped-call]  # Apprise's, without types
    if not parsed or parsed.get("schema") != errand.schema:
        return Outcome(done=False, trouble="address")
    option = _refused_option(parsed)
    if option:
        return Outcome(done=False, trouble="option", sentence=option)
    seen = _Seen()
    _watch_requests(doorway, seen)
    close_process(doorway, refused=lambda sentence: setattr(seen, "refused", sentence))
    parsed |= {"verify": True, "redirect": False, "retry": 0, "store": False, "cto": CONNECT, "rto": READ}
    asset = apprise.AppriseAsset(async_mode=False, secure_logging=True)
    service = apprise.Apprise.instantiate(parsed, asset=asset)
    if service is None:
        return Outcome(done=False, trouble="refused" if seen.refused else "address", sentence=seen.refused)
    if errand.only_check:
        return _look(service, doorway)
    service.request_rate_per_sec = 0.2  # its usual five seconds between two requests would be all the time there is
    sender = apprise.Apprise(asset=asset)
    sender.add(service)
    done = sender.notify(
        body=errand.text,
        title=errand.title,
        notify_type=errand.level,
        body_format=apprise.NotifyFormat.TEXT,
        interpret_escapes=False,
    )
    return Outcome(done=True, status=seen.status) if done and not seen.refused else seen.outcome()


def _refused_option(parsed: dict[str, Any]) -> str:
    """The first option that is not for here, or "". A template is a number of the service's, or else a file."""
    for bunch in ("qsd", "qsd+", "qsd-", "qsd:"):
        for name, value in (parsed.get(bunch) or {}).items():
            if name.lower() in _OPTIONS or bunch in ("qsd+", "qsd-"):
                return str(name)
            if name.lower() == "template" and not str(value).replace("-", "").replace("_", "").isalnum():
                return str(name)
    return ""


def _look(service: Any, doorway: Doorway) -> Outcome:
    """Where the service stands on a host that the person names, that host is looked up."""
    if not any("{host}" in template for template in service.templates) or not getattr(service, "host", None):
        return Outcome(done=True)
    host = str(service.host).lower().removesuffix(".")
    try:
        doorway.addresses(host, int(service.port or 443))
        if not service.secure and not doorway.is_allowed(host):
            raise AddressRefused(_NOT_SAFE)
    except (AddressRefused, AddressUnreachable) as error:
        return Outcome(done=False, trouble="refused", sentence=error.sentence)
    return Outcome(done=True)


_NOT_SAFE = (
    "This address sends without https, and could be read on the way. Most services have another schema for https, with an s."
)


def _watch_requests(doorway: Doorway, seen: _Seen) -> None:
    """Every request of Apprise's goes through here: https only, certificates checked, times and sizes limited, no proxy."""
    import requests
    from requests.adapters import HTTPAdapter

    send = HTTPAdapter.send
    believed = os.environ.get("REQUESTS_CA_BUNDLE") or True

    def guarded(self: HTTPAdapter, request: Any, *rest: Any, **named: Any) -> Any:
        address = urlsplit(request.url)
        _judge(doorway, address.hostname or "", address.port or 443, seen)
        if address.scheme != "https" and not doorway.is_allowed((address.hostname or "").lower().removesuffix(".")):
            seen.refused = _NOT_SAFE
            raise requests.exceptions.InvalidSchema(_NOT_SAFE)
        try:
            answer = send(self, request, stream=True, timeout=(CONNECT, READ), verify=believed, cert=None, proxies=None)
            answer._content = answer.raw.read(_LIMIT, decode_content=True)
            answer._content_consumed = True
            answer.close()
        except Exception as error:
            seen.status = 0
            seen.silence, seen.maybe_sent = _silence(error, address.hostname or "The service")
            raise
        seen.status = answer.status_code
        seen.retry_after = answer.headers.get("Retry-After", "")[:60]
        return answer

    HTTPAdapter.send = guarded  # type: ignore[method-assign]  # in this process no other way of sending is left


def _judge(doorway: Doorway, host: str, port: int, seen: _Seen) -> None:
    """Before the library looks: what is refused for where it leads is not told to be a matter of https."""
    try:
        doorway.addresses(host.lower().removesuffix("."), port)
    except AddressRefused as error:
        seen.refused = error.sentence
        raise
    except AddressUnreachable as error:
        seen.silence = error.sentence
        raise


def _silence(error: Exception, host: str) -> tuple[str, bool]:
    """In words, and whether the request may have arrived."""
    from requests import exceptions

    if isinstance(error, exceptions.SSLError):
        return f"The certificate of {host} is not one that this server believes.", False
    if isinstance(error, exceptions.ConnectTimeout):
        return f"{host} cannot be reached.", False
    if isinstance(error, exceptions.Timeout):
        return f"{host} does not answer in time.", True
    if isinstance(error, exceptions.ConnectionError) and "NewConnectionError" in repr(error):
        return f"{host} cannot be reached.", False
    return f"The connection to {host} broke.", True


def main() -> None:
    errand = msgspec.json.decode(sys.stdin.buffer.read(), type=Errand)
    outcome = perform(errand)
    sys.stdout.buffer.write(msgspec.json.encode(outcome))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
