"""Who sees what: to everybody what is public, to each person what is theirs, and to nobody what is somebody else's."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

import pytest
from tests.services.xur.weekends import GONE, NEXT_SATURDAY, SATURDAY, Weekends, wares

from vaultraider.database.vendor_stocks import VendorStocks
from vaultraider.domain.notifications import Message
from vaultraider.simulator.demo.traders import COIN

HELMETS = 3448274439
PERSONAL = {"owned", "barred", "reasons", "copies", "collected"}


@pytest.fixture
def saturday(weekends: Weekends) -> Weekends:
    weekends.watch(SATURDAY)
    return weekends


def personal(shown: dict[str, Any]) -> set[str]:
    """Words of what is about a person, wherever they stand."""
    listed = wares(shown)
    found = {word for ware in listed for word in PERSONAL & ware.keys()}
    return (
        found
        | {f"price {word}" for ware in listed for price in ware["prices"] for word in PERSONAL & price.keys()}
        | ({"purse", "reading"} & shown.keys())
    )


@pytest.mark.parametrize("path", ["", "/2026-11-27"])
def test_nothing_of_a_person_without_sign_in(saturday: Weekends, path: str) -> None:
    """Although it was through somebody's eyes that we looked."""
    for guardian in ("titan", "hunter", "warlock"):
        shown = saturday.shown(path=path, **{"class": guardian})
        assert personal(shown) == set()
        assert (shown["signed_in"], shown["class"]) == (False, guardian)
        assert wares(shown)


def test_the_record_holds_nothing_of_a_person(saturday: Weekends) -> None:
    account = saturday.house.controls.account()
    stocks = VendorStocks(saturday.house.services.database).stocks(date(2026, 11, 27))
    assert {stock.seer for stock in stocks} == {"titan", "hunter", "warlock"}
    for stock in stocks:
        text = b"".join(stock.counters.values()).decode()
        for word in ("saleStatus", "augments", "failureIndexes", "itemQuantities", "canEquip", account.id, "canPurchase"):
            assert word not in text, word


def test_ones_own_view(saturday: Weekends) -> None:
    shown = saturday.shown(saturday.marrow, **{"class": "titan"})
    coins = sum(one.quantity for one in saturday.house.controls.account().items if one.hash == COIN)
    assert [(each["name"], each["quantity"]) for each in shown["purse"]] == [("Strange Coin", coins)]
    copies = {ware["facts"]["name"]: ware["copies"] for ware in wares(shown)}
    truth = saturday.house.controls.account().items
    for ware in wares(shown):
        assert copies[ware["facts"]["name"]] == sum(one.quantity for one in truth if one.hash == ware["hash"])
        assert ware.get("collected", False) is (ware["copies"] > 0 or ware["owned"])
        assert [price["owned"] for price in ware["prices"]] == [coins]
    assert "reading" not in shown


def test_each_class_is_seen_through_its_own_guardian(saturday: Weekends) -> None:
    seen = {guardian: saturday.shown(saturday.marrow, **{"class": guardian}) for guardian in ("titan", "hunter", "warlock")}
    for guardian, shown in seen.items():
        armour = next(group["wares"] for group in shown["groups"] if group["name"] == "Legendary armour")
        assert {ware["class"] for ware in armour} == {guardian}
    assert saturday.shown(saturday.marrow)["class"] == "titan", "of who was played last"


def test_what_bars_a_purchase(saturday: Weekends) -> None:
    """Read anew when somebody looks and the view is old, behind their back, and not again and again."""
    me = saturday.house.controls.account()
    helmets = [one for one in me.items if one.owner == me.characters[0].id and one.bucket == HELMETS]
    saturday.house.pass_time(3600)
    before = saturday.shown(saturday.marrow)
    helm = next(ware for ware in wares(before) if ware["facts"]["name"] == "Iron Psalter Helm")
    is_full = "no-space" in helm.get("barred", [])
    assert is_full is (len(helmets) >= 10)
    if is_full:
        me.items.remove(helmets[-1])
    else:
        me.items += [dataclasses.replace(helmets[-1], id=str(9_000 + n)) for n in range(10)]
    assert [job.result for job in saturday.run_asked("look_at_xur")] == [{"result": "here"}]
    after = next(ware for ware in wares(saturday.shown(saturday.marrow)) if ware["hash"] == helm["hash"])
    assert ("no-space" in after.get("barred", [])) is not is_full
    assert saturday.run_asked("look_at_xur") == []


def test_what_one_cannot_pay_follows_the_profile(saturday: Weekends) -> None:
    """The profile is read far more often than a vendor."""
    dear = {ware["facts"]["name"] for ware in wares(saturday.shown(saturday.marrow)) if "no-funds" in ware.get("barred", [])}
    assert dear == {"Prime Engram"}
    for one in saturday.house.controls.account().items:
        if one.hash == COIN:
            one.quantity = 1
    saturday.house.pass_time(120)
    assert saturday.marrow.send("POST", "/api/v1/profile/refresh?forced=true").status_code == 200
    after = saturday.shown(saturday.marrow)
    assert all("no-funds" in ware["barred"] for ware in wares(after))


