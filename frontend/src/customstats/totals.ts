/** Totals of one's own: weighted sums of the six stats of armour. Pure. */

import type { components } from "../api/schema";

export type CustomStat = components["schemas"]["OwnStat"];
export type CustomStats = components["schemas"]["OwnStats"];
export type Weights = CustomStat["weights"];
export type Guardian = CustomStat["guardian"];
/** `id`: of the one to change. */
export type Wanted = Pick<CustomStat, "label" | "guardian" | "weights"> & { id?: number };

/** The six in the game's order, by what searches call them, with the names that are said in a row. */
export const SIX: Record<keyof Weights, number> = {
  weapons: 2996146975,
  health: 392767087,
  class: 1943323491,
  grenade: 1735777505,
  super: 144602215,
  melee: 4244567218,
};
const WORDS = Object.keys(SIX) as (keyof Weights)[];

export const NO_WEIGHTS: Weights = { weapons: 0, health: 0, class: 0, grenade: 0, super: 0, melee: 0 };

/** Whether armour for this class has it. `guardian`: undefined where any class can wear it. */
export const fits = (stat: Pick<CustomStat, "guardian">, guardian: string | undefined) =>
  stat.guardian === "any" || stat.guardian === guardian;

/** Undefined: there are no stats at all. One that is not there counts as nothing. */
export function totalOf(weights: Weights, read: (hash: number) => number | undefined): number | undefined {
  let sum: number | undefined;
  for (const word of WORDS) {
    const value = read(SIX[word]);
    if (value !== undefined) sum = (sum ?? 0) + weights[word] * value;
  }
  return sum;
}

/** "Weapons ×2, grenade ×2, super" */
export function weightsOf(weights: Weights, nameOf: (hash: number, word: string) => string): string {
  const parts = WORDS.filter((word) => weights[word] > 0).map((word) => {
    const name = nameOf(SIX[word], word).toLowerCase();
    return weights[word] === 1 ? name : `${name} ×${weights[word]}`;
  });
  return parts.join(", ").replace(/^./u, (letter) => letter.toUpperCase());
}

/** Several may have one word, each for another class: they share a column. */
export interface Shared {
  keyword: string;
  label: string;
  stats: CustomStat[];
}

export function byKeyword(stats: readonly CustomStat[]): Shared[] {
  const found = new Map<string, Shared>();
  for (const stat of stats) {
    const shared = found.get(stat.keyword);
    if (shared) shared.stats.push(stat);
    else found.set(stat.keyword, { keyword: stat.keyword, label: stat.label, stats: [stat] });
  }
  return [...found.values()];
}

/** What an item of a class comes to; undefined: none of them is for it. */
export function sharedTotal(
  { stats }: Shared,
  guardian: string | undefined,
  read: (hash: number) => number | undefined,
): number | undefined {
  const stat = stats.find((each) => fits(each, guardian));
  return stat && totalOf(stat.weights, read);
}

/** As the server makes it of a label, to be shown before it is asked. */
export function keywordOf(label: string): string {
  const small = label.normalize("NFC").trim().toLowerCase();
  return small === "custom total" ? "custom" : small.replace(/[^\p{L}\p{N}_]/gu, "");
}
