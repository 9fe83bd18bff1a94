"""The decorator: one declaration parses, encodes and documents."""

from __future__ import annotations

from typing import Annotated, Any

import flask
import msgspec
import pytest
from flask import Blueprint, Flask

from vaultraider.api import openapi
from vaultraider.api._resource import current_user, route
from vaultraider.domain import errors
from vaultraider.domain.people import User
from vaultraider.web import errors as web_errors

MARROW = User(id=1, bungie_id="17429800", name="Marrow#4417", role="admin")
NEWCOMER = User(id=2, bungie_id="17429801", name="Newcomer#0001")


class Part(msgspec.Struct, forbid_unknown_fields=True):
    id: int


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(max_length=5)]
    parts: list[Part] = []


class Search(msgspec.Struct):
    limit: Annotated[int, msgspec.Meta(ge=1)] = 10
    tag: list[str] = []


class Granted(msgspec.Struct):
    name: str
    by: str
    note: str | msgspec.UnsetType = msgspec.UNSET


def build() -> Flask:
    blueprint = Blueprint("wishes", __name__)

    @route(blueprint, "POST", "/wishes", summary="Grants a wish", status=201, errors=(errors.Conflict,))
    def grant(body: Wish) -> Granted:
        """More words."""
        return Granted(body.name, current_user().name)

    @route(blueprint, "GET", "/wishes", summary="Lists", public=True)
    def wishes(query: Search) -> dict[str, Any]:
        return {"limit": query.limit, "tag": query.tag}

    @route(blueprint, "DELETE", "/wishes/<int:number>", summary="Takes back", admin=True)
    def take_back(number: int) -> None:
        if number == 7:
            raise RuntimeError("secret-detail")
        if number == 8:
            raise errors.BungieMaintenance(retry_after=12.2)

    app = Flask(__name__)
    web_errors.init_app(app)
    app.register_blueprint(blueprint)
    app.register_blueprint(openapi.blueprint)
    return app


class Session(dict[str, Any]):
    user: User | None = None


@pytest.fixture
def app() -> Flask:
    app = build()

    class Interface(flask.sessions.SessionInterface):
        def open_session(self, app: Flask, request: flask.Request) -> Any:
            session = Session()
            session.user = {"marrow": MARROW, "newcomer": NEWCOMER}.get(request.headers.get("X-Who", ""))
            return session

        def save_session(self, *_: Any) -> None: ...

    app.session_interface = Interface()
    return app


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        (b"", "body", "not JSON"),
        (b"{", "body", "not JSON"),
        (b'{"name":"\xff"}', "body", "not JSON"),
        (b'{"name":"\\ud800"}', "body", "not JSON"),
        (b"[]", "body", "Expected an object"),
        (b'{"name":5}', "name", "expected text"),
        (b'{"name":"abcdef"}', "name", "length <= 5"),
        (b"{}", "name", "missing"),
        (b'{"name":"a","extra":1}', "extra", "no field named extra"),
        (b'{"name":"a","parts":[{"id":1},{"id":"1"}]}', "parts.1.id", "expected a whole number"),
        (b'{"name":"a","parts":[{}]}', "parts.0.id", "missing"),
        (b'{"name":' + b"[" * 200_000, "name", "expected text"),
        (b'{"parts":' + b"[" * 200_000, "parts.0", "expected an object"),
    ],
)
def test_a_wrong_body_names_its_field(app: Flask, body: bytes, field: str, words: str) -> None:
    answer = app.test_client().post("/api/v1/wishes", data=body, content_type="application/json", headers={"X-Who": "marrow"})
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["field"] == field
    assert words in answer.json["detail"]
    assert answer.json["code"] == "invalid-input"


def test_a_good_body(app: Flask) -> None:
    answer = app.test_client().post("/api/v1/wishes", json={"name": "a"}, headers={"X-Who": "marrow"})
    assert (answer.status_code, answer.json) == (201, {"name": "a", "by": "Marrow#4417"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_is_not_json(app: Flask) -> None:
    answer = app.test_client().post("/api/v1/wishes", data={"name": "a"}, headers={"X-Who": "marrow"})
    assert (answer.status_code, answer.json["code"]) == (415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("query", "status", "answer"),
    [
        ("", 200, {"limit": 10, "tag": []}),
        ("?limit=5&tag=a&tag=b&utm=x", 200, {"limit": 5, "tag": ["a", "b"]}),
        ("?limit=0", 400, "limit"),
        ("?limit=many", 400, "limit"),
    ],
)
def test_the_query_string(app: Flask, query: str, status: int, answer: Any) -> None:
    found = app.test_client().get("/api/v1/wishes" + query)
    assert found.status_code == status
    assert (found.json if status == 200 else found.json["field"]) == answer


@pytest.mark.parametrize(("who", "status"), [("", 401), ("newcomer", 403), ("marrow", 204)])
def test_the_owner_only(app: Flask, who: str, status: int) -> None:
    assert app.test_client().delete("/api/v1/wishes/1", headers={"X-Who": who}).status_code == status


def test_a_surprise_tells_nothing(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    answer = app.test_client().delete("/api/v1/wishes/7", headers={"X-Who": "marrow"})
    assert answer.status_code == 500
    assert b"secret-detail" not in answer.data
    assert answer.json["reference"] in caplog.text
    assert "secret-detail" in caplog.text


def test_bungie_down_says_when_to_come_back(app: Flask) -> None:
    answer = app.test_client().delete("/api/v1/wishes/8", headers={"X-Who": "marrow"})
    assert (answer.status_code, answer.headers["Retry-After"], answer.json["retry_after"]) == (503, "13", 13)
    assert answer.json["code"] == "bungie-maintenance"


def test_unknown_address_and_method(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/api/v1/nothing").json["code"] == "not-found"
    refused = client.put("/api/v1/wishes")
    assert (refused.status_code, refused.json["code"]) == (405, "method-not-allowed")
    assert set(refused.headers["Allow"].split(", ")) >= {"GET", "POST"}


def test_the_document_says_what_the_routes_say(app: Flask) -> None:
    found = app.test_client().get("/api/v1/openapi.json").json
    assert found["openapi"] == "3.1.0"
    grant = found["paths"]["/api/v1/wishes"]["post"]
    assert grant["summary"] == "Grants a wish"
    assert grant["description"] == "More words."
    assert grant["requestBody"] == {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Wish"}}},
    }
    assert set(grant["responses"]) == {"201", "400", "401", "409", "default"}
    assert grant["security"] == [{"session": []}]
    listed = found["paths"]["/api/v1/wishes"]["get"]
    assert [(each["name"], each["required"]) for each in listed["parameters"]] == [("limit", False), ("tag", False)]
    assert "security" not in listed
    take_back = found["paths"]["/api/v1/wishes/{number}"]["delete"]
    assert take_back["parameters"] == [{"name": "number", "in": "path", "required": True, "schema": {"type": "integer"}}]
    assert set(take_back["responses"]) == {"204", "401", "403", "404", "default"}
    assert found["components"]["schemas"]["Granted"]["required"] == ["name", "by"]
