"""One thing told to one person, for every kind of channel: each takes of it what it can show."""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["info", "good", "warn", "bad"]


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """``kind``: a name of ``KINDS``; of several in one "digest", of a trial "test". ``key``: what makes it the same news; of one
    kind and key a person is told once, ever.

    ``title``: a subject line, at most some 80 characters. ``text``: the whole of it in plain lines, without the title.
    ``link``: where to look, a path of our own site ("/xur"); the public address is put before it when it is sent.
    ``html``: the whole document of an e-mail, light theme, where there is more to see than text; its pictures are named
    ``cid:<name>`` and lie in ``pictures`` as PNG. Nothing here is a secret, but every name may come from outside: whoever puts
    it into a format of its own escapes it.
    """

    kind: str
    key: str
    title: str
    text: str
    link: str = "/"
    level: Level = "info"
    html: str = ""
    pictures: dict[str, bytes] = {}
