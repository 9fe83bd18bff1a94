/** The columns there are: what each is sorted by, what it says, and what a press on it searches for. Pure. */

import type { Profile } from "../api/types";

import { LABELS } from "../curation/messages";
import { byKeyword, sharedTotal, weightsOf, type CustomStat } from "../customstats/totals";
import { elementOf, ELEMENTS, nameOf, TIERS } from "../items/words";
import type { GlyphName } from "../ui/glyphs";
import { callName } from "../vault/guardian";
import { messages } from "./messages";
import { quoted } from "./narrow";
import { adviceOn, type Row } from "./rows";
import { statName, statsOf, statTerm, statValue, TOTAL, type Basis } from "./stats";
import type { Category, Perks } from "./wire";

export type Part = keyof typeof messages.parts;

export interface Column {
  id: string;
  title: string;
  part: Part;
  /** Pixels, at the usual size of letters. */
  width: number;
  glyph?: GlyphName;
  /** Numbers stand on the right; those of a stat over a bar. */
  look?: "number" | "stat" | "name" | "where" | "tier" | "advice" | "tag" | "verdict";
  /** Sorted from the highest first. */
  falls?: true;
  /** What it is made of, where the title does not say. */
  hint?: string;
  /** What it is sorted by. */
  worth: (row: Row) => number | string | undefined;
  words: (row: Row) => string;
  /** What finds the items that are the same in this; undefined: nothing does. */
  term?: (row: Row) => string | undefined;
}

/** Pixels of the name's column; on a phone. */
export const NAME = 196;
export const NAME_ON_PHONE = 176;

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayAndYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "2-digit" });

/** "18 Nov", with the year where it is another one than now. */
export function dayOf(iso: string | undefined, now = new Date()): string {
  if (!iso) return "";
  const then = new Date(iso);
  return (then.getFullYear() === now.getFullYear() ? day : dayAndYear).format(then);
}

const GUARDIANS = ["is:inleftchar", "is:inmiddlechar", "is:inrightchar"];

function whereTerm(profile: Profile, { item }: Row): string | undefined {
  if (item.place === "postmaster") return "is:postmaster";
  if (item.store === "vault") return "is:invault";
  const all = profile.characters;
  const at = all.findIndex(({ id }) => id === item.store);
  // Of two, the other one stands right.
  return at < 0 ? undefined : at === 1 && all.length === 2 ? GUARDIANS[2] : GUARDIANS[at];
}

export function whereWords(profile: Profile, { item }: Row): string {
  if (item.store === "vault") return "Vault";
  const character = profile.characters.find(({ id }) => id === item.store);
  return character ? callName(character) : "Shared";
}

const KINDS: Record<string, string> = {
  auto_rifle: "autorifle",
  bow: "bow",
  fusion_rifle: "fusionrifle",
  glaive: "glaive",
  grenade_launcher: "grenadelauncher",
  hand_cannon: "handcannon",
  linear_fusion: "linearfusionrifle",
  machine_gun: "machinegun",
  pulse_rifle: "pulserifle",
  rocket_launcher: "rocketlauncher",
  scout_rifle: "scoutrifle",
  shotgun: "shotgun",
  sidearm: "sidearm",
  sniper_rifle: "sniperrifle",
  submachine_gun: "submachine",
  sword: "sword",
  trace_rifle: "tracerifle",
  helmet: "helmet",
  gauntlets: "gauntlets",
  chest: "chest",
  legs: "leg",
  class_item: "classitem",
  ghost: "ghost",
};

const RARITY = ["unknown", "common", "uncommon", "rare", "legendary", "exotic"];
const is = (word: string | undefined) => (word ? `is:${word}` : undefined);
const of = (keyword: string, value: string | number | undefined) =>
  value === undefined || value === "" ? undefined : `${keyword}:${typeof value === "number" ? value : quoted(value)}`;

/** A column of words. */
function words(
  id: string,
  part: Part,
  title: string,
  width: number,
  read: (row: Row) => string | undefined,
  term?: Column["term"],
): Column {
  return { id, part, title, width, worth: read, words: (row) => read(row) ?? "", term };
}

/** A column of numbers. */
function number(
  id: string,
  part: Part,
  title: string,
  width: number,
  read: (row: Row) => number | undefined,
  term?: Column["term"],
): Column {
  const say = (row: Row) => read(row)?.toLocaleString("en") ?? "";
  return { id, part, title, width, look: "number", falls: true, worth: read, words: say, term };
}

const yesNo = (id: string, title: string, read: (row: Row) => unknown, term: string): Column =>
  words(id, "yours", title, 84, (row) => (read(row) ? title.toLowerCase() : undefined), (row) => (read(row) ? term : undefined)); // prettier-ignore

