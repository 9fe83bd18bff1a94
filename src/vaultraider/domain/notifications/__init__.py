"""What a person is told, when, and in which words.

``kinds`` says what there is to tell; ``message`` is one thing told. How it is put is beside what it is about: one file for
each source of news.
"""

from __future__ import annotations

from vaultraider.domain.notifications.kinds import KINDS, Audience, Kind, Timing
from vaultraider.domain.notifications.message import Level, Message

__all__ = ["KINDS", "Audience", "Kind", "Level", "Message", "Timing"]
