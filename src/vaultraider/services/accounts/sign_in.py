"""Signing in with Bungie: to Bungie with a ``state``, back with a code, and who may come in.

The state is random, lives ten minutes, is good for one return, and is kept in the browser session that began: a return that
this browser did not begin is refused before anything is asked of Bungie.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import secrets
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from vaultraider.domain.errors import BungieGarbled, BungieRefusal, CredentialsRefused, Forbidden, SignInEnded
from vaultraider.domain.linked_profiles import BungieNetUser, Memberships
from vaultraider.domain.people import User
from vaultraider.ports import BungieUser, Clock, Invitations, OAuthGateway, Tokens, Users
from vaultraider.services.accounts.destiny import DestinyAccounts

logger = logging.getLogger(__name__)

STATE_LIFE = timedelta(minutes=10)
MOST_PENDING = 5
"""Sign-ins that one browser may have begun at once: several tabs, not a heap."""

PENDING = "sign_in"

FOREIGN = "This sign-in was not started here, or it took too long. Start again from the front page."
DENIED = "You did not give Vault Raider the permission at Bungie.net. Nothing was stored; sign in again whenever you like."
UNFINISHED = "Bungie.net did not finish the sign-in. Try again."
NO_OWNER = "This server has no owner yet. Its owner opens /setup first, with the set-up token that `vaultraider up` prints."
NOT_INVITED = "You are not invited to this server. Ask its owner for an invitation link."
WRONG_SETUP = "This is not the set-up token. `vaultraider up` prints it at its start."
OWNED = "This server has an owner already. Sign in, or ask the owner for an invitation."


@dataclass(frozen=True, kw_only=True)
class AccessRules:
    """Who may come in without an invitation. ``allow``: Bungie names or bungie.net ids."""

    allow: tuple[str, ...] = ()
    open_sign_in: bool = False

    def allows(self, bungie_id: str, bungie_name: str) -> bool:
        """``bungie_name`` with Bungie's number, or empty: any other name is its owner's choice, and may be anybody's."""
        wanted = {each.strip().casefold() for each in self.allow} - {""}
        return self.open_sign_in or bungie_id in wanted or bungie_name.casefold() in wanted


class SignedIn(msgspec.Struct, frozen=True):
    """It worked; ``next_path`` is the local path where the person wanted to go."""

    user: User
    next_path: str


class Declined(msgspec.Struct, frozen=True):
    """It did not, and nothing was stored. ``sentence`` says why."""

    sentence: str


class _Pending(msgspec.Struct, kw_only=True):
    """A sign-in that was begun. Of the state only a hash is kept: who reads the database can finish nobody's sign-in."""

    state_hash: str
    expires: datetime
    next_path: str
    invitation: int | None = None
    setup: bool = False


