"""Invitations: how the owner of a server lets others in."""

from __future__ import annotations

import secrets
from datetime import timedelta

from vaultraider.domain.errors import Forbidden, InvalidInput, NotFound
from vaultraider.domain.people import Invitation, User
from vaultraider.ports import Clock, Invitations

LIFE_DAYS = 14
NOTE_LENGTH = 80
MOST_OPEN = 100


class InvitationDesk:
    """Only an admin may use it."""

    def __init__(self, *, invitations: Invitations, clock: Clock) -> None:
        self._invitations = invitations
        self._clock = clock

    def all(self, admin: User) -> list[Invitation]:
        """Newest first, used and expired ones too."""
        _only_admin(admin)
        return self._invitations.all()

    def invite(self, admin: User, note: str) -> tuple[Invitation, str]:
        """A new invitation and its secret, which is told this once. ``note`` says whom it is for."""
        _only_admin(admin)
        note = note.strip()
        if len(note) > NOTE_LENGTH or not note.isprintable():
            raise InvalidInput("note", f"The note is at most {NOTE_LENGTH} ordinary characters on one line.")
        now = self._clock.now()
        if sum(1 for each in self._invitations.all() if each.used is None and each.expires > now) >= MOST_OPEN:
            raise Forbidden(f"There are {MOST_OPEN} open invitations. Withdraw some first.")
        secret = secrets.token_urlsafe(24)
        made = self._invitations.add(secret, note=note, created_by=admin.id, now=now, expires=now + timedelta(days=LIFE_DAYS))
        return made, secret

    def withdraw(self, admin: User, number: int) -> None:
        """Ends an invitation. Who came in by it stays. Raises NotFound."""
        _only_admin(admin)
        if not self._invitations.withdraw(number):
            raise NotFound("There is no such invitation.")

    def is_open(self, secret: str) -> bool:
        """Whether somebody may come in by this link."""
        return self._invitations.find(secret, self._clock.now()) is not None


def _only_admin(user: User) -> None:
    if not user.is_admin:
        raise Forbidden("Only the owner of this server may invite.")
