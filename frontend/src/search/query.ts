/** The words in the search field. One store for the whole page, so that the field and the tiles need not know each other. */

import { useSyncExternalStore } from "react";

/** In an address: `?q=is:bow`. */
export const ASKED = "q";
/** As the server takes them. */
export const LONGEST_QUERY = 2048;

let text = inOneLine(askedIn(location.search) ?? "");
const listeners = new Set<() => void>();

export const query = () => text;

export function askedIn(search: string): string | undefined {
  return new URLSearchParams(search).get(ASKED)?.slice(0, LONGEST_QUERY);
}

export function setQuery(given: string): void {
  const next = inOneLine(given);
  if (next === text) return;
  text = next;
  for (const each of listeners) each();
}

/** As the field shows it, which has no line breaks: places in the text are the same for the field and for the server. */
function inOneLine(given: string): string {
  return given.replace(/[\r\n]+/g, " ");
}

export function subscribeQuery(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useQueryText = () => useSyncExternalStore(subscribeQuery, query);