class SignInDesk:
    """``browser`` is everywhere the browser's session: a mapping that only this server can write, of JSON values."""

    def __init__(
        self,
        *,
        oauth: OAuthGateway,
        bungie_user: BungieUser,
        users: Users,
        tokens: Tokens,
        invitations: Invitations,
        destiny: DestinyAccounts,
        rules: AccessRules,
        setup_secret: bytes,
        clock: Clock,
    ) -> None:
        self._oauth = oauth
        self._bungie_user = bungie_user
        self._users = users
        self._tokens = tokens
        self._invitations = invitations
        self._destiny = destiny
        self._rules = rules
        self._setup_secret = setup_secret
        self._clock = clock

    def begin(self, browser: MutableMapping[str, Any], *, next_path: str = "/", invitation: str = "", setup: bool = False) -> str:
        """Bungie's address to send the browser to. ``setup``: the set-up token was given just now."""
        now = self._clock.now()
        state = secrets.token_urlsafe(32)
        pending = _Pending(
            state_hash=_hash(state),
            expires=now + STATE_LIFE,
            next_path=next_path,
            invitation=self._invitations.find(invitation, now) if invitation else None,
            setup=setup,
        )
        waiting = [each for each in _load(browser) if each.expires > now][-(MOST_PENDING - 1) :]
        _store(browser, [*waiting, pending])
        return self._oauth.authorize_url(state)

    def complete(
        self, browser: MutableMapping[str, Any], *, state: str | None, code: str | None, error: str | None
    ) -> SignedIn | Declined:
        """What Bungie's return means.

        Raises Forbidden for a return that this browser did not begin and for a person who may not come in,
        BungieUnavailable when Bungie cannot answer now.
        """
        pending = self._take_pending(browser, state)
        if error is not None:
            return Declined(DENIED if error == "access_denied" else UNFINISHED)
        if not code:
            return Declined(UNFINISHED)
        try:
            pair = self._oauth.exchange(code)
            memberships = self._who_is_it(pair.access_token)
        except (SignInEnded, CredentialsRefused, BungieRefusal) as refusal:
            logger.info("Bungie refused to finish a sign-in: %s", refusal.code)
            return Declined(UNFINISHED if isinstance(refusal, CredentialsRefused) else refusal.sentence)
        person = memberships.bungie_net_user
        if person.membership_id != pair.bungie_membership_id:
            raise Forbidden("Bungie.net gave the permission of one person and the name of another. Sign in again.")
        user = self._admit(person, pending)
        self._tokens.save(user.id, pair)
        self._destiny.learn(user, pair.access_token, memberships)
        logger.info("User %s signed in as %s", user.id, user.role)
        return SignedIn(user, pending.next_path)

    def setup_token(self) -> str | None:
        """What the first person must know to become the owner; None when there is an owner, or none is needed.

        It follows from the server's key, so that every process knows it and nothing has to be kept.
        """
        if self._rules.open_sign_in or self._users.has_admin():
            return None
        digest = hmac.new(self._setup_secret, b"set-up token", hashlib.sha256).digest()
        text = base64.b32encode(digest).decode()[:20]
        return "-".join(text[start : start + 5] for start in range(0, 20, 5))

    def check_setup_token(self, given: str) -> None:
        """Raises Forbidden when it is not the set-up token, or when there is nothing to set up."""
        token = self.setup_token()
        if token is None:
            raise Forbidden(OWNED)
        plain = "".join(given.split()).replace("-", "").upper()
        if not hmac.compare_digest(plain.encode(), token.replace("-", "").encode()):
            raise Forbidden(WRONG_SETUP)

    def _take_pending(self, browser: MutableMapping[str, Any], state: str | None) -> _Pending:
        """The sign-in that this state belongs to. It is used up, whatever comes after."""
        waiting = _load(browser)
        given = _hash(state or "")
        found = [each for each in waiting if hmac.compare_digest(each.state_hash, given)]
        if not found:
            raise Forbidden(FOREIGN)
        _store(browser, [each for each in waiting if each not in found])
        if found[0].expires <= self._clock.now():
            raise Forbidden(FOREIGN)
        return found[0]

    def _who_is_it(self, access_token: str) -> Memberships:
        try:
            return msgspec.json.decode(self._bungie_user.memberships_for_current_user(access_token), type=Memberships)
        except msgspec.DecodeError as error:
            raise BungieGarbled from error

    def _admit(self, person: BungieNetUser, pending: _Pending) -> User:
        """The person's row, new or known. Raises Forbidden; then nothing is stored."""
        known = self._users.by_bungie_id(person.membership_id)
        needs_owner = not self._users.has_admin()
        admin = needs_owner and (pending.setup or self._rules.open_sign_in)
        invitation = None
        if known is None and not admin:
            if needs_owner:
                raise Forbidden(NO_OWNER)
            if not self._rules.allows(person.membership_id, person.bungie_name):
                invitation = self._claim(pending)
        user = self._users.welcome(person.membership_id, person.name, admin=admin, now=self._clock.now())
        if invitation is not None:
            self._invitations.used_by(invitation, user.id)
        return user

    def _claim(self, pending: _Pending) -> int:
        if pending.invitation is None or not self._invitations.claim(pending.invitation, self._clock.now()):
            raise Forbidden(NOT_INVITED)
        return pending.invitation


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _load(browser: MutableMapping[str, Any]) -> list[_Pending]:
    return msgspec.convert(browser.get(PENDING, []), list[_Pending])


def _store(browser: MutableMapping[str, Any], pending: list[_Pending]) -> None:
    browser[PENDING] = msgspec.to_builtins(pending)
