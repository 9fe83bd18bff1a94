/** What narrows the table: terms that go into the search, and the choices beside it. Pure. */

import { LONGEST_QUERY } from "../search/query";
import { adviceOn, type Advice, type Row } from "./rows";
import type { Category } from "./wire";

export interface Choices {
  category: Category;
  /** Of armour. */
  guardian: "titan" | "hunter" | "warlock" | "all";
  /** A bucket, by `slotOf`, or "all". */
  slot: string;
  advice: Advice | "none" | "all";
}

/** Not the number alone: an object puts keys that are numbers before all others. */
export const slotOf = (bucket: number) => `slot-${bucket}`;

/** Quoted where it has to be. */
export function quoted(value: string): string {
  if (/^[\p{L}\p{N}_.#-]+$/u.test(value)) return value.toLowerCase();
  return value.includes('"') ? `'${value}'` : `"${value}"`;
}

/** The search as its parts: what stands in quotes or brackets is one. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let quote = "";
  let depth = 0;
  for (const letter of text) {
    if (!quote && depth === 0 && /\s/.test(letter)) {
      if (part) parts.push(part);
      part = "";
      continue;
    }
    part += letter;
    if (quote) {
      if (letter === quote) quote = "";
    } else if (letter === '"' || (letter === "'" && /(^|[:(\s])'$/.test(part))) quote = letter;
    else if (letter === "(") depth++;
    else if (letter === ")") depth = Math.max(0, depth - 1);
  }
  if (part) parts.push(part);
  return parts;
}

const JOINS = /^(or|and|not)$/i;

/** The search with this term, or without it where it stands there already. White space binds loosest, so it holds for all before. */
export function narrowed(text: string, term: string): string {
  const parts = partsOf(text);
  const at = parts.indexOf(term);
  const joined = (part: string | undefined) => part !== undefined && JOINS.test(part);
  if (at >= 0 && !joined(parts[at - 1]) && !joined(parts[at + 1])) return parts.filter((_, index) => index !== at).join(" ");
  const next = [text.trim(), term].filter(Boolean).join(" ");
  return at >= 0 || next.length > LONGEST_QUERY ? text : next;
}

/** Those that the choices leave. `matches`: what the search found; undefined: nothing is searched for. */
export function chosen(rows: readonly Row[], choices: Choices, matches: ReadonlySet<string> | undefined): Row[] {
  const { category, guardian, slot, advice } = choices;
  return rows.filter((row) => {
    if (matches && !matches.has(row.id)) return false;
    if (slot !== "all" && slotOf(row.item.bucket) !== slot) return false;
    if (category === "armor" && guardian !== "all" && (row.definition.class ?? guardian) !== guardian) return false;
    return advice === "all" || (advice === "none" ? !adviceOn(row).length : adviceOn(row).includes(advice));
  });
}

const SLOTS: Record<string, string> = {
  [slotOf(1498876634)]: "is:kineticslot",
  [slotOf(2465295065)]: "is:energy",
  [slotOf(953998645)]: "is:power",
  [slotOf(3448274439)]: "is:helmet",
  [slotOf(3551918588)]: "is:gauntlets",
  [slotOf(14239492)]: "is:chest",
  [slotOf(20886954)]: "is:leg",
  [slotOf(1585787867)]: "is:classitem",
};

const ADVICE: Partial<Record<Choices["advice"], string>> = {
  beaten: "dupe:statlower",
  wanted: "is:wishlist",
  unwanted: "is:trashlist",
  loadouts: "is:inloadout",
};

/** The search that finds just what is shown; undefined: no search does. */
export function searchFor(rows: readonly Row[], choices: Choices, text: string): string | undefined {
  const { category, guardian, slot, advice } = choices;
  const terms = [text.trim()];
  if (category === "armor" && guardian !== "all") terms.push(`is:${guardian}`);
  if (slot !== "all") terms.push(SLOTS[slot] ?? "");
  if (advice !== "all") terms.push(ADVICE[advice] ?? "");
  const told = (slot === "all" || SLOTS[slot]) && (advice === "all" || ADVICE[advice]);
  const search = told ? terms.filter(Boolean).join(" ") : rows.map(({ id }) => `id:${id}`).join(" or ");
  return search.length > LONGEST_QUERY || (!told && !rows.length) ? undefined : search;
}