const perk = (id: keyof Perks, title: string): Column => {
  const read = (row: Row) => {
    const found = row.facts?.columns?.[id];
    return Array.isArray(found) ? found.join(", ") : found;
  };
  return words(id, "perks", title, 120, read, (row) => of("exactperk", read(row)));
};

function named(profile: Profile, category: Category): Column[] {
  return [
    {
      id: "name",
      part: "item",
      title: messages.name,
      width: NAME,
      look: "name",
      worth: ({ definition }) => nameOf(definition),
      words: ({ definition }) => nameOf(definition),
    },
    {
      ...words("where", "item", "Where", 88, (row) => whereWords(profile, row), (row) => whereTerm(profile, row)), // prettier-ignore
      look: "where",
    },
    ...(category === "other"
      ? [number("quantity", "item", "Amount", 78, ({ item }) => item.quantity ?? 1)]
      : [number("power", "item", "Power", 60, ({ item }) => item.power, ({ item }) => of("power", item.power))]), // prettier-ignore
    words(
      "type",
      "item",
      "Type",
      120,
      ({ definition }) => definition.type,
      ({ definition }) => is(KINDS[definition.kind]),
    ),
    {
      ...words("rarity", "item", "Rarity", 88, ({ definition }) => TIERS[definition.tier], ({ definition }) => is(definition.tier)), // prettier-ignore
      falls: true,
      worth: ({ definition }) => RARITY.indexOf(definition.tier),
    },
  ];
}

function weapon(): Column[] {
  return [
    words(
      "element",
      "item",
      "Element",
      84,
      ({ item, definition }) => ELEMENTS[elementOf(item, definition)!],
      ({ item, definition }) => is(elementOf(item, definition)),
    ),
    words("ammo", "item", "Ammo", 76, ({ definition }) => definition.ammo, ({ definition }) => is(definition.ammo)), // prettier-ignore
    words("frame", "item", "Frame", 128, ({ facts }) => facts?.frame, ({ facts }) => of("exactperk", facts?.frame)), // prettier-ignore
  ];
}

/** By name: what finds the pieces one has of a set. No filter asks for sets by name, so it is their hashes. */
function setTerms(rows: readonly Row[]): Map<string, string> {
  const hashes = new Map<string, Set<number>>();
  for (const { item, facts } of rows) {
    if (facts?.set) hashes.set(facts.set, (hashes.get(facts.set) ?? new Set()).add(item.hash));
  }
  return new Map(
    [...hashes].map(([name, its]) => {
      const terms = [...its].sort((a, b) => a - b).map((hash) => `hash:${hash}`);
      return [name, terms.length > 1 ? `(${terms.join(" or ")})` : terms[0]!];
    }),
  );
}

function armor(rows: readonly Row[]): Column[] {
  const sets = setTerms(rows);
  return [
    words("class", "item", "Class", 84, ({ definition }) => definition.class, ({ definition }) => is(definition.class)), // prettier-ignore
    words("archetype", "item", "Archetype", 88, ({ facts }) => facts?.archetype, ({ facts }) => of("exactperk", facts?.archetype)), // prettier-ignore
    words(
      "set",
      "item",
      "Set",
      136,
      ({ facts }) => facts?.set,
      ({ facts }) => sets.get(facts?.set ?? ""),
    ),
    number("energy", "item", "Energy", 76, ({ item }) => item.energy, ({ item }) => of("energycapacity", item.energy)), // prettier-ignore
  ];
}

const tier: Column = {
  ...number("tier", "item", "Tier", 66, ({ item }) => item.gear_tier || undefined, ({ item }) => of("tier", item.gear_tier)), // prettier-ignore
  look: "tier",
};

/** Totals of one's own. Armour of another class has none. */
function totals(profile: Profile, basis: Basis, own: readonly CustomStat[]): Column[] {
  return byKeyword(own).map((shared): Column => {
    const worth = ({ item, facts, definition }: Row) =>
      sharedTotal(shared, definition.class, (hash) => statValue(item, facts, hash, basis));
    const term = (row: Row) => {
      const value = worth(row);
      return value === undefined ? undefined : statTerm(shared.keyword, value, basis);
    };
    const width = Math.min(128, Math.max(60, 26 + shared.label.length * 6));
    const hint = shared.stats
      .map(({ weights }) => weightsOf(weights, (hash, word) => profile.stats[hash]?.name ?? word))
      .join("; ");
    return { ...number(ownColumn(shared.keyword), "stats", shared.label, width, worth, term), hint };
  });
}

