/** The parts of a difference. Pure. */

import type { Part } from "./messages";
import type { Difference, DiffChange, DiffItem } from "./types";

/** One line: the item, and what is said beside it. */
export interface Line {
  item: DiffItem;
  /** What changed of it, or where it went. */
  changes: readonly DiffChange[];
}

export function linesOf(difference: Difference, part: Part): Line[] {
  if (part === "changed") return difference.changed.map((item) => ({ item, changes: item.changes }));
  if (part === "moved")
    return difference.moved.map((item) => ({ item, changes: [{ what: "", before: item.before, after: item.after }] }));
  return difference[part].map((item) => ({ item, changes: [] }));
}

export function isSame({ counts, currencies, characters }: Difference): boolean {
  return !Object.values(counts).some(Boolean) && !currencies.length && !characters.length;
}

export const grown = ({ before, after }: { before: number; after: number }) => after - before;

/** "+1,250", "−300". */
export const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toLocaleString("en")}`;
