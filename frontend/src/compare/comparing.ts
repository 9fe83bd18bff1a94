/** What is being compared. One comparison at a time; opened by code that is no component. */

import { useSyncExternalStore } from "react";
import type { Profile } from "../api/types";

export interface Comparison {
  /** The first is what the others are compared with. Alone, it is compared with what is like it. */
  ids: readonly string[];
  /** Why these: the others are better than the first in every stat. */
  beaten?: number;
  /** What gets focus back. */
  back?: HTMLElement | null;
}

let comparing: Comparison | undefined;
const listeners = new Set<() => void>();

export function compare(ids: readonly string[], more: { beaten?: number } = {}): void {
  const { activeElement } = document;
  become({ ids, ...more, back: comparing?.back ?? (activeElement instanceof HTMLElement ? activeElement : null) });
}

export const endComparing = () => become(undefined);
export const isComparing = () => comparing !== undefined;

function become(next: Comparison | undefined): void {
  comparing = next;
  for (const each of listeners) each();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useComparison = () => useSyncExternalStore(subscribe, () => comparing);

/** Only what has stats, or perks of its own. */
export function comparable(profile: Profile, ids: readonly string[]): string[] {
  const gear = new Set(profile.buckets.filter(({ group }) => group === "weapons" || group === "armor").map(({ hash }) => hash));
  const wanted = new Set(ids);
  const found = new Set(profile.items.filter((item) => wanted.has(item.id) && gear.has(item.bucket)).map((item) => item.id));
  return ids.filter((id) => found.has(id));
}
