"""Guardians: who they are, how strong they could be, how full their places are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
from msgspec import UNSET

from vaultraider.domain import hashes
from vaultraider.domain.buckets import capacity_of
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import NamedDefinition
from vaultraider.domain.entries import Entry
from vaultraider.domain.items import CLASSES
from vaultraider.domain.power import Wardrobe, drop_power, max_power
from vaultraider.domain.profile_parts import Character, Occupancy
from vaultraider.domain.snapshot import CharacterData, EmblemColor, ProfileSnapshot, decode_or_salvage

CHARACTER = msgspec.json.Decoder(CharacterData)
UNKNOWN_CLASS: Literal["unknown"] = "unknown"


def read_characters(snapshot: ProfileSnapshot) -> list[CharacterData]:
    """The account's characters, last played first. Ties keep Bungie's order."""
    part = snapshot.body.characters
    if part is None or part.data is None:
        return []
    found = []
    for id, raw in part.data.items():
        data = decode_or_salvage(raw, CHARACTER, CharacterData)
        data.character_id = id
        found.append(data)
    return sorted(found, key=lambda data: data.date_last_played, reverse=True)


def describe_characters(
    snapshot: ProfileSnapshot,
    catalogue: Catalogue,
    entries: Iterable[Entry],
    gear: Wardrobe,
    nicknames: Mapping[str, str],
    clan: str | None,
) -> list[Character]:
    """The characters as shown. The one played last is the current one; it is playing while Bungie sends transitory data."""
    used = Counter((entry.item.store, entry.data.bucket_hash) for entry in entries if entry.item.place != "vault")
    transitory = snapshot.body.profile_transitory_data
    in_game = transitory is not None and transitory.data is not None
    found = []
    for position, data in enumerate(read_characters(snapshot)):
        character = _describe(data, catalogue, used)
        character.current = position == 0
        character.playing = in_game and position == 0
        character.nickname = nicknames.get(data.character_id) or UNSET
        character.clan = clan or UNSET
        _add_power(character, gear, data)
        found.append(character)
    return found


def _add_power(character: Character, gear: Wardrobe, data: CharacterData) -> None:
    best = max_power(gear, data.character_id, data.class_type)
    if best.items:
        character.max_power = best.mean
        character.max_power_items = tuple(piece.id for piece in best.items)
        character.drop_power = drop_power(gear, data.character_id).mean


def _describe(data: CharacterData, catalogue: Catalogue, used: Mapping[tuple[str, int], int]) -> Character:
    definitions, id = catalogue.definitions, data.character_id
    guardian_class = definitions.named("Class", data.class_hash)
    guardian = CLASSES.get(data.class_type, UNKNOWN_CLASS)
    return Character(
        id=id,
        guardian=guardian,
        class_name=_name(guardian_class, data.gender_type) or guardian.capitalize(),
        race=_plain_name(definitions.named("Race", data.race_hash)),
        gender=_plain_name(definitions.named("Gender", data.gender_hash)),
        light=data.light,
        stats=_stats(data),
        emblem=f"/icons/emblems/{data.emblem_hash}?v={catalogue.key}",
        background=f"/icons/banners/{data.emblem_hash}?v={catalogue.key}",
        last_played=data.date_last_played,
        minutes_played=_whole(data.minutes_played_total),
        current=False,
        playing=False,
        postmaster=Occupancy(used.get((id, hashes.POSTMASTER), 0), capacity_of(hashes.POSTMASTER, definitions)),
        quests=Occupancy(used.get((id, hashes.QUESTS), 0), capacity_of(hashes.QUESTS, definitions)),
        title=_name(definitions.named("Record", data.title_record_hash), data.gender_type) or UNSET,
        color=_color(data.emblem_color) if data.emblem_color else UNSET,
    )


def _stats(data: CharacterData) -> tuple[tuple[int, int], ...]:
    """The six, in the game's order; Power is ``light``."""
    return tuple((stat, data.stats[str(stat)]) for stat in hashes.ARMOR_STAT_HASHES if str(stat) in data.stats)


def _name(row: NamedDefinition | None, gender: int) -> str:
    """A name by gender, where the language has them."""
    if row is None:
        return ""
    gendered = row.names[gender] if 0 <= gender < len(row.names) else ""
    return gendered or row.name


def _plain_name(row: NamedDefinition | None) -> str:
    return row.name if row is not None else ""


def _color(color: EmblemColor) -> str:
    return "#" + "".join(f"{min(max(part, 0), 255):02x}" for part in (color.red, color.green, color.blue))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
