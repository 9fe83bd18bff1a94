/** Which of a row's items match, so that only rows in which that changes are drawn anew. */

import type { Item } from "../api/types";
import type { Row } from "./arrange";

const last = new WeakMap<Row, Set<string>>();

/** The same set as before where it holds the same; undefined: nothing was asked. */
export function matchedIn(row: Row, matches: Set<string> | undefined): Set<string> | undefined {
  if (!matches) return undefined;
  const found = new Set<string>();
  const look = (items: Item[]) => {
    for (const { id } of items) if (matches.has(id)) found.add(id);
  };
  for (const cell of row.cells.values()) {
    look(cell.equipped);
    look(cell.rest);
  }
  for (const group of row.vault) look(group.items);
  const before = last.get(row);
  if (before && same(before, found)) return before;
  last.set(row, found);
  return found;
}

function same(one: Set<string>, other: Set<string>): boolean {
  if (one.size !== other.size) return false;
  for (const each of one) if (!other.has(each)) return false;
  return true;
}
