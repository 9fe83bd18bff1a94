"""The tables about people, on both kinds of database: races, expiry, and rows of who was deleted meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet

from vaultraider.database.cipher import FernetCipher, derived_secret
from vaultraider.database.engine import Database
from vaultraider.database.invitations import InvitationRepository
from vaultraider.database.personal_data import PersonalDataRepository
from vaultraider.database.preferences import PreferencesRepository
from vaultraider.database.sessions import BrowserSessionRepository
from vaultraider.database.tokens import TokenRepository
from vaultraider.database.users import UserRepository
from vaultraider.domain.errors import SignInEnded
from vaultraider.domain.people import DestinyAccount, User
from vaultraider.ports import TokenPair

NOW = datetime(2026, 11, 17, 17, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def at_once(work: Callable[[int], Any], times: int = 6) -> list[Any]:
    with ThreadPoolExecutor(times) as pool:
        return [done.result() for done in [pool.submit(work, each) for each in range(times)]]


@pytest.fixture
def marrow(database: Database) -> User:
    return UserRepository(database).welcome("17429800", "Marrow#4417", admin=True, now=NOW)


def pair(number: int = 1) -> TokenPair:
    return TokenPair(
        access_token=f"access-{number}",
        access_expires=LATER,
        refresh_token=f"refresh-{number}",
        refresh_expires=None,
        bungie_membership_id="17429800",
    )


@pytest.fixture
def tokens(database: Database) -> TokenRepository:
    return TokenRepository(database, FernetCipher([Fernet.generate_key().decode()]))


def test_many_first_sign_ins_of_one_person_make_one_row(database: Database) -> None:
    users = UserRepository(database)
    found = at_once(lambda _: users.welcome("17429802", "Ilse#0077", admin=False, now=NOW))
    assert len({each.id for each in found}) == 1
    assert len(users.all()) == 1


def test_a_sign_in_renews_the_name_and_never_lowers_a_role(database: Database, marrow: User) -> None:
    users = UserRepository(database)
    users.mark_sign_in(marrow.id, "ended")
    again = users.welcome("17429800", "Renamed#1", admin=False, now=LATER)
    assert (again.id, again.name, again.role, again.sign_in) == (marrow.id, "Renamed#1", "admin", "ok")


def test_accounts_saved_at_once_are_one_list(database: Database, marrow: User) -> None:
    users = UserRepository(database)
    listed = [DestinyAccount(type=3, id=str(each), name="Marrow#4417") for each in range(5)]
    at_once(lambda _: users.save_accounts(marrow.id, listed))
    assert users.accounts(marrow.id) == listed


def test_every_new_pair_is_a_new_version(tokens: TokenRepository, marrow: User) -> None:
    at_once(lambda each: tokens.save(marrow.id, pair(each)))
    kept = tokens.load(marrow.id)
    assert kept is not None
    assert (kept.version, tokens.version(marrow.id)) == (6, 6)
    assert kept.pair.refresh_token == kept.pair.access_token.replace("access", "refresh")


def test_failures_are_counted_of_this_version_only(tokens: TokenRepository, marrow: User) -> None:
    tokens.save(marrow.id, pair())
    at_once(lambda _: tokens.count_failure(marrow.id, 1, NOW))
    counted = tokens.count_failure(marrow.id, 1, LATER)
    assert counted is not None
    assert (counted.failures, counted.first_failure) == (7, NOW)
    tokens.save(marrow.id, pair(2))
    late = tokens.count_failure(marrow.id, 1, LATER)
    assert late is not None
    assert (late.failures, late.first_failure) == (0, None)


def test_what_a_deleted_person_still_writes_is_nothing(database: Database, tokens: TokenRepository, marrow: User) -> None:
    """A refresh or a read that was under way when "Delete my data" was pressed."""
    PersonalDataRepository(database).purge(marrow.id, marrow.bungie_id)
    tokens.save(marrow.id, pair())
    UserRepository(database).save_accounts(marrow.id, [DestinyAccount(type=3, id="1", name="Marrow#4417")])
    PreferencesRepository(database).save(marrow.id, b"{}", NOW)
    assert tokens.load(marrow.id) is None
    assert tokens.count_failure(marrow.id, 1, NOW) is None
    assert UserRepository(database).accounts(marrow.id) == []
    assert PreferencesRepository(database).load(marrow.id) is None


def test_preferences_saved_at_once(database: Database, marrow: User) -> None:
    keeper = PreferencesRepository(database)
    at_once(lambda each: keeper.save(marrow.id, b"%d" % each, NOW))
    assert keeper.load(marrow.id) in {b"%d" % each for each in range(6)}


def test_an_invitation_is_claimed_once(database: Database, marrow: User) -> None:
    invitations = InvitationRepository(database)
    made = invitations.add("secret", note="x", created_by=marrow.id, now=NOW, expires=LATER)
    assert invitations.find("secret", NOW) == made.id
    assert invitations.find("secret", LATER) is None
    assert at_once(lambda _: invitations.claim(made.id, NOW)).count(True) == 1
    assert invitations.find("secret", NOW) is None


def test_sessions(database: Database, marrow: User) -> None:
    sessions = BrowserSessionRepository(database)
    sessions.add("one", user_id=marrow.id, data=b"{}", now=NOW, expires=LATER)
    found = sessions.find("one", NOW)
    assert found is not None
    assert (found.user, found.seen) == (marrow, NOW)
    assert sessions.find("one", LATER) is None
    assert sessions.find("two", NOW) is None
    assert sessions.change("one", data=b'{"a":1}', now=NOW, expires=LATER)
    changed = sessions.find("one", NOW)
    assert changed is not None
    assert changed.data == b'{"a":1}'
    sessions.end("one")
    assert sessions.find("one", NOW) is None
    assert not sessions.change("one", data=b"{}", now=NOW, expires=LATER), "an ended session never comes back"


def test_another_process_sees_an_end_within_seconds_or_at_once_when_it_matters(database: Database, marrow: User) -> None:
    here, there = BrowserSessionRepository(database), BrowserSessionRepository(database)
    here.add("one", user_id=marrow.id, data=b"{}", now=NOW, expires=LATER)
    assert there.find("one", NOW) is not None
    assert here.end_all(marrow.id) == 1
    assert there.find("one", NOW) is not None
    assert there.find("one", NOW, fresh=True) is None
    assert there.find("one", NOW + timedelta(seconds=4)) is None


def test_expired_sessions_are_swept_by_the_next_one(database: Database, marrow: User) -> None:
    sessions = BrowserSessionRepository(database)
    sessions.add("old", user_id=None, data=b"{}", now=NOW, expires=LATER)
    sessions.add("new", user_id=marrow.id, data=b"{}", now=LATER, expires=LATER + timedelta(hours=1))
    assert sessions.find("old", NOW, fresh=True) is None


def test_the_cache_of_sessions_does_not_grow_for_ever(database: Database, marrow: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultraider.database.sessions.CACHE_SIZE", 3)
    sessions = BrowserSessionRepository(database)
    for each in range(10):
        sessions.add(f"s{each}", user_id=marrow.id, data=b"{}", now=NOW, expires=LATER)
        sessions.find(f"s{each}", NOW)
    assert len(sessions._cache) <= 3


def test_the_cipher() -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    sealed = FernetCipher([old]).encrypt("secret")
    assert b"secret" not in sealed
    assert FernetCipher([new, old]).decrypt(sealed) == "secret"
    with pytest.raises(SignInEnded) as lost:
        FernetCipher([new]).decrypt(sealed)
    assert lost.value.__suppress_context__
    with pytest.raises(SignInEnded):
        FernetCipher([new]).decrypt(b"garbage")
    assert derived_secret([new], "web") != derived_secret([new], "set-up") != derived_secret([old], "set-up")
    assert len(derived_secret([new], "web")) == 32


# --- roles


def test_roles_change_and_the_last_admin_stays(database: Database, marrow: User) -> None:
    users = UserRepository(database)
    ilse = users.welcome("17429802", "Ilse#0077", admin=False, now=NOW)
    assert users.change_role(marrow.id, "member") == "last"
    assert users.change_role(99, "admin") == "unknown"
    assert users.change_role(ilse.id, "member") == "done"
    assert users.change_role(ilse.id, "admin") == "done"
    assert users.change_role(marrow.id, "member") == "done"
    assert users.change_role(ilse.id, "member") == "last"
    assert [(each.name, each.role) for each in users.all()] == [("Marrow#4417", "member"), ("Ilse#0077", "admin")]


def test_admins_who_all_demote_each_other_leave_one(database: Database, marrow: User) -> None:
    users = UserRepository(database)
    admins = [marrow, *(users.welcome(f"1742981{n}", f"Admin {n}", admin=True, now=NOW) for n in range(4))]
    outcomes = at_once(lambda place: users.change_role(admins[place].id, "member"), times=5)
    assert sorted(outcomes) == ["done"] * 4 + ["last"]
    assert [each.role for each in users.all()].count("admin") == 1


def test_when_somebody_was_seen_last(database: Database, marrow: User) -> None:
    users, sessions = UserRepository(database), BrowserSessionRepository(database)
    ilse = users.welcome("17429802", "Ilse#0077", admin=False, now=NOW)
    assert sessions.last_seen() == {marrow.id: NOW, ilse.id: NOW}
    for secret, seen in (("one", LATER), ("two", NOW)):
        sessions.add(secret, user_id=ilse.id, data=b"{}", now=seen, expires=LATER + timedelta(days=9))
    sessions.add("nobody", user_id=None, data=b"{}", now=LATER, expires=LATER + timedelta(days=9))
    assert sessions.last_seen() == {marrow.id: NOW, ilse.id: LATER}
