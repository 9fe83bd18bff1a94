"""Transfers by HTTP, as the page asks for them: a whole house before the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.simulator.controls import Controls
from tests.transfers.conftest import prepared as prepared
from tests.transfers.house import MovingHouse, Prepared, build_house
from tests.wired import WiredBrowser
from werkzeug.test import TestResponse

from vaultraider.api._transfer_types import Transfer, TransferList, TransferPlan, WriteList
from vaultraider.domain.transfers.wishes import MAX_ITEMS

QUESTS = 1345459588
KINETIC = 1498876634
GOOD = {"kind": "move", "items": [{"id": "6917529"}], "to": "vault"}


@pytest.fixture
def house(prepared: Prepared, tmp_path: Path, simulator_control: Controls) -> Iterator[MovingHouse]:
    house = build_house(prepared, tmp_path / "data", simulator_control)
    yield house
    house.wired.services.close()


def post(browser: WiredBrowser, path: str = "", body: Any = None, **headers: str) -> TestResponse:
    sent = {"X-CSRFToken": browser.csrf(), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return browser.client.open(f"/api/v1/transfers{path}", method="POST", json=body, headers=sent)


def ask(house: MovingHouse, body: Any, **headers: str) -> dict[str, Any]:
    """The transfer, which is new."""
    answer = post(house.browser, "", body, **headers)
    assert answer.status_code == 201, answer.text
    msgspec.json.decode(answer.data, type=Transfer)
    found: dict[str, Any] = answer.json
    return found


def get(house: MovingHouse, id: str) -> dict[str, Any]:
    answer = house.browser.get(f"/api/v1/transfers/{id}")
    assert answer.status_code == 200, answer.text
    msgspec.json.decode(answer.data, type=Transfer)
    found: dict[str, Any] = answer.json
    return found


def settled(house: MovingHouse, id: str) -> dict[str, Any]:
    """After it ended and Bungie's profile spoke."""
    house.run(house.get(int(id)))
    house.quiet()
    return get(house, id)


def move(ids: list[str], to: str, **more: Any) -> dict[str, Any]:
    return {"kind": "move", "items": [{"id": each} for each in ids], "to": to, **more}


def wishes(house: MovingHouse) -> dict[str, Any]:
    """One of each kind, each of which can be done."""
    ilse, odalys = house.guardian("Ilse Varr"), house.guardian("Odalys")
    quest = next(each.id for each in house.account.items if each.bucket == QUESTS and each.id)
    stack = next(
        each
        for each in house.shown()["items"]
        if each["id"].startswith("s-") and each["store"] == "account" and each.get("quantity", 1) > 20 and not each.get("stuck")
    )
    locked = house.pick("vault")[0]
    return {
        "to a guardian": move(house.pick("vault")[:1], ilse),
        "and put on": move(house.pick("Ilse Varr*")[:1], odalys, equip=True),
        "part of a stack": {"kind": "move", "items": [{"id": stack["id"], "quantity": 7}], "to": "vault"},
        "the postmaster": {"kind": "collect", "to": "vault"},
        "one's postmaster": {"kind": "collect", "characters": [ilse]},
        "lock": {"kind": "lock", "items": [locked], "state": not house.truth(locked).locked},
        "track": {"kind": "track", "items": [quest], "state": not house.truth(quest).tracked},
        "make room": {"kind": "make-room", "store": ilse, "bucket": KINETIC, "slots": 2},
    }


KINDS = (
    "to a guardian",
    "and put on",
    "part of a stack",
    "the postmaster",
    "one's postmaster",
    "lock",
    "track",
    "make room",
)


@pytest.mark.parametrize("which", KINDS)
def test_every_kind_of_wish_is_carried_out_and_told(house: MovingHouse, which: str) -> None:
    wish = wishes(house)[which]
    began = ask(house, wish)
    assert (began["state"], began["kind"], began["asked_by"], began["done"]) == ("queued", wish["kind"], "page", 0)
    assert began["can"] == ["cancel"]
    assert began["total"] == len(began["steps"]) > 0
    assert not house.calls()
    ended = settled(house, began["id"])
    # The demo's postmasters hold engrams and notes that stay there, as the game wants it.
    assert (ended["state"], ended["confirmed"]) == ("partly" if wish["kind"] == "collect" else "done", "all")
    assert ended["done"] == ended["total"] > 0
    assert ended["revision"] > began["revision"]
    assert ended["can"] == (["retry", "undo"] if ended["refusals"] else ["undo"])
    assert {each["settled"] for each in ended["steps"] if each["state"] == "done"} <= {"seen", "superseded"}
    house.is_the_truth()


