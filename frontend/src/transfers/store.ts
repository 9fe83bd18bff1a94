/** The transfers that this page knows, newest first. No React in here, and nothing that a first load need not carry. */

import type { Problem } from "../api/client";
import type { Transfer, TransferState, AskedWish } from "../api/types";

/** A wish that has not been answered yet, or that never reached the server: `problem` says why. */
export interface Unsent {
  wish: AskedWish;
  key: string;
  problem?: Problem;
}

export interface LiveTransfer extends Transfer {
  unsent?: Unsent;
}

const ENDS: ReadonlySet<TransferState> = new Set(["done", "partly", "failed", "cancelled", "expired"]);

export const hasEnded = (transfer: Transfer): boolean => ENDS.has(transfer.state);

/** By when it was asked for, newest first; ids are numbers that grow. */
function newestFirst(a: LiveTransfer, b: LiveTransfer): number {
  return Number(!!b.unsent) - Number(!!a.unsent) || Date.parse(b.created) - Date.parse(a.created) || Number(b.id) - Number(a.id);
}

/** What is held and what came, joined: of each transfer the higher revision. Gives `held` itself when nothing is new. */
export function joined(held: readonly LiveTransfer[], came: readonly LiveTransfer[]): readonly LiveTransfer[] {
  const all = new Map(held.map((each) => [each.id, each]));
  let changed = false;
  for (const each of came) {
    const known = all.get(each.id);
    if (known && known.revision >= each.revision && !known.unsent) continue;
    all.set(each.id, each);
    changed = true;
  }
  return changed ? [...all.values()].sort(newestFirst) : held;
}

export type Watcher = (now: readonly LiveTransfer[], before: readonly LiveTransfer[]) => void;

export class TransferStore {
  private held: readonly LiveTransfer[] = [];
  private readonly watchers = new Set<Watcher>();

  readonly current = (): readonly LiveTransfer[] => this.held;

  readonly subscribe = (watcher: Watcher): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly take = (came: readonly LiveTransfer[]): void => this.become(joined(this.held, came));

  /** The answer to a wish takes the place of the wish. */
  readonly replace = (id: string, ...came: LiveTransfer[]): void =>
    this.become(joined(this.held.filter((each) => each.id !== id), came)); // prettier-ignore

  find(id: string): LiveTransfer | undefined {
    return this.held.find((each) => each.id === id);
  }

  private become(next: readonly LiveTransfer[]): void {
    const before = this.held;
    if (next === before) return;
    this.held = next;
    for (const each of [...this.watchers]) each(next, before);
  }
}
