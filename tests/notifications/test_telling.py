"""Told once, to whom it is for, where and when they chose; the log says where and why not."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, time
from typing import Any

import pytest
from tests.notifications.post_office import PostOffice, news

from vaultraider.database.engine import Database
from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.notifications import Message
from vaultraider.domain.notifications.hours import QuietHours
from vaultraider.services.notifications import Choices, KindChoice

HOSTILE = ["<b>x</b>", "nul\x00inside", "‮txet", "a" * 100_000, "two\r\nBcc: all@example.org", "\udc80"]


def test_told_once(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    assert [office.service.tell(user.id, news()) for _ in range(3)] == [True, False, False]
    office.pass_time(3600)
    assert office.lofts.titles == ["News one"]
    assert office.again().service.tell(user.id, news()) is False


def test_another_kind_key_or_person_is_other_news(office: PostOffice) -> None:
    marrow, tern = office.person(), office.person("Tern#0092")
    assert office.service.tell(marrow.id, news())
    assert office.service.tell(marrow.id, news("two"))
    assert office.service.tell(marrow.id, news(kind="xur-arrived"))
    assert office.service.tell(tern.id, news())


def test_told_for_ever_also_when_the_log_is_forgotten(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    office.service.tell(user.id, news())
    office.pass_time(200 * 86400)
    office.service.resume()
    assert office.log(user) == []
    assert not office.service.tell(user.id, news())


def test_two_processes_tell_the_same_at_once(database: Database) -> None:
    office = PostOffice(database)
    user = office.person()
    office.channel(user)
    start, told = threading.Barrier(6), []

    def one() -> None:
        mine = office.again()
        start.wait()
        told.append(mine.service.tell(user.id, news("weekend")))

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 5 + [True]
    assert len(office.log(user)) == 1


def test_long_keys_are_told_apart(office: PostOffice) -> None:
    user = office.person()
    assert office.service.tell(user.id, news("k" * 500 + "1"))
    assert office.service.tell(user.id, news("k" * 500 + "2"))
    assert not office.service.tell(user.id, news("k" * 500 + "2"))


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_name_holds_it_is_told(database: Database, text: str) -> None:
    office = PostOffice(database)
    user = office.person()
    office.channel(user)
    assert office.service.tell(user.id, Message(kind="xur-arrived", key=text, title=text, text=text))
    assert not office.service.tell(user.id, Message(kind="xur-arrived", key=text, title=text, text=text))
    office.work()
    assert office.log(user)[0].deliveries[0].state == "sent"


def test_nobody_is_told_who_is_gone(office: PostOffice) -> None:
    assert not office.service.tell(4711, news())


def test_what_is_about_the_server_is_for_admins(office: PostOffice) -> None:
    owner, tern = office.person(admin=True), office.person("Tern#0092")
    assert office.service.tell_everybody(news(kind="manifest-failed")) == 1
    assert office.service.tell_everybody(news(kind="bungie-maintenance")) == 2
    assert (len(office.log(owner)), len(office.log(tern))) == (2, 1)


def test_the_log_says_why_it_went_nowhere(office: PostOffice) -> None:
    user = office.person()

    def why() -> tuple[str, str]:
        said = office.log(user)[0].deliveries[0]
        return said.state, said.sentence

    office.service.tell(user.id, news("no channel"))
    assert why() == ("skipped", "There is no channel to tell you by. Add one in the settings.")
    channel = office.channel(user).channel
    office.service.choices.save(user, Choices(kinds={"sign-in-lapsed": KindChoice("off")}))
    office.service.tell(user.id, news("off"))
    assert why() == ("skipped", "You chose not to be told of this.")
    office.service.choices.save(user, Choices(kinds={"sign-in-lapsed": KindChoice("at-once", ())}))
    office.service.tell(user.id, news("none chosen"))
    assert why() == ("skipped", "No channel is chosen for this.")
    office.service.choices.save(user, Choices())
    office.service.channels.change(user, channel.id, enabled=False)
    office.service.tell(user.id, news("switched off"))
    assert why() == ("skipped", "This channel is switched off.")
    office.pass_time(86400)
    assert office.lofts.arrived == []


def test_only_by_the_channels_that_were_chosen(office: PostOffice) -> None:
    user = office.person()
    first, second = office.channel(user), office.channel(user)
    office.service.choices.save(user, Choices(kinds={"xur-arrived": KindChoice("at-once", (second.channel.id,))}))
    office.service.tell(user.id, news("xur", kind="xur-arrived"))
    office.service.tell(user.id, news("other"))
    office.pass_time(60)
    assert sorted((loft, message.title) for loft, message in office.lofts.arrived) == [
        ("loft-1", "News other"),
        ("loft-2", "2 messages: News xur, News other"),
    ]
    office.service.channels.remove(user, second.channel.id)
    office.service.tell(user.id, news("again", kind="xur-arrived"))
    assert office.log(user)[0].deliveries[0].sentence == "No channel is chosen for this."
    assert first.channel.id != second.channel.id


# --- hours


def at(office: PostOffice, *moment: int) -> None:
    """Turns the clock to a time in Berlin, in November."""
    there = datetime(*moment, tzinfo=UTC)  # type: ignore[misc, arg-type]
    office.clock.pass_time((there - office.clock.now()).total_seconds() - 3600)


NIGHTS = Choices(quiet=QuietHours(time(23), time(8)), time_zone="Europe/Berlin")


def test_quiet_hours_hold_and_let_go_as_one(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    office.service.choices.save(user, NIGHTS)
    at(office, 2026, 11, 18, 23, 0)
    office.service.tell(user.id, news("one"))
    office.pass_time(3 * 3600)
    office.service.tell(user.id, news("two"))
    assert office.states(user) == {"News one": ["held"], "News two": ["held"]}
    assert office.log(user)[0].deliveries[0].sentence == "Waits for the end of your quiet hours."
    office.service.resume()
    office.pass_time(6 * 3600 - 1)
    assert office.lofts.arrived == []
    office.clock.pass_time(1)
    office.service.resume()
    office.work()
    assert office.lofts.titles == ["2 messages: News one, News two"]
    assert "It is about one." in office.lofts.arrived[0][1].text
    assert "It is about two." in office.lofts.arrived[0][1].text
    assert office.states(user) == {"News one": ["sent"], "News two": ["sent"]}


def test_one_that_was_held_alone_is_itself(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    office.service.choices.save(user, NIGHTS)
    at(office, 2026, 11, 18, 2, 0)
    office.service.tell(user.id, news("one"))
    office.clock.pass_time(6 * 3600)
    office.service.resume()
    office.work()
    assert office.lofts.titles == ["News one"]


def test_a_late_try_does_not_wake_either(office: PostOffice) -> None:
    from vaultraider.domain.errors import ChannelUnavailable

    user = office.person()
    office.channel(user)
    office.service.choices.save(user, NIGHTS)
    at(office, 2026, 11, 18, 22, 59)
    office.lofts.answers = [ChannelUnavailable(), ChannelUnavailable()]
    office.service.tell(user.id, news("one"))
    office.pass_time(8 * 3600)
    assert office.states(user) == {"News one": ["held"]}
    office.pass_time(2 * 3600)
    assert office.states(user) == {"News one": ["sent"]}


def test_the_digest_is_one_message_a_day(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    digest = {"sign-in-lapsed": KindChoice("digest"), "xur-arrived": KindChoice("at-once")}
    office.service.choices.save(user, Choices(kinds=digest, digest_at=time(18, 30), time_zone="Europe/Berlin"))
    at(office, 2026, 11, 18, 19, 0)
    for key in ("one", "two", "three"):
        office.service.tell(user.id, news(key))
        office.pass_time(3600)
    assert office.log(user)[0].deliveries[0].sentence == "Goes into the next digest."
    office.service.tell(user.id, news("now", kind="xur-arrived"))
    office.work()
    assert office.lofts.titles == ["News now"]
    office.pass_time(24 * 3600)
    assert office.lofts.titles == ["News now", "3 messages: News one, News two, News three"]
    office.pass_time(48 * 3600)
    assert len(office.lofts.arrived) == 2


def test_a_digest_within_quiet_hours_waits_for_their_end(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    kinds = {"sign-in-lapsed": KindChoice("digest")}
    choices = Choices(kinds=kinds, digest_at=time(3), quiet=QuietHours(time(23), time(8)), time_zone="Europe/Berlin")
    office.service.choices.save(user, choices)
    at(office, 2026, 11, 18, 20, 0)
    office.service.tell(user.id, news())
    assert office.log(user)[0].deliveries[0].next == datetime(2026, 11, 19, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("then", "state", "sentence"),
    [
        (Choices(), "sent", "The pigeon came back."),
        (Choices(kinds={"sign-in-lapsed": KindChoice("off")}), "skipped", "You chose not to be told of this."),
        (Choices(kinds={"sign-in-lapsed": KindChoice("at-once", ())}), "skipped", "You chose not to be told of this."),
        (Choices(kinds={"sign-in-lapsed": KindChoice("digest")}), "held", "Goes into the next digest."),
    ],
    ids=["no quiet hours", "off", "other channels", "digest"],
)
def test_what_is_held_follows_a_change_of_mind(office: PostOffice, then: Choices, state: str, sentence: str) -> None:
    user = office.person()
    office.channel(user)
    office.service.choices.save(user, NIGHTS)
    at(office, 2026, 11, 18, 23, 30)
    office.service.tell(user.id, news())
    office.service.choices.save(user, then)
    office.work()
    said = office.log(user)[0].deliveries[0]
    assert (said.state, said.sentence) == (state, sentence)


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        (Choices(time_zone="Europe/Atlantis"), "time_zone"),
        (Choices(time_zone="../../etc/passwd"), "time_zone"),
        (Choices(time_zone=""), "time_zone"),
        (Choices(time_zone="Europe"), "time_zone"),
        (Choices(quiet=QuietHours(time(8), time(8))), "quiet"),
        (Choices(kinds={"nonsense": KindChoice("off")}), "kinds"),
        (Choices(kinds={"xur-arrived": KindChoice("off", (4711,))}), "kinds"),
    ],
)
def test_choices_that_are_none(office: PostOffice, choices: Choices, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        office.service.choices.save(office.person(), choices)
    assert caught.value.field == field


# --- the demo


def test_the_demo_has_a_channel_from_the_start_and_it_can_be_removed(office: PostOffice) -> None:
    demo = PostOffice(office.database, clock=office.clock, demo=True)
    user = demo.person()
    demo.service.tell(user.id, news())
    demo.work()
    assert demo.states(user) == {"News one": ["sent"]}
    (channel,) = demo.service.channels.all(user)
    assert (channel.channel.kind, channel.channel.title) == ("console", "This demo")
    demo.service.channels.remove(user, channel.channel.id)
    demo.service.begin(user)
    demo.service.tell(user.id, news("two"))
    assert demo.service.channels.all(user) == []


def test_one_who_cannot_be_told_keeps_it_from_nobody_else(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [office.person(name) for name in ("Marrow#4417", "Ilse#0077", "Tern#0092")]
    add = office.store.add

    def broken(user_id: int, *rest: Any) -> bool:
        if user_id == people[1].id:
            raise ZeroDivisionError
        return add(user_id, *rest)

    monkeypatch.setattr(office.store, "add", broken)
    with pytest.raises(ZeroDivisionError):
        office.service.tell_everybody(news())
    assert [len(office.log(each)) for each in people] == [1, 0, 1]
    monkeypatch.undo()
    assert office.service.tell_everybody(news()) == 1, "the next time it is told"
