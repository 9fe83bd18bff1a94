"""Where an item comes from, in the words of the query language.

A source is known by Bungie's hash of it, by the item itself, or by what its English sentence says: the newest hashes stand in no
table yet, and the sentence names the raid. Of manifests in other languages the hashes alone count.
"""

from __future__ import annotations

from vaultraider.domain.origins.events import EVENTS
from vaultraider.domain.origins.source_hashes import SOURCE_HASHES
from vaultraider.domain.origins.source_items import SOURCE_ITEMS
from vaultraider.domain.origins.tables import by_hash, closed, read_table

DUNGEONS = (
    "duality", "equilibrium", "ghostsofthedeep", "grasp", "pit", "prophecy", "riteofthenine", "shatteredthrone",
    "spireofthewatcher", "sundereddoctrine", "vespershost", "warlordsruin",
)  # fmt: skip
RAIDS = (
    "crotasend", "crownofsorrow", "deepstonecrypt", "desertperpetual", "eow", "gardenofsalvation", "kingsfall", "lastwish",
    "leviathan", "rootofnightmares", "salvationsedge", "scourgeofthepast", "spireofstars", "vaultofglass", "vowofthedisciple",
)  # fmt: skip
VAULTED = (
    "adventure", "blackarmory", "calus", "cayde6", "contact", "crownofsorrow", "do", "eow", "ep", "fwc", "gambitprime",
    "haunted", "io", "leviathan", "lost", "mars", "menagerie", "mercury", "nm", "plunder", "scourgeofthepast", "shipwright",
    "spireofstars", "sundial", "tangled", "titan", "vexoffensive", "wrathborn",
)  # fmt: skip
"""Places and activities that have gone from the game, into what Bungie calls the Destiny Content Vault."""

PARTS = {
    "dungeon": DUNGEONS,
    "raid": RAIDS,
    "dcv": VAULTED,
    "30th": ("grasp",),
    "calus": ("leviathan", "eow", "spireofstars", "crownofsorrow", "menagerie"),
    "events": tuple([event.word for event in EVENTS]),
    "exoticquest": ("harbinger", "presage", "avalon"),
    "intothelight": ("brave",),
}
"""Wholes and the sources of which they are made."""

ALIASES = {
    "ada": "blackarmory", "crota": "crotasend", "cos": "crownofsorrow", "shaxx": "crucible", "dsc": "deepstonecrypt",
    "limited": "deluxe", "enclave": "evidenceboard", "drifter": "gambit", "gos": "gardenofsalvation",
    "garden": "gardenofsalvation", "gotd": "ghostsofthedeep", "banshee": "gunsmith", "itl": "intothelight", "kf": "kingsfall",
    "lw": "lastwish", "mot": "monumentoftriumph", "rotn": "riteofthenine", "coil": "rivenslair", "root": "rootofnightmares",
    "ron": "rootofnightmares", "scourge": "scourgeofthepast", "sotp": "scourgeofthepast", "srl": "sparrowracingleague",
    "sos": "spireofstars", "sotw": "spireofthewatcher", "watcher": "spireofthewatcher", "zavala": "strikes",
    "sundered": "sundereddoctrine", "vog": "vaultofglass", "vesper": "vespershost", "vow": "vowofthedisciple",
    "votd": "vowofthedisciple",
}  # fmt: skip

PHRASES = {
    "charity": "charity",
    "conquest": "conquest",
    "cosmodrome": "cosmodrome",
    "crotasend": "crota's end",
    "deepstonecrypt": "deep stone crypt",
    "desertperpetual": "the desert perpetual",
    "duality": "duality",
    "edgeoffate": "the edge of fate",
    "equilibrium": "equilibrium",
    "gardenofsalvation": "garden of salvation",
    "ghostsofthedeep": "ghosts of the deep",
    "grasp": "grasp of avarice",
    "heliostat": "heliostat",
    "heresy": "episode: heresy",
    "ironbanner": "iron banner",
    "kepler": "kepler",
    "kingsfall": "king's fall",
    "lastwish": "last wish raid",
    "monumentoftriumph": "monument of triumph",
    "oblation": "oblation",
    "pantheon": "pantheon",
    "pinnacleops": "pinnacle ops",
    "prophecy": '"prophecy" dungeon',
    "reclaim": "reclaim",
    "renegades": "renegades",
    "riteofthenine": "rite of the nine",
    "rootofnightmares": "root of nightmares",
    "salvationsedge": "salvation's edge",
    "sparrowracingleague": "sparrow racing league",
    "spireofthewatcher": "spire of the watcher",
    "sundereddoctrine": "sundered doctrine",
    "trials": "trials of osiris",
    "vaultofglass": '"vault of glass" raid',
    "vespershost": "vesper's host",
    "vowofthedisciple": "vow of the disciple",
    "warlordsruin": "warlord's ruin",
}
"""What the English sentence of a source says, in lower case."""

_BY_HASH = by_hash(read_table(SOURCE_HASHES))
_BY_ITEM = by_hash(read_table(SOURCE_ITEMS))
_WHOLES = closed(PARTS)
_NONE = frozenset[str]()

SOURCES = tuple(
    sorted(
        {word for words in (*_BY_HASH.values(), *_BY_ITEM.values()) for word in words}
        | set(PHRASES)
        | set(PARTS)
        | {part for parts in PARTS.values() for part in parts}
    )
)
"""Every source, events among them, without its other names."""


def sources_of(item: int, source: int = 0, text: str = "", event: str = "") -> frozenset[str]:
    """Every word of ``SOURCES`` that fits.

    ``item``: its hash. ``source`` and ``text``: of its collectible. ``event``: its word.
    """
    said = text.lower()
    found = set(_BY_HASH.get(source, _NONE) | _BY_ITEM.get(item, _NONE))
    if said:
        found.update([word for word, phrase in PHRASES.items() if phrase in said])
    if event:
        found.add(event)
    for word in tuple(found):
        found |= _WHOLES.get(word, _NONE)
    return frozenset(found)
