"""A person's channels: what is secret stays so, and stays where it was meant for."""

from __future__ import annotations

from typing import Any

import pytest
from tests.notifications.post_office import PostOffice

from vaultraider.domain.errors import ChannelRefused, ChannelUnavailable, Conflict, InvalidInput, NotFound
from vaultraider.services.notifications.channels import MOST


@pytest.mark.parametrize(
    ("given", "becomes"),
    [
        ({}, {"loft": "loft-1", "ring": "RING-7-SECRET"}),
        ({"song": "coo"}, {"loft": "loft-1", "ring": "RING-7-SECRET", "song": "coo"}),
        ({"loft": "loft-1", "song": "coo"}, {"loft": "loft-1", "ring": "RING-7-SECRET", "song": "coo"}),
        ({"ring": "NEW"}, {"loft": "loft-1", "ring": "NEW"}),
        ({"loft": "far", "ring": "NEW"}, {"loft": "far", "ring": "NEW"}),
    ],
)
def test_what_is_left_out_is_kept(office: PostOffice, given: dict[str, Any], becomes: dict[str, Any]) -> None:
    user = office.person()
    number = office.channel(user).channel.id
    changed = office.service.channels.change(user, number, given=given)
    assert changed.channel.settings == becomes
    assert "ring" not in changed.settings and changed.kept == ("ring",)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"loft": "far"}, "ring"), ({"loft": "far", "ring": None}, "ring"), ({"ring": None}, "ring"), ({"loft": ""}, "ring")],
)
def test_a_secret_stays_where_it_was_meant_for(office: PostOffice, given: dict[str, Any], field: str) -> None:
    user = office.person()
    number = office.channel(user).channel.id
    with pytest.raises(InvalidInput) as caught:
        office.service.channels.change(user, number, given=given)
    assert caught.value.field == field


def test_an_optional_field_is_cleared_by_nothing(office: PostOffice) -> None:
    user = office.person()
    number = office.channel(user, song="coo").channel.id
    assert "song" not in office.service.channels.change(user, number, given={"song": None}).settings


def test_there_is_an_end_to_channels(office: PostOffice) -> None:
    user = office.person()
    for _ in range(MOST):
        office.channel(user)
    with pytest.raises(Conflict):
        office.channel(user)


@pytest.mark.parametrize(
    ("answer", "ok", "state"),
    [(None, True, "ok"), (ChannelRefused("No."), False, "trouble"), (ChannelUnavailable("Down."), False, "unused")],
)
def test_a_test_says_what_came_of_it(office: PostOffice, answer: Exception | None, ok: bool, state: str) -> None:
    user = office.person()
    number = office.channel(user).channel.id
    office.lofts.answers = [answer]
    trial = office.service.channels.test(user, number)
    assert trial.ok is ok
    assert trial.sentence == (str(answer) if answer else "The pigeon came back.")
    (shown,) = office.service.channels.all(user)
    assert shown.state == state
    assert office.log(user) == []


def test_two_tests_are_two_messages(office: PostOffice) -> None:
    user = office.person()
    number = office.channel(user).channel.id
    for _ in range(2):
        office.service.channels.test(user, number)
        office.clock.pass_time(1)
    assert len({message.key for _, message in office.lofts.arrived}) == 2


def test_a_kind_that_this_version_lacks_shows_no_setting(office: PostOffice) -> None:
    user = office.person()
    office.channel_store.add(
        user.id, kind="raven", title="R", label="", settings={"x": "SECRET"}, enabled=True, now=office.clock.now()
    )
    (shown,) = office.service.channels.all(user)
    assert (shown.settings, shown.state) == ({}, "trouble")
    with pytest.raises(Conflict):
        office.service.channels.change(user, shown.channel.id, given={})
    office.service.channels.remove(user, shown.channel.id)
    assert office.service.channels.all(user) == []


def test_somebody_elses_is_not_there(office: PostOffice) -> None:
    marrow, tern = office.person(), office.person("Tern#0092")
    number = office.channel(marrow).channel.id
    for act in (office.service.channels.test, office.service.channels.remove, office.service.channels.change):
        with pytest.raises(NotFound):
            act(tern, number)


def test_nothing_secret_is_in_a_repr(office: PostOffice) -> None:
    user = office.person()
    shown = office.channel(user)
    assert "SECRET" not in repr(shown.channel)


def test_a_new_key_takes_the_channels_along(office: PostOffice) -> None:
    from cryptography.fernet import Fernet

    from vaultraider.database.cipher import FernetCipher
    from vaultraider.database.notification_channels import ChannelRepository

    user = office.person()
    office.channel(user)
    new = Fernet.generate_key().decode()
    both = ChannelRepository(office.database, FernetCipher([new, office.key]))
    assert both.reseal() == 1
    alone = PostOffice(office.database, clock=office.clock, lofts=office.lofts, key=new)
    (shown,) = alone.service.channels.all(user)
    assert shown.channel.settings == {"loft": "loft-1", "ring": "RING-7-SECRET"}
