/** What a transfer means to the person who looks: it is under way, it needs them, or it is over. */

import { hasEnded, type LiveTransfer } from "./store";

/** Milliseconds. What stayed undone longer ago is the journal's. */
const MATTERS_FOR = 24 * 3_600_000;

/** Something stayed undone, and only the person can say what now. */
export function needsYou(transfer: LiveTransfer, now: number): boolean {
  if (transfer.unsent) return !!transfer.unsent.problem;
  if (transfer.retried_by || transfer.undone_by) return false;
  const stayed = transfer.state === "partly" || transfer.state === "failed" || transfer.state === "expired";
  return stayed && now - Date.parse(transfer.finished ?? transfer.created) < MATTERS_FOR;
}

export interface Sums {
  /** Under way, oldest last. */
  running: LiveTransfer[];
  needing: LiveTransfer[];
}

export function sumsOf(transfers: readonly LiveTransfer[], dismissed: ReadonlySet<string>, now: number): Sums {
  const running = transfers.filter((each) => !hasEnded(each));
  const needing = transfers.filter((each) => hasEnded(each) && !dismissed.has(each.id) && needsYou(each, now));
  return { running, needing };
}

/** The one that is being carried out: the oldest that runs, else the oldest that is open at all. */
export function current(running: readonly LiveTransfer[]): LiveTransfer | undefined {
  return running.findLast((each) => each.state === "running" || each.state === "checking") ?? running.at(-1);
}
