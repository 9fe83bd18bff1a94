"""The use cases of a player's account."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.annotations import Annotation
from vaultraider.domain.answer import Remarks, encode_answer
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.details import describe_item
from vaultraider.domain.errors import DefinitionsMissing, InvalidInput, NotFound, VaultRaiderError
from vaultraider.domain.overlay import Settled, lay_over, verdicts
from vaultraider.domain.people import DestinyAccount, User
from vaultraider.domain.profile import Profile, assemble_profile, hashes_named
from vaultraider.domain.profile_parts import Incomplete, ItemDetails
from vaultraider.domain.snapshot import ProfileSnapshot, at_a_known_time
from vaultraider.domain.wishes import Verdict
from vaultraider.ports import (
    BungieUser,
    Clock,
    DefinitionsSource,
    Leases,
    MembershipRef,
    Nicknames,
    ProfileSource,
    SnapshotListener,
    Snapshots,
)
from vaultraider.ports.annotations import AnnotationsOf
from vaultraider.ports.inventory import VerdictsOf
from vaultraider.services.inventory.answers import Answer
from vaultraider.services.inventory.held import Answered, Held, HeldAccounts, Rendered, State
from vaultraider.services.inventory.own_effects import Effects, NoEffects, OwnEffects, unseen_now
from vaultraider.services.inventory.reading import Credentials, Reading, Refreshed
from vaultraider.services.status import ProfileFreshness

NICKNAME_LENGTH = 24
_JOINERS = frozenset("\u200c\u200d")
"""Of the invisible characters only these two belong into names: they shape scripts and emoji."""


class Accounts(Protocol):
    """Which account of a person is looked at."""

    def membership(self, user: User) -> MembershipRef: ...


class People(Protocol):
    def accounts(self, user_id: int) -> list[DestinyAccount]: ...


class _NoAnnotations:
    """Where nobody ever says anything of an item."""

    _none: Mapping[str, Annotation] = {}

    def of(self, user_id: int, membership: MembershipRef) -> Mapping[str, Annotation]:
        return self._none


class _NoVerdicts:
    """Where there are no wish lists."""

    _none: Mapping[str, Verdict] = {}

    def of(self, user_id: int, profile: Profile) -> Mapping[str, Verdict]:
        return self._none


class _AccountRef(msgspec.Struct):
    type: int
    id: str
    name: str


class _ManifestRef(msgspec.Struct):
    version: str
    language: str
    key: str


class _Head(msgspec.Struct, kw_only=True):
    """How the answer begins: whose, from when, by which definitions."""

    account: _AccountRef
    minted: str | UnsetType = UNSET
    read: str
    manifest: _ManifestRef
    incomplete: tuple[Incomplete, ...] | UnsetType = UNSET


class Inventory:
    """One for a process. Every method looks only at accounts of the given person."""

    def __init__(
        self,
        *,
        source: ProfileSource,
        bungie_user: BungieUser,
        credentials: Credentials,
        accounts: Accounts,
        people: People,
        snapshots: Snapshots,
        nicknames: Nicknames,
        definitions: DefinitionsSource,
        leases: Leases,
        clock: Clock,
        effects: Effects | None = None,
        annotations: AnnotationsOf | None = None,
        verdicts: VerdictsOf | None = None,
    ) -> None:
        """``effects``: what we did; nothing, where nothing is ever moved. ``annotations``, ``verdicts``: what the answer tells
        beside the profile."""
        self._annotations = annotations or _NoAnnotations()
        self._verdicts = verdicts or _NoVerdicts()
        self._clock = clock
        self._own = OwnEffects(effects or NoEffects(), clock)
        self._accounts = accounts
        self._people = people
        self._nicknames = nicknames
        self._definitions = definitions
        self._held = HeldAccounts()
        self._catalogue: Catalogue | None = None
        self._catalogue_lock = threading.Lock()
        self._reading = Reading(
            source=source,
            people=bungie_user,
            credentials=credentials,
            snapshots=snapshots,
            nicknames=nicknames,
            leases=leases,
            clock=clock,
            lay_over=self._lay_over,
            pattern_records=self._pattern_records,
        )

    def answer(self, user: User, membership: MembershipRef | None = None) -> Answer:
        """The profile, ready to be sent: the last known state at once; the first time, what Bungie says now. Our own moves lie
        over it until Bungie's profile shows them.

        ``membership``: one of the person's accounts; by default the chosen one. Raises NotFound for anybody else's,
        DefinitionsMissing, and, where nothing is known yet, BungieError or SignInEnded.
        """
        held = self._ready(user, membership)
        rendered = self._render(held)
        annotations = self._annotations.of(*held.key)
        verdicts = self._verdicts.of(user.id, rendered.profile)
        answer = _ready_answer(rendered, annotations, verdicts)
        if answer is None:
            with held.build:
                answer = _ready_answer(rendered, annotations, verdicts)
                if answer is None:
                    body = encode_answer(rendered.profile, self._head(held, rendered), Remarks(annotations, verdicts))
                    answer = Answer(body)
                    rendered.answered = Answered(answer, annotations, verdicts)
        return answer

    def profile_for_moving(self, user: User, membership: MembershipRef | None = None) -> Profile:
        """The same, to plan on. Raises as ``answer`` does."""
        return self._render(self._ready(user, membership)).profile

    def snapshot_of(self, user: User, membership: MembershipRef | None = None) -> ProfileSnapshot | None:
        """Bungie's word as last accepted, nothing laid over it; None where there is none. Asks nobody but our own database.

        Parts that Bungie left out stand there as last known, and are named.
        """
        held = self._of(user, membership)
        self._reading.look(held)
        return at_a_known_time(held.state.snapshot, self._clock.now()) if held.state is not None else None

    def speaks_of(self, user: User, moment: datetime, membership: MembershipRef | None = None) -> bool:
        """Whether the last accepted word of Bungie's must know what was done until ``moment``."""
        snapshot = self.snapshot_of(user, membership)
        return snapshot is not None and snapshot.speaks_of(moment)

    def verdicts(self, user: User, membership: MembershipRef | None = None) -> dict[int, Settled]:
        """What Bungie's last accepted word says of our unsettled steps, by step id."""
        snapshot = self.snapshot_of(user, membership)
        if snapshot is None:
            return {}
        return verdicts(snapshot, self._own.now(self._of(user, membership)), self._clock.now())

    def effects_changed(self, user_id: int, membership: MembershipRef) -> None:
        """A step was done or settled: whoever asks this process next sees it. Other processes see it within half a second."""
        held = self._held.known(user_id, membership)
        if held is not None:
            held.effects_looked = None

    def refresh(self, user: User, *, forced: bool = False, membership: MembershipRef | None = None) -> Refreshed:
        """Asks Bungie for a newer state. ``forced``: the person asked for it, so that the wait between two reads is shorter.

        Raises BungieError, SignInEnded or Conflict; what was known stays.
        """
        held = self._of(user, membership)
        self._reading.look(held)
        return self._reading.refresh(held, user, forced=forced)

    def last_read(self, user: User, membership: MembershipRef | None = None) -> Refreshed | None:
        """How old the known state is, as a refresh would say that found nothing; None where there is none. Asks nobody but our
        own database."""
        held = self._of(user, membership)
        self._reading.look(held)
        return self._reading.known(held)

    def listen(self, listener: SnapshotListener) -> None:
        """``listener`` hears of each state that this process accepts from now on."""
        self._reading.listeners.append(listener)

    def catalogue(self) -> Catalogue:
        """Today's definitions made ready: one for all who join states with them. Raises DefinitionsMissing."""
        return self._catalogue_of(self._definitions.current())

    def item(self, user: User, id: str) -> ItemDetails:
        """One item in full. Raises NotFound where the person has no such item."""
        profile = self._render(self._ready(user, None)).profile
        entry = profile.find(id)
        if entry is None:
            raise NotFound("You have no such item. It may have been dismantled, or merged with another stack.")
        return describe_item(profile, entry)

    def rename(self, user: User, character_id: str, nickname: str) -> str:
        """Gives a guardian a nickname, or takes it away with an empty one; what it is now.

        Raises InvalidInput for one that is too long or has characters that cannot be seen, NotFound for a guardian that is
        not theirs.
        """
        name = clean_nickname(nickname)
        held = self._ready(user, None)
        profile = self._render(held).profile
        if all(character.id != character_id for character in profile.characters):
            raise NotFound("You have no such guardian.")
        self._nicknames.save(*held.key, character_id, name)
        with held.build:
            held.nicknames = self._nicknames.of(*held.key)
        return name

    def freshness(self, user: User) -> ProfileFreshness | None:
        """How old the shown state is; None while there is none. Asks nobody but our own database, and never raises for what
        Bungie does."""
        try:
            held = self._of(user, None)
        except VaultRaiderError:
            return None  # No account is known yet.
        self._reading.look(held)
        if held.state is None:
            return None
        snapshot = held.state.snapshot
        return ProfileFreshness(read=snapshot.read, minted=snapshot.minted or UNSET)

    def forget(self, user: User) -> None:
        """Drops what is in memory about a person."""
        self._held.forget(user.id)

    def _of(self, user: User, membership: MembershipRef | None) -> Held:
        if membership is None:
            membership = self._accounts.membership(user)
        elif all((each.type, each.id) != (membership.type, membership.id) for each in self._people.accounts(user.id)):
            raise NotFound("This is none of your Destiny accounts.")
        return self._held.get(user.id, membership)

    def _ready(self, user: User, membership: MembershipRef | None) -> Held:
        """The account with some state: from memory, else from the database, else from Bungie."""
        held = self._of(user, membership)
        self._reading.look(held)
        self._own.look(held, before=self._look_again)
        if held.state is None:
            self._reading.refresh(held, user)
        return held

    def _look_again(self, held: Held) -> None:
        self._reading.look(held, now=True)

    def _render(self, held: Held) -> Rendered:
        """The held state as shown; made anew only when something that it was made of changed."""
        definitions = self._definitions.current()
        rendered, state = held.rendered, held.state
        if state is None:
            raise AssertionError("There is a state by now.")
        if rendered is not None and self._still_holds(rendered, held, state, definitions):
            return rendered
        with held.build:
            state, rendered = held.state or state, held.rendered
            if rendered is None or not self._still_holds(rendered, held, state, definitions):
                rendered = held.rendered = self._assemble(held, state, definitions, rendered)
        return rendered

    def _still_holds(self, rendered: Rendered, held: Held, state: State, definitions: Definitions) -> bool:
        if not rendered.still_holds(state, held.effects, definitions, held.nicknames):
            return False
        return rendered.until is None or self._clock.now() < rendered.until

    def _assemble(self, held: Held, state: State, definitions: Definitions, rendered: Rendered | None) -> Rendered:
        effects, nicknames = held.effects, held.nicknames
        catalogue = self._catalogue_of(definitions)
        if catalogue.is_new:
            catalogue.preload(hashes_named(state.snapshot))
        now = self._clock.now()
        laid = lay_over(at_a_known_time(state.snapshot, now), effects, definitions.item)
        unseen = unseen_now(laid.unseen, now)
        profile = assemble_profile(
            laid.snapshot,
            catalogue,
            previous=rendered.profile if rendered is not None else None,
            nicknames=nicknames,
            clan=state.clan or None,
            pending=unseen.pending,
        )
        return Rendered(profile, state, effects, definitions, nicknames, unseen.until)

    def _lay_over(self, held: Held, snapshot: ProfileSnapshot) -> ProfileSnapshot:
        effects = self._own.now(held)
        if not effects:
            return snapshot
        try:
            definitions = self._definitions.current()
        except DefinitionsMissing:
            return snapshot
        return lay_over(at_a_known_time(snapshot, self._clock.now()), effects, definitions.item).snapshot

    def _pattern_records(self) -> Collection[int]:
        try:
            return self._definitions.current().patterns.values()
        except DefinitionsMissing:
            return ()

    def _catalogue_of(self, definitions: Definitions) -> Catalogue:
        with self._catalogue_lock:
            if self._catalogue is None or self._catalogue.definitions is not definitions:
                self._catalogue = Catalogue(definitions)
            return self._catalogue

    def _head(self, held: Held, rendered: Rendered) -> _Head:
        user_id, membership = held.key
        state, definitions = rendered.state, rendered.definitions
        names = {(each.type, each.id): each.name for each in self._people.accounts(user_id)}
        snapshot = state.snapshot
        return _Head(
            account=_AccountRef(membership.type, membership.id, names.get((membership.type, membership.id), "")),
            minted=snapshot.minted_text or UNSET,
            read=_stamp(snapshot.read.isoformat(timespec="seconds")),
            manifest=_ManifestRef(definitions.version, definitions.language, definitions.key),
            incomplete=state.incomplete or UNSET,
        )


def _ready_answer(rendered: Rendered, annotations: Mapping[str, Annotation], verdicts: Mapping[str, Verdict]) -> Answer | None:
    """The one made before, if it told just this."""
    made = rendered.answered
    same = made is not None and made.annotations is annotations and made.verdicts is verdicts
    return made.answer if made is not None and same else None


def clean_nickname(text: str) -> str:
    """Trimmed. Raises InvalidInput when it is too long or holds what cannot be seen."""
    name = text.strip()
    if any(_is_hidden(sign) for sign in name):
        raise InvalidInput("nickname", "A nickname can hold only characters that can be seen.")
    if len(name) > NICKNAME_LENGTH:
        raise InvalidInput("nickname", f"A nickname has at most {NICKNAME_LENGTH} characters; this one has {len(name)}.")
    return name


def _is_hidden(sign: str) -> bool:
    """Control and format characters (those that turn the direction of the text are a way to deceive), and line separators."""
    category = unicodedata.category(sign)
    return (category[0] == "C" and sign not in _JOINERS) or category in ("Zl", "Zp")


def _stamp(text: str) -> str:
    return text.replace("+00:00", "Z")
