"""The list of accounts is kept, renewed now and then, and never shortened by trouble."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.people import ILSE, MARROW, House, build_house, card, linked_profiles

from vaultraider.domain.errors import AccountNotFound, BungieMaintenance, NotFound
from vaultraider.domain.people import User
from vaultraider.ports import MembershipRef

STEAM, PLAYSTATION = card(MARROW, 3)["membershipId"], card(MARROW, 2)["membershipId"]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path)
    house.bungie.linked[MARROW] = linked_profiles(MARROW, 3, 2)
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: House) -> User:
    house.signed_in(MARROW)
    return house.user(MARROW)


def ids(house: House, user: User) -> list[str]:
    return [each.id for each in house.services.accounts.destiny.of(user)]


def test_known_from_the_sign_in_on(house: House, marrow: User) -> None:
    asked = house.bungie.calls.count("linked")
    assert ids(house, marrow) == [STEAM, PLAYSTATION]
    assert house.services.accounts.destiny.membership(marrow) == MembershipRef(2, PLAYSTATION)
    assert house.bungie.calls.count("linked") == asked


def test_asked_again_some_hours_later(house: House, marrow: User) -> None:
    house.bungie.linked[MARROW]["profiles"].append(card(MARROW, 6))
    assert len(ids(house, marrow)) == 2
    house.clock.pass_time(6 * 3600)
    assert len(ids(house, marrow)) == 3


def test_bungie_down_shows_what_is_known(house: House, marrow: User) -> None:
    house.clock.pass_time(7 * 3600)
    house.bungie.trouble["linked"] = [BungieMaintenance()]
    assert ids(house, marrow) == [STEAM, PLAYSTATION]


def test_all_profiles_in_error_hides_none_and_is_asked_again_soon(house: House, marrow: User) -> None:
    good = house.bungie.linked[MARROW]
    cards = [{"errorCode": 1601, "infoCard": each} for each in good["profiles"]]
    house.bungie.linked[MARROW] = {"profiles": [], "profilesWithErrors": cards}
    house.clock.pass_time(7 * 3600)
    assert ids(house, marrow) == [STEAM, PLAYSTATION]
    house.bungie.linked[MARROW] = good
    house.clock.pass_time(61)
    assert all(each.problem is None for each in house.services.accounts.destiny.of(marrow))


def test_signing_in_while_linked_profiles_is_down(house: House) -> None:
    house.bungie.trouble["linked"] = [BungieMaintenance()]
    browser = house.signed_in(MARROW)
    assert [each["id"] for each in browser.get("/api/v1/accounts").json["accounts"]] == [STEAM, PLAYSTATION], "asked again"


def test_garbage_for_accounts_changes_nothing(house: House, marrow: User) -> None:
    house.bungie.linked[MARROW] = {"profiles": "none"}
    house.clock.pass_time(7 * 3600)
    assert ids(house, marrow) == [STEAM, PLAYSTATION]


def test_the_choice_is_remembered(house: House, marrow: User) -> None:
    house.services.accounts.destiny.select(marrow, MembershipRef(3, STEAM))
    other = house.another()
    assert other.services.accounts.destiny.membership(marrow) == MembershipRef(3, STEAM)
    other.services.close()


def test_a_choice_that_is_gone_falls_back(house: House, marrow: User) -> None:
    house.services.accounts.destiny.select(marrow, MembershipRef(3, STEAM))
    house.bungie.linked[MARROW]["profiles"][0]["isOverridden"] = True
    house.clock.pass_time(7 * 3600)
    assert ids(house, marrow) == [PLAYSTATION]
    assert house.services.accounts.destiny.membership(marrow) == MembershipRef(2, PLAYSTATION)


@pytest.mark.parametrize("account", [(3, card(ILSE, 3)["membershipId"]), (2, STEAM), (3, "0")])
def test_somebody_elses_account_cannot_be_chosen(house: House, marrow: User, account: tuple[int, str]) -> None:
    house.signed_in(ILSE)
    with pytest.raises(NotFound):
        house.services.accounts.destiny.select(marrow, MembershipRef(*account))


def test_who_has_none_is_told_what_to_do(house: House) -> None:
    house.bungie.linked[ILSE] = {"profiles": [], "profilesWithErrors": []}
    house.signed_in(ILSE)
    with pytest.raises(AccountNotFound, match="Sign in once in the game"):
        house.services.accounts.destiny.membership(house.user(ILSE))
