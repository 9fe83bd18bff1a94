"""What differs between two moments, exactly; and how it is stored.

``replay(a, [difference(a, b)]) == b`` for any two moments. Only the changed fields of a known item are kept, by their position in
``KeptItem``. Stored bytes begin with the number of their form, so that old ones stay readable when a new form comes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, get_type_hints

import msgspec

from vaultraider.domain.history.moment import KeptCharacter, KeptItem, KeptLoadout, Moment

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

FORM = 1
"""The first byte of what is stored: deflated MessagePack."""
LARGEST = 8 * 1024 * 1024
"""Bytes that one record may unpack to. Of the largest accounts it is 300 KB; what is more was made to do harm."""
LEVEL = 9

FIELDS = KeptItem.__struct_fields__
_TYPES: tuple[Any, ...] = tuple(get_type_hints(KeptItem)[name] for name in FIELDS)


class Unreadable(ValueError):
    """Stored bytes that are damaged, or of a form that this version does not know."""


class LoadoutChanges(msgspec.Struct, frozen=True, array_like=True):
    """``count``: how many places there are now; ``places``: those that differ, by position."""

    count: int
    places: dict[int, KeptLoadout] = {}


class Delta(msgspec.Struct, frozen=True, array_like=True):
    """From one moment to the next. New fields go to the end and have a default.

    ``new``: items that were not there, whole. ``changed``: by id the position of each changed field, and its value.
    ``gone``: ids. ``stacks``: by hash what there is now, () for none. ``None`` stands for what is there no more.
    """

    new: dict[str, KeptItem] = {}
    changed: dict[str, dict[int, Any]] = {}
    gone: tuple[str, ...] = ()
    stacks: dict[int, tuple[KeptItem, ...]] = {}
    currencies: dict[int, int | None] = {}
    characters: dict[str, KeptCharacter | None] = {}
    loadouts: dict[str, LoadoutChanges | None] = {}

    @property
    def size(self) -> int:
        """How many things changed: what is counted until the next keyframe."""
        return sum(len(getattr(self, name)) for name in self.__struct_fields__)


def difference(a: Moment, b: Moment) -> Delta | None:
    """None where they are the same."""
    if a == b:
        return None
    return Delta(
        new={id: item for id, item in b.items.items() if id not in a.items},
        changed={id: _changes(a.items[id], item) for id, item in b.items.items() if id in a.items and a.items[id] != item},
        gone=tuple(sorted(id for id in a.items if id not in b.items)),
        stacks={hash: b.stacks.get(hash, ()) for hash in _differing(a.stacks, b.stacks)},
        currencies={hash: b.currencies.get(hash) for hash in _differing(a.currencies, b.currencies)},
        characters={id: b.characters.get(id) for id in _differing(a.characters, b.characters)},
        loadouts={id: _loadout_changes(a.loadouts.get(id, ()), b.loadouts.get(id)) for id in _differing(a.loadouts, b.loadouts)},
    )


def replay(keyframe: Moment, deltas: Iterable[Delta]) -> Moment:
    """The moment after all of them, in order. Raises Unreadable where one does not fit what it follows."""
    items, stacks = dict(keyframe.items), dict(keyframe.stacks)
    currencies, characters, loadouts = dict(keyframe.currencies), dict(keyframe.characters), dict(keyframe.loadouts)
    for delta in deltas:
        for id in delta.gone:
            items.pop(id, None)
        items.update(delta.new)
        for id, fields in delta.changed.items():
            items[id] = _changed(items.get(id), fields)
        for hash, pile in delta.stacks.items():
            _put(stacks, hash, pile or None)
        for hash, amount in delta.currencies.items():
            _put(currencies, hash, amount)
        for id, character in delta.characters.items():
            _put(characters, id, character)
        for id, changes in delta.loadouts.items():
            _put(loadouts, id, _loadouts(loadouts.get(id, ()), changes) if changes is not None else None)
    return Moment(characters=characters, items=items, stacks=stacks, currencies=currencies, loadouts=loadouts)


def rebuild(keyframe: bytes, deltas: Sequence[bytes]) -> Moment:
    """``replay`` of what is stored. Raises Unreadable."""
    return replay(decode_moment(keyframe), [decode_delta(each) for each in deltas])


def encode_moment(moment: Moment) -> bytes:
    """A keyframe: some 25 bytes an item."""
    return _packed(msgspec.structs.astuple(moment))


def decode_moment(stored: bytes) -> Moment:
    """Raises Unreadable."""
    parts = _unpacked(stored, _MOMENT)
    return Moment(*parts)


def encode_delta(delta: Delta) -> bytes:
    return _packed(delta)


def decode_delta(stored: bytes) -> Delta:
    """Raises Unreadable."""
    delta = _unpacked(stored, _DELTA)
    changed = {id: {at: _value(at, value) for at, value in fields.items()} for id, fields in delta.changed.items()}
    return msgspec.structs.replace(delta, changed=changed)


_Parts = tuple[
    dict[str, KeptCharacter],
    dict[str, KeptItem],
    dict[int, tuple[KeptItem, ...]],
    dict[int, int],
    dict[str, tuple[KeptLoadout, ...]],
]
"""A moment's fields, in their order."""