def test_what_is_done_is_pending_until_bungie_shows_it(house: MovingHouse) -> None:
    began = ask(house, wishes(house)["to a guardian"])
    house.run(house.get(int(began["id"])))
    ended = get(house, began["id"])
    assert (ended["state"], ended["confirmed"], ended["finished"][-1]) == ("done", "pending", "Z")


def test_a_preview_tells_the_plan_and_does_nothing(house: MovingHouse) -> None:
    for wish in wishes(house).values():
        answer = post(house.browser, "?preview=true", wish)
        assert answer.status_code == 200, answer.text
        plan = msgspec.json.decode(answer.data, type=TransferPlan)
        assert plan.steps and plan.title
        assert {each.state for each in plan.steps} == {"planned"}
        assert [each.n for each in plan.steps] == list(range(1, len(plan.steps) + 1))
    assert not house.due()
    assert not house.calls()
    assert house.browser.get("/api/v1/transfers").json == {"transfers": []}


def test_what_is_so_already_and_what_is_impossible_are_told_alike_before_and_after(house: MovingHouse) -> None:
    here = house.pick("vault")[0]
    plan = post(house.browser, "?preview=true", move([here], "vault")).json
    assert (plan["already"], plan["steps"], plan["refusals"]) == ([here], [], [])
    assert ask(house, move([here], "vault"))["state"] == "done"
    plan = post(house.browser, "?preview=true", move(["404"], "vault")).json
    failed = ask(house, move(["404"], "vault"))
    assert (failed["state"], failed["can"], failed["total"]) == ("failed", ["retry"], 0)
    assert failed["refusals"] == plan["refusals"] != []
    assert failed["refusals"][0]["code"] == "gone"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        (5, "body"),
        ({}, "kind"),
        ({"kind": "fly"}, "kind"),
        ({"kind": 5}, "kind"),
        ({"kind": "restore"}, "kind"),
        ({"kind": "restore", "placements": []}, "kind"),
        ({"kind": "move", "to": "vault"}, "items"),
        ({"kind": "move", "items": [], "to": "vault"}, "items"),
        ({"kind": "move", "items": [{"id": str(each)} for each in range(MAX_ITEMS + 1)], "to": "vault"}, "items"),
        ({"kind": "move", "items": ["6917529"], "to": "vault"}, "items.0"),
        ({"kind": "move", "items": [{"id": 6917529}], "to": "vault"}, "items.0.id"),
        ({"kind": "move", "items": [{"id": ""}], "to": "vault"}, "items.0.id"),
        ({"kind": "move", "items": [{"id": "9" * 65}], "to": "vault"}, "items.0.id"),
        ({"kind": "move", "items": [{"id": "1"}, {"id": "2", "quantity": -1}], "to": "vault"}, "items.1.quantity"),
        ({"kind": "move", "items": [{"id": "1", "quantity": 1.5}], "to": "vault"}, "items.0.quantity"),
        ({"kind": "move", "items": [{"id": "1", "evil": 1}], "to": "vault"}, "items.0.evil"),
        ({"kind": "move", "items": [{"id": "1"}]}, "to"),
        ({"kind": "move", "items": [{"id": "1"}], "to": ""}, "to"),
        ({"kind": "move", "items": [{"id": "1"}], "to": "v" * 25}, "to"),
        ({"kind": "move", "items": [{"id": "1"}], "to": "vault", "equip": "yes"}, "equip"),
        ({"kind": "move", "items": [{"id": "1"}], "to": "vault", "user_id": 2}, "user_id"),
        ({"kind": "collect", "characters": ["1"] * 9}, "characters"),
        ({"kind": "collect", "characters": [1]}, "characters.0"),
        ({"kind": "lock", "items": ["1"]}, "state"),
        ({"kind": "lock", "items": [], "state": True}, "items"),
        ({"kind": "lock", "items": ["1"], "state": 1}, "state"),
        ({"kind": "track", "items": [{"id": "1"}], "state": True}, "items.0"),
        ({"kind": "make-room"}, "store"),
        ({"kind": "make-room", "store": "vault", "slots": 0}, "slots"),
        ({"kind": "make-room", "store": "vault", "slots": 51}, "slots"),
        ({"kind": "make-room", "store": "vault", "bucket": 2**32}, "bucket"),
    ],
)
@pytest.mark.parametrize("query", ["", "?preview=true"])
def test_a_wrong_wish_names_the_field(house: MovingHouse, body: Any, field: str, query: str) -> None:
    answer = post(house.browser, query, body)
    assert (answer.status_code, answer.json["field"], answer.json["code"]) == (400, field, "invalid-input")
    assert answer.json["detail"].endswith(".")


