/** Where what a search found lies, for a phone, which shows one store at a time. */

import { ACCOUNT, type Row } from "./arrange";

export const VAULT = "vault";

/** How many of the matching items lie in each store; stores without any are left out. */
export function foundByStore(rows: readonly Row[], matches: ReadonlySet<string>): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (store: string, items: readonly { id: string }[]) => {
    const found = items.filter(({ id }) => matches.has(id)).length;
    if (found) counts.set(store, (counts.get(store) ?? 0) + found);
  };
  for (const row of rows) {
    for (const [store, cell] of row.cells) {
      count(store, cell.equipped);
      count(store, cell.rest);
    }
    for (const group of row.vault) count(VAULT, group.items);
  }
  return counts;
}

/**
 * The stores to go to, where nothing of what was found is in sight beside this one; undefined: something is, or nothing was found
 * at all. Beside a guardian stand the vault and what all guardians share.
 */
export function elsewhere(rows: readonly Row[], matches: ReadonlySet<string>, only: string): Map<string, number> | undefined {
  const counts = foundByStore(rows, matches);
  const inSight = only === VAULT ? [VAULT] : [only, VAULT, ACCOUNT];
  return counts.size === 0 || inSight.some((store) => counts.has(store)) ? undefined : counts;
}