def test_somebody_new_sees_their_own_a_moment_later(saturday: Weekends) -> None:
    hoarder = saturday.house.signed_in("Hoarder")
    shown = saturday.shown(hoarder)
    assert personal(shown) == set(), "no profile was read yet"
    hoarder.get("/api/v1/profile")
    shown = saturday.shown(hoarder)
    assert shown["reading"] is True
    assert personal(shown) == {"copies", "collected", "price owned", "purse", "reading"}, "what the profile tells"
    asked = saturday.asked()
    assert saturday.shown(hoarder)["reading"] is True
    assert len(saturday.run_asked("look_at_xur")) == 1, "asked for once"
    assert saturday.asked() == asked + 2
    assert {"owned", "barred"} & personal(saturday.shown(hoarder))
    assert len(saturday.told("Marrow#4417")) == 1


def test_two_people_see_their_own(saturday: Weekends) -> None:
    hoarder = saturday.house.signed_in("Hoarder")
    hoarder.get("/api/v1/profile")
    saturday.shown(hoarder)
    saturday.run_asked("look_at_xur")
    mine, theirs = saturday.shown(saturday.marrow), saturday.shown(hoarder)
    assert {ware["hash"]: ware["copies"] for ware in wares(mine)} != {ware["hash"]: ware["copies"] for ware in wares(theirs)}
    assert personal(saturday.shown()) == set()


def test_a_deleted_person_is_nowhere(saturday: Weekends) -> None:
    user = saturday.house.user()
    assert saturday.marrow.send("DELETE", "/api/v1/account-data", {"confirm": user.name}).status_code == 204
    tables = saturday.house.services.database
    with tables.reading() as session:
        for table in ("vendor_views", "vendor_news"):
            assert session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
    assert wares(saturday.shown()), "the record stays"
    assert saturday.job("look_at_xur", user=user.id, **{"class": "titan"}).result == {"result": "nobody"}


def test_the_last_time_shows_nothing_to_buy(saturday: Weekends) -> None:
    saturday.at(GONE)
    shown = saturday.shown(saturday.marrow)
    assert shown["of"] == "last"
    assert not {"owned", "barred", "reasons"} & personal(shown), "what stood against buying it stands no more"
    assert all("copies" in ware for ware in wares(shown))


def test_whoever_comes_later_is_told_then(saturday: Weekends) -> None:
    hoarder = saturday.house.signed_in("Hoarder")
    hoarder.get("/api/v1/profile")
    saturday.house.pass_time(60)
    assert saturday.watch()["told"] == 1
    (message,) = saturday.told("Hoarder#1000")
    assert message.key == "2026-11-27"
    saturday.at("2026-12-01T16:30:00")
    saturday.house.signed_in("Newcomer")
    assert "told" not in saturday.watch(), "he leaves in half an hour"


def test_a_guardian_who_is_not_let_in(weekends: Weekends) -> None:
    """Who has not come far enough in the game is told that there is no such vendor: somebody else is asked."""
    hoarder = weekends.house.signed_in("Hoarder")
    hoarder.get("/api/v1/profile")
    marrow = weekends.house.controls.account().characters[0].id
    weekends.house.controls.fault("error", count=None, match={"path": f"Character/{marrow}/Vendors"}, code=1627)
    assert weekends.watch(SATURDAY)["seen"]["titan"] == "here"


def test_names_and_weekends_that_are_none(saturday: Weekends) -> None:
    for path in ("/2026-11-20", "/nonsense", "/2026-13-40", "/%00"):
        assert saturday.anybody.get(f"/api/v1/xur{path}").status_code == 404
    wrong = saturday.anybody.get("/api/v1/xur?class=exo")
    assert (wrong.status_code, json.loads(wrong.data)["code"]) == (400, "invalid-input")


def test_while_another_look_fails_the_letter_tells_less(weekends: Weekends) -> None:
    """The second look of the same person, for their letter, is not needed: what was just seen is taken."""
    weekends.watch(SATURDAY)
    assert weekends.asked() == 6
    (message,) = weekends.told()
    assert "You have" in message.text
    weekends.watch(NEXT_SATURDAY)
    assert weekends.asked() == 12


def test_one_who_cannot_be_told_keeps_it_from_nobody_else(weekends: Weekends, monkeypatch: pytest.MonkeyPatch) -> None:
    services, marrow = weekends.house.services, weekends.house.user("Marrow#4417")
    tern = services.accounts.users.welcome("77", "Tern#0092", admin=False, now=services.clock.now())
    tell = services.notifications.tell

    def broken(user_id: int, message: Message) -> bool:
        if user_id == marrow.id:
            raise ZeroDivisionError
        return tell(user_id, message)

    weekends.at(SATURDAY)
    monkeypatch.setattr(services.notifications, "tell", broken)
    with pytest.raises(ZeroDivisionError):
        services.xur.watch(lambda: None)
    assert [services.notifications.was_told(each.id, "xur-arrived", "2026-11-27") for each in (marrow, tern)] == [False, True]
    monkeypatch.undo()
    assert services.xur.watch(lambda: None)["told"] == 1