_ENCODER = msgspec.msgpack.Encoder()
_MOMENT: msgspec.msgpack.Decoder[_Parts] = msgspec.msgpack.Decoder(_Parts)
_DELTA: msgspec.msgpack.Decoder[Delta] = msgspec.msgpack.Decoder(Delta)


def _packed(value: object) -> bytes:
    return bytes((FORM,)) + zlib.compress(_ENCODER.encode(value), LEVEL)


def weight(stored: bytes) -> int:
    """Bytes that it unpacks to. Raises Unreadable."""
    return len(_inflated(stored))


def _unpacked(stored: bytes, decoder: msgspec.msgpack.Decoder[T]) -> T:
    try:
        return decoder.decode(_inflated(stored))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable("It is damaged.") from error


def _inflated(stored: bytes) -> bytes:
    if stored[:1] != bytes((FORM,)):
        raise Unreadable("It is stored in a form that this version does not know.")
    inflate = zlib.decompressobj()
    try:
        plain = inflate.decompress(stored[1:], LARGEST)
    except zlib.error as error:
        raise Unreadable("It is damaged.") from error
    if not inflate.eof:
        raise Unreadable("It is cut off, or larger than any account.")
    return plain


def _changes(old: KeptItem, new: KeptItem) -> dict[int, Any]:
    pairs = zip(msgspec.structs.astuple(old), msgspec.structs.astuple(new), strict=True)
    return {at: after for at, (before, after) in enumerate(pairs) if before != after}


def _changed(item: KeptItem | None, fields: dict[int, Any]) -> KeptItem:
    if item is None:
        raise Unreadable("A difference tells of an item that is not there.")
    return msgspec.structs.replace(item, **{FIELDS[at]: value for at, value in fields.items()})


def _value(at: int, value: Any) -> Any:
    """A field's value as ``KeptItem`` holds it: MessagePack knows lists only."""
    if not 0 <= at < len(FIELDS):
        raise Unreadable("A difference has a field that this version does not know.")
    try:
        return msgspec.convert(value, _TYPES[at])
    except msgspec.ValidationError as error:
        raise Unreadable(f"A difference has no {FIELDS[at]} where it should.") from error


def _differing(a: Mapping[K, V], b: Mapping[K, V]) -> list[K]:
    """The keys whose values are not the same in both."""
    changed = [key for key, value in b.items() if key not in a or a[key] != value]
    return changed + [key for key in a if key not in b]


def _put(into: dict[K, V], key: K, value: V | None) -> None:
    if value is None:
        into.pop(key, None)
    else:
        into[key] = value


def _loadout_changes(old: tuple[KeptLoadout, ...], new: tuple[KeptLoadout, ...] | None) -> LoadoutChanges | None:
    if new is None:
        return None
    return LoadoutChanges(len(new), {at: each for at, each in enumerate(new) if at >= len(old) or old[at] != each})


def _loadouts(old: tuple[KeptLoadout, ...], changes: LoadoutChanges) -> tuple[KeptLoadout, ...]:
    try:
        return tuple(changes.places[at] if at in changes.places else old[at] for at in range(changes.count))
    except IndexError as error:
        raise Unreadable("A difference tells of a loadout that is not there.") from error
