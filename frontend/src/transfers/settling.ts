/** Reads the profile anew when something was done, so that every tile lies where it is now: at once, then once a second at most. */

import type { Transfer } from "../api/types";

/** Milliseconds. */
export const SETTLE_EVERY = 1_000;

/** Changes whenever a step was done, or Bungie's profile has spoken on one: then the server's profile is another. */
export function markOf(transfer: Transfer): string {
  const steps = transfer.steps.map((each) => (each.state === "done" ? (each.settled ?? "done") : "")).join();
  return `${transfer.confirmed} ${steps}`;
}

/** Whether one of those that came tells of something done that was not known before. */
export function tellsDone(now: readonly Transfer[], before: readonly Transfer[]): boolean {
  const known = new Map(before.map((each) => [each.id, each]));
  return now.some((each) => {
    const old = known.get(each.id);
    return (
      each !== old && (old ? markOf(old) !== markOf(each) : each.steps.some((step) => step.state === "done" && !step.settled))
    );
  });
}

export class Settling {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private due = false;

  constructor(private readonly read: () => void) {}

  readonly ask = (): void => {
    if (this.timer !== undefined) {
      this.due = true;
      return;
    }
    this.read();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.due) {
        this.due = false;
        this.ask();
      }
    }, SETTLE_EVERY);
  };

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.due = false;
  }
}