const OWN = "own-";
export const ownColumn = (keyword: string) => `${OWN}${keyword}`;

/** The columns in the beginning: after the total come one's own. */
export function usualOf(category: Category, columns: readonly Column[]): string[] {
  const own = columns.filter(({ id }) => id.startsWith(OWN)).map(({ id }) => id);
  return [...USUAL[category], ...own];
}

function stats(profile: Profile, category: Category, basis: Basis, rows: readonly Row[], own: readonly CustomStat[]): Column[] {
  const there = new Set(rows.flatMap(({ item }) => item.stats?.map(([hash]) => hash) ?? []));
  const columns = statsOf(category)
    .filter(({ hash }) => there.has(hash))
    .map((stat): Column => {
      const title = statName(profile, stat);
      const worth = (row: Row) => statValue(row.item, row.facts, stat.hash, basis);
      const less = profile.stats[stat.hash]?.smaller_is_better;
      return {
        ...number(`stat-${stat.word}`, "stats", title, stat.glyph ? Math.max(70, 36 + title.length * 6.5) : 84, worth, (row) => {
          const value = worth(row);
          return value === undefined ? undefined : statTerm(stat.word, value, basis, less);
        }),
        glyph: stat.glyph,
        look: "stat",
      };
    });
  if (category !== "armor" || !columns.length) return columns;
  const sum = (row: Row) => statValue(row.item, row.facts, TOTAL, basis);
  const term = (row: Row) => {
    const value = sum(row);
    return value === undefined ? undefined : statTerm("total", value, basis);
  };
  return [...columns, number("stat-total", "stats", "Total", 62, sum, term), ...totals(profile, basis, own)];
}

function made(profile: Profile, category: Category): Column[] {
  const stat = (hash: number | undefined) => (hash === undefined ? undefined : profile.stats[hash]?.name);
  const raised = (id: string, title: string, part: Part, read: (row: Row) => number | undefined, keyword: string): Column =>
    words(
      id,
      part,
      title,
      104,
      (row) => stat(read(row)),
      (row) => of(keyword, statsOf(category).find(({ hash }) => hash === read(row))?.word),
    );
  if (category === "armor")
    return [
      raised("tuned", "Tuned", "stats", ({ facts }) => facts?.tuned, "tunedstat"),
      raised("primary", "First stat", "stats", ({ facts }) => facts?.primary, "primarystat"),
      raised("secondary", "Second stat", "stats", ({ facts }) => facts?.secondary, "secondarystat"),
      raised("tertiary", "Third stat", "stats", ({ facts }) => facts?.tertiary, "tertiarystat"),
    ];
  if (category !== "weapons") return [];
  return [
    raised("mwstat", "Masterwork stat", "stats", ({ facts }) => facts?.mw?.stat, "masterwork"),
    perk("barrel", "Barrel"),
    perk("magazine", "Magazine"),
    perk("trait1", "Trait 1"),
    perk("trait2", "Trait 2"),
    perk("origin", "Origin trait"),
    perk("mod", "Mod"),
    perk("catalyst", "Catalyst"),
    words("breaker", "about", "Breaker", 104, ({ facts }) => facts?.breaker, ({ facts }) => of("breaker", facts?.breaker)), // prettier-ignore
    words("foundry", "about", "Foundry", 96, ({ facts }) => facts?.foundry, ({ facts }) => of("foundry", facts?.foundry)), // prettier-ignore
    number("level", "about", "Level", 68, ({ facts }) => facts?.level, ({ facts }) => least("weaponlevel", facts?.level)), // prettier-ignore
    number("pve", "about", "Kills", 76, ({ facts }) => killsOf(facts?.kills), ({ facts }) => least("kills", killsOf(facts?.kills))), // prettier-ignore
  ];
}

const least = (keyword: string, value: number | undefined) => (value === undefined ? undefined : `${keyword}:>=${value}`);

function killsOf(kills: { pve?: number; pvp?: number; gambit?: number } | undefined): number | undefined {
  return kills && (kills.pve ?? 0) + (kills.pvp ?? 0) + (kills.gambit ?? 0);
}

