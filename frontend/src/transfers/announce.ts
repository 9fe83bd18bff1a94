/** Which transfers ended just now: what a live region tells, once. */

import { hasEnded, type LiveTransfer } from "./store";

/** Milliseconds. One that was refused as it was asked for ends before it was ever seen under way. */
const JUST = 10_000;

export function endedNow(now: readonly LiveTransfer[], before: readonly LiveTransfer[], time: number): LiveTransfer[] {
  const known = new Map(before.map((each) => [each.id, each]));
  return now.filter((each) => {
    const old = known.get(each.id);
    if (!hasEnded(each) || old === each) return false;
    return old ? !hasEnded(old) : time - Date.parse(each.finished ?? each.created) < JUST;
  });
}
