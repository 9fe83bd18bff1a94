import { newestDeed, undoDeed } from "../curation/deeds";
import { act, hasEnded, transfers, undoLast, type LiveTransfer } from "../transfers/live";
import { momentOf } from "./asked";
import { messages } from "./messages";
import { tell } from "./told";

let awaited: (() => void) | undefined;

/**
 * Takes back what was done last: tagging and noting, or a move. One that is still under way is taken back as soon as it has ended: never the one before it, which
 * nobody meant.
 */
export function undoNewest(): void {
  // What has ended and cannot be taken back (any more) stands in nobody's way.
  const newest = transfers
    .current()
    .find((each) => !each.undoes && (each.unsent || !hasEnded(each) || each.can.includes("undo")));
  const deed = newestDeed();
  if (deed !== undefined && deed > (newest ? momentOf(newest.created) : 0)) return void undoDeed();
  if (!newest) return tell(messages.nothingToUndo);
  if (newest.unsent || hasEnded(newest)) return tryTo(() => undoLast());
  tell(messages.undoneWhenEnded);
  awaited?.();
  const stop = transfers.subscribe((now) => {
    const same = now.find((each) => each.id === newest.id);
    if (same && !hasEnded(same)) return;
    stop();
    if (same) tryTo(() => undoOf(same));
  });
  awaited = stop;
}

const undoOf = (transfer: LiveTransfer) => (transfer.can.includes("undo") ? act(transfer.id, "undo") : undefined);

function tryTo(undo: () => Promise<unknown> | undefined): void {
  const undone = undo();
  if (undone) undone.catch(() => tell(messages.nothingToUndo));
  else tell(messages.nothingToUndo);
}
