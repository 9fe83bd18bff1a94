"""A post office for tests: real tables, a clock that is turned by hand, and services that answer as they are told."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet
from tests.clocks import HandClock

from vaultraider.database.cipher import FernetCipher
from vaultraider.database.engine import Database
from vaultraider.database.notification_channels import ChannelRepository
from vaultraider.database.notification_choices import ChoiceRepository
from vaultraider.database.notifications import NotificationRepository
from vaultraider.database.users import UserRepository
from vaultraider.domain.errors import InvalidInput, NotFound
from vaultraider.domain.notifications import Message
from vaultraider.domain.people import User
from vaultraider.ports import ChannelForm, FormField, NotificationRecord, Sent
from vaultraider.services.notifications import Notifications
from vaultraider.services.notifications.channels import ShownChannel

PIGEON = ChannelForm(
    kind="pigeon",
    title="A pigeon",
    help="Flies.",
    icon="feather",
    fields=(
        FormField(name="loft", label="Loft", kind="address"),
        FormField(name="ring", label="Ring", kind="secret"),
        FormField(name="song", label="Song", required=False),
    ),
)
CONSOLE = ChannelForm(kind="console", title="This demo", help="", icon="terminal", fields=(), only_demo=True)


class Lofts:
    """Fits ``ports.ChannelKinds``. ``answers``: what the next calls raise, None for a good one; ``arrived``: what came, where."""

    def __init__(self, *, demo: bool = False) -> None:
        self._forms = (PIGEON, CONSOLE) if demo else (PIGEON,)
        self.answers: list[Exception | None] = []
        self.arrived: list[tuple[str, Message]] = []
        self.on_call: Callable[[Message], None] = lambda _message: None

    def forms(self) -> tuple[ChannelForm, ...]:
        return self._forms

    def check(self, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
        form = next((form for form in self._forms if form.kind == kind), None)
        if form is None:
            raise NotFound("There is no such kind of channel.")
        for field in form.fields:
            if field.required and not given.get(field.name):
                raise InvalidInput(field.name, f"{field.label} is needed.")
        return {field.name: given[field.name] for field in form.fields if given.get(field.name)}

    def label(self, kind: str, settings: Mapping[str, Any]) -> str:
        return f"to {settings.get('loft', 'here')}"

    def send(self, kind: str, settings: Mapping[str, Any], message: Message) -> Sent:
        if kind not in {form.kind for form in self._forms}:
            raise NotFound("There is no such kind of channel.")
        self.on_call(message)
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        self.arrived.append((str(settings.get("loft", "")), message))
        return Sent("The pigeon came back.")

    @property
    def titles(self) -> list[str]:
        return [message.title for _, message in self.arrived]


class Diary:
    """Stands in for the jobs: what was asked for, and when it is to begin."""

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self.asked: dict[int, datetime] = {}

    def ask(self, kind: str, arguments: Any = None, *, asked_by: str, after: float = 0.0) -> Any:
        assert kind == "deliver_notifications"
        when = self._clock.now() + timedelta(seconds=after)
        channel = arguments["channel"]
        self.asked[channel] = min(when, self.asked.get(channel, when))

    def take_due(self) -> list[int]:
        now = self._clock.now()
        due = sorted(channel for channel, when in self.asked.items() if when <= now)
        for channel in due:
            del self.asked[channel]
        return due


class NeverStops:
    def check(self) -> None:
        """There is time."""


class PostOffice:
    def __init__(
        self,
        database: Database,
        *,
        clock: HandClock | None = None,
        lofts: Lofts | None = None,
        key: str | None = None,
        demo: bool = False,
    ) -> None:
        self.database = database
        self.clock = clock or HandClock()
        self.lofts = lofts or Lofts(demo=demo)
        self.key = key or Fernet.generate_key().decode()
        self.diary = Diary(self.clock)
        self.users = UserRepository(database)
        self.store = NotificationRepository(database)
        self.channel_store = ChannelRepository(database, FernetCipher([self.key]))
        self.service = Notifications(
            store=self.store,
            channels=self.channel_store,
            choices=ChoiceRepository(database),
            kinds=self.lofts,
            users=self.users,
            jobs=self.diary,
            clock=self.clock,
        )
        self._lofts = itertools.count(1)

    def again(self) -> PostOffice:
        """Another process over the same tables."""
        return PostOffice(self.database, clock=self.clock, lofts=self.lofts, key=self.key)

    def person(self, name: str = "Marrow#4417", *, admin: bool = False) -> User:
        return self.users.welcome(name, name, admin=admin, now=self.clock.now())

    def channel(self, user: User, **more: Any) -> ShownChannel:
        given = {"loft": f"loft-{next(self._lofts)}", "ring": "RING-7-SECRET"}
        return self.service.channels.add(user, "pigeon", more.pop("title", ""), given | more, enabled=True)

    def work(self) -> None:
        """Does what the diary says is due, until nothing is."""
        for _ in range(100):
            due = self.diary.take_due()
            if not due:
                return
            for channel in due:
                self.service.deliver(channel, NeverStops())
        raise AssertionError("It never comes to an end.")

    def pass_time(self, seconds: float) -> None:
        """Time passes, and what comes due meanwhile is done in its order."""
        until = self.clock.now() + timedelta(seconds=seconds)
        for _ in range(1000):
            self.work()
            now = self.clock.now()
            coming = min((when for when in self.diary.asked.values() if when > now), default=None)
            if coming is None or coming > until:
                break
            self.clock.pass_time((coming - now).total_seconds())
        self.clock.pass_time((until - self.clock.now()).total_seconds())
        self.work()

    def log(self, user: User) -> list[NotificationRecord]:
        return self.service.latest(user, limit=100)

    def states(self, user: User) -> dict[str, list[str]]:
        """By title: the state of each delivery."""
        found: dict[str, list[str]] = defaultdict(list)
        for each in self.log(user):
            found[each.title] += [delivery.state for delivery in each.deliveries]
        return dict(found)


def news(key: str = "one", *, kind: str = "sign-in-lapsed", title: str = "", html: str = "") -> Message:
    return Message(kind=kind, key=key, title=title or f"News {key}", text=f"It is about {key}.", html=html)
