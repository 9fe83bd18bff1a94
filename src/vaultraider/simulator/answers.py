"""What the simulator answers: Bungie's envelope, the error bodies, and the HTML pages of things that are no API at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from vaultraider.simulator.codes import code

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"
_TAIL = b',"ErrorCode":1,"ThrottleSeconds":0,"ErrorStatus":"Success","Message":"Ok","MessageData":{}}'


class Wire(msgspec.Struct, kw_only=True):
    """How the bytes go out, when a fault meddles with them."""

    pause: float = 0.0
    """Seconds between pieces."""
    piece: int = 0
    """Bytes in a piece; 0: all at once."""
    cut: int | None = None
    """Close after so many bytes, though more was promised."""
    abort: bool = False
    """Reset the connection instead of answering."""
    endless: int = 0
    """Promise so many bytes and send zeros until the reader gives up."""


class Answer(msgspec.Struct, kw_only=True):
    """One HTTP answer. ``error_code`` is for the journal."""

    status: int = 200
    body: bytes = b""
    content_type: str = JSON
    headers: dict[str, str] = {}
    error_code: int | None = None
    wire: Wire | None = None
    compressible: bool = True


class ApiError(Exception):
    """Bungie refuses: becomes the envelope with that code. ``zero``: integer-returning POSTs send ``"Response":0`` too."""

    def __init__(
        self,
        number: int,
        *,
        http: int | None = None,
        data: dict[str, str] | None = None,
        throttle_seconds: int = 0,
        zero: bool = False,
    ) -> None:
        super().__init__(code(number).name)
        self.number = number
        self.http = http
        self.data = data or {}
        self.throttle_seconds = throttle_seconds
        self.zero = zero


class Early(Exception):
    """An answer that ends the way through the pipeline at once."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def success(response: Any) -> Answer:
    """Wraps what an endpoint returned. ``msgspec.Raw`` goes in as it is."""
    return Answer(body=b'{"Response":' + msgspec.json.encode(response) + _TAIL, error_code=1)


def failure(error: ApiError) -> Answer:
    known = code(error.number)
    body: dict[str, Any] = {"Response": 0} if error.zero else {}
    body |= {
        "ErrorCode": known.number,
        "ThrottleSeconds": error.throttle_seconds,
        "ErrorStatus": known.name,
        "Message": known.message,
        "MessageData": error.data,
    }
    return Answer(
        status=error.http if error.http is not None else known.http,
        body=msgspec.json.encode(body),
        error_code=known.number,
    )


def oauth_failure(description: str, error: str = "server_error", status: int = 400) -> Answer:
    """The token endpoint's shape, which is not the envelope."""
    return Answer(status=status, body=msgspec.json.encode({"error": error, "error_description": description}))


def json_answer(value: Any, status: int = 200) -> Answer:
    return Answer(status=status, body=msgspec.json.encode(value))


def redirect(where: str, status: int = 302) -> Answer:
    return Answer(status=status, content_type=HTML, headers={"Location": where, "Cache-Control": "no-store"})


def html(status: int, title: str, text: str) -> Answer:
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    return Answer(status=status, body=page.encode(), content_type=HTML)


def _cloudflare(status: int, text: str) -> Callable[[], Answer]:
    return lambda: html(status, f"{status}: {text}", "Ray ID: 0000000000000000. The web server reported a problem.")


PAGES: dict[str, Callable[[], Answer]] = {
    "html_503": lambda: html(503, "Service Unavailable", "The service is temporarily unavailable. Please try again later."),
    "html_500": lambda: html(500, "Runtime Error", "An application error occurred on the server."),
    "html_200": lambda: html(200, "Please wait", "Something funny happened on the way here."),
    "html_401": lambda: html(401, "401 - Unauthorized", "You do not have permission with the credentials that you supplied."),
    "cf_block_403": lambda: html(403, "Attention Required!", "You have been blocked."),
    "cf_502": _cloudflare(502, "Bad gateway"),
    "cf_504": _cloudflare(504, "Gateway time-out"),
    "cf_520": _cloudflare(520, "Web server is returning an unknown error"),
    "cf_521": _cloudflare(521, "Web server is down"),
    "cf_522": _cloudflare(522, "Connection timed out"),
    "cf_523": _cloudflare(523, "Origin is unreachable"),
    "cf_524": _cloudflare(524, "A timeout occurred"),
    "cf_525": _cloudflare(525, "SSL handshake failed"),
    "cf_526": _cloudflare(526, "Invalid SSL certificate"),
}
"""Bodies that are not JSON, by the fault's name."""
