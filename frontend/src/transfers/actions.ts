import { act, transfers } from "./live";
import { hasEnded, type LiveTransfer } from "./store";

/** Resolves when it has ended: a transfer that is stopped still ends its running step. */
export function ended(id: string): Promise<LiveTransfer> {
  const known = transfers.find(id);
  if (known && hasEnded(known)) return Promise.resolve(known);
  return new Promise((resolve) => {
    const unwatch = transfers.subscribe(() => {
      const now = transfers.find(id);
      if (!now || !hasEnded(now)) return;
      unwatch();
      resolve(now);
    });
  });
}

/** Stops it, and takes back what was done by then. */
export async function stopAndUndo(id: string): Promise<void> {
  await act(id, "cancel");
  if ((await ended(id)).can.includes("undo")) await act(id, "undo");
}
