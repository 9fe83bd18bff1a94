"""The board over HTTP: who may look, what is shown, who may change it, and how it streams."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx2
import pytest
from tests.board.conftest import HouseMaker
from tests.board.converter import RAWS, Converter
from tests.wired import WiredBrowser, WiredHouse
from werkzeug.test import TestResponse

from vaultraider.domain.people import User
from vaultraider.web.server import EmbeddedServer
from vaultraider.web.sessions import COOKIE

BOARD = "/api/v1/board"
STREAM = "/api/v1/board/stream"


def step(house: WiredHouse, times: int = 1) -> None:
    """What the reading thread does."""
    reader = house.services.board.reader
    for _ in range(times):
        reader.step(reader.turn)


def owner(house: WiredHouse) -> WiredBrowser:
    """To whom the server belongs: the first who signs in."""
    browser = house.signed_in("Marrow")
    assert house.user().is_admin
    return browser


def guest(house: WiredHouse) -> WiredBrowser:
    """Somebody else on it."""
    owner(house)
    return house.signed_in("Newcomer")


@contextmanager
def listening(browser: WiredBrowser) -> Iterator[tuple[TestResponse, Iterator[bytes]]]:
    with browser.client.get(STREAM, buffered=False) as answer:
        events = answer.iter_encoded()
        assert next(events) == b"retry: 3000\n\n"
        yield answer, events


def told(block: bytes) -> list[tuple[str, Any]]:
    """The events in what was sent at once: name and document. Each has a number."""
    found = []
    for each in block.decode().split("\n\n")[:-1]:
        match = re.fullmatch(r"id: \d+\nevent: (\w+)\ndata: (.*)", each)
        assert match, each
        found.append((match[1], json.loads(match[2])))
    return found


# -- who may look -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [BOARD, STREAM, "/board"])
def test_without_a_board_there_is_nothing(make_house: HouseMaker, path: str) -> None:
    house = make_house(board="")
    for browser in (house.browser(), owner(house)):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert "There is no board here" in answer.get_data(as_text=True)
        assert "board" not in browser.get("/api/v1/session").json
    assert owner(house).send("PUT", f"{BOARD}/inputs/0", {"name": "Room"}).status_code == 404
    house.services.board.start()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("board")]


def test_strangers_see_nothing_of_it(house: WiredHouse) -> None:
    step(house, 2)
    stranger = house.browser()
    assert [stranger.get(path).status_code for path in (BOARD, STREAM)] == [401, 401]
    page = stranger.get("/board")
    assert (page.status_code, "analog" in page.text, "163" in page.text) == (200, False, False)
    assert "board" not in stranger.get("/api/v1/session").json
    assert stranger.send("PUT", f"{BOARD}/inputs/0", {"name": "Mine"}).status_code == 401


def test_everybody_sees_a_public_board_and_changes_nothing(make_house: HouseMaker) -> None:
    house = make_house(board_public=True)
    step(house, 2)
    stranger = house.browser()
    shown = stranger.get(BOARD).json
    assert (shown["may_change"], shown["inputs"][0]["raw"]) == (False, 163)
    assert stranger.get("/api/v1/session").json["board"] is True
    with listening(stranger) as (_answer, events):
        assert told(next(events))[0][0] == "board"
    assert stranger.send("PUT", f"{BOARD}/inputs/0", {"name": "Mine"}).status_code == 401
    assert guest(house).send("PUT", f"{BOARD}/inputs/0", {"name": "Mine"}).status_code == 403
    assert "name" not in stranger.get(BOARD).json["inputs"][0]


# -- what is shown ------------------------------------------------------------------------------------------------------


def test_the_board_as_it_stands(house: WiredHouse) -> None:
    browser = guest(house)
    assert browser.get("/api/v1/session").json["board"] is True
    started = browser.get(BOARD).json
    assert (started["state"], started["inputs"], "name" in started) == ("starting", [], False)
    step(house, 3)
    shown = browser.get(BOARD).json
    inputs = shown.pop("inputs")
    assert shown.pop("since")
    assert shown == {
        "source": "iio", "name": "adc108s102", "bits": 12, "reference": 5.0, "rate": 10, "state": "live", "may_change": False,
    }  # fmt: skip
    assert [each["raw"] for each in inputs] == list(RAWS)
    first = inputs[0]
    assert first.pop("at")
    history = first.pop("history")
    assert first == {"channel": 0, "raw": 163, "volts": 0.198975, "low": 0.198975, "high": 0.198975}
    assert [volts for _ago, volts in history if volts is not None] == [0.198975]


def test_a_device_that_is_unplugged_and_back(house: WiredHouse, converter: Converter) -> None:
    browser = house.signed_in()
    step(house, 2)
    converter.unplug()
    step(house)
    shown = browser.get(BOARD).json
    assert shown["state"] == "missing"
    assert "gone" in shown["sentence"]
    assert [each["raw"] for each in shown["inputs"]] == list(RAWS), "the last values stay, with their age"
    step(house)
    converter.plug_in()
    converter.set(0, 200)
    step(house, 2)
    shown = browser.get(BOARD).json
    assert (shown["state"], "sentence" in shown, shown["inputs"][0]["raw"]) == ("live", False, 200)


def test_an_input_that_fails_says_why(house: WiredHouse, converter: Converter) -> None:
    step(house, 2)
    converter.break_input(2)
    step(house)
    shown = house.signed_in().get(BOARD).json["inputs"]
    assert "Input 2 of adc108s102 cannot be read" in shown[2]["failed"]
    assert "failed" not in shown[3]


# -- what its owner says ------------------------------------------------------------------------------------------------


def test_names_and_levels_are_the_owners(house: WiredHouse) -> None:
    browser = owner(house)
    step(house, 2)
    assert browser.get(BOARD).json["may_change"] is True
    level = {"above": 3.0, "below": 1.0, "hysteresis": 0.2, "on": True}
    answer = browser.send("PUT", f"{BOARD}/inputs/3", {"name": "  The\tboiler\u202e room ", "level": level})
    assert answer.status_code == 200
    assert (answer.json["channel"], answer.json["name"], answer.json["level"]) == (3, "The boiler room", level)
    assert "history" not in answer.json
    step(house)
    assert browser.get(BOARD).json["inputs"][3]["level"] == {**level, "crossed": "below"}
    browser.send("PUT", f"{BOARD}/inputs/3", {"name": "Boiler"})
    assert browser.get(BOARD).json["inputs"][3]["level"]["above"] == 3.0, "what is left out stays"
    browser.send("PUT", f"{BOARD}/inputs/3", {"level": None})
    shown = browser.get(BOARD).json["inputs"][3]
    assert (shown["name"], "level" in shown) == ("Boiler", False)
    browser.send("PUT", f"{BOARD}/inputs/3", {"name": ""})
    assert "name" not in browser.get(BOARD).json["inputs"][3]


WRONG: list[tuple[Any, str]] = [
    ({"name": "x" * 41}, "name"),
    ({"name": 5}, "name"),
    ({"nmae": "x"}, "nmae"),
    ({"level": {}}, "level.above"),
    ({"level": {"above": "high"}}, "level.above"),
    ({"level": {"above": 1e30}}, "level.above"),
    ({"level": {"below": -1e30}}, "level.below"),
    ({"level": {"above": 1.0, "hysteresis": -1}}, "level.hysteresis"),
    ({"level": {"above": 1.0, "below": 0.95, "hysteresis": 0.1}}, "level.below"),
    ({"level": {"above": 1.0, "crossed": "above"}}, "level.crossed"),
    ([], "body"),
]


@pytest.mark.parametrize(("body", "field"), WRONG, ids=range(len(WRONG)))
def test_what_makes_no_sense_is_named(house: WiredHouse, body: Any, field: str) -> None:
    browser = owner(house)
    step(house, 2)
    answer = browser.send("PUT", f"{BOARD}/inputs/0", body)
    assert (answer.status_code, answer.json["field"]) == (400, field)
    assert "level" not in browser.get(BOARD).json["inputs"][0]


@pytest.mark.parametrize("channel", ["6", "999999999999999999999", "-1", "0x0", "one"])
def test_an_input_that_there_is_not(house: WiredHouse, channel: str) -> None:
    browser = owner(house)
    step(house, 2)
    assert browser.send("PUT", f"{BOARD}/inputs/{channel}", {"name": "x"}).status_code in (404, 405)


def test_a_change_needs_the_token(house: WiredHouse) -> None:
    browser = owner(house)
    step(house, 2)
    answer = browser.client.put(f"{BOARD}/inputs/0", json={"name": "x"})
    assert answer.status_code == 403
    assert "name" not in browser.get(BOARD).json["inputs"][0]


def test_a_crossing_reaches_those_who_run_the_server_and_nobody_else(house: WiredHouse, converter: Converter) -> None:
    browser, other = owner(house), guest(house)
    step(house, 2)
    browser.send("PUT", f"{BOARD}/inputs/0", {"name": "Tank", "level": {"above": 2.0, "hysteresis": 0.1}})
    for raw in (2000, 2001, 1500, 2002):
        converter.set(0, raw)
        house.pass_time(1)
        step(house)
        house.services.board.sync()
    news = [each for each in browser.get("/api/v1/notifications?limit=30").json["notifications"] if each["kind"] == "board"]
    assert [each["title"] for each in news] == ["Tank is above 2 V"] * 2
    seen = other.get("/api/v1/notifications?limit=30").json["notifications"]
    assert not [each for each in seen if each["kind"] == "board"]


# -- as it goes on ------------------------------------------------------------------------------------------------------


def test_a_stream_begins_with_the_board_and_goes_on_with_readings(house: WiredHouse, converter: Converter) -> None:
    step(house, 2)
    with listening(house.signed_in()) as (answer, events):
        assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/event-stream", "no-store")
        (name, board), (second, readings) = told(next(events))
        assert (name, second) == ("board", "readings")
        assert [each["channel"] for each in board["inputs"]] == [0, 1, 2, 3, 4, 5]
        assert not any("history" in each for each in board["inputs"])
        assert readings["inputs"][1] == {"channel": 1, "raw": 327, "volts": 0.399170}
        converter.set(1, 4000)
        step(house)
        [(name, readings)] = told(next(events))
        assert (name, readings["inputs"][1]["raw"]) == ("readings", 4000)
        converter.unplug()
        step(house)
        [(name, board)] = told(next(events))
        assert (name, board["state"]) == ("board", "missing")


def test_who_is_slow_sees_the_newest_and_holds_up_nobody(house: WiredHouse, converter: Converter) -> None:
    step(house, 2)
    with listening(house.signed_in()) as (_answer, events):
        next(events)
        for raw in range(1000, 1200):
            converter.set(0, raw)
            step(house)
        [(_name, readings)] = told(next(events))
        assert readings["inputs"][0]["raw"] == 1199


def test_only_the_owner_is_told_that_they_may_change_it(house: WiredHouse) -> None:
    step(house, 2)
    with listening(guest(house)) as (_answer, events):
        assert told(next(events))[0][1]["may_change"] is False
    with listening(owner(house)) as (_answer, events):
        assert told(next(events))[0][1]["may_change"] is True


def test_each_reading_is_encoded_once_for_all(house: WiredHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    step(house, 2)
    browser = house.signed_in()
    board = house.services.board
    made: list[int] = []
    original = board._showing.readings
    monkeypatch.setattr(board._showing, "readings", lambda: made.append(1) or original())
    with ExitStack() as stack:
        streams = [stack.enter_context(listening(browser))[1] for _ in range(4)]
        for events in streams:
            next(events)
        for _ in range(5):
            step(house)
            assert len({next(events) for events in streams}) == 1
    assert len(made) == 6


@pytest.mark.parametrize(("given", "most"), [({}, 4), ({"board_streams": 2}, 2), ({"board_streams": 20, "threads": 12}, 3)])
def test_only_so_many_may_watch_and_the_next_is_told_when_to_come(
    make_house: HouseMaker, given: dict[str, int], most: int
) -> None:
    house = make_house(**given)
    step(house, 2)
    browser = house.signed_in()
    with ExitStack() as stack:
        for _ in range(most):
            stack.enter_context(listening(browser))
        refused = browser.get(STREAM)
        assert (refused.status_code, refused.mimetype, refused.headers["Retry-After"]) == (503, "application/problem+json", "5")
        assert refused.json["retry_after"] == 5
        assert browser.get(BOARD).status_code == 200, "who asks without a stream is answered"
        assert browser.get("/api/v1/transfers/changes", buffered=False).status_code == 200, "its places are its own"
    with listening(browser):
        pass


# -- without scripts ----------------------------------------------------------------------------------------------------


def test_without_scripts_the_page_has_the_values_and_loads_itself_again(house: WiredHouse, converter: Converter) -> None:
    browser = owner(house)
    step(house, 2)
    browser.send("PUT", f"{BOARD}/inputs/0", {"name": "<b>Tank</b>", "level": {"below": 1.0}})
    converter.break_input(5)
    step(house)
    page = browser.get("/board").text
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.partition("</head>")[0]
    bare = page[page.rindex("<noscript>") :]
    assert "&lt;b&gt;Tank&lt;/b&gt;" in bare
    assert "<td>0.199 V</td><td>163 of 4095</td>" in bare
    assert "<td>below</td>" in bare
    assert "Input 5 of adc108s102 cannot be read" in bare
    converter.unplug()
    step(house)
    assert "is gone" in browser.get("/board").text
    assert "refresh" not in browser.get("/vault").text


# -- the threads, and a real server -------------------------------------------------------------------------------------


@contextmanager
def served(house: WiredHouse) -> Iterator[str]:
    server = EmbeddedServer(house.app, host="127.0.0.1", port=0, threads=16)
    house.services.board.start()
    server.start()
    try:
        yield server.address
    finally:
        server.stop()
        house.services.board.close()


def test_over_a_real_server_it_goes_on_by_itself(house: WiredHouse, converter: Converter) -> None:
    browser = house.signed_in()
    cookie = browser.client.get_cookie(COOKIE)
    assert cookie is not None
    with served(house) as address, httpx2.Client(base_url=address, cookies={COOKIE: cookie.value}, timeout=30) as client:
        seen: list[tuple[str, Any]] = []

        def until(wanted: Callable[[str, Any], bool]) -> None:
            for line in lines:
                if line.startswith("event: "):
                    seen.append((line[7:], json.loads(next(lines).removeprefix("data: "))))
                    if wanted(*seen[-1]):
                        return
            raise AssertionError("the stream ended")

        with client.stream("GET", STREAM) as answer:
            lines = answer.iter_lines()
            until(lambda name, data: name == "readings" and data["inputs"][0]["raw"] == 163)
            converter.set(0, 777)
            until(lambda name, data: name == "readings" and data["inputs"][0]["raw"] == 777)
            converter.unplug()
            until(lambda name, data: name == "board" and data["state"] == "missing")
            converter.plug_in()
            until(lambda name, data: name == "board" and data["state"] == "live")
            until(lambda name, _data: name == "readings")
    eventually(lambda: not [each for each in threading.enumerate() if each.name.startswith("board")])


def test_a_device_that_hangs_does_not_take_the_server_along(house: WiredHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    from vaultraider.services.board import reading, running

    monkeypatch.setattr(reading, "TO_OPEN", 0.05)
    monkeypatch.setattr(running, "WATCH", 0.01)
    let_go = threading.Event()
    hung: list[int] = []

    def hang() -> Any:
        hung.append(1)
        let_go.wait(60)
        raise RuntimeError("too late for anybody")

    board = house.services.board
    works, board.reader._look = board.reader._look, hang
    browser = house.signed_in()
    board.start()
    try:
        eventually(lambda: len(hung) == running.MOST_LEFT + 1)
        time.sleep(0.2)
        assert len(hung) == running.MOST_LEFT + 1, "no more threads than these are left behind"
        shown = browser.get(BOARD).json
        assert (shown["state"], "does not answer" in shown["sentence"]) == ("stuck", True)
        board.reader._look = works
        let_go.set()
        eventually(lambda: browser.get(BOARD).json["state"] == "live")
    finally:
        let_go.set()
        board.close()


def eventually(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_starting_and_closing_twice_is_once(house: WiredHouse) -> None:
    board = house.services.board
    board.start()
    board.start()
    assert sum(thread.name.startswith("board") for thread in threading.enumerate()) == 3
    board.close()
    board.close()
    eventually(lambda: not [each for each in threading.enumerate() if each.name.startswith("board")])


def test_nothing_of_a_person_is_in_it(house: WiredHouse) -> None:
    step(house, 2)
    shown = house.services.board.show(User(id=1, bungie_id="1", name="Marrow#4417"))
    assert "Marrow" not in repr(shown)


def test_its_messages_are_offered_to_admins_where_there_is_one(house: WiredHouse, make_house: HouseMaker) -> None:
    def offers(browser: WiredBrowser) -> bool:
        return "board" in {each["name"] for each in browser.get("/api/v1/notification-choices").json["kinds"]}

    assert (offers(owner(house)), offers(guest(house))) == (True, False)
    assert not offers(owner(make_house(board="")))
