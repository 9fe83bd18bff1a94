"""In which season an item was new.

Bungie marks gear with a small picture of its season, the watermark; a definition may also name the season, or carry the release
among its traits. None of the three links to the table of seasons by itself, so what the pictures and releases mean stands here.
The facts are those of Destiny Item Manager's d2-additional-info (MIT), with the pictures of 2025 as public programs map them.
"""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.origins.source_seasons import SOURCE_SEASONS
from vaultraider.domain.origins.tables import read_table

UNKNOWN = 0
CURRENT = 28
"""The season that runs. Bungie announced no other after it."""


class Season(NamedTuple):
    """``word``: as players write it in a search."""

    number: int
    word: str
    name: str


SEASONS = (
    Season(1, "redwar", "Red War"),
    Season(2, "osiris", "Curse of Osiris"),
    Season(3, "warmind", "Warmind"),
    Season(4, "outlaw", "Season of the Outlaw"),
    Season(5, "forge", "Season of the Forge"),
    Season(6, "drifter", "Season of the Drifter"),
    Season(7, "opulence", "Season of Opulence"),
    Season(8, "undying", "Season of the Undying"),
    Season(9, "dawn", "Season of Dawn"),
    Season(10, "worthy", "Season of the Worthy"),
    Season(11, "arrivals", "Season of Arrivals"),
    Season(12, "hunt", "Season of the Hunt"),
    Season(13, "chosen", "Season of the Chosen"),
    Season(14, "splicer", "Season of the Splicer"),
    Season(15, "lost", "Season of the Lost"),
    Season(16, "risen", "Season of the Risen"),
    Season(17, "haunted", "Season of the Haunted"),
    Season(18, "plunder", "Season of Plunder"),
    Season(19, "seraph", "Season of the Seraph"),
    Season(20, "defiance", "Season of Defiance"),
    Season(21, "deep", "Season of the Deep"),
    Season(22, "witch", "Season of the Witch"),
    Season(23, "wish", "Season of the Wish"),
    Season(24, "echoes", "Episode: Echoes"),
    Season(25, "revenant", "Episode: Revenant"),
    Season(26, "heresy", "Episode: Heresy"),
    Season(27, "reclamation", "Season: Reclamation"),
    Season(28, "lawless", "Season: Lawless"),
)
YEARS = (1, 4, 8, 12, 16, 20, 24, 27)
"""The season with which each year began."""

RELEASES = {
    "v300": 1, "v310": 2, "v320": 2, "v350": 3, "v400": 4, "v410": 5, "v420": 6, "v450": 7, "v460": 8, "v470": 9, "v480": 10,
    "v490": 11, "v500": 12, "v510": 13, "v520": 14, "v530": 15, "v540": 15, "v600": 16, "v610": 17, "v620": 18, "v630": 19,
    "v700": 20, "v710": 21, "v720": 22, "v730": 23, "v800": 24, "v810": 25, "v820": 26, "v900": 27, "v910": 27, "v950": 28,
    "v960": 28, "v970": 28,
}  # fmt: skip
"""``traitIds``: "releases.v520.season" is 14."""
_RELEASE = "releases."
_NEWEST = 970