HOSTILE = ("' OR 1=1 --", "<script>alert(1)</script>", "\u202e", "\x00", "../../x", "1\n", "💥")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_ids_are_no_ids(house: MovingHouse, text: str) -> None:
    for wish, field in (
        (move([text], "vault"), "items.0.id"),
        (move(["1"], text), "to"),
        ({"kind": "lock", "items": [text], "state": True}, "items.0"),
        ({"kind": "track", "items": ["1", text], "state": True}, "items.1"),
        ({"kind": "collect", "characters": [text]}, "characters.0"),
        ({"kind": "collect", "to": text}, "to"),
        ({"kind": "make-room", "store": text}, "store"),
    ):
        answer = post(house.browser, "", wish)
        assert (answer.status_code, answer.json["field"]) == (400, field), wish


@pytest.mark.parametrize("text", ["s-1-vault-0", "9" * 24, "nowhere"])
def test_items_and_stores_that_do_not_exist_are_told_and_nothing_is_sent(house: MovingHouse, text: str) -> None:
    here = house.pick("vault")[0]
    for wish in (
        move([text], "vault"),
        move([here], text.replace("-", "")),
        {"kind": "lock", "items": [text], "state": True},
        {"kind": "track", "items": [text], "state": True},
        {"kind": "collect", "characters": [text.replace("-", "")]},
        {"kind": "make-room", "store": text.replace("-", "")},
    ):
        failed = ask(house, wish)
        assert (failed["state"], len(failed["refusals"]), failed["steps"]) == ("failed", 1, []), wish
    assert not house.calls()


def test_a_body_that_is_no_json(house: MovingHouse) -> None:
    browser = house.browser
    headers = {"X-CSRFToken": browser.csrf()}
    said = browser.client.post("/api/v1/transfers", data=b"{", content_type="application/json", headers=headers)
    assert (said.status_code, said.json["field"]) == (400, "body")
    assert browser.client.post("/api/v1/transfers", data="kind=move", headers=headers).status_code == 415
    assert post(browser, "?preview=perhaps", GOOD).json["field"] == "preview"


# -- the same wish twice ----------------------------------------------------------------------------------------------------


def test_the_same_key_and_wish_are_the_same_transfer(house: MovingHouse) -> None:
    wish = wishes(house)["to a guardian"]
    first = ask(house, wish, Idempotency_Key="one-drag")
    again = post(house.browser, "", wish, Idempotency_Key="one-drag")
    assert (again.status_code, again.json["id"]) == (200, first["id"])
    settled(house, first["id"])
    again = post(house.browser, "", wish, Idempotency_Key="one-drag")
    assert (again.status_code, again.json["id"], again.json["state"]) == (200, first["id"], "done")
    assert len(house.browser.get("/api/v1/transfers").json["transfers"]) == 1


def test_a_stack_that_went_meanwhile_is_the_same_wish_still(house: MovingHouse) -> None:
    """The answer was lost on the way; the page sends the very same bytes again, after all of the stack was moved."""
    wish = wishes(house)["part of a stack"]
    wish = {**wish, "items": [{"id": wish["items"][0]["id"]}]}
    first = ask(house, wish, Idempotency_Key="all")
    settled(house, first["id"])
    again = post(house.browser, "", wish, Idempotency_Key="all")
    assert (again.status_code, again.json["id"]) == (200, first["id"])


def test_the_same_key_for_another_wish_is_a_conflict(house: MovingHouse) -> None:
    known = wishes(house)
    first = ask(house, known["to a guardian"], Idempotency_Key="one-drag")
    other = post(house.browser, "", known["lock"], Idempotency_Key="one-drag")
    assert (other.status_code, other.json["code"]) == (409, "conflict")
    assert [each["id"] for each in house.browser.get("/api/v1/transfers").json["transfers"]] == [first["id"]]


