"""Searches that are kept: in one form, named, counted, forgotten; what is refused; two people."""

from __future__ import annotations

from typing import Any

import pytest
from tests.people import ILSE, MARROW, Browser, House, build_house
from tests.wired import WiredBrowser

from vaultraider.services.searches import MOST_SAVED

PATH = "/api/v1/searches"


@pytest.fixture
def people(tmp_path: Any) -> Any:
    house = build_house(tmp_path)
    yield house
    house.services.close()


@pytest.fixture
def owner(people: House) -> Browser:
    return people.signed_in(MARROW)


def kept(browser: Browser) -> list[tuple[str, str, bool, int]]:
    found = browser.get(PATH).json["searches"]
    return [(each["query"], each.get("name", ""), each["saved"], each["uses"]) for each in found]


def save(browser: Browser, query: str, **more: Any) -> Any:
    return browser.send("PUT", PATH, {"query": query, **more})


def test_a_search_is_kept_in_one_form(owner: Browser) -> None:
    made = save(owner, "  is:locked   IS:Exotic ", name=" My  exotics ")
    assert (made.status_code, made.json["query"], made.json["name"]) == (200, "is:locked is:exotic", "My exotics")
    assert save(owner, "is:locked is:exotic", name="").json["saved"] is True
    assert kept(owner) == [("is:locked is:exotic", "", True, 0)]
    assert owner.send("DELETE", f"{PATH}?query=is:locked is:exotic").status_code == 204
    assert owner.send("DELETE", f"{PATH}?query=is:locked is:exotic").status_code == 404
    assert kept(owner) == []


def test_what_is_used_is_remembered(owner: Browser) -> None:
    for query in ("is:exotic", "is:exotic", "gjallarhorn", "is:nonsense", ""):
        assert owner.send("POST", f"{PATH}/used", {"query": query}).status_code == 204
    assert kept(owner) == [("is:exotic", "", False, 2)]
    save(owner, "gjallarhorn")
    owner.send("POST", f"{PATH}/used", {"query": "gjallarhorn"})
    assert kept(owner) == [("gjallarhorn", "", True, 1), ("is:exotic", "", False, 2)]
    save(owner, "gjallarhorn", saved=False)
    assert {each[2] for each in kept(owner)} == {False}


@pytest.mark.parametrize("query", ["is:nonsense", "", "(", "is:", "a" * 3000], ids=["unknown", "empty", "open", "is", "long"])
def test_what_cannot_be_saved(owner: Browser, query: str) -> None:
    answer = save(owner, query)
    assert (answer.status_code, answer.json["field"]) == (400, "query")
    assert kept(owner) == []


def test_a_name_is_on_one_line(owner: Browser) -> None:
    assert save(owner, "is:exotic", name="a\u202eb\0\n<b>c").json["name"] == "ab <b>c"
    assert save(owner, "is:exotic", name="x" * 65).json["field"] == "name"


def test_three_hundred_are_enough(people: House, owner: Browser) -> None:
    user = people.user(MARROW)
    for number in range(MOST_SAVED):
        people.services.searches.save(user, f"power:>{number}")
    assert save(owner, "is:exotic").status_code == 409
    assert save(owner, "power:>1", name="One").status_code == 200
    owner.send("POST", f"{PATH}/used", {"query": "is:exotic"})
    assert len(kept(owner)) == MOST_SAVED + 1


def test_those_of_another_are_nobodys(people: House, owner: Browser) -> None:
    other = people.signed_in(ILSE)
    save(owner, "is:exotic", name="mine")
    assert kept(other) == []
    assert other.send("DELETE", f"{PATH}?query=is:exotic").status_code == 404
    save(other, "is:exotic", name="theirs")
    assert [each[1] for each in kept(owner)] == ["mine"]


def test_each_says_how_many_it_finds(marrow: WiredBrowser) -> None:
    for query in ("is:exotic", "tag:junk"):
        save(marrow, query)
    marrow.send("POST", f"{PATH}/used", {"query": "is:locked"})
    counted = marrow.get(PATH, query_string={"counted": "true"}).json["searches"]
    for each in counted:
        assert each["count"] == marrow.get("/api/v1/search", query_string={"q": each["query"]}).json["count"]
    assert {each["query"]: bool(each["count"]) for each in counted} == {"is:exotic": True, "tag:junk": False, "is:locked": True}
    assert all("count" not in each for each in marrow.get(PATH).json["searches"])


def test_without_a_vault_nothing_is_counted(owner: Browser) -> None:
    save(owner, "is:exotic")
    (only,) = owner.get(PATH, query_string={"counted": "true"}).json["searches"]
    assert only["query"] == "is:exotic" and "count" not in only
