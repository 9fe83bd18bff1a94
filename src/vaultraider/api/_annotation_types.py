"""What requests about tags and notes carry, and what they answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.api._times import stamp
from vaultraider.domain.annotations import TAGS, Annotation, Tag
from vaultraider.ports.annotations import OldVersion
from vaultraider.services.annotations import Said

CHANGES = "240 per minute"
MOST_ITEMS = 3000

ItemId = Annotated[str, msgspec.Meta(max_length=80)]
Text = Annotated[str, msgspec.Meta(max_length=8192)]


class ItemAnnotation(msgspec.Struct, kw_only=True):
    """What is said of an item. Nothing is said any more where neither is there."""

    tag: str | UnsetType = UNSET
    notes: str | UnsetType = UNSET


class TagAnswer(msgspec.Struct, kw_only=True):
    """``name``: as it stands in queries. ``key``: the digit of its keyboard shortcut. ``custom``: a person's own."""

    name: str
    label: str
    custom: Literal[True] | UnsetType = UNSET
    key: int | UnsetType = UNSET


class AnnotationsAnswer(msgspec.Struct, kw_only=True):
    """``annotations``: by instance id, of anything without one by ``h-<hash>``. ``hashtags``: those used most first."""

    annotations: dict[str, ItemAnnotation]
    tags: list[TagAnswer]
    hashtags: list[str]


class AnnotationsBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``items``: ids as in the profile. What is not given stays as it is, "" takes it away. ``add``, ``remove``: text in the
    notes, mostly hashtags."""

    items: Annotated[list[ItemId], msgspec.Meta(min_length=1, max_length=MOST_ITEMS)]
    tag: Annotated[str, msgspec.Meta(max_length=32)] | UnsetType = UNSET
    notes: Text | UnsetType = UNSET
    add: Text | UnsetType = UNSET
    remove: Text | UnsetType = UNSET


class UndoBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    change: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class ChangedAnnotations(msgspec.Struct, kw_only=True):
    """``changed``: how many items. ``change``: what to name to undo it; 0 when nothing was changed. ``annotations``: what is
    said now of those that were meant."""

    changed: int
    change: int
    annotations: dict[str, ItemAnnotation]


class VersionsQuery(msgspec.Struct):
    item: ItemId


class AnnotationVersion(msgspec.Struct, kw_only=True):
    """What was said since ``at``."""

    at: str
    by: Literal["you", "import", "undo"]
    tag: str | UnsetType = UNSET
    notes: str | UnsetType = UNSET


class VersionList(msgspec.Struct):
    versions: list[AnnotationVersion]


class TagBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``name``: small letters, digits, - and _, as it is written in queries. ``label``: as it is shown."""

    name: Annotated[str, msgspec.Meta(max_length=64)]
    label: Annotated[str, msgspec.Meta(max_length=256)]


class TagQuery(msgspec.Struct):
    name: Annotated[str, msgspec.Meta(max_length=64)]


class DroppedTag(msgspec.Struct, kw_only=True):
    """``changed``: how many items lose it."""

    changed: int


def told_tag(tag: Tag) -> TagAnswer:
    if tag.name in TAGS:
        return TagAnswer(name=tag.name, label=tag.label, key=TAGS.index(tag.name) + 1)
    return TagAnswer(name=tag.name, label=tag.label, custom=True)


def told(annotations: Mapping[str, Annotation]) -> dict[str, ItemAnnotation]:
    return {key: ItemAnnotation(tag=each.tag or UNSET, notes=each.notes or UNSET) for key, each in annotations.items()}


def told_change(said: Said) -> ChangedAnnotations:
    return ChangedAnnotations(changed=said.changed, change=said.change, annotations=told(said.annotations))


def told_versions(versions: Iterable[OldVersion]) -> list[AnnotationVersion]:
    return [
        AnnotationVersion(at=stamp(each.at), by=each.by, tag=each.said.tag or UNSET, notes=each.said.notes or UNSET)
        for each in versions
    ]