def test_keys_belong_to_a_person(house: MovingHouse) -> None:
    mine = ask(house, move(["404"], "vault"), Idempotency_Key="same")
    house.person = "Hoarder"
    theirs = ask(house, move(["404"], "vault"), Idempotency_Key="same")
    assert mine["id"] != theirs["id"]


@pytest.mark.parametrize("key", ["", "a" * 201, "two words", "tab\t", "é"])
def test_a_wrong_key_names_the_header(house: MovingHouse, key: str) -> None:
    answer = post(house.browser, "", GOOD, Idempotency_Key=key)
    assert (answer.status_code, answer.json["field"]) == (400, "Idempotency-Key")


# -- cancel, retry, undo ----------------------------------------------------------------------------------------------------


def test_cancel_and_try_again(house: MovingHouse) -> None:
    wish = wishes(house)["to a guardian"]
    began = ask(house, wish)
    stopped = post(house.browser, f"/{began['id']}/cancel").json
    assert (stopped["id"], stopped["state"], stopped["can"]) == (began["id"], "cancelled", ["retry"])
    again = post(house.browser, f"/{began['id']}/cancel")
    assert (again.status_code, again.json["code"]) == (409, "conflict")
    retried = post(house.browser, f"/{began['id']}/retry")
    assert (retried.status_code, retried.json["retries"], retried.json["asked_by"]) == (201, began["id"], "retry")
    assert get(house, began["id"])["retried_by"] == retried.json["id"]
    assert get(house, began["id"])["can"] == []
    assert post(house.browser, f"/{began['id']}/retry").status_code == 409
    assert settled(house, retried.json["id"])["state"] == "done"


def test_undo_puts_it_back_once(house: MovingHouse) -> None:
    wish = wishes(house)["to a guardian"]
    item = wish["items"][0]["id"]
    began = ask(house, wish)
    assert post(house.browser, f"/{began['id']}/undo").status_code == 409
    settled(house, began["id"])
    assert house.place(item) == "Ilse Varr"
    undo = post(house.browser, f"/{began['id']}/undo")
    assert (undo.status_code, undo.json["kind"], undo.json["undoes"]) == (201, "restore", began["id"])
    assert get(house, began["id"])["undone_by"] == undo.json["id"]
    again = post(house.browser, f"/{began['id']}/undo")
    assert again.status_code == 409
    assert again.json["detail"].endswith(".")
    assert settled(house, undo.json["id"])["can"] == []
    assert house.place(item) == "vault"


def test_undo_is_offered_for_thirty_days(house: MovingHouse) -> None:
    began = ask(house, wishes(house)["to a guardian"])
    settled(house, began["id"])
    house.pass_time(29 * 86_400)
    browser = house.wired.signed_in()  # the session has ended meanwhile
    assert browser.get(f"/api/v1/transfers/{began['id']}").json["can"] == ["undo"]
    house.pass_time(2 * 86_400)
    assert browser.get(f"/api/v1/transfers/{began['id']}").json["can"] == []
    assert post(browser, f"/{began['id']}/undo").status_code == 409


# -- whose, and from where --------------------------------------------------------------------------------------------------

ACTIONS = ("cancel", "retry", "undo")


def test_somebody_elses_does_not_exist(house: MovingHouse) -> None:
    theirs = ask(house, wishes(house)["to a guardian"])
    settled(house, theirs["id"])
    open_one = ask(house, wishes(house)["lock"])
    house.person = "Hoarder"
    for id in theirs["id"], open_one["id"]:
        assert house.browser.get(f"/api/v1/transfers/{id}").status_code == 404
        for action in ACTIONS:
            answer = post(house.browser, f"/{id}/{action}")
            assert (answer.status_code, answer.json["code"]) == (404, "not-found")
    assert house.browser.get("/api/v1/transfers").json == {"transfers": []}
    assert house.browser.get("/api/v1/writes").json == {"writes": []}
    house.person = "Marrow"
    assert get(house, open_one["id"])["state"] == "queued"
    assert "undone_by" not in get(house, theirs["id"])


