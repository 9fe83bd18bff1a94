"""How an API route says what it is.

One decorator reads a handler's annotations: they parse the request, encode the answer and make the OpenAPI entry, so that
the three cannot disagree. A resource is one file::

    blueprint = Blueprint("characters", __name__)

    class Nickname(msgspec.Struct, forbid_unknown_fields=True):
        nickname: Annotated[str, msgspec.Meta(max_length=40)]

    class CharacterAnswer(msgspec.Struct, kw_only=True):
        id: str
        nickname: str | msgspec.UnsetType = msgspec.UNSET          # absent when there is none, never null

    @route(blueprint, "PATCH", "/characters/<id>", summary="Names a character", errors=(NotFound,))
    def rename(id: str, body: Nickname) -> CharacterAnswer:
        return services().inventory.rename(current_user(), id, body.nickname)

- ``body``: a Struct (or a union of tagged ones), read from strict JSON. ``query``: a Struct, read from the query string ("5" may
  become 5). ``headers``: a Struct whose fields are named as request headers.
- The other arguments come from the path.
- A handler that reads its body by itself, as it is a file, says what it is with ``takes="text/csv"`` (several with a space
  between), and ``largest=`` how many bytes it may have where that is more than a page sends. ``instead=`` says what to do with
  what is larger; it is told with 413.
- Return a Struct (200, or ``status=``), or None (204), or a ready ``flask.Response`` when the bytes are at hand already; then
  name what they hold: ``answer=ProfileAnswer``, ``also={200: (Plan,)}`` for each other good status, and ``media_type`` where
  it is not JSON. Nothing is done to a ready response: it sets its own caching headers.
- Raise domain errors: ``web/errors.py`` turns them into problem+json. Those named in ``errors`` go into the OpenAPI document.
- Somebody must be signed in, unless ``public=True``. ``admin=True`` lets only the server's owner in.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast, get_type_hints

import flask
import msgspec
from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import UnsupportedMediaType

from vaultraider.domain.errors import Forbidden, InvalidInput, NotSignedIn, VaultRaiderError
from vaultraider.domain.people import User

if TYPE_CHECKING:
    from vaultraider.bootstrap import Services

Handler = TypeVar("Handler", bound=Callable[..., Any])

PREFIX = "/api/v1"
OPERATION = "vaultraider_operation"
"""The attribute by which a view function carries its ``Operation``."""

_ENCODER = msgspec.json.Encoder()


class PersonSession(Protocol):
    """What this floor knows of the browser's session: who is signed in."""

    @property
    def user(self) -> User | None: ...

    def lasts(self) -> bool:
        """Whether it is still this person's, as far as is known a few seconds later. May be asked after the request."""


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """A route as declared; ``body``, ``query``, ``headers`` and ``answer`` are types, or None. ``path`` is {argument: type},
    ``also`` {status: types} of other good answers.

    ``name`` is the handler's and unique among all: it names the operation in the OpenAPI document.
    """

    name: str
    summary: str
    description: str
    tag: str
    status: int
    body: Any
    query: Any
    headers: Any
    answer: Any
    also: dict[int, tuple[Any, ...]]
    media_type: str
    takes: str
    largest: int
    instead: str
    path: dict[str, Any]
    errors: tuple[type[VaultRaiderError], ...]
    public: bool
    admin: bool


def services() -> Services:
    """The use cases of this process."""
    return cast("Services", current_app.extensions["vaultraider"])


def asked_operation() -> Operation | None:
    """The route that this request is for, where it is one of the API's."""
    found = getattr(current_app.view_functions.get(request.endpoint or ""), OPERATION, None)
    return found if isinstance(found, Operation) else None


def visitor() -> User | None:
    """Who is signed in, or None."""
    return cast(PersonSession, flask.session).user


def current_user() -> User:
    """Who is signed in. Raises NotSignedIn."""
    user = visitor()
    if user is None:
        raise NotSignedIn
    return user


def require_admin() -> User:
    """Who is signed in, who must own this server. Raises NotSignedIn or Forbidden."""
    user = current_user()
    if not user.is_admin:
        raise Forbidden("Only the owner of this server may do this.")
    return user


