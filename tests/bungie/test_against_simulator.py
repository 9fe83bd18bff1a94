"""The client before the simulator: every read, every knob that touches reads and sign-in, every fault that is the client's."""

from __future__ import annotations

import json
import threading
from itertools import product
from typing import Any

import pytest
from tests.bungie.conftest import InTheBox
from tests.domain.test_pace import most_in_any

from vaultraider.bungie import Bungie
from vaultraider.domain import errors
from vaultraider.simulator.knobs import CHOICES

MARROW, NEWCOMER = "17429800", "17429801"
SLOW = ("hang", "slow_body", "slow")


def test_every_read(box: InTheBox) -> None:
    bungie, pair, who = box.bungie, box.sign_in(), box.membership()
    token = pair.access_token
    assert pair.bungie_membership_id == MARROW
    memberships = json.loads(bungie.user.memberships_for_current_user(token))
    assert who.id in {card["membershipId"] for card in memberships["destinyMemberships"]}
    linked = json.loads(bungie.user.linked_profiles(token, MARROW))
    assert who.id in {card["membershipId"] for card in linked["profiles"]}
    assert json.loads(bungie.user.clan(None, who))["results"]
    profile = json.loads(bungie.profile.profile(token, who))
    assert len(profile["characters"]["data"]) == 3
    assert len(profile["profileInventory"]["data"]["items"]) > 800
    instance = next(item["itemInstanceId"] for item in profile["profileInventory"]["data"]["items"] if "itemInstanceId" in item)
    assert json.loads(bungie.profile.item(token, who, instance))["item"]["data"]["itemInstanceId"] == instance
    assert "systems" in json.loads(bungie.platform.settings())
    assert isinstance(json.loads(bungie.platform.global_alerts()), list)
    index = json.loads(bungie.manifest.manifest_index())
    with bungie.manifest.content(index["mobileWorldContentPaths"]["en"]) as content:
        zipped = b"".join(content.chunks())
        assert content.length == len(zipped)
    assert zipped.startswith(b"PK")
    with bungie.manifest.content(index["jsonWorldComponentContentPaths"]["en"]["DestinyStatDefinition"]) as content:
        assert json.loads(b"".join(content.chunks()))
    emblem = next(iter(profile["characters"]["data"].values()))["emblemPath"]
    assert bungie.pictures.picture(emblem).media_type.startswith("image/")
    assert bungie.health.state().state == "up"


@pytest.mark.parametrize("person", ["17429801", "17429802", "17429803", "17429804", "17429805"])
def test_everybody_can_sign_in(box: InTheBox, person: str) -> None:
    token = box.sign_in(person).access_token
    profile = json.loads(box.bungie.profile.profile(token, box.membership(person)))
    assert profile["profile"]["privacy"] == 1