def test_their_items_and_guardians_are_unknown(house: MovingHouse) -> None:
    theirs, guardian = house.pick("vault")[0], house.guardian("Ilse Varr")
    house.person = "Hoarder"
    mine = house.pick("vault")[0]
    assert ask(house, move([theirs], house.account.characters[0].id))["refusals"][0]["code"] == "gone"
    assert ask(house, move([mine], guardian))["refusals"][0]["code"] == "no-such-store"


@pytest.mark.parametrize("id", ["0", "999999", "2147483647", "2147483648", "-1", "1e3", "abc", "%00", "1%27"])
def test_ids_that_are_none(house: MovingHouse, id: str) -> None:
    assert house.browser.get(f"/api/v1/transfers/{id}").status_code == 404
    for action in ACTIONS:
        assert post(house.browser, f"/{id}/{action}").status_code == 404


def test_changes_of_state_need_the_token_and_our_own_page(house: MovingHouse) -> None:
    open_one = ask(house, wishes(house)["to a guardian"])
    browser = house.browser
    for path in ("", *(f"/{open_one['id']}/{action}" for action in ACTIONS)):
        address = f"/api/v1/transfers{path}"
        naked = browser.client.post(address, json=GOOD)
        assert (naked.status_code, naked.json["code"]) == (403, "csrf")
        foreign = post(browser, path, GOOD, Sec_Fetch_Site="cross-site")
        assert (foreign.status_code, foreign.json["code"]) == (403, "csrf")
        stranger = post(house.wired.browser(), path, GOOD)
        assert (stranger.status_code, stranger.json["code"]) == (401, "not-signed-in")
    for path in ("", "/1", "/changes"):
        assert house.wired.browser().get(f"/api/v1/transfers{path}").status_code == 401
    assert house.wired.browser().get("/api/v1/writes").status_code == 401
    assert get(house, open_one["id"])["state"] == "queued"


def test_a_loop_that_runs_wild_is_slowed_and_nobody_else_is(house: MovingHouse) -> None:
    browser = house.browser
    headers = {"X-CSRFToken": browser.csrf()}
    tries = [browser.client.post("/api/v1/transfers/999999/cancel", headers=headers) for _ in range(121)]
    assert {each.status_code for each in tries[:120]} == {404}
    assert (tries[120].status_code, tries[120].json["code"]) == (429, "too-fast")
    assert 0 < int(tries[120].headers["Retry-After"]) <= 60
    assert post(browser, "", GOOD).status_code == 429
    assert browser.get("/api/v1/transfers").status_code == 200
    house.person = "Hoarder"
    assert post(house.browser, "/999999/cancel").status_code == 404


# -- the list ---------------------------------------------------------------------------------------------------------------


def test_the_list_newest_first_and_by_pages(house: MovingHouse) -> None:
    here = house.pick("vault", 3)[:3]
    asked = [ask(house, move([each], "vault"))["id"] for each in here]
    browser = house.browser
    answer = browser.get("/api/v1/transfers")
    assert [each.id for each in msgspec.json.decode(answer.data, type=TransferList).transfers] == asked[::-1]
    assert [each["id"] for each in browser.get("/api/v1/transfers?limit=1").json["transfers"]] == asked[2:]
    page = browser.get(f"/api/v1/transfers?limit=1&before={asked[2]}").json["transfers"]
    assert [each["id"] for each in page] == [asked[1]]
    assert browser.get("/api/v1/transfers?before=9999999999").json["transfers"] == answer.json["transfers"]
    assert browser.get("/api/v1/transfers?before=0").json == {"transfers": []}


@pytest.mark.parametrize(
    ("query", "field"),
    [("limit=0", "limit"), ("limit=201", "limit"), ("limit=x", "limit"), ("before=x", "before"), ("before=-1", "before")],
)
@pytest.mark.parametrize("resource", ["transfers", "writes"])
def test_wrong_pages(house: MovingHouse, resource: str, query: str, field: str) -> None:
    answer = house.browser.get(f"/api/v1/{resource}?{query}")
    assert (answer.status_code, answer.json["field"]) == (400, field)