WATERMARKS = {
    1: "fb50cd68a9850bd323872be4f6be115c dd71a9a48c4303fd8546433d63e46cc7 4f28dc0f39238fe25d298a894ea71389 "
    "cf4ebcfce71b8ac247a4274323cd5090 9dcae1241214f11398178375859888e6",
    2: "2c024f088557ca6cceae1e8030c67169 50d36366595897d49b5d33e101c8fd07 7ba9d804508dd083ec20fcdb8ba0869d "
    "fe8bcc20fbfaf4cac69dfb640bb0b84e",
    3: "ed6c4762c48bd132d538ced83c1699a6 aaa61f6c70478d87de0df41e5709a773 da5f961ef97b78293cc498978c10e178",
    4: "1b6c8b94cec61ea42edb1e2cb6b45a31 eb621df1be42ae5db9e8cd20eda17c44 aeb95eb1abe8e45e1fe2573d6b3ab3c5",
    5: "448f071a7637fcefb2fccf76902dcf7d c23c9ec8709fecad87c26b64f5b2b9f5 e0c16042274fd7d9cbffc4489e340c5d",
    6: "1448dde4efdb57b07f5473f87c4fccd7 e4a1a5aaeb9f65cc5276fd4d86499c70 2c022e452f395db7b1daec1cb44631fc "
    "c1e11e70eba15abcd4e0414fa29ef714",
    7: "5364cc3900dc3615cb0c4b03c6221942 69bb11f24279c7a270c6fac3317005b2 58d3ec8338cc9746a2e0cf901fbcec0e",
    8: "2352f9d04dc842cfcdda77636335ded9 ee3f5bb387298acbdb03c01940701e63 e8fe681196baf74917fa3e6f125349b0 "
    "82a8d6f2b1e4ee14e853d4ffbe031406 a15754752f40aaf7b1b00aadb70a8f35 0b212b58a961f150708bca95095e0ecb",
    9: "3ba38a2b9538bde2b45ec9313681d617 9b7e4bbc576fd15fbf44dfa259f8b86a ede19a0e1a54564243b0e5e8a18bde84",
    10: "b12630659223b53634e9f97c0a0a8305 e27a4f39c1bb8c6f89613648afaa3e9f 247715dd42abef457b52ef37280c0e42",
    11: "4c25426263cacf963777cd4988340838 49dc693c5f3411b9638b97f38a70b69f d105aa342f2d0c53a90a28477552f61f",
    12: "9e0f43538efe9f8d04546b4b0af6cc43 1f702463c5e0c4e25c9f00a730dbc6ac be3c0a95a8d1abc6e7c875d4294ba233 "
    "d3cffdcb881085bc4fe19d9671c9eb0c 0ec87dd7ef282db27e1fc337e9545cd0 bce51cf90464e28026140df77c4eb6ce "
    "a5e27dc822aa72787f388bd1fc115803",
    13: "5ac4a1d48a5221993a41a5bb524eda1b e197b731c11556b17664b90a87dd0c11 7b48b09fbb50634680168d5880b16bc9",
    14: "23968435c2095c0f8119d82ee222c672 a9faab035e2f59f802e99641a3aaab9e 36418dde751148bd3b95a023d491ea73",
    15: "671a19eca92ad9dcf39d4e9c92fcdf75 d92e077d544925c4f37e564158f8f76a 914322d11262322c839a5388db2a4943 "
    "bcc26708e314306fb2fc8cb98fcbf47e",
    16: "6e4fdb4800c34ccac313dd1598bd7589 b973f89ecd631a3e3d294e98268f7134 d05833668bcb5ae25344dd4538b1e0b2 "
    "7b41678824a620d4f295984862702179 0b441021fbc328e6d0e2abc895f5c96e",
    17: "ab075a3679d69f40b8c2a319635d60a9 75adde12e4e9c9fb237e492d8258eb73",
    18: "a3923ae7d2376a1c4eb0f1f154da7565 7d815c943977fe71bbf00caf1bd9c514",
    19: "e775dcb3d47e3d54e0e24fbdb64b5763 41d05b7cb5cc0a384af07ee9b7d36dd2",
    20: "31445f1891ce9eb464ed1dcf28f43613 af00bdcd3e3b89e6e85c1f63ebc0b4e4 a568c77f423d1b49aeccbce0e7af79f6 "
    "fc02418ad2002351a3f88faa5b14eb88 a0556509f8825756b6b89f59f90528ec",
    21: "6026e9d64e8c2b19f302dafb0286897b ae5c7f708a36f754c2f68c65c88ab9aa",
    22: "3de52d90db7ee2feb086ef6665b736b6 2dc17f123b7449b14144e76cfbeb2309",
    23: "a2fb48090c8bc0e5785975fab9596ab5 d5a3f4d7d20fefc781fea3c60bde9434 6f17d323d81dd683086d88a9268f8106 "
    "60d34bc853c51063b79592233c3661d4",
    24: "0337ec21962f67c7c493fedb447c4a9b e3ea0bd2e889b605614276876667759c ecc0f87f0676df6c7fdd06bff5d2825c "
    "9bfaa5536772e2f3ef1252813a21c4d1 661c84a377389a3b8a1fc38b44189b41",
    25: "5586f6a4193e34acc035209b5e9204d8 5232219633cc4d90570bffda36caccf4",
    26: "136e46f3f9271b60bcc1996d860b5c4e 428c962c15612ea89693349d1b84531a 0ac354c1c326441716ddb15d2c158c59",
    27: "249813e647271a8227bae0d8a39ed505 6129365b4fad6754f2b8c4478fc3c4ac 3543d23d9063fbf7332c7f129a74ada2",
    28: "95f7754d52d6016fdc445fb62aa7a31e 4376a7d734583ae347acf9732aa3bb43 e78fd9419f99464816ac8f628bc3c4af "
    "6eeb62a30439cecc7699c22f3e1fb3cf",
}
"""By number the names of its pictures, without folder and ending."""

_BY_PICTURE = {picture: number for number, pictures in WATERMARKS.items() for picture in pictures.split()}
_BY_SOURCE = {hash: int(number) for number, hashes in read_table(SOURCE_SEASONS).items() for hash in hashes}


def picture_name(path: str) -> str:
    """The name of a picture, by which the tables know it: "/common/destiny2_content/icons/ab12.png" is "ab12"."""
    return path.rpartition("/")[2].partition(".")[0]


def watermarks_of(item: ItemDefinition, version: int) -> tuple[str, ...]:
    """Names of the marks that a copy of this version may carry, the most telling first."""
    own = item.version_watermarks[version : version + 1] if version >= 0 else ()
    return tuple([picture_name(path) for path in (*own, item.watermark, item.featured_watermark, item.secondary_overlay) if path])


def season_of(item: ItemDefinition, version: int = 0, source: int = 0) -> int:
    """The season's number, or ``UNKNOWN``. ``version``: of the copy. ``source``: Bungie's hash of where it comes from."""
    for mark in watermarks_of(item, version):
        if mark in _BY_PICTURE:
            return _BY_PICTURE[mark]
    return item.season or _released(item) or _BY_SOURCE.get(source, UNKNOWN)


def _released(item: ItemDefinition) -> int:
    """By its release; one that is newer than all we know is of the season that runs."""
    for trait in item.trait_ids:
        if trait.startswith(_RELEASE):
            release = trait.removeprefix(_RELEASE).partition(".")[0]
            return RELEASES.get(release) or (CURRENT if _number(release) > _NEWEST else UNKNOWN)
    return UNKNOWN


def _number(release: str) -> int:
    digits = release.removeprefix("v")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0


def year_of(season: int) -> int:
    """The year of the game in which a season was, from 1; 0 for an unknown season."""
    return sum(begun <= season for begun in YEARS)
