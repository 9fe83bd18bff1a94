/** One sentence for who cannot see it: read by a polite live region. */

import { useSyncExternalStore } from "react";

let told = "";
const listeners = new Set<() => void>();

export function tell(sentence: string): void {
  told = sentence;
  for (const each of listeners) each();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTold = () => useSyncExternalStore(subscribe, () => told);
