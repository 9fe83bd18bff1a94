"""Reading a backup. It is judged entry by entry: one that makes no sense is told, and the rest is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Raw

from vaultraider.domain import hashes
from vaultraider.domain.annotations import Tag, annotation_key, checked_notes
from vaultraider.domain.custom_stats import USUAL_KEYWORD, USUAL_LABEL, keyword_of
from vaultraider.domain.dim_backup.entries import Backup, OldLoadout, OldSearch, OldStat, Remark, Wrong
from vaultraider.domain.dim_backup.numbers import ANY_GUARDIAN, GAME, ITEM_SEARCH
from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.items import CLASSES
from vaultraider.domain.text_files import decoded

MOST_BYTES = 20 << 20
MOST_ENTRIES = 50_000
"""Of each sort."""
MOST_ERRORS = 200
"""That are told."""
LARGEST_LOADOUT = 64 << 10
_ID = re.compile(r"[0-9]{1,20}")
_LARGEST_HASH = 2**32 - 1
_LATEST = 10**14
"""Of times and counts: in milliseconds since 1970 still a year that a calendar has."""
DEEPEST_LOADOUT = 40
"""Brackets within each other; those that are written by hand have five."""
_ESCAPE = re.compile(r"\\(?:ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(ud[89a-f][0-9a-f]{2})|.)", re.DOTALL | re.IGNORECASE)
"""In JSON. Two halves make one character; ``1``: a half alone."""
_TEXT_OR_BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*"|([\[{])|([\]}])')

T = TypeVar("T")


class _Annotation(msgspec.Struct, rename="camel"):
    id: str
    tag: str | None = None
    notes: str | None = None
    crafted_date: float | None = None
    custom_tag: str | None = None


class _Tagged(msgspec.Struct, rename="camel"):
    annotation: _Annotation
    platform_membership_id: str = ""
    destiny_version: int = GAME


class _HashTag(msgspec.Struct, rename="camel"):
    hash: int
    tag: str | None = None
    notes: str | None = None
    custom_tag: str | None = None


class _Search(msgspec.Struct, rename="camel"):
    query: str
    usage_count: float = 0
    saved: bool = False
    last_usage: float = 0
    type: int = ITEM_SEARCH
    name: str = ""


class _Searched(msgspec.Struct, rename="camel"):
    search: _Search
    destiny_version: int = GAME


class _Loadout(msgspec.Struct):
    id: str


class _Loaded(msgspec.Struct, rename="camel"):
    loadout: _Loadout
    platform_membership_id: str = ""
    destiny_version: int = GAME


class _Stat(msgspec.Struct, rename="camel"):
    """``weights``: by the stat's hash; in their settings a class is Bungie's number, and 3 is any."""

    label: str
    short_label: str = ""
    class_: int = msgspec.field(default=3, name="class")
    weights: dict[str, float | None] = {}


class _Settings(msgspec.Struct, rename="camel"):
    """``custom_total_stats_by_class``: of years ago, the stats that count once each."""

    custom_stats: list[Raw] = []
    custom_total_stats_by_class: dict[str, list[int]] = {}


class _File(msgspec.Struct, rename="camel"):
    tags: list[Raw] = []
    item_hash_tags: list[Raw] = []
    searches: list[Raw] = []
    loadouts: list[Raw] = []
    custom_tags: list[Raw] = []
    settings: Raw = Raw(b"{}")


def read_backup(file: bytes) -> Backup:
    """Never raises, whatever the bytes are."""
    reader = _Reader()
    found = reader.file(file)
    if found is not None:
        reader.read(found)
    return Backup(reader.remarks, reader.tags, reader.searches, reader.loadouts, reader.stats, reader.skipped, reader.errors)


class _Reader:
    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self.tags: list[Tag] = []
        self.searches: list[OldSearch] = []
        self.loadouts: list[OldLoadout] = []
        self.stats: list[OldStat] = []
        self.skipped = 0
        self.errors: list[Wrong] = []

    def file(self, file: bytes) -> _File | None:
        found = _decoded(file)
        if isinstance(found, str):
            self._wrong("file", found)
            return None
        return found

    def read(self, file: _File) -> None:
        self.tags = [tag for _, tag in self._each("customTags", file.custom_tags, Tag)]
        for where, tagged in self._each("tags", file.tags, _Tagged):
            self._tagged(where, tagged)
        for where, hash_tag in self._each("itemHashTags", file.item_hash_tags, _HashTag):
            self._hash_tag(where, hash_tag)
        for where, searched in self._each("searches", file.searches, _Searched):
            self._searched(where, searched)
        for (where, loaded), raw in zip(self._each("loadouts", file.loadouts, _Loaded, keep=True), file.loadouts, strict=False):
            if loaded is not None:
                self._loaded(where, loaded, bytes(raw))
        self._settings(file.settings)

    def _each(self, name: str, entries: Sequence[Raw], kind: type[T], *, keep: bool = False) -> Iterator[tuple[str, Any]]:
        """Those that can be read, with where they stand; with ``keep`` the others as None."""
        decoder = msgspec.json.Decoder(kind)
        if len(entries) > MOST_ENTRIES:
            self._wrong(name, f"There are more than {MOST_ENTRIES:,} entries. The first ones were taken.")
        for place, raw in enumerate(entries[:MOST_ENTRIES]):
            where = f"{name}[{place}]"
            try:
                yield where, decoder.decode(raw)
            except (msgspec.DecodeError, UnicodeError, RecursionError):
                self._wrong(where, "This entry cannot be read.")
                if keep:
                    yield where, None

    def _tagged(self, where: str, entry: _Tagged) -> None:
        said = entry.annotation
        if entry.destiny_version != GAME:
            self.skipped += 1
        elif not _ID.fullmatch(said.id):
            self._wrong(where, "This is the id of no item.")
        else:
            crafted = _whole(said.crafted_date)
            self._remark(where, said.id, said, entry.platform_membership_id, crafted)

    def _hash_tag(self, where: str, entry: _HashTag) -> None:
        if 0 < entry.hash <= _LARGEST_HASH:
            self._remark(where, annotation_key(entry.hash, ""), entry, "", 0)
        else:
            self._wrong(where, "This is the hash of no item.")

    def _remark(self, where: str, key: str, entry: _Annotation | _HashTag, account: str, crafted: int) -> None:
        try:
            notes = checked_notes(entry.notes or "")
        except InvalidInput as error:
            self._wrong(where, error.sentence)
            return
        tag = entry.custom_tag or entry.tag or ""
        self.remarks.append(Remark(where, key, tag[:64], notes, account, crafted))

    def _searched(self, where: str, entry: _Searched) -> None:
        search = entry.search
        if entry.destiny_version != GAME or search.type != ITEM_SEARCH:
            self.skipped += 1
            return
        uses, last = min(_whole(search.usage_count), 10**6), _whole(search.last_usage)
        self.searches.append(OldSearch(where, search.query, search.saved, uses, last, search.name))

    def _loaded(self, where: str, entry: _Loaded, raw: bytes) -> None:
        if entry.destiny_version != GAME:
            self.skipped += 1
        elif not 0 < len(entry.loadout.id) <= 64 or not entry.loadout.id.isprintable() or len(raw) > LARGEST_LOADOUT:
            self._wrong(where, "This loadout has no id, or is too large.")
        elif _depth(raw) > DEEPEST_LOADOUT:
            self._wrong(where, "This entry cannot be read.")
        else:
            written = msgspec.json.format(raw, indent=-1)
            account = entry.platform_membership_id if _ID.fullmatch(entry.platform_membership_id) else ""
            self.loadouts.append(OldLoadout(where, entry.loadout.id, account, written))

    def _settings(self, raw: Raw) -> None:
        """Of all that they set only what is known here."""
        try:
            settings = msgspec.json.decode(raw, type=_Settings)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            self._wrong("settings", "The totals of your own in the settings cannot be read. All else was taken.")
            return
        for where, stat in self._each("settings.customStats", settings.custom_stats, _Stat):
            usual = stat.short_label == USUAL_KEYWORD and keyword_of(stat.label) != USUAL_KEYWORD
            # In another language its first name is another one; searches know it by the same word.
            self._stat(where, USUAL_LABEL.capitalize() if usual else stat.label, stat.class_, stat.weights)
        if not settings.custom_stats:
            for guardian, counted in settings.custom_total_stats_by_class.items():
                if counted:
                    where = f"settings.customTotalStatsByClass.{guardian[:8]}"
                    number = int(guardian) if guardian in ("0", "1", "2") else ANY_GUARDIAN
                    self._stat(where, USUAL_LABEL.capitalize(), number, {str(stat): 1 for stat in counted})

    def _stat(self, where: str, label: str, guardian: int, weights: Mapping[str, float | None]) -> None:
        found = [weights.get(str(stat)) or 0 for stat in hashes.ARMOR_STAT_HASHES]
        whole = tuple([int(each) if abs(each) < _LATEST and each == int(each) else -1 for each in found])
        self.stats.append(OldStat(where, label, CLASSES.get(guardian, "any"), whole))

    def _wrong(self, where: str, sentence: str) -> None:
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(Wrong(where, sentence))


def _decoded(file: bytes) -> _File | str:
    """The file, or what is wrong with it."""
    if len(file) > MOST_BYTES:
        return f"The file is larger than {MOST_BYTES >> 20} MB. That is no backup of tags and notes."
    text = decoded(file)
    if text is None or not text.lstrip().startswith("{"):
        return "This is no backup of Destiny Item Manager: it is not JSON. Choose its file dim-data.json."
    try:
        found = msgspec.json.decode(_without_halves(text), type=_File)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return "This is JSON, but no backup of Destiny Item Manager, or only a part of one."
    if not any((found.tags, found.item_hash_tags, found.searches, found.loadouts, found.custom_tags, _has_stats(found.settings))):
        return "There are no tags, notes, searches, totals or loadouts in this file."
    return found


def _has_stats(settings: Raw) -> bool:
    return b'"customStats"' in bytes(settings) or b'"customTotalStatsByClass"' in bytes(settings)


def _without_halves(text: str) -> str:
    """Notes that were cut in the middle of a picture end with half of it, which no reader of JSON takes: of a whole file only
    that is lost."""
    return _ESCAPE.sub(lambda found: "\\ufffd" if found[1] else found[0], text) if "\\ud" in text.lower() else text


def _depth(json: bytes) -> int:
    """How many brackets stand within each other."""
    now = deepest = 0
    for found in _TEXT_OR_BRACKET.finditer(json):
        now += bool(found[1]) - bool(found[2])
        deepest = max(deepest, now)
    return deepest


def _whole(number: float | None) -> int:
    """0 for what cannot be a count or a time."""
    return int(number) if number is not None and 0 < number < _LATEST else 0
