/** What is being asked of the person: a note's words, or a new tag's name. One at a time; opened by code that is no component. */

import { useSyncExternalStore } from "react";

export interface Ask {
  kind: "note" | "tag";
  /** The items it is for. */
  ids: readonly string[];
  /** A hashtag for all of them comes first, before the words. */
  hashtag?: boolean;
}

let asked: Ask | undefined;
const listeners = new Set<() => void>();

export function askFor(next: Ask | undefined): void {
  asked = next;
  for (const each of listeners) each();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useAsk = () => useSyncExternalStore(subscribe, () => asked);
