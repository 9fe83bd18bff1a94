/** What one has that comes highest in a total. Pure. */

import type { ItemDefinition, Profile } from "../api/types";
import { definitionOf } from "../items/words";
import { fits, totalOf, type Guardian, type Weights } from "./totals";

export interface Best {
  value: number;
  definition: ItemDefinition;
  /** Of how many that could have been. */
  of: number;
}

/** Without mods and masterwork. Undefined: there is no armour for this class. */
export function bestOf(profile: Profile, guardian: Guardian, weights: Weights): Best | undefined {
  const armor = new Set(profile.buckets.filter(({ group }) => group === "armor").map(({ hash }) => hash));
  let best: Best | undefined;
  let of = 0;
  for (const item of profile.items) {
    if (!armor.has(item.bucket)) continue;
    const definition = definitionOf(profile.definitions, item.hash);
    if (!fits({ guardian }, definition.class)) continue;
    const value = totalOf(weights, (hash) => item.stats?.find(([each]) => each === hash)?.[2]);
    if (value === undefined) continue;
    of++;
    if (!best || value > best.value) best = { value, definition, of };
  }
  return best && { ...best, of };
}
