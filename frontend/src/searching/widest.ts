import type { Profile } from "../api/types";
import { matching } from "../search/match";

/** The longest run of leading words that still finds something: what to keep when the whole finds nothing. */
export function widest(profile: Profile, query: string): { query: string; count: number } | undefined {
  const words = query.trim().split(/\s+/);
  for (let length = words.length - 1; length > 0; length--) {
    const shorter = words.slice(0, length).join(" ");
    const count = matching(profile, shorter)?.size ?? 0;
    if (count) return { query: shorter, count };
  }
  return undefined;
}
