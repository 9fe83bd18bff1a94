/** Stats as numbers: which there are, in which order, and what they would be. */

import type { Item, Profile } from "../api/types";
import type { GlyphName } from "../ui/glyphs";
import type { Category, Facts } from "./wire";

/** Without anything in it, as it is now, or as if it were masterworked. */
export type Basis = "base" | "now" | "mastered";

/** The sum of the six; Bungie gives it no hash. */
export const TOTAL = -1000;

export interface StatName {
  hash: number;
  /** As searches call it. */
  word: string;
  glyph?: GlyphName;
}

export const ARMOR_STATS: StatName[] = [
  { hash: 2996146975, word: "weapons", glyph: "st-weapons" },
  { hash: 392767087, word: "health", glyph: "st-health" },
  { hash: 1943323491, word: "class", glyph: "st-class" },
  { hash: 1735777505, word: "grenade", glyph: "st-grenade" },
  { hash: 144602215, word: "super", glyph: "st-super" },
  { hash: 4244567218, word: "melee", glyph: "st-melee" },
];

/** In the game's order. */
export const WEAPON_STATS: StatName[] = [
  { hash: 4284893193, word: "rpm" },
  { hash: 2961396640, word: "charge" },
  { hash: 447667954, word: "drawtime" },
  { hash: 4043523819, word: "impact" },
  { hash: 3614673599, word: "blastradius" },
  { hash: 2523465841, word: "velocity" },
  { hash: 1591432999, word: "accuracy" },
  { hash: 1240592695, word: "range" },
  { hash: 1842278586, word: "shieldduration" },
  { hash: 155624089, word: "stability" },
  { hash: 943549884, word: "handling" },
  { hash: 4188031367, word: "reload" },
  { hash: 1345609583, word: "aimassist" },
  { hash: 2714457168, word: "airborne" },
  { hash: 3555269338, word: "zoom" },
  { hash: 3871231066, word: "magazine" },
  { hash: 1931675084, word: "ammogen" },
  { hash: 2715839340, word: "recoildirection" },
  { hash: 3085395333, word: "persistence" },
  { hash: 2837207746, word: "swingspeed" },
  { hash: 3022301683, word: "chargerate" },
  { hash: 209426660, word: "guardresistance" },
  { hash: 2762071195, word: "guardefficiency" },
  { hash: 3736848092, word: "guardendurance" },
  { hash: 925767036, word: "ammocapacity" },
  { hash: 602570185, word: "ventspeed" },
  { hash: 3481294762, word: "heatgen" },
  { hash: 4006394725, word: "cooling" },
];

export const statsOf = (category: Category): StatName[] =>
  category === "armor" ? ARMOR_STATS : category === "weapons" ? WEAPON_STATS : [];

export function statName(profile: Profile, { hash, word }: StatName): string {
  return profile.stats[hash]?.name ?? word.replace(/^./, (letter) => letter.toUpperCase());
}

/** Undefined: the item has no such stat. */
export function statValue(item: Item, facts: Facts | undefined, hash: number, basis: Basis): number | undefined {
  if (hash === TOTAL) return total(item, facts, basis);
  const found = item.stats?.find(([each]) => each === hash);
  if (!found) return undefined;
  const [, now, base] = found;
  if (basis === "base") return base;
  return basis === "mastered" ? (facts?.mw_stats?.find(([each]) => each === hash)?.[1] ?? now) : now;
}

function total(item: Item, facts: Facts | undefined, basis: Basis): number | undefined {
  const values = ARMOR_STATS.map(({ hash }) => statValue(item, facts, hash, basis));
  if (values.every((value) => value === undefined)) return undefined;
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** The term that finds what has at least this much, of the stats as they are shown; what is foreseen cannot be searched for. */
export function statTerm(word: string, value: number, basis: Basis, less = false): string | undefined {
  if (basis === "mastered") return undefined;
  return `${basis === "base" ? "basestat" : "stat"}:${word}:${less ? "<=" : ">="}${value}`;
}