def test_two_people_never_see_each_others(box: InTheBox) -> None:
    people = {person: box.sign_in(person).access_token for person in (MARROW, "17429804")}
    wrong: list[str] = []

    def ask(person: str) -> None:
        for _ in range(5):
            who = json.loads(box.bungie.user.memberships_for_current_user(people[person]))["bungieNetUser"]["membershipId"]
            if who != person:
                wrong.append(who)

    threads = [threading.Thread(target=ask, args=(person,)) for person in list(people) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert box.asked("GetMembershipsForCurrentUser") == 30


def read(box: InTheBox, token: str, whose: str = NEWCOMER) -> bytes:
    """A profile; that of somebody without guardians is small."""
    return box.bungie.profile.profile(token, box.membership(whose))


# --- Knobs -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status_99", CHOICES["status_99"])
@pytest.mark.parametrize("what", ["expired", "unreadable", "lost", "mangled"])
def test_a_bearer_that_is_no_good(box: InTheBox, status_99: str, what: str) -> None:
    box.turn(status_99=status_99)
    token = box.sign_in().access_token
    if what == "expired":
        box.simulator.box.credentials.expire_access()
    elif what == "unreadable":
        token = "not*base64"
    elif what == "lost":
        box.simulator.box.credentials.invalidate_all()
    else:
        box.fault("mangle_bearer")
    with pytest.raises(errors.CredentialsRefused):
        read(box, token)
    assert box.asked("/Profile/") == 1
    assert box.bungie.health.state().state == "up"


@pytest.mark.parametrize("status_5", CHOICES["status_5"])
def test_maintenance_ends_no_sign_in(box: InTheBox, status_5: str) -> None:
    box.turn(status_5=status_5)
    pair = box.sign_in()
    box.fault("system_disabled")
    with pytest.raises(errors.BungieUnavailable) as caught:
        read(box, pair.access_token)
    assert isinstance(caught.value, errors.BungieMaintenance) == (status_5 == "503json")
    assert pair.refresh_token is not None
    with pytest.raises(errors.BungieMaintenance):
        box.bungie.oauth.refresh(pair.refresh_token)
    assert box.bungie.health.state().state == "maintenance"
    box.simulator.box.faults.clear()
    assert box.bungie.oauth.refresh(pair.refresh_token).access_token
    assert read(box, pair.access_token)
    assert box.bungie.health.state().state == "up"


@pytest.mark.parametrize(("status_51", "told"), list(product(CHOICES["status_51"], CHOICES["throttle_seconds"])))
@pytest.mark.parametrize("where", ["Profile", "OAuth"])
def test_throttling_is_waited_out(box: InTheBox, status_51: int, told: int, where: str) -> None:
    box.turn(status_51=status_51, throttle_seconds=told)
    pair = box.sign_in()
    box.fault("throttle_ip", where, count=1)
    if where == "OAuth":
        with pytest.raises(errors.BungieThrottled) as caught:
            box.bungie.oauth.refresh(pair.refresh_token or "")
        assert caught.value.retry_after == pytest.approx(told or 1, abs=0.01)
        assert box.bungie.oauth.refresh(pair.refresh_token or "")
    else:
        assert read(box, pair.access_token)
    assert box.throttle.slowed == [told or None]
    assert sum(box.clock.naps) == pytest.approx(told or 1, abs=0.01)


@pytest.mark.parametrize("action", ["throttle_user", "throttle_game"])
@pytest.mark.parametrize("http", [429, 500, 503, 200])
def test_the_other_throttles(box: InTheBox, action: str, http: int) -> None:
    token = box.sign_in().access_token
    box.fault(action, count=2, http=http)
    assert read(box, token)
    assert sum(box.clock.naps) == pytest.approx(1 + 2, abs=0.01)


@pytest.mark.parametrize("reuse", CHOICES["refresh_reuse"])
def test_a_refresh_token_used_twice(box: InTheBox, reuse: str) -> None:
    box.turn(refresh_reuse=reuse)
    old = box.sign_in().refresh_token or ""
    new = box.bungie.oauth.refresh(old)
    assert read(box, new.access_token)
    if reuse == "strict":
        with pytest.raises(errors.SignInEnded):
            box.bungie.oauth.refresh(old)
    else:
        assert box.bungie.oauth.refresh(old).access_token
    assert box.bungie.oauth.refresh(new.refresh_token or "").access_token


def test_two_refreshing_at_once_spend_one_token(box: InTheBox) -> None:
    """Nothing here makes two of one: that is what the lease around it is for. Exactly one of them gets a pair."""
    token = box.sign_in().refresh_token or ""
    outcomes: list[str] = []

    def refresh() -> None:
        try:
            box.bungie.oauth.refresh(token)
            outcomes.append("pair")
        except errors.SignInEnded:
            outcomes.append("ended")

    threads = [threading.Thread(target=refresh) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["ended", "pair"]


@pytest.mark.parametrize(("cache_ttl", "bust"), list(product(CHOICES["cache_ttl"], CHOICES["bust_on_write"])))
def test_caches_are_no_affair_of_the_clients(box: InTheBox, cache_ttl: int, bust: bool) -> None:
    box.turn(cache_ttl=cache_ttl, bust_on_write=bust)
    token = box.sign_in().access_token
    box.fault("time_travel", count=1)
    assert [json.loads(read(box, token))["responseMintedTimestamp"] for _ in range(3)]


@pytest.mark.parametrize("ttl", CHOICES["code_ttl"])
def test_a_code_grows_stale_and_is_used_once(box: InTheBox, ttl: int) -> None:
    box.turn(code_ttl=ttl)
    late, used = box.code_of(), box.code_of()
    box.bungie.oauth.exchange(used)
    for seconds, code in ((0, used), (ttl + 1, late), (0, "nobody-gave-this")):
        box.clock.pass_time(seconds)
        with pytest.raises(errors.SignInEnded):
            box.bungie.oauth.exchange(code)


# --- Sign-in: every row of the decision table ------------------------------------------------------------------------------


def test_the_other_ends_of_a_sign_in(box: InTheBox) -> None:
    credentials = box.simulator.box.credentials
    for end in (credentials.revoke, credentials.expire_record, credentials.invalidate_all):
        token = box.sign_in().refresh_token or ""
        end()
        with pytest.raises(errors.SignInEnded):
            box.bungie.oauth.refresh(token)
    token = box.sign_in().refresh_token or ""
    box.clock.pass_time(91 * 86400)
    with pytest.raises(errors.SignInEnded):
        box.bungie.oauth.refresh(token)
    with pytest.raises(errors.SignInEnded):
        box.bungie.oauth.refresh("nobody-gave-this")


TOKEN_FAULTS: list[tuple[str, dict[str, Any], type[Exception]]] = [
    ("refresh_500", {}, errors.BungieGarbled),
    ("refresh_400_unknown", {}, errors.BungieRefusal),
    ("system_disabled", {}, errors.BungieMaintenance),
    ("token_error", {"description": "AuthorizationRecordInactiveApiKey"}, errors.SignInEnded),
    ("token_error", {"description": "RefreshTokenNotYetValid"}, errors.BungieRefusal),
    ("token_error", {"envelope": 2124}, errors.SignInEnded),
    ("token_error", {"envelope": 5}, errors.BungieMaintenance),
    ("token_error", {"envelope": 1618, "http": 500}, errors.BungieUnavailable),
    ("token_error", {"description": "Nope", "http": 403}, errors.SignInEnded),
    ("token_error", {"description": "Nope", "http": 401}, errors.SignInEnded),
    ("token_error", {"description": "Nope", "http": 502}, errors.BungieUnavailable),
    ("html_503", {}, errors.BungieUnavailable),
    ("html_500", {}, errors.BungieUnavailable),
    ("html_200", {}, errors.BungieGarbled),
    ("html_401", {}, errors.BungieGarbled),
    ("cf_522", {}, errors.BungieUnreachable),
    ("cf_block_403", {}, errors.BungieUnreachable),
    ("reset", {}, errors.BungieUnavailable),
    ("hang", {"seconds": 2}, errors.BungieUnreachable),
    ("truncate", {}, errors.BungieGarbled),
]


@pytest.mark.parametrize(("action", "params", "kind"), TOKEN_FAULTS)
def test_what_strikes_a_refresh(box: InTheBox, action: str, params: dict[str, Any], kind: type[Exception]) -> None:
    token = box.sign_in().refresh_token or ""
    if action in SLOW:
        box.hurry()
    before = box.sent
    box.fault(action, "OAuth/token", **params)
    with pytest.raises(errors.VaultRaiderError) as caught:
        box.bungie.oauth.refresh(token)
    assert isinstance(caught.value, kind), repr(caught.value)
    assert isinstance(caught.value, errors.SignInEnded) == (kind is errors.SignInEnded)
    assert box.sent == before + 1


def test_another_applications_secret_is_its_owners_mistake(box: InTheBox) -> None:
    token = box.sign_in().refresh_token or ""
    bungie = box.connect(client_secret="wrong")
    with pytest.raises(errors.OperatorMistake):
        bungie.oauth.refresh(token)
    bungie.close()
    assert box.bungie.oauth.refresh(token).access_token


@pytest.mark.parametrize("key", ["wrong", ""])
def test_a_wrong_key_is_its_owners_mistake(box: InTheBox, key: str) -> None:
    bungie: Bungie = box.connect(api_key=key)
    with pytest.raises(errors.OperatorMistake):
        bungie.platform.settings()
    bungie.close()


# --- Faults of reads -------------------------------------------------------------------------------------------------------

# What strikes, what it means when it stays, and whether a read gets over it when it strikes once.
READ_FAULTS: list[tuple[str, dict[str, Any], type[Exception], bool]] = [
    ("html_503", {}, errors.BungieUnavailable, True),
    ("html_500", {}, errors.BungieUnavailable, True),
    *[(f"cf_{status}", {}, errors.BungieUnreachable, True) for status in (502, 504, 520, 521, 522, 523, 524, 525, 526)],
    ("html_200", {}, errors.BungieGarbled, False),
    ("cf_block_403", {}, errors.BungieUnreachable, False),
    ("html_401", {}, errors.CredentialsRefused, False),
    ("reset", {}, errors.BungieUnavailable, True),
    ("truncate", {}, errors.BungieGarbled, True),
    ("truncate", {"bytes": 0}, errors.BungieUnavailable, True),
    ("hang", {"seconds": 2}, errors.BungieUnreachable, True),
    ("slow_body", {"seconds": 0.8, "piece": 64}, errors.BungieUnreachable, True),
    ("system_disabled", {}, errors.BungieMaintenance, False),
    *[("error", {"code": code}, errors.BungieUnavailable, True) for code in (27, 38, 42, 1618, 1626, 1643, 1651, 1652)],
    ("error", {"code": 3}, errors.StaleRequest, False),
    ("error", {"code": 18, "http": 400}, errors.StaleRequest, False),
    ("error", {"code": 1601}, errors.AccountNotFound, False),
    ("error", {"code": 1665}, errors.ProfilePrivate, False),
    ("error", {"code": 2103}, errors.OperatorMistake, False),
    ("error", {"code": 22}, errors.CredentialsRefused, False),
    ("error", {"code": 2111}, errors.CredentialsRefused, False),
]  # fmt: skip


def _id(row: tuple[Any, ...]) -> str:
    return " ".join([row[0], *(f"{name}={value}" for name, value in row[1].items())])


@pytest.mark.parametrize(("action", "params", "kind", "_again"), READ_FAULTS, ids=map(_id, READ_FAULTS))
def test_what_strikes_a_read(box: InTheBox, action: str, params: dict[str, Any], kind: type[Exception], _again: bool) -> None:
    token = box.sign_in().access_token
    if action in SLOW:
        box.hurry()
    box.fault(action, "/Profile/", **params)
    with pytest.raises(errors.BungieError) as caught:
        read(box, token)
    assert isinstance(caught.value, kind), repr(caught.value)


@pytest.mark.parametrize(("action", "params", "_kind", "again"), READ_FAULTS, ids=map(_id, READ_FAULTS))
def test_what_strikes_a_read_once(box: InTheBox, action: str, params: dict[str, Any], _kind: object, again: bool) -> None:
    token = box.sign_in().access_token
    if action in SLOW:
        box.hurry()
    before = box.sent
    box.fault(action, "/Profile/", count=1, **params)
    if again:
        assert json.loads(read(box, token))["profile"]
    else:
        with pytest.raises(errors.BungieError):
            read(box, token)
    assert box.sent == before + (2 if again else 1)


DATA_FAULTS = ["drop_component", "privacy_without_data", "empty_items", "disabled_component"]


@pytest.mark.parametrize("action", DATA_FAULTS)
def test_what_is_missing_in_a_profile_comes_through_as_it_is(box: InTheBox, action: str) -> None:
    token = box.sign_in().access_token
    box.fault(action, component="profileInventory")
    profile = json.loads(read(box, token, MARROW))
    assert not profile.get("profileInventory", {}).get("data", {}).get("items")
    assert profile["characters"]["data"]


def test_linked_profiles_of_a_maintenance_come_through_as_they_are(box: InTheBox) -> None:
    token = box.sign_in().access_token
    box.fault("linked_profiles_all_errored")
    linked = json.loads(box.bungie.user.linked_profiles(token, MARROW))
    assert linked["profiles"] == [] and linked["profilesWithErrors"]


def test_somebody_without_an_account(box: InTheBox) -> None:
    from vaultraider.ports import MembershipRef

    token = box.sign_in().access_token
    with pytest.raises(errors.BungieRefusal):
        box.bungie.profile.profile(token, MembershipRef(3, "4611686018400000000"))


def test_the_wrong_platform_is_our_mistake_not_a_sign_out(box: InTheBox) -> None:
    from vaultraider.ports import MembershipRef

    token = box.sign_in().access_token
    who = box.membership()
    with pytest.raises(errors.StaleRequest):
        box.bungie.profile.profile(token, MembershipRef(10 if who.type != 10 else 1, who.id))


# --- Files -----------------------------------------------------------------------------------------------------------------

CONTENT_FAULTS: list[tuple[str, dict[str, Any], type[Exception] | None]] = [
    ("path_404", {}, errors.NotFound),
    ("truncated", {}, errors.BungieUnavailable),
    ("truncated", {"honest": True}, None),
    ("bad_zip", {}, None),
    ("wrong_md5", {}, None),
    ("html_instead", {}, errors.BungieGarbled),
    ("huge", {}, errors.BungieGarbled),
    ("slow", {"seconds": 1.0}, errors.BungieUnreachable),
    ("html_503", {}, errors.BungieUnavailable),
    ("reset", {}, errors.BungieUnavailable),
]


@pytest.mark.parametrize(("action", "params", "kind"), CONTENT_FAULTS, ids=map(_id, CONTENT_FAULTS))
@pytest.mark.parametrize("which", ["sqlite", "json"])
def test_what_strikes_a_content_file(
    box: InTheBox, action: str, params: dict[str, Any], kind: type[Exception] | None, which: str
) -> None:
    """Damage that keeps the promised length is for whoever opens the file; all other damage is told here."""
    index = json.loads(box.bungie.manifest.manifest_index())
    paths = {
        "sqlite": index["mobileWorldContentPaths"]["en"],
        "json": index["jsonWorldComponentContentPaths"]["en"]["DestinyInventoryItemDefinition"],
    }
    if action in SLOW:
        box.hurry()
    box.fault(action, "/common/", **params)

    def download(**options: Any) -> bytes:
        with box.bungie.manifest.content(paths[which], **options) as content:
            return b"".join(content.chunks())

    if kind is None:
        assert download()
    else:
        with pytest.raises(kind):
            download()
    if action == "path_404":
        assert download(cache_buster="1")


# --- The budget ------------------------------------------------------------------------------------------------------------


def test_four_hundred_calls_at_once_are_never_throttled(box: InTheBox) -> None:
    starts: list[float] = []
    for _ in range(400):
        box.bungie.platform.global_alerts()
        starts.append(box.clock.now().timestamp())
    assert box.throttle.slowed == []
    assert most_in_any(10, starts) <= 250