def test_asking_again_costs_nothing_until_something_changed(house: MovingHouse) -> None:
    browser = house.browser

    def again(etag: str) -> TestResponse:
        return browser.get("/api/v1/transfers", headers={"If-None-Match": etag})

    empty = browser.get("/api/v1/transfers").headers["ETag"]
    assert (again(empty).status_code, again(empty).data) == (304, b"")
    began = ask(house, wishes(house)["to a guardian"])
    queued = again(empty)
    assert queued.status_code == 200
    assert queued.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in queued.headers["Vary"]
    assert again(queued.headers["ETag"]).status_code == 304
    assert again(f"W/{queued.headers['ETag']}").status_code == 304
    house.run(house.get(int(began["id"])))
    done = again(queued.headers["ETag"])
    assert (done.status_code, done.json["transfers"][0]["confirmed"]) == (200, "pending")
    house.quiet()
    seen = again(done.headers["ETag"])
    assert (seen.status_code, seen.json["transfers"][0]["confirmed"]) == (200, "all")
    house.person = "Hoarder"
    assert house.browser.get("/api/v1/transfers").headers["ETag"] not in (empty, seen.headers["ETag"])


def test_what_changed_long_ago_changed_all_the_same(house: MovingHouse) -> None:
    before = house.browser.get("/api/v1/transfers").headers["ETag"]
    ask(house, move(house.pick("vault")[:1], "vault"))
    house.pass_time(3 * 86_400)
    assert house.browser.get("/api/v1/transfers", headers={"If-None-Match": before}).status_code == 200


# -- every write ------------------------------------------------------------------------------------------------------------


def test_every_write_is_told_and_found(house: MovingHouse) -> None:
    ilse = house.guardian("Ilse Varr")
    item = house.pick("Brannoch")[0]
    moved = ask(house, move([item], ilse))
    settled(house, moved["id"])
    locked = ask(house, wishes(house)["lock"])
    settled(house, locked["id"])
    browser = house.browser

    def writes(query: str = "") -> list[Any]:
        answer = browser.get(f"/api/v1/writes{query}")
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.data, type=WriteList).writes

    found = writes()
    assert {each.asked_by for each in found} == {"page"}
    assert {each.transfer for each in found} == {locked["id"], moved["id"]}
    assert [each.step.kind for each in found if each.transfer == locked["id"]] == ["lock"]
    hops = [each for each in found if each.step.kind == "transfer" and each.step.items[0].id == item]
    assert [(each.source_name, each.target_name) for each in hops] == [("the vault", "Exo Hunter"), ("Awoken Titan", "the vault")]
    assert [each.id for each in writes("?limit=1")] == [found[0].id]
    assert [each.id for each in writes(f"?limit=1&before={found[0].id}")] == [found[1].id]
    name = hops[0].step.items[0].name
    assert {each.id for each in hops} <= {each.id for each in writes(f"?q={name.upper()}")}
    assert hops[0].id in [each.id for each in writes(f"?q={name} hunter")]
    assert locked["id"] not in {each.transfer for each in writes(f"?q={name}")}
    assert writes("?q=no such words") == []
    for text in (*HOSTILE, "_", "\\", "%%%", "a b c d e f g h i j k l m n"):
        assert browser.get("/api/v1/writes", query_string={"q": text}).status_code == 200
    assert browser.get("/api/v1/writes", query_string={"q": "%"}).json == {"writes": []}
    assert browser.get("/api/v1/writes", query_string={"q": "a" * 201}).json["field"] == "q"


# -- changes ----------------------------------------------------------------------------------------------------------------


def test_the_stream_tells_what_the_list_tells(house: MovingHouse) -> None:
    began = ask(house, wishes(house)["to a guardian"])
    with house.browser.client.get("/api/v1/transfers/changes", buffered=False) as answer:
        events = answer.iter_encoded()
        assert next(events) == b"retry: 3000\n\n"
        assert data(next(events), "transfers") == {"transfers": [get(house, began["id"])]}
        house.run(house.get(int(began["id"])))
        assert data(next(events), "transfer") == get(house, began["id"])
        house.quiet()
        seen = data(next(events), "transfer")
        assert (seen["id"], seen["confirmed"]) == (began["id"], "all")


def data(event: bytes, name: str) -> Any:
    head, _, rest = event.partition(b"\n")
    assert head == b"event: " + name.encode()
    assert rest.startswith(b"data: ") and rest.endswith(b"\n\n") and b"\n" not in rest[:-2]
    return msgspec.json.decode(rest[6:])
