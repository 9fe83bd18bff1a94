import { needsYou } from "./standing";
import { hasEnded, type LiveTransfer } from "./store";

const LATELY = 3_600_000;
const SHOWN_ENDS = 10;

/** What the tray shows: all that is under way, what needs somebody, and what ended within the hour; and `extra`, however old. */
export function shownOf(
  transfers: readonly LiveTransfer[],
  { dismissed, shown: extra }: { dismissed: ReadonlySet<string>; shown?: string },
  now: number,
): LiveTransfer[] {
  let ends = 0;
  return transfers.filter((each) => {
    if (each.id === extra || !hasEnded(each)) return true;
    if (dismissed.has(each.id)) return false;
    const lately = now - Date.parse(each.finished ?? each.created) < LATELY;
    return (lately || needsYou(each, now)) && ++ends <= SHOWN_ENDS;
  });
}
