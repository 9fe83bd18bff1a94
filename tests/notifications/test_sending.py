"""Each call of a channel ends in one of a few ways; whatever dies, nobody gets the same twice, and the log tells the truth."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from tests.notifications.post_office import NeverStops, PostOffice, news

from vaultraider.database.engine import Database
from vaultraider.domain.errors import AddressRefused, ChannelRefused, ChannelUnavailable, NotFound
from vaultraider.services.notifications.calling import KEY_LOST

HOUR = 3600


class Killed(BaseException):
    """The process is gone: nothing catches it, nothing is tidied up."""


def said(office: PostOffice, user: Any) -> tuple[str, str, int]:
    (delivery,) = office.log(user)[0].deliveries
    return delivery.state, delivery.sentence, delivery.tries


@pytest.mark.parametrize(
    ("answer", "state", "sentence", "trouble"),
    [
        (None, "sent", "The pigeon came back.", None),
        (
            ChannelRefused("Slack knows no such hook. Make a new one."),
            "failed",
            "Slack knows no such hook. Make a new one.",
            True,
        ),
        (AddressRefused(), "failed", AddressRefused.default, True),
        (NotFound("There is no such kind."), "failed", "There is no such kind.", True),
        (ChannelUnavailable("It is down."), "waiting", "It is down.", None),
        (
            ChannelUnavailable("No answer in 10 seconds.", maybe_sent=True),
            "unclear",
            "No answer in 10 seconds. It may have arrived, so it is not sent twice.",
            None,
        ),
        (
            ZeroDivisionError("https://hook/SECRET"),
            "failed",
            "Something went wrong here, and it was not sent. The log tells more.",
            True,
        ),
    ],
)
def test_how_a_call_ends(
    office: PostOffice,
    answer: Exception | None,
    state: str,
    sentence: str,
    trouble: bool | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    user = office.person()
    office.channel(user)
    office.lofts.answers = [answer]
    office.service.tell(user.id, news())
    office.work()
    assert said(office, user) == (state, sentence, 1)
    (channel,) = office.service.channels.all(user)
    assert (channel.state == "trouble") is bool(trouble)
    assert channel.sentence == (sentence if trouble else None)
    assert "SECRET" not in caplog.text


def test_a_service_that_comes_back_gets_it(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    office.lofts.answers = [ChannelUnavailable()] * 4
    office.service.tell(user.id, news())
    office.pass_time(2 * HOUR)
    assert said(office, user) == ("sent", "The pigeon came back.", 5)
    assert office.lofts.titles == ["News one"]


def test_the_waits_grow_and_end_after_about_a_day(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    calls: list[float] = []
    began = office.clock.now()
    office.lofts.on_call = lambda _message: calls.append((office.clock.now() - began).total_seconds())
    office.lofts.answers = [ChannelUnavailable("It is down.")] * 100
    office.service.tell(user.id, news())
    office.pass_time(72 * HOUR)
    waits = [after - before for before, after in itertools.pairwise(calls)]
    assert waits[:5] == [30.0, 120.0, 600.0, 1800.0, 7200.0]
    assert waits == sorted(waits)
    assert 18 * HOUR < calls[-1] < 30 * HOUR
    assert said(office, user)[:2] == ("failed", "Tried for a day, and given up. The last answer: It is down.")
    assert office.service.channels.all(user)[0].state == "trouble"


def test_what_the_service_says_of_later_is_kept_to(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    office.lofts.answers = [ChannelUnavailable(retry_after=900.0)]
    office.service.tell(user.id, news())
    office.work()
    office.service.tell(user.id, news("two"))
    office.pass_time(899)
    assert office.lofts.arrived == []
    office.pass_time(2)
    assert office.lofts.titles == ["2 messages: News one, News two"]


def test_one_that_cannot_be_sent_does_not_keep_the_others_for_hours(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)

    def choke(message: Any) -> None:
        if "poison" in message.text:
            raise ChannelUnavailable

    office.lofts.on_call = choke
    office.service.tell(user.id, news("poison", html="<p>poison</p>"))
    office.pass_time(12 * HOUR)
    office.service.tell(user.id, news("fine"))
    office.pass_time(400)
    assert office.states(user)["News fine"] == ["sent"]


def test_a_burst_is_two_messages(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    for number in range(30):
        office.service.tell(user.id, news(str(number)))
        office.work()
    office.pass_time(60)
    assert [title[:12] for title in office.lofts.titles] == ["News 0", "29 messages:"]
    text = office.lofts.arrived[1][1].text
    assert text.count("It is about") == 20
    assert text.endswith("And 9 more: they are on the page.")
    assert {state for states in office.states(user).values() for state in states} == {"sent"}


def test_what_has_a_page_of_its_own_goes_by_itself(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    office.lofts.answers = [ChannelUnavailable()]
    office.service.tell(user.id, news("plain"))
    office.work()
    office.service.tell(user.id, news("page", html="<p>Xûr</p>"))
    office.service.tell(user.id, news("also plain"))
    office.pass_time(120)
    assert office.lofts.titles == ["News page", "2 messages: News plain, News also plain"]


def test_channels_do_not_wait_for_each_other(office: PostOffice) -> None:
    user = office.person()
    for _ in range(2):
        office.channel(user)
    office.lofts.answers = [ChannelRefused("No.")]
    office.service.tell(user.id, news())
    office.work()
    assert office.states(user) == {"News one": ["failed", "sent"]}


def test_good_news_ends_a_channels_trouble(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    office.lofts.answers = [ChannelRefused("No.")]
    office.service.tell(user.id, news())
    office.work()
    office.service.tell(user.id, news("two"))
    office.work()
    (channel,) = office.service.channels.all(user)
    assert (channel.state, channel.sentence) == ("ok", None)


def test_a_channel_that_is_removed_or_switched_off_gets_nothing_more(office: PostOffice) -> None:
    user = office.person()
    first, second = office.channel(user), office.channel(user)
    office.lofts.answers = [ChannelUnavailable()] * 2
    office.service.tell(user.id, news())
    office.work()
    office.service.channels.remove(user, first.channel.id)
    office.service.channels.change(user, second.channel.id, enabled=False)
    office.pass_time(HOUR)
    assert office.lofts.arrived == []
    assert sorted(each.sentence for each in office.log(user)[0].deliveries) == [
        "The channel was removed.",
        "This channel is switched off.",
    ]
    assert [each.channel_title for each in office.log(user)[0].deliveries] == ["A pigeon", "A pigeon"]


def test_who_is_deleted_in_the_middle_gets_nothing_more(office: PostOffice) -> None:
    from vaultraider.database.personal_data import PersonalDataRepository

    user = office.person()
    office.channel(user)
    office.lofts.on_call = lambda _message: PersonalDataRepository(office.database).purge(user.id, user.bungie_id) and None
    office.service.tell(user.id, news())
    office.work()
    assert office.log(user) == []


def test_a_lost_key_is_told_and_breaks_nothing(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    other = PostOffice(office.database, clock=office.clock, lofts=office.lofts)
    other.service.tell(user.id, news())
    other.work()
    assert said(other, user)[0] == "failed"
    (channel,) = other.service.channels.all(user)
    assert channel.state == "trouble"
    assert channel.sentence == KEY_LOST
    mended = other.service.channels.change(user, channel.channel.id, given={"loft": "new", "ring": "NEW"})
    assert mended.state == "unused"
    other.service.tell(user.id, news("two"))
    other.work()
    assert other.lofts.titles == ["News two"]


# --- dying at every point


POINTS = ("begin", "send", "after the call", "end", "well")


def kill_at(office: PostOffice, point: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes this process die there, once; the returned function lets it live again."""

    def die(*_given: Any, **_named: Any) -> Any:
        raise Killed

    match point:
        case "begin":
            monkeypatch.setattr(office.store, "begin", die)
        case "send":
            monkeypatch.setattr(office.lofts, "send", die)
        case "after the call":
            arrived = office.lofts.arrived

            def sent_and_dead(kind: str, settings: Any, message: Any) -> Any:
                arrived.append(("", message))
                raise Killed

            monkeypatch.setattr(office.lofts, "send", sent_and_dead)
        case "end":
            monkeypatch.setattr(office.store, "end", die)
        case "well":
            monkeypatch.setattr(office.channel_store, "well", die)
    return monkeypatch.undo


