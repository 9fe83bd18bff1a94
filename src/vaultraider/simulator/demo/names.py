"""The demo's invented names, as the design draws them."""

from __future__ import annotations

# slot -> lines of "kind:Name/element,..."
WEAPONS = {
    "kinetic": """auto_rifle:Halyard/kinetic,Grey Commission/stasis,Parish Lantern/strand,Ropewalk/kinetic
hand_cannon:Sable Verdict/kinetic,Nightjar Accord/stasis,Third Bell/strand,Old Quarrel/kinetic
pulse_rifle:Quiet Cartographer/kinetic,Marginalia/strand,Ferryman's Due/stasis
scout_rifle:Long Inheritance/kinetic,Anchorite/stasis,Tidewater Ode/strand
submachine_gun:Rookery/kinetic,Small Mercies/strand,Sleight of Frost/stasis
sidearm:Last Courtesy/kinetic,Pocket Psalm/strand
bow:Winter's Proxy/stasis,Whisperline/strand
shotgun:Toll Collector/kinetic,Riddle of Iron/strand
sniper_rifle:Kite Season/kinetic,Eleventh Hour/stasis
fusion_rifle:Cold Arithmetic/stasis
grenade_launcher:Postage Due/kinetic,Salt Lottery/strand""",
    "energy": """auto_rifle:Sunken Cathedral/void,Kiln Procession/solar,Static Homily/arc
hand_cannon:Ember Regent/solar,Vesper Clause/void,Thunder in Minor/arc
pulse_rifle:Copper Thesis/arc,Red Ledger/solar,Umbral Notary/void
scout_rifle:Noonday Argument/solar,Far Signal/arc
submachine_gun:Violet Hour/void,Hot Type/solar,Telegraph Road/arc
sidearm:Glasswright/arc,Cinder Etiquette/solar,Half-Light Writ/void
bow:Stormglass/arc,Hearthstring/solar
shotgun:Undertow Clause/void,Furnace Door/solar
sniper_rifle:Red Almanac/solar,Lightning Census/arc
fusion_rifle:Hollow Choir/void,Arc of Descent/arc,Slow Sunrise/solar
trace_rifle:Prism Testament/solar
grenade_launcher:Paper Lanterns/solar,Ballast/void
glaive:Tidal Proof/arc,Ash Pilgrim's Reach/solar""",
    "power": """rocket_launcher:Siege Vernacular/solar,Tectonic Lullaby/void,Bright Refusal/arc
machine_gun:Gravedigger's Waltz/void,Iron Weather/arc,Long Summer/solar
grenade_launcher:Continental Drift/void,Wolf Moon Decree/arc,Rime Tribunal/stasis
linear_fusion:Meridian Lance/solar,Cartesian Ghost/void
sword:Nine Bridges/arc,Widow's Portion/void,Green Knight's Wager/strand
sniper_rifle:Distant Relative/arc""",
}
EXOTICS = """kinetic:hand_cannon:The Unlit Room/kinetic
kinetic:bow:Oathbreaker's Compass/strand
kinetic:sniper_rifle:Absolute Winter/stasis
kinetic:auto_rifle:Choir of One/kinetic
energy:hand_cannon:Kindly Inferno/solar
energy:trace_rifle:Event Horizon's Hymn/void
energy:submachine_gun:Pilot Light/arc
energy:fusion_rifle:Borrowed Dark/void
power:machine_gun:Hymn of Small Stars/arc
power:linear_fusion:Perihelion/solar
power:rocket_launcher:Seven League Grief/void
power:sword:Needle of the World/strand"""
PLAIN_WEAPONS = """kinetic:auto_rifle:Tin Whistle/kinetic:4
energy:sidearm:Farrier/arc:4
power:rocket_launcher:Dray Horse/solar:4
kinetic:scout_rifle:Chalk Line/kinetic:4
kinetic:hand_cannon:Ferrous Spoon/kinetic:3
energy:pulse_rifle:Candle End/solar:2"""
ODD_WEAPONS = (
    # name, slot, kind, element
    ('<b>Bold</b> & "Sons"', "kinetic", "hand_cannon", "kinetic"),
    ("<script>alert('vault')</script>", "energy", "sidearm", "void"),
    (
        "The Most Improbably Long-Named Fowling Piece That the Harbour Commission Ever Entered in Its Registers, "
        "Volume the Second, With Appendices",
        "energy",
        "shotgun",
        "solar",
    ),
    ("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", "power", "machine_gun", "arc"),
    ("القنديل الأخير", "kinetic", "scout_rifle", "strand"),
    ("שומר הסף (2)", "energy", "bow", "arc"),
    ("夜明けの測量士", "kinetic", "pulse_rifle", "stasis"),
    ("Źdźbło Świtu", "energy", "glaive", "void"),
    ("Ночной Паромщик", "power", "sword", "void"),
    ("🜂 Ember 🜂", "energy", "trace_rifle", "solar"),
    ("Z̷a̴l̶g̵o̶ Lantern", "kinetic", "submachine_gun", "kinetic"),
    ("  Spaced   Out  ", "kinetic", "sidearm", "strand"),
    ("", "energy", "fusion_rifle", "arc"),
)
SETS = {
    0: ("Tidewarden", "Iron Psalter", "Lantern Vigil", "Ashlar", "Brass Meridian"),
    1: ("Ashen Pilgrim", "Reedmarsh", "Lantern Vigil", "Halfpenny", "Brass Meridian"),
    2: ("Hollow Crown", "Glass Hermit", "Lantern Vigil", "Marginal Note", "Brass Meridian"),
}
OLD_SETS = ("Brass Meridian",)
"""Sets of armour 2.0: the rest is 3.0."""
PIECES = {
    0: ("Helm", "Gauntlets", "Plate", "Greaves", "Mark"),
    1: ("Mask", "Grips", "Vest", "Strides", "Cloak"),
    2: ("Hood", "Gloves", "Robes", "Boots", "Bond"),
}
EXOTIC_ARMOR = (
    # class, slot, name
    (0, 0, "Bulwark of Small Hours"),
    (0, 2, "Cuirass of the Last Mile"),
    (0, 1, "Hands of the Quarry"),
    (1, 3, "Ninth-Gate Striders"),
    (1, 2, "Coat of Many Exits"),
    (1, 0, "Gambler's Halo"),
    (2, 2, "Mantle of Unspent Thunder"),
    (2, 1, "Winter Correspondence"),
    (2, 0, "The Patient Eye"),
)
ARCHETYPES = (
    # name, primary, secondary (places in ARMOR_STATS)
    ("Brawler", 5, 1),
    ("Bulwark", 1, 2),
    ("Grenadier", 3, 4),
    ("Gunner", 0, 3),
    ("Paragon", 4, 5),
    ("Specialist", 2, 0),
)
GHOSTS = (
    ("Paper Crane Shell", 6),
    ("Verdigris Shell", 5),
    ("Lighthouse Shell", 5),
    ("Thimble Shell", 4),
    ("Locksmith Shell", 5),
    ("Pedlar's Shell", 5),
    ("Almanac Shell", 6),
    ("Quillwork Shell", 5),
    ("Plumb-Bob Shell", 4),
    ("Tea Caddy Shell", 5),
)
VEHICLES = (
    ("Dust Kestrel", 6),
    ("Widdershins", 5),
    ("Low Tide", 5),
    ("Hare of the Moor", 4),
    ("Milk Round", 5),
    ("Pit Pony", 4),
    ("The Long Apology", 6),
    ("Bicycle Thief", 5),
    ("Weathercock", 5),
    ("Downhill", 5),
)
SHIPS = (
    ("Saltmarsh Heron", 5),
    ("Late Correspondence", 5),
    ("The Lady Orrery", 6),
    ("Bill of Lading", 5),
    ("Gannet", 4),
    ("Sextant Rose", 5),
    ("Fair Copy", 5),
    ("Bellwether", 5),
    ("Dead Reckoning", 6),
    ("Inland Sea", 5),
)
EMBLEMS = (
    "Night Watch",
    "Verdigris Rosette",
    "First Light",
    "Long Count",
    "Brass Key",
    "Harbour Bell",
    "Winter Ledger",
    "Four Winds",
    "Paper Moon",
    "Grey Heron",
    "Tidemark",
    "Open Door",
)
MATERIALS = (
    # name, tier, most in a stack, owned
    ("Enhancement Core", 5, 999, 412),
    ("Enhancement Prism", 5, 50, 57),
    ("Ascendant Shard", 6, 10, 9),
    ("Alloy Filing", 4, 999, 318),
    ("Vault Dust", 3, 9999, 22339),
    ("Verdigris Salt", 4, 9999, 140),
    ("Dull Glass", 2, 9999, 87),
    ("Strange Coin", 6, 99, 63),
)
CONSUMABLES = (
    ("Raid Banner", 3, 50, 24),
    ("Signal Flare", 4, 50, 6),
    ("Lantern Oil", 3, 50, 31),
    ("Boon of the Fireteam", 5, 10, 3),
    ("Tuning Fork", 5, 11, 11),
    ("Paper Star", 2, 999, 2250),
    ("Watchman's Whistle", 4, 10, 2),
    ("Harbour Token", 3, 999, 88),
    ("Polaris Chip", 6, 1, 1),
    ("Ember Vial", 4, 25, 14),
)
INVENTORY_MODS = ("Steady Sights", "Counterweight", "Deep Pockets", "Long Barrel", "Quick Hands", "Overwatch")
ENGRAM_NAMES = (
    ("Prime Engram", 6),
    ("Gunsmith Engram", 5),
    ("Vanguard Engram", 5),
    ("Crucible Engram", 5),
    ("Worn Engram", 4),
)
SHADER_NAMES = (
    "Bank Holiday",
    "Wet Slate",
    "Ferry Yellow",
    "Signal Box Red",
    "Old Ivory",
    "Kelp",
    "Coal Scuttle",
    "Marmalade",
    "Dove Grey",
    "Ink and Brass",
    "Chalk Stream",
    "Midnight Post",
)
FINISHERS = ("Paperweight", "Full Stop", "Curtain Call", "The Toll", "Good Night")
EMOTES = ("Bow to the Hall", "Shrug at the Sky", "Count to Ten", "Wind the Clock")
SUBCLASSES = {
    0: ("Stormwall", "Kilnheart", "Vesperward", "Rimeguard", "Rootbreaker", "Many Lights"),
    1: ("Sparkrunner", "Emberhand", "Duskwalker", "Hoarfoot", "Threadcutter", "Many Lights"),
    2: ("Galewright", "Lampbearer", "Hollowsage", "Glassbinder", "Loomkeeper", "Many Lights"),
}
SUBCLASS_ELEMENTS = ("arc", "solar", "void", "stasis", "strand", "")
QUEST_NAMES = (
    "A Letter for the Harbour",
    "The Third Lamp",
    "What the Tide Left",
    "Seven Small Keys",
    "Inventory of the Lost",
    "Salt in the Ledger",
    "The Watchman's Round",
    "Every Bell at Once",
    "Unsent Telegrams",
    "The Cartographer's Error",
    "Borrowed Oars",
    "Night School",
)
BOUNTY_NAMES = ("Six Clean Shots", "Lights Out", "By Hand", "Carry the Lantern", "Not a Scratch", "Two Birds")
FRAMES = (
    "Adaptive Frame",
    "Aggressive Frame",
    "Lightweight Frame",
    "Precision Frame",
    "Rapid-Fire Frame",
    "Wave Frame",
    "High-Impact Frame",
    "Support Frame",
)
TRAITS = (
    # name, stat changes as text "stat+n"
    ("Second Reading", "reload+5"),
    ("Ledger Balance", "stability+5"),
    ("Quick Signature", "handling+8"),
    ("Slow Burn", ""),
    ("Kindling Word", ""),
    ("Standing Order", "range+5"),
    ("Loose Change", "reload+10"),
    ("House Advantage", ""),
    ("Ricochet Clause", ""),
    ("Open Account", "magazine+10"),
    ("Cold Reading", "aim+5"),
    ("Long Memory", ""),
    ("Paper Trail", ""),
    ("Even Keel", "stability+10"),
    ("Double Entry", ""),
    ("Wall of Text", "range-5,stability+10"),
    ("Undertone", ""),
    ("Harmony in Three", ""),
    ("Last Word", ""),
    ("Compound Interest", ""),
    ("Safe Conduct", "airborne+15"),
    ("Candlepower", ""),
    ("Tight Lines", "recoil+10"),
    ("Third Rail", ""),
)
ORIGINS = ("Harbour Custom", "Salvager's Luck", "Night Watch Drill", "Tideline Habit", "Printer's Devil")
BARRELS = (
    ("Straight Bore", "range+5,handling+5"),
    ("Choked Muzzle", "range+10,stability-5"),
    ("Ported Collar", "stability+10,recoil+10,handling-5"),
    ("Fluted Pipe", "handling+15,stability+5"),
    ("Hammered Steel", "range+10"),
    ("Corkscrew Grooves", "range+5,stability+5,handling+5"),
    ("Long Snout", "range+10,recoil+10,handling-10"),
    ("Polygon Cut", "stability+10"),
)
MAGAZINES = (
    ("Drop Box", "reload+10,magazine-10"),
    ("Deep Drawer", "magazine+20,reload-5"),
    ("Tailored Fit", "reload+15"),
    ("Steady Feed", "stability+10"),
    ("Armour Needle", "range+5"),
    ("Light Rounds", "handling+5,magazine+10"),
)
MASTERWORK_STATS = ("range", "stability", "handling", "reload")
WEAPON_MODS = (
    ("Backstop", "stability+5"),
    ("Feather Sling", "handling+10"),
    ("Spare Spring", "reload+5"),
    ("Ruled Margin", ""),
    ("Tall Sights", "zoom+1"),
    ("Adept Bearing", "range+10"),
)
ARMOR_MODS = {
    "enhancements.v2_general": tuple(
        (f"{stat} Keel", f"{stat.lower()}+10", 3) for stat in ("Weapons", "Health", "Class", "Grenade", "Super", "Melee")
    )
    + tuple(
        (f"Minor {stat} Keel", f"{stat.lower()}+5", 1) for stat in ("Weapons", "Health", "Class", "Grenade", "Super", "Melee")
    ),
    "enhancements.v2_head": (("Sextant", "", 1), ("Ammunition Tally", "", 2), ("Spare Spectacles", "", 3)),
    "enhancements.v2_arms": (("Quick Cuffs", "", 1), ("Grip Tape", "", 2), ("Fastball Lesson", "", 1)),
    "enhancements.v2_chest": (("Ballast Vest", "", 2), ("Insulated Lining", "", 1), ("Cargo Pockets", "", 3)),
    "enhancements.v2_legs": (("Holster Sketch", "", 2), ("Sprung Heel", "", 1), ("Gleaner", "", 3)),
    "enhancements.v2_class_item": (("Shared Lantern", "", 1), ("Marching Order", "", 2), ("Reaper's Tithe", "", 3)),
}
CLAN = ("Lamplighters' Guild", "LAMP", "We keep the lights on.")
