/** The order of the rows, by several columns. Pure. */

import type { Column } from "./columns";
import type { Row } from "./rows";

export interface Order {
  column: string;
  /** The highest first, or the last letter. */
  down: boolean;
}

const collator = new Intl.Collator("en", { numeric: true });

/** As its column does it first: numbers from the highest, words from A. */
const first = ({ id, falls }: Column): Order => ({ column: id, down: !!falls });

/** After a press on a column's head: it alone, or turned round; with `more` it joins the others, turns round, and leaves. */
export function pressed(orders: readonly Order[], column: Column, more: boolean): Order[] {
  const start = first(column);
  const before = orders.find((each) => each.column === column.id);
  if (!more) {
    const only = orders.length === 1 ? before : undefined;
    return [only ? { ...only, down: !only.down } : start];
  }
  if (!before) return [...orders, start];
  if (before.down === start.down) return orders.map((each) => (each === before ? { ...each, down: !each.down } : each));
  return orders.filter((each) => each !== before);
}

/** What is not known comes last either way; what is equal in all stays in the order of names. */
export function sorted(rows: readonly Row[], orders: readonly Order[], columns: readonly Column[]): Row[] {
  const keys = orders.flatMap(({ column, down }) => {
    const found = columns.find((each) => each.id === column);
    return found ? [{ worth: new Map(rows.map((row) => [row.id, found.worth(row)])), down }] : [];
  });
  const compare = (a: Row, b: Row): number => {
    for (const { worth, down } of keys) {
      const result = among(worth.get(a.id), worth.get(b.id), down);
      if (result) return result;
    }
    return (
      collator.compare(a.definition.name, b.definition.name) ||
      (b.item.power ?? 0) - (a.item.power ?? 0) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
    );
  };
  return [...rows].sort(compare);
}

function among(a: string | number | undefined, b: string | number | undefined, down: boolean): number {
  const none = Number(a === undefined || a === "") - Number(b === undefined || b === "");
  if (none || a === undefined || b === undefined) return none;
  const result = typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
  return down ? -result : result;
}