@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_it_is_never_sent_twice(database: Database, point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    office = PostOffice(database)
    user = office.person()
    channel = office.channel(user).channel.id
    office.service.tell(user.id, news("weekend", kind="xur-arrived"))
    live = kill_at(office, point, monkeypatch)
    with pytest.raises(Killed):
        office.service.deliver(channel, NeverStops())
    live()
    for _ in range(5):  # restarts, each telling once more
        next_life = office.again()
        next_life.service.tell(user.id, news("weekend", kind="xur-arrived"))
        next_life.clock.pass_time(130)
        next_life.service.resume()
        next_life.pass_time(HOUR)
    state = office.states(user)["News weekend"][0]
    assert len(office.lofts.arrived) <= 1
    expected = {
        "begin": ("sent", 1),
        "send": ("unclear", 0),
        "after the call": ("unclear", 1),
        "end": ("unclear", 1),
        "well": ("sent", 1),
    }
    assert (state, len(office.lofts.arrived)) == expected[point]
    if state == "unclear":
        assert said(office, user)[1].startswith("The server stopped while this was being sent.")


def test_workers_that_send_at_once_send_it_once(database: Database) -> None:
    """Each channel's work is done alone; should that fail, the row decides."""
    office = PostOffice(database)
    user = office.person()
    channel = office.channel(user).channel.id
    office.service.tell(user.id, news())
    start = threading.Barrier(6)

    def one() -> None:
        mine = office.again()
        start.wait()
        mine.service.deliver(channel, NeverStops())

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert office.lofts.titles == ["News one"]
    assert office.states(user) == {"News one": ["sent"]}


def test_killed_between_writing_down_and_ringing_it_still_goes(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    user = office.person()
    office.channel(user)

    def die(*_given: Any, **_named: Any) -> Any:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(office.diary, "ask", die)
        with pytest.raises(Killed):
            office.service.tell(user.id, news())
    assert office.service.resume() == 1
    office.work()
    assert office.lofts.titles == ["News one"]


def test_a_sender_that_was_thought_dead_tells_how_it_ended_after_all(office: PostOffice) -> None:
    """It slept in the middle of its call, and another took over meanwhile."""
    user = office.person()
    channel = office.channel(user).channel.id
    other = office.again()
    seen: list[str] = []

    def meanwhile(_message: Any) -> None:
        other.service.deliver(channel, NeverStops())
        seen.extend(office.states(user)["News one"])

    office.lofts.on_call = meanwhile
    office.service.tell(user.id, news())
    office.work()
    assert seen == ["unclear"]
    assert office.states(user) == {"News one": ["sent"]}
    assert len(office.lofts.arrived) == 1


def test_a_try_that_is_over_late_does_not_open_what_was_given_up(office: PostOffice) -> None:
    user = office.person()
    channel = office.channel(user).channel.id
    other = office.again()
    office.lofts.on_call = lambda _message: other.service.deliver(channel, NeverStops()) and None
    office.lofts.answers = [ChannelUnavailable()]
    office.service.tell(user.id, news())
    office.pass_time(HOUR)
    assert office.states(user) == {"News one": ["unclear"]}


def test_the_database_goes_away_after_the_call(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    user = office.person()
    office.channel(user)
    office.service.tell(user.id, news())
    real, left = office.store.end, [3]

    def away(*given: Any, **named: Any) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise OSError("away")
        real(*given, **named)

    monkeypatch.setattr(office.store, "end", away)
    office.work()
    assert office.states(user) == {"News one": ["sent"]}
    assert len(office.lofts.arrived) == 1


def test_work_that_is_asked_to_stop_marks_nothing(office: PostOffice) -> None:
    class Stops:
        def check(self) -> None:
            raise Killed

    user = office.person()
    channel = office.channel(user).channel.id
    office.service.tell(user.id, news())
    with pytest.raises(Killed):
        office.service.deliver(channel, Stops())
    assert office.states(user) == {"News one": ["waiting"]}


def test_a_rest_until_next_year_is_a_clock_that_was_turned_back(office: PostOffice) -> None:
    user = office.person()
    office.channel(user)
    office.clock.pass_time(365 * 24 * HOUR)
    office.service.tell(user.id, news())
    office.work()
    office.clock.pass_time(-365 * 24 * HOUR)
    office.service.tell(user.id, news("two"))
    office.work()
    assert office.lofts.titles == ["News one", "News two"]


def test_that_something_is_being_sent_survives_a_power_cut(office: PostOffice) -> None:
    if office.database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's commits are always so")
    user = office.person()
    office.channel(user)
    said: list[str] = []
    event.listen(office.database.engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    office.service.tell(user.id, news())
    office.work()
    marking = next(index for index, each in enumerate(said) if "SET state" in each and "tries" in each)
    assert [each for each in said[:marking] if "synchronous" in each][-1] == "PRAGMA synchronous=FULL"
