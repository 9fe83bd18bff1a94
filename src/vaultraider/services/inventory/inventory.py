"""The use cases of a player's account."""

from __future__ import annotations

import threading
import unicodedata
from typing import Protocol

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.answer import encode_answer
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.details import describe_item
from vaultraider.domain.errors import InvalidInput, NotFound, VaultRaiderError
from vaultraider.domain.people import DestinyAccount, User
from vaultraider.domain.profile import Profile, assemble_profile, hashes_named
from vaultraider.domain.profile_parts import Incomplete, ItemDetails
from vaultraider.ports import (
    BungieUser,
    Clock,
    DefinitionsSource,
    Leases,
    MembershipRef,
    Nicknames,
    ProfileSource,
    Snapshots,
)
from vaultraider.services.inventory.answers import Answer
from vaultraider.services.inventory.held import Held, HeldAccounts, Rendered, State
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
    ) -> None:
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
        )

    def answer(self, user: User, membership: MembershipRef | None = None) -> Answer:
        """The profile, ready to be sent: the last known state at once; the first time, what Bungie says now.

        ``membership``: one of the person's accounts; by default the chosen one. Raises NotFound for anybody else's,
        DefinitionsMissing, and, where nothing is known yet, BungieError or SignInEnded.
        """
        return self._render(self._ready(user, membership)).answer

    def refresh(self, user: User, *, forced: bool = False, membership: MembershipRef | None = None) -> Refreshed:
        """Asks Bungie for a newer state. ``forced``: the person asked for it, so that the wait between two reads is shorter.

        Raises BungieError, SignInEnded or Conflict; what was known stays.
        """
        held = self._of(user, membership)
        self._reading.look(held)
        return self._reading.refresh(held, user, forced=forced)

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
        if held.state is None:
            self._reading.refresh(held, user)
        return held

    def _render(self, held: Held) -> Rendered:
        """The answer for the held state; made anew only when the state, the definitions or a nickname changed."""
        definitions = self._definitions.current()
        rendered, state, nicknames = held.rendered, held.state, held.nicknames
        if state is None:
            raise AssertionError("There is a state by now.")
        if rendered is not None and rendered.still_holds(state, definitions, nicknames):
            return rendered
        with held.build:
            state, nicknames = held.state or state, held.nicknames
            rendered = held.rendered
            if rendered is None or not rendered.still_holds(state, definitions, nicknames):
                profile = self._assemble(state, definitions, rendered, nicknames)
                answer = Answer(encode_answer(profile, self._head(held, state, definitions)))
                rendered = held.rendered = Rendered(profile, answer, state, definitions, nicknames)
        return rendered

    def _assemble(self, state: State, definitions: Definitions, rendered: Rendered | None, nicknames: dict[str, str]) -> Profile:
        catalogue = self._catalogue_of(definitions)
        if catalogue.is_new:
            catalogue.preload(hashes_named(state.snapshot))
        previous = rendered.profile if rendered is not None else None
        return assemble_profile(state.snapshot, catalogue, previous=previous, nicknames=nicknames, clan=state.clan or None)

    def _catalogue_of(self, definitions: Definitions) -> Catalogue:
        with self._catalogue_lock:
            if self._catalogue is None or self._catalogue.definitions is not definitions:
                self._catalogue = Catalogue(definitions)
            return self._catalogue

    def _head(self, held: Held, state: State, definitions: Definitions) -> _Head:
        user_id, membership = held.key
        names = {(each.type, each.id): each.name for each in self._people.accounts(user_id)}
        snapshot = state.snapshot
        return _Head(
            account=_AccountRef(membership.type, membership.id, names.get((membership.type, membership.id), "")),
            minted=snapshot.minted_text or UNSET,
            read=_stamp(snapshot.read.isoformat(timespec="seconds")),
            manifest=_ManifestRef(definitions.version, definitions.language, definitions.key),
            incomplete=state.incomplete or UNSET,
        )


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
