/**
 * What the server found. Asking it comes after the first paint (`src/searching`): until then, while it is away, and in the past,
 * plain words are looked for right here.
 */

import type { Profile } from "../api/types";
import { matching } from "./match";

/** `ids`: of the last search that could be understood; undefined: there was none yet, and everything is shown. */
export interface Found {
  ids?: Set<string>;
}

let found: Found | undefined;
const listeners = new Set<() => void>();

/** Undefined: the server cannot be asked. */
export function setFound(next: Found | undefined): void {
  if (next === found || (next && found && next.ids === found.ids)) return;
  found = next;
  for (const each of listeners) each();
}

export const foundNow = () => found;

export function subscribeFound(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether a search asks for more than words, which only the server understands. */
export const hasFilters = (text: string) => /[\w)]:|[()]|(^|\s)-\S|\/\*|(^|\s)(or|and|not)\s/i.test(text);

/** The ids that match; undefined: nothing was asked, or nothing that can be told here. */
export function matches(profile: Profile, text: string, by: Found | undefined): Set<string> | undefined {
  if (!text.trim()) return undefined;
  if (by && !profile.at) return by.ids;
  return hasFilters(text) ? undefined : matching(profile, text);
}
