"""Tags and notes on disk: what is said now, every change of it, and the tags that people made themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from vaultraider.domain.annotations import Annotation, Tag
from vaultraider.ports.bungie import MembershipRef

By = Literal["you", "import", "undo"]
"""Who made a change."""


class KeptAnnotation(msgspec.Struct, frozen=True):
    """``crafted``: when a crafted copy was shaped, in seconds since 1970; 0 where it was not, or nobody knows."""

    said: Annotation
    crafted: int = 0


Edit = Callable[[str, Annotation], Annotation]
"""What a key shall say, given what it says now."""


class Version(msgspec.Struct, frozen=True):
    """What one change made of one key."""

    key: str
    before: Annotation
    after: Annotation


class Change(msgspec.Struct, frozen=True):
    """``number``: the account's, growing; 0 where nothing changed. ``versions`` only of what really changed."""

    number: int
    at: datetime
    by: By
    versions: tuple[Version, ...]


class OldVersion(msgspec.Struct, frozen=True):
    at: datetime
    by: By
    said: Annotation


class AnnotationStore(Protocol):
    """Per person and account; nothing here is ever of another one. Keys are ``domain.annotations.annotation_key``."""

    def mark(self, user_id: int, membership: MembershipRef) -> int:
        """Another number whenever anything that ``of`` tells has changed; 0 while nothing was ever said."""

    def of(self, user_id: int, membership: MembershipRef) -> dict[str, KeptAnnotation]:
        """Whatever has a tag or notes, without what is put away."""

    def away(self, user_id: int, membership: MembershipRef) -> dict[str, KeptAnnotation]:
        """What is said of copies that are not there any more."""

    def change(
        self, user_id: int, membership: MembershipRef, keys: Mapping[str, int], edit: Edit, by: By, now: datetime
    ) -> Change | Literal["gone", "full", "no-tag"]:
        """All or nothing; nobody else changes anything meanwhile. ``keys``: with ``crafted`` of each, 0 leaves what is known.
        Whatever ``edit`` raises comes out, and nothing is changed. What says the same as before is no version. "gone": the
        person was deleted meanwhile. "full": more items would be annotated than possible. "no-tag": one would get a tag that is
        none, or none any more."""

    def get_change(self, user_id: int, membership: MembershipRef, number: int) -> Change | None: ...

    def versions(self, user_id: int, membership: MembershipRef, key: str) -> list[OldVersion]:
        """Newest first."""

    def settle(
        self,
        user_id: int,
        membership: MembershipRef,
        now: datetime,
        *,
        moved: Mapping[str, str],
        gone: Collection[str],
        back: Collection[str],
        crafted: Mapping[str, int] = ...,
    ) -> None:
        """``moved``: copies that have another id now, old to new, with all that was ever said of them. ``gone``: those that are
        not there any more are put away. ``back``: and these came back. ``crafted``: what is known of that now, 0 to forget it."""

    def tags(self, user_id: int) -> list[Tag]:
        """The person's own, oldest first."""

    def save_tag(self, user_id: int, tag: Tag, now: datetime) -> Literal["done", "gone", "full"]:
        """A new one, or a new label."""

    def drop_tag(self, user_id: int, name: str, now: datetime) -> int | None:
        """Takes it off every item of every account of theirs, as a change that can be looked up; how many lose it. None: there
        is no such tag."""


class AnnotationsOf(Protocol):
    """What a profile's answer tells of tags and notes."""

    def of(self, user_id: int, membership: MembershipRef) -> Mapping[str, Annotation]:
        """By ``annotation_key``. The same object until something in it changes."""
