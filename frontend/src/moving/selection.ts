/** Which items are selected. One store for the whole page, so that tiles, bar and keys need not know each other. */

import { useSyncExternalStore } from "react";

let selected: ReadonlySet<string> = new Set();
/** Where a range begins. */
let anchor: string | undefined;
const listeners = new Set<() => void>();

export const selection = () => selected;
export const anchored = () => anchor;

export function select(ids: Iterable<string>, from?: string): void {
  const next = new Set(ids);
  anchor = next.size ? (from ?? anchor) : undefined;
  if (next.size === selected.size && [...next].every((id) => selected.has(id))) return;
  selected = next;
  for (const each of listeners) each();
}

export function toggle(id: string): void {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  select(next, id);
}

export const clearSelection = () => select([]);

export function subscribeSelection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useSelection = () => useSyncExternalStore(subscribeSelection, selection);