def route(
    blueprint: Blueprint,
    method: str,
    path: str,
    *,
    summary: str,
    status: int = 200,
    answer: Any = None,
    also: Mapping[int, tuple[Any, ...]] | None = None,
    media_type: str = "application/json",
    takes: str = "",
    largest: int = 0,
    instead: str = "",
    errors: tuple[type[VaultRaiderError], ...] = (),
    public: bool = False,
    admin: bool = False,
) -> Callable[[Handler], Handler]:
    """Registers the function under ``/api/v1`` + ``path``; see the head of this file."""

    def declare(function: Handler) -> Handler:
        hints = get_type_hints(function)
        returned = hints.pop("return", None)
        body, query, headers = (hints.pop(name, None) for name in ("body", "query", "headers"))
        operation = Operation(
            name=function.__name__,
            summary=summary,
            description=inspect.cleandoc(function.__doc__ or ""),
            tag=blueprint.name,
            status=204 if answer is None and returned is type(None) else status,
            body=body,
            query=query,
            headers=headers,
            answer=answer if answer is not None else (None if returned in (type(None), Response) else returned),
            also=dict(also or {}),
            media_type=media_type,
            takes=takes,
            largest=largest,
            instead=instead,
            path=hints,
            errors=errors,
            public=public,
            admin=admin,
        )
        view = _view(function, operation)
        setattr(view, OPERATION, operation)
        blueprint.add_url_rule(PREFIX + path, endpoint=function.__name__, view_func=view, methods=[method])
        return function

    return declare


def _view(function: Callable[..., Any], operation: Operation) -> Callable[..., Response]:
    parse_body = _body_parser(operation.body) if operation.body is not None else None

    @functools.wraps(function)
    def view(**arguments: Any) -> Response:
        if operation.admin:
            require_admin()
        elif not operation.public:
            current_user()
        if operation.query is not None:
            arguments["query"] = _parse_query(operation.query)
        if operation.headers is not None:
            arguments["headers"] = _parse_headers(operation.headers)
        if parse_body is not None:
            arguments["body"] = parse_body()
        return _respond(function(**arguments), operation.status)

    return view


def _respond(result: Any, status: int) -> Response:
    if isinstance(result, Response):
        return result
    response = (
        Response(status=status) if result is None else Response(_ENCODER.encode(result), status, mimetype="application/json")
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _body_parser(kind: Any) -> Callable[[], Any]:
    decoder = msgspec.json.Decoder(kind)

    def parse() -> Any:
        if not request.is_json:
            raise UnsupportedMediaType
        raw = request.get_data(cache=False)
        try:
            return decoder.decode(raw)
        except msgspec.ValidationError as error:
            raise _wrong_field(error, "body") from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise InvalidInput("body", "The body is not JSON that can be read.") from error

    return parse


def _parse_query(kind: Any) -> Any:
    """The query string as ``kind``; a name that is not asked for is ignored, as links carry all sorts of them."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        values = request.args.getlist(field.encode_name)
        if values:
            found[field.encode_name] = values if _is_list(field.type) else values[-1]
    try:
        return msgspec.convert(found, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _wrong_field(error, "query") from error


def _parse_headers(kind: Any) -> Any:
    """The request's headers as ``kind``; others are none of its business."""
    names = (field.encode_name for field in msgspec.structs.fields(kind))
    try:
        return msgspec.convert({name: request.headers[name] for name in names if name in request.headers}, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _wrong_field(error, "headers") from error


def _is_list(kind: Any) -> bool:
    return getattr(kind, "__origin__", kind) in (list, tuple, set, frozenset)


_AT = re.compile(r" - at `(?P<path>[^`]*)`$")
_TYPE = re.compile(r"`(\w+)`")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "object": "an object",
    "array": "a list",
}
_NAMED = re.compile(r"field `(?P<name>[^`]*)`")


def _wrong_field(error: msgspec.ValidationError, whole: str) -> InvalidInput:
    """msgspec's message as a sentence; ``field`` is a dotted path such as ``parts.0.id``, or ``whole``."""
    text = str(error)
    found = _AT.search(text)
    path = found["path"] if found else ""
    field = re.sub(r"\[(\d+|\.\.\.)?\]", r".\1", path.removeprefix("key in ").removeprefix("$")).strip(".")
    named = _NAMED.search(_AT.sub("", text))
    if named:
        field = f"{field}.{named['name']}".strip(".")[:80]
        missing = "missing" in text
        return InvalidInput(field, f"The field {field} is missing." if missing else f"There is no field named {field}.")
    wish = _TYPE.sub(lambda match: _WORDS.get(match[1], match[1]), _AT.sub("", text))
    return InvalidInput(field or whole, f"The field {field} is wrong: {wish[:1].lower()}{wish[1:]}." if field else f"{wish}.")
