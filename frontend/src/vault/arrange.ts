/** From a profile to rows: every item in exactly one row and one cell of it. Nothing is dropped. */

import type { Bucket, BucketGroup, Item, Profile } from "../api/types";
import type { Preferences } from "../settings/preferences";
import { grouped, type Group } from "./group";
import { comparator } from "./sort";

export interface Cell {
  equipped: Item[];
  rest: Item[];
}

export interface Row {
  /** The bucket's hash, "postmaster" or "other". */
  key: string;
  name: string;
  group: BucketGroup;
  capacity?: number;
  count: number;
  /** One cell for the whole account instead of one for each character. */
  shared: boolean;
  /** By character id; in a shared row only "account". */
  cells: Map<string, Cell>;
  vault: Group[];
  vaultCount: number;
}

export type Arranging = Pick<Preferences, "sort" | "group">;

export const POSTMASTER = "postmaster";
export const OTHER = "other";
export const ACCOUNT = "account";
const FOR_ALL = "-account";

export function arrange(profile: Profile, how: Arranging, names: { postmaster: string; other: string }): Row[] {
  const buckets = new Map(profile.buckets.map((bucket) => [bucket.hash, bucket]));
  const characters = new Set(profile.characters.map((each) => each.id));
  const piles = new Map<string, Item[]>();
  for (const item of profile.items) {
    const key = rowOf(item, buckets);
    const pile = piles.get(key);
    if (pile) pile.push(item);
    else piles.set(key, [item]);
  }
  const compare = comparator(how.sort, profile.definitions);
  const rows: Row[] = [];
  for (const { key, bucket, name, group } of order(profile.buckets, names)) {
    const items = piles.get(key);
    if (!items) continue;
    const shared = !!bucket?.account || key.endsWith(FOR_ALL);
    const cells = new Map<string, Cell>();
    const vault: Item[] = [];
    for (const item of items.sort(compare)) {
      if (item.store === "vault") vault.push(item);
      else {
        // A character that the profile does not list (deleted a moment ago) still has its items shown.
        const store = shared ? ACCOUNT : characters.has(item.store) ? item.store : (profile.characters[0]?.id ?? ACCOUNT);
        const cell = cells.get(store) ?? { equipped: [], rest: [] };
        cells.set(store, cell);
        (item.place === "equipped" ? cell.equipped : cell.rest).push(item);
      }
    }
    rows.push({
      key,
      name,
      group,
      capacity: bucket?.capacity,
      count: items.length,
      shared: shared || characters.size === 0,
      cells,
      vault: vault.length ? grouped(vault, group, how.group, profile.definitions) : [],
      vaultCount: vault.length,
    });
  }
  return rows;
}

function rowOf(item: Item, buckets: Map<number, Bucket>): string {
  const bucket = buckets.get(item.bucket);
  const nowhere = !bucket || bucket.group === "other" || bucket.group === "postmaster";
  const key = item.place === "postmaster" ? POSTMASTER : nowhere ? OTHER : String(bucket.hash);
  // What belongs to everybody in a place that is otherwise each guardian's own (a letter at the postmaster) has its own row.
  return item.store === ACCOUNT && (nowhere || !bucket.account || key === POSTMASTER) ? key + FOR_ALL : key;
}

interface Slot {
  key: string;
  bucket?: Bucket;
  name: string;
  group: BucketGroup;
}

/** The server's order, then what belongs nowhere, then the postmaster. */
function order(buckets: Bucket[], names: { postmaster: string; other: string }): Slot[] {
  const known = buckets.filter((bucket) => bucket.group !== "other" && bucket.group !== "postmaster");
  const slots: Slot[] = [
    ...known.map((bucket) => ({ key: String(bucket.hash), bucket, name: bucket.name, group: bucket.group })),
    { key: OTHER, name: names.other, group: "other" },
    { key: POSTMASTER, name: names.postmaster, group: "postmaster" },
  ];
  return slots.flatMap((slot) => [slot, { ...slot, key: slot.key + FOR_ALL }]);
}

/** The items as they stand on the page, for going to the next and the previous one. */
export interface Standing {
  id: string;
  where: string;
  index: number;
  of: number;
}

export function standings(rows: Row[], stores: string[], shown?: Set<string>): Standing[] {
  const result: Standing[] = [];
  const add = (items: Item[], where: string) => {
    const visible = shown ? items.filter((item) => shown.has(item.id)) : items;
    visible.forEach((item, index) => result.push({ id: item.id, where, index: index + 1, of: visible.length }));
  };
  for (const row of rows) {
    for (const store of row.shared ? [ACCOUNT] : stores) {
      const cell = row.cells.get(store);
      if (cell) add([...cell.equipped, ...cell.rest], row.name);
    }
    for (const group of row.vault) add(group.items, group.label || row.name);
  }
  return result;
}
