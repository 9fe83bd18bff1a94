/** The words in the search field. One store for the whole page, so that the field and the tiles need not know each other. */

import { useSyncExternalStore } from "react";

let text = "";
const listeners = new Set<() => void>();

export const query = () => text;

export function setQuery(next: string): void {
  if (next === text) return;
  text = next;
  for (const each of listeners) each();
}

export function useQueryText(): string {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, query);
}