function about(): Column[] {
  return [
    number("dupes", "about", "Copies", 72, ({ facts }) => facts?.dupes, ({ facts }) => least("count", facts?.dupes)), // prettier-ignore
    number("season", "about", "Season", 76, ({ facts }) => facts?.season, ({ facts }) => of("season", facts?.season)), // prettier-ignore
    number("year", "about", "Year", 60, ({ facts }) => facts?.year, ({ facts }) => of("year", facts?.year)), // prettier-ignore
    words("event", "about", "Event", 112, ({ facts }) => facts?.event, ({ facts }) => of("source", facts?.from_event)), // prettier-ignore
    words("source", "about", "Source", 224, ({ facts }) => facts?.source, ({ facts }) => of("source", facts?.source && facts.from_source)), // prettier-ignore
    { ...words("found", "about", "Found", 66, ({ facts }) => facts?.found), falls: true, words: ({ facts }) => dayOf(facts?.found) }, // prettier-ignore
    words("loadouts", "about", "Loadouts", 136, ({ facts }) => facts?.loadouts?.join(", "), ({ facts }) => facts?.loadouts?.[0] && `inloadout:${quoted(facts.loadouts[0])}`), // prettier-ignore
  ];
}

const VERDICTS = { true: "is:wishlist", false: "is:trashlist" } as const;

function yours(category: Category): Column[] {
  const masterwork = yesNo("masterwork", "Masterwork", ({ item }) => item.masterwork, "is:masterwork");
  return [
    {
      ...words("tag", "yours", "Tag", 96, ({ said }) => said?.tag && (LABELS[said.tag] ?? said.tag), ({ said }) => `tag:${said?.tag ?? "none"}`), // prettier-ignore
      look: "tag",
    },
    words("notes", "yours", "Notes", 176, ({ said }) => said?.notes, ({ said }) => said?.notes && `notes:${quoted(said.notes)}`), // prettier-ignore
    yesNo("locked", "Locked", ({ item }) => item.locked, "is:locked"),
    ...(category === "other" ? [] : [{ ...masterwork, width: 112 }]),
    ...(category === "weapons" ? [yesNo("crafted", "Crafted", ({ item }) => item.crafted, "is:crafted"), verdicts] : []),
  ];
}

const verdicts: Column = {
  ...words(
    "verdict",
    "yours",
    "Wish lists",
    124,
    ({ verdict }) => verdict && (verdict.wanted ? messages.wanted : messages.unwanted),
    ({ verdict }) => verdict && VERDICTS[`${verdict.wanted}`],
  ),
  look: "verdict",
};

const WEIGHT = { beaten: 1000, unwanted: 800, loadouts: 500, best: 300, wanted: 200 };

/** Sorted by it, what could go comes first. */
const advice: Column = {
  id: "advice",
  part: "yours",
  title: messages.adviceLabel,
  width: 124,
  look: "advice",
  falls: true,
  worth: (row) => {
    const [first] = adviceOn(row);
    return first && WEIGHT[first] + (first === "beaten" ? (row.facts?.beaten ?? 0) : 0);
  },
  words: adviceWords,
  term: (row) => ({ beaten: "dupe:statlower", wanted: "is:wishlist", unwanted: "is:trashlist", loadouts: "is:inloadout", best: undefined })[adviceOn(row)[0] ?? "best"], // prettier-ignore
};

export function adviceWords(row: Row): string {
  switch (adviceOn(row)[0]) {
    case "beaten":
      return messages.beaten(row.facts?.beaten ?? 0);
    case "best":
      return messages.best;
    case "wanted":
      return messages.wanted;
    case "unwanted":
      return messages.unwanted;
    case "loadouts":
      return messages.inLoadouts(row.facts?.loadouts ?? []);
    default:
      return "";
  }
}

/** All of a category, in their order; `rows`: what is there at all decides which stats there are. */
export function columnsOf(
  profile: Profile,
  category: Category,
  basis: Basis,
  rows: readonly Row[],
  own: readonly CustomStat[] = [],
): Column[] {
  return [
    ...named(profile, category),
    ...(category === "weapons" ? weapon() : category === "armor" ? armor(rows) : []),
    ...(category === "other" ? [] : [tier]),
    ...stats(profile, category, basis, rows, own),
    ...made(profile, category),
    ...about(),
    ...yours(category),
    ...(category === "other" ? [] : [advice]),
  ];
}

/** Those in the beginning, beside the name. */
export const USUAL: Record<Category, string[]> = {
  weapons: ["where", "power", "frame", "tier", "stat-range", "stat-stability", "stat-handling", "trait1", "trait2", "found", "advice"], // prettier-ignore
  armor: ["where", "power", "archetype", "tier", "stat-weapons", "stat-health", "stat-class", "stat-grenade", "stat-super", "stat-melee", "stat-total", "found", "advice"], // prettier-ignore
  other: ["where", "type", "quantity", "rarity", "locked", "tag", "found"],
};

export const USUAL_ORDER: Record<Category, { column: string; down: boolean }[]> = {
  weapons: [{ column: "power", down: true }],
  armor: [{ column: "stat-total", down: true }],
  other: [{ column: "type", down: false }],
};
