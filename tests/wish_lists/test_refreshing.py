"""Lists at addresses: fetched at once, then once a day; what goes wrong is told, and costs nothing that was there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.outbound.stub import Reply, StubServer
from tests.wish_lists.shelf import Gun, Shelf

from vaultraider.domain.wish_lists import ParsedList, parse_list
from vaultraider.domain.wish_lists.limits import MOST_LISTS
from vaultraider.services.wish_lists import reading

DAY, HOUR = 86400, 3600
LONG = 27 * HOUR
"""A day, and as much later as it may be."""


@pytest.fixture
def gun(shelf: Shelf) -> Gun:
    return shelf.guns()[0]


@pytest.fixture
def host() -> Iterator[StubServer]:
    with StubServer() as stub:
        yield stub


def saying(text: str, **headers: str) -> Reply:
    return Reply(headers=headers, body=text.encode())


def test_it_is_fetched_and_asked_for_again_a_day_later(shelf: Shelf, gun: Gun, host: StubServer) -> None:
    host.replies = [saying(f"title:Far\n{gun.line()}", ETag='"one"'), Reply(status=304)]
    (made,) = shelf.send("POST", body={"url": f"{host.url}/rolls/far.txt"}, status=201)["lists"]
    assert (made["title"], made["rolls"], "read" in made, made["url"]) == ("far.txt", 0, False, f"{host.url}/rolls/far.txt")
    shelf.work()
    fetched = shelf.one(made["id"])
    assert (fetched["title"], fetched["rolls"]) == ("Far", 1)
    assert shelf.verdicts()[gun.id]["list"] == "Far"

    shelf.house.pass_time(20 * HOUR)
    shelf.turn()
    assert len(host.asked) == 1
    shelf.house.pass_time(7 * HOUR)
    shelf.turn()
    assert [each.headers.get("if-none-match") for each in host.asked] == [None, '"one"']
    heard = shelf.one(made["id"])
    assert heard["read"] > fetched["read"]
    assert {**heard, "read": "", "next": ""} == {**fetched, "read": "", "next": ""}
    assert shelf.verdicts()[gun.id]["list"] == "Far"


def test_a_clock_that_is_turned_back_puts_nothing_off_for_years(shelf: Shelf, gun: Gun, host: StubServer) -> None:
    host.replies = [saying(gun.line())]
    shelf.house.pass_time(10 * DAY)
    made = shelf.add_address(f"{host.url}/rolls/far.txt")
    shelf.house.pass_time(-10 * DAY)
    shelf.turn()
    assert len(host.asked) == 2
    assert shelf.one(made["id"])["next"] < made["next"]


def test_another_text_is_noticed_though_it_has_as_many_rolls(shelf: Shelf, gun: Gun, host: StubServer) -> None:
    host.replies = [saying(gun.line(notes="old")), saying(gun.line(notes="new"))]
    made = shelf.add_address(host.url)
    assert shelf.verdicts()[gun.id]["notes"] == "old"
    shelf.send("POST", f"/{made['id']}/refresh", status=202)
    shelf.work()
    assert shelf.verdicts()[gun.id]["notes"] == "new"


TROUBLE: list[tuple[Reply, str]] = [
    (Reply(status=404), "has no such file"),
    (Reply(status=500), "cannot answer just now"),
    (Reply(breaks=True), "cannot be read|broke"),
    (saying("<html>Moved</html>"), "is no wish list"),
    (Reply(), "is no wish list"),
    (Reply(status=302, headers={"Location": "http://127.0.0.2/"}), "own network"),
    (Reply(headers={"Content-Encoding": "gzip"}, body=b"none"), "cannot be read"),
]


@pytest.mark.parametrize(("reply", "words"), TROUBLE, ids=lambda each: each if isinstance(each, str) else None)
def test_a_failure_is_told_and_the_old_rolls_stay(shelf: Shelf, gun: Gun, host: StubServer, reply: Reply, words: str) -> None:
    host.replies = [saying(gun.line()), reply]
    made = shelf.add_address(host.url)
    shelf.house.pass_time(LONG)
    shelf.turn()
    failed = shelf.one(made["id"])
    assert any(part in failed["failure"]["sentence"] for part in words.split("|")), failed
    assert failed["failure"]["sentence"].endswith("The rolls that were read before stay.")
    assert (failed["rolls"], failed["read"]) == (1, made["read"])
    assert gun.id in shelf.verdicts()

    host.replies = [saying(gun.line(notes="back"))]
    shelf.house.pass_time(2 * HOUR)
    shelf.turn()
    assert "failure" not in shelf.one(made["id"])
    assert shelf.verdicts()[gun.id]["notes"] == "back"


def test_who_never_answers_is_asked_ever_more_seldom(shelf: Shelf, host: StubServer) -> None:
    host.replies = [Reply(status=404)]
    made = shelf.add_address(host.url)
    assert "stay" not in made["failure"]["sentence"]
    waited: list[float] = []
    for _ in range(6):  # The next ones are a day apart, too, a little more or less.
        asked, hours = len(host.asked), 0.0
        while len(host.asked) == asked:
            shelf.house.pass_time(HOUR / 2)
            hours += 0.5
            shelf.turn()
        waited.append(hours)
    assert waited == sorted(waited)
    assert waited[0] < 2
    assert 20 < waited[-1] < 28


def test_a_list_that_is_off_is_not_asked_for(shelf: Shelf, gun: Gun, host: StubServer) -> None:
    host.replies = [saying(gun.line())]
    made = shelf.add_address(host.url)
    shelf.send("PATCH", f"/{made['id']}", {"on": False})
    shelf.house.pass_time(10 * DAY)
    shelf.turn()
    assert len(host.asked) == 1


def test_several_addresses_at_once_and_none_twice(shelf: Shelf, gun: Gun, host: StubServer) -> None:
    host.replies = [saying(gun.line())]
    pasted = f"{host.url}/a| {host.url}/b |{host.url}/a"
    made = shelf.send("POST", body={"url": pasted}, status=201)["lists"]
    assert [each["url"] for each in made] == [f"{host.url}/a", f"{host.url}/b"]
    assert shelf.send("POST", body={"url": f"{host.url}/a"}, status=409)["code"] == "conflict"
    shelf.work()
    assert [each["rolls"] for each in shelf.all()] == [1, 1]


def test_what_lies_here_alone_has_no_address_to_ask(shelf: Shelf, gun: Gun) -> None:
    made = shelf.add(gun.line())
    assert shelf.send("POST", f"/{made['id']}/refresh", status=409)["code"] == "conflict"


def test_a_list_that_is_removed_while_it_is_fetched(shelf: Shelf, gun: Gun, host: StubServer) -> None:
    host.replies = [saying(gun.line())]
    (made,) = shelf.send("POST", body={"url": host.url}, status=201)["lists"]
    shelf.send("DELETE", f"/{made['id']}", status=204)
    shelf.work()
    assert (shelf.all(), host.asked) == ([], [])


def test_one_that_fails_keeps_no_other_from_its_turn(shelf: Shelf, gun: Gun, host: StubServer) -> None:
    with StubServer(saying(gun.line(), ETag='"one"')) as good:
        shelf.add_address(f"{host.url}/bad")
        shelf.add_address(good.url)
        shelf.house.pass_time(LONG)
        shelf.turn()
        assert len(good.asked) == 2
    result: Any = shelf.house.services.jobs.latest(kind="refresh_wish_lists")[0].result
    assert (result["same"], result["failed"]) == (1, 1)


def test_what_nobody_thought_of_keeps_no_other_from_its_turn(
    shelf: Shelf, gun: Gun, host: StubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.replies = [saying(gun.line())]
    bad = shelf.add_address(f"{host.url}/bad")
    with StubServer(saying(gun.line(notes="old")), saying(gun.line(notes="new"))) as good:
        shelf.add_address(good.url)
        host.replies = [saying("boom")]
        monkeypatch.setattr(reading, "parse_list", _stumbles)
        shelf.house.pass_time(LONG)
        shelf.turn()
        assert len(good.asked) == 2
    stumbled = shelf.one(bad["id"])
    assert (stumbled["rolls"], "log says why" in stumbled["failure"]["sentence"]) == (1, True)
    asked = len(host.asked)
    shelf.turn()
    assert len(host.asked) == asked


def _stumbles(text: str) -> ParsedList:
    if text == "boom":
        raise ZeroDivisionError
    return parse_list(text)


def test_too_many_addresses_are_refused_before_any_is_looked_up(shelf: Shelf, host: StubServer) -> None:
    pasted = "|".join(f"https://nowhere{number}.invalid/" for number in range(MOST_LISTS + 1))
    refused = shelf.send("POST", body={"url": pasted}, status=409)
    assert "Give fewer addresses" in refused["detail"]
