"""Queries as players write them, to measure with: what is typed letter by letter, what is saved for years, and mixtures."""

from __future__ import annotations

import random

from vaultraider.search.filters._filter import Filter
from vaultraider.search.vocabulary import vocabulary

WRITTEN = """
is:weapon is:legendary -is:locked -is:crafted
is:armor is:legendary basestat:total:<60 -is:locked -is:exotic
is:armor3.0 tier:>=4 (stat:weapons+grenade:>=60 or stat:super:>=30)
is:warlock is:helmet basestat:any:>=30
is:dupe is:weapon -is:locked -is:maxpower
dupe:setbonus+statlower
dupe:archetype+tertiarystat is:titan
(is:dupe is:legendary -tag:keep -tag:favorite) or tag:junk
is:infusionfodder -is:exotic
is:infusionfodder is:transferable -is:incurrentchar
is:weapon perkname:"kill clip" perkname:outlaw
is:handcannon (perk:"kill clip" or perk:"rampage" or perk:"frenzy" or perk:"headstone")
perk:"vorpal weapon" is:power
exactperk:incandescent is:solar
is:wishlist -is:locked
is:trashlist is:invault -tag:keep -is:crafted
-is:wishlist is:wishlistable -is:locked is:legendary
tag:none is:weapon is:randomroll
is:exotic is:armor is:hunter
is:exotic -is:masterwork catalyst:incomplete
season:current is:weapon
season:>=splicer season:<=risen is:armor
year:<4 is:legendary -is:locked
source:raid is:weapon perk:reload
source:vow or source:kf or source:dsc or source:gos
source:dungeon -is:exotic is:armor
foundry:suros is:weapon is:legendary
breaker:any is:exotic
is:postmaster -is:engrams
is:invault is:consumables is:stackfull
stack:>100 is:consumables
power:>=pinnaclecap is:armor -is:equipped
power:<softcap is:legendary
is:haspower is:maxpowerloadout
light:>=powerfulcap -is:locked is:weapon
masterwork:10 is:weapon -is:crafted
masterwork:range or masterwork:stability
energycapacity:10 is:armor -is:exotic
stat:rpm:140 is:handcannon
stat:mobility:>=20 stat:recovery:>=20
basestat:highest&secondhighest:>=25
maxstatvalue:any is:armor
maxbasestatvalue:discipline
kills:>1000
kills:pve:>=500 -is:crafted
weaponlevel:>=17 is:crafted
is:crafted -is:enhanced is:enhancementready
enhancedperk:2
is:craftable -is:crafted is:deepsight
modslot:none is:armor2.0
modslot:activity -is:artifice
is:artifice basestat:total:>62
armorintrinsic:none is:armor
memento:any
is:ornamented is:exotic
is:shaded -is:armor
is:modded is:weapon
notes:#pvp or notes:#pve
is:hasnotes -is:tagged
name:"the recluse" or name:"midnight coup" or name:"austringer"
exactname:"hard light"
description:light is:exotic
keyword:void
fatebringer
hand cannon
kill clip outlaw
"rapid hit" "kill clip"
gjally or ghorn
sunshot -is:equipped
inmost light
not is:weapon not is:armor not is:consumables
is:onwrongclass
is:inleftchar is:weapon -is:equipped
is:incurrentchar is:armor -is:equipped -is:locked
is:inloadout -is:equipped
-is:inloadout is:armor is:legendary -tag:keep
count:>3 is:weapon
count:2 is:exotic
hash:347366834
is:adept or is:holofoil
is:origintrait is:legendary -perkname:"veist stinger"
is:curated or is:extraperk
is:retiredperk -is:locked
is:tieredweapon tier:>=3
primarystat:grenade tertiarystat:weapons
tunedstat:primary or tunedstat:melee
is:light is:energy
is:dark is:kineticslot
is:primary is:legendary -is:exotic -is:locked is:invault
is:special (is:shotgun or is:sniperrifle or is:fusionrifle or is:glaive)
is:heavy (is:rocketlauncher or is:lfr or is:lmg or is:sword or is:heavygrenadelauncher)
is:cosmetic -is:equipped
is:ghost is:legendary
is:emblems or is:ships or is:vehicle
/* what goes first */ is:armor is:blue or is:green or is:white
is:movable is:postmaster
is:statlower
is:dupelower -is:masterwork
is:powerfulreward or is:pinnaclereward
(is:hunter or is:warlock or is:titan) is:classitem -is:exotic -is:masterwork power:<500
((is:weapon (perk:surrounded or perk:swashbuckler)) or (is:armor (stat:total:>65 or basestat:total:>60))) -is:locked -tag:keep
"""
TYPED = ("is:handcannon perk:outlaw -is:locked", "kill clip", "stat:recovery:>=20 is:warlock", "hammerhead")
"""Each is asked letter by letter, as a search field does."""
MIXTURES = 120
LONGEST = 2048


def written() -> list[str]:
    return [line for line in WRITTEN.splitlines() if line]


def typed() -> list[str]:
    """Every beginning that there is while somebody types."""
    return [text[:end] for text in TYPED for end in range(1, len(text) + 1)]


def examples() -> list[str]:
    """What the help shows."""
    return [filter.example for filter in _filters()]


def mixtures(seed: int = 2026) -> list[str]:
    """Three to six of the written ones' parts with each other."""
    dice = random.Random(seed)
    parts = sorted({word for line in written() for word in line.split() if ":" in word and not set(word) & set('()"/*')})
    made = []
    for _ in range(MIXTURES):
        chosen = dice.sample(parts, dice.randint(3, 6))
        made.append(" ".join(chosen) if dice.random() < 0.6 else f"({' or '.join(chosen[:2])}) {' '.join(chosen[2:])}")
    return made


def long_ones() -> list[str]:
    """As long as what can be saved: many names, and many filters."""
    names = " or ".join([f'name:"weapon {number}"' for number in range(200)])
    filters = [text for text in examples() if not set(text) & set("()/*")]
    return [_cut(names, " or "), _cut(" or ".join([f"({text})" for text in filters * 2]), " or ")]


def _cut(text: str, between: str) -> str:
    return text[:LONGEST].rpartition(between)[0]


def _filters() -> list[Filter]:
    return [filter for family in vocabulary().families for filter in family.filters]
