/** When something was asked for last on this page: the server tells the times of its transfers only to the second. */

import { serverNow } from "../freshness/clock";

/** Milliseconds within which a time that was cut to its second may be that of what was asked for last. */
const CUT = 1000;

let last = -Infinity;

export function noteAsked(): void {
  last = serverNow();
}

/** When a transfer was asked for, as exactly as is known: milliseconds. */
export function momentOf(created: string): number {
  const cut = Date.parse(created);
  return last >= cut && last - cut < CUT ? last : cut;
}
