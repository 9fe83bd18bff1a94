/** Which transfers ended just now: what a live region tells, once. */

import { hasEnded, type LiveTransfer } from "./store";

/** Milliseconds: the server tells whole seconds. */
const ROUNDED = 1_000;

/** `since`: when this page began to listen. What was over by then is no news. */
export function endedNow(now: readonly LiveTransfer[], before: readonly LiveTransfer[], since: number): LiveTransfer[] {
  const known = new Map(before.map((each) => [each.id, each]));
  return now.filter((each) => {
    const old = known.get(each.id);
    if (!hasEnded(each) || old === each) return false;
    // One that was refused as it was asked for has ended before it was ever seen under way.
    return old ? !hasEnded(old) : Date.parse(each.finished ?? each.created) >= since - ROUNDED;
  });
}
