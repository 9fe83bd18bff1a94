"""The browser's session: a random secret in a cookie, everything else in the database.

It costs nothing until it is looked at. A visitor who is not signed in has no row until something must be remembered: the
CSRF token follows from the cookie alone. Signing in makes a new row under a new secret, so that whatever a stranger planted
in a browser never becomes anybody's session; and the secret of a person's session, once ended, is never taken up again.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, cast

import flask
import msgspec
from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

from vaultraider.domain.errors import StorageFull
from vaultraider.domain.people import User
from vaultraider.ports import BrowserSession, BrowserSessions, Clock

logger = logging.getLogger(__name__)

COOKIE = "vaultraider_session"
IDLE = timedelta(days=14)
ABSOLUTE = timedelta(days=60)
VISITOR = timedelta(hours=1)
"""How long a session without a person is kept: the way to Bungie and back."""
TOUCH_EVERY = timedelta(hours=1)
CSRF = "csrf_token"

_SECRET = re.compile(r"[vp][A-Za-z0-9_-]{43}")
_VISITOR, _PERSON = "v", "p"
"""What a secret begins with, so that one cannot pass for the other."""


class DatabaseSession(SessionMixin):
    """One browser's session during one request. ``user`` is who is signed in."""

    def __init__(self, secret: str | None, look_up: Callable[[str], BrowserSession | None]) -> None:
        self._secret = secret
        self._look_up = look_up
        self._stored: BrowserSession | None = None
        self._values: dict[str, Any] | None = None
        self._user_id: int | None = None
        self.given = secret
        self.fresh_secret = False
        self.ended = False
        self.modified = False
        self.accessed = False

    @property
    def user(self) -> User | None:
        self._load()
        return self._stored.user if self._stored and not self.ended else None

    @property
    def stored(self) -> BrowserSession | None:
        """The row that this request found."""
        return self._stored

    @property
    def user_id(self) -> int | None:
        """Whose the session is from now on."""
        return self._user_id

    @property
    def secret(self) -> str:
        """What the cookie holds; made when there is none that is good."""
        if self._secret is not None and self._secret.startswith(_PERSON):
            self._load()
        if self._secret is None:
            self._renew(_VISITOR)
        return cast(str, self._secret)

    def _renew(self, kind: str) -> None:
        self._secret = kind + secrets.token_urlsafe(32)
        self.fresh_secret = True

    def sign_in(self, user: User) -> None:
        """From now on it is this person's, under a new secret and with nothing of what was before."""
        self._load()
        self._values = {}
        self._user_id = user.id
        self._renew(_PERSON)
        self.modified = True

    def end(self) -> None:
        """Signs out."""
        self._load()
        self._values = {}
        self.ended = True

    def _load(self) -> dict[str, Any]:
        self.accessed = True
        if self._values is None:
            self._stored = self._look_up(self._secret) if self._secret else None
            if self._stored is None and self._secret is not None and self._secret.startswith(_PERSON):
                self._secret = None  # it has ended
            self._values = msgspec.json.decode(self._stored.data) if self._stored else {}
            self._user_id = self._stored.user.id if self._stored and self._stored.user else None
        return self._values

    def __getitem__(self, key: str) -> Any:
        if key == CSRF:
            self.accessed = True
            return hashlib.sha256(b"csrf " + self.secret.encode()).hexdigest()
        return self._load()[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._load()[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        del self._load()[key]
        self.modified = True

    def __contains__(self, key: object) -> bool:
        return key == CSRF or key in self._load()

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())

    def lasts(self) -> bool:
        """Whether somebody signed in then and the session has not ended since. It may be asked long after the request."""
        found = self._look_up(self.given) if self.given and self._stored and self._stored.user else None
        return found is not None and found.user is not None and found.user.id == self._user_id

    def encoded(self) -> bytes:
        return msgspec.json.encode(self._load())


class DatabaseSessions(SessionInterface):
    """Opens and saves sessions. A request writes only when something changed, or once an hour to note that it is in use."""

    def __init__(self, sessions: BrowserSessions, clock: Clock, *, secure: bool = False) -> None:
        """``secure``: people come by https, even where a proxy does not tell us so; else each request is looked at."""
        self._sessions = sessions
        self._clock = clock
        self._secure = secure

    def open_session(self, app: Flask, request: Request) -> DatabaseSession:
        given = request.cookies.get(COOKIE, "")
        # What changes something, and the return from Bungie, must see what another process wrote a moment ago.
        fresh = request.method not in ("GET", "HEAD") or request.path.startswith("/callback/")
        return DatabaseSession(
            given if _SECRET.fullmatch(given) else None,
            lambda secret: self._sessions.find(secret, self._clock.now(), fresh=fresh),
        )

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        session = cast(DatabaseSession, session)
        if session.accessed and "Cookie" not in response.headers.get("Vary", ""):
            response.vary.add("Cookie")
        if session.ended:
            self._end(session, response)
        elif session.modified:
            self._save(session, response)
        elif session.fresh_secret:
            self._set_cookie(session, response, None)
        elif session.stored is not None:
            self._touch(session, response)

    def _end(self, session: DatabaseSession, response: Response) -> None:
        if session.stored is not None:
            self._sessions.end(cast(str, session.given))
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax", secure=self._secure or flask.request.is_secure)

    def _save(self, session: DatabaseSession, response: Response) -> None:
        now = self._clock.now()
        if session.stored is not None and not session.fresh_secret:
            expires = _expires(session.stored.created, now, session.user_id)
            if self._sessions.change(session.secret, data=session.encoded(), now=now, expires=expires):
                self._set_cookie(session, response, expires - now)
            return
        if session.stored is not None:
            self._sessions.end(cast(str, session.given))
        expires = _expires(now, now, session.user_id)
        self._sessions.add(session.secret, user_id=session.user_id, data=session.encoded(), now=now, expires=expires)
        self._set_cookie(session, response, expires - now)

    def _touch(self, session: DatabaseSession, response: Response) -> None:
        stored, now = cast(BrowserSession, session.stored), self._clock.now()
        if stored.user is None or now - stored.seen < TOUCH_EVERY:
            return
        if response.cache_control.public:
            return  # A cache on the way would hand the cookie to others.
        expires = _expires(stored.created, now, stored.user.id)
        try:
            changed = self._sessions.change(session.secret, data=stored.data, now=now, expires=expires)
        except StorageFull:  # A note can wait; on a full disk the page must still be read.
            logger.warning("The disk is full: that a session is in use could not be noted")
            return
        if changed:
            self._set_cookie(session, response, expires - now)

    def _set_cookie(self, session: DatabaseSession, response: Response, life: timedelta | None) -> None:
        response.set_cookie(
            COOKIE,
            session.secret,
            max_age=life,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self._secure or flask.request.is_secure,
        )


def _expires(created: datetime, now: datetime, user_id: int | None) -> datetime:
    return now + VISITOR if user_id is None else min(now + IDLE, created + ABSOLUTE)
