/**
 * Decides when to ask the server: by hand, on coming to the page, and now and then while it is seen. When Bungie is asked is the
 * server's to decide, but by hand it is at once. No React in here.
 */

import { isPassing, Problem } from "../api/client";
import type { Profile } from "../api/types";
import { askOnReturn, AT_MOST_EVERY, nextAsk, RETRY } from "./cadence";

/** What the world says. */
export interface Inputs {
  profile?: Profile;
  /** Why the first answer did not come. */
  failure?: Problem;
  visible: boolean;
  online: boolean;
  ended: boolean;
}

export interface Reading {
  /** Bungie is being asked; what the page asks the server now and then does not count. */
  reading: boolean;
  /** Why the last read failed; gone with the next that succeeds. */
  problem?: Problem;
  /** When Bungie was last asked for what is shown, and when it is asked next, milliseconds on the server's clock. */
  asked?: number;
  next?: number;
  /** When the server last asked Bungie and heard nothing newer. */
  checked?: number;
}

export interface Asked {
  /** When the server last asked Bungie. */
  checked: number;
  /** It did not ask now, and does in so many milliseconds at the earliest. */
  wait?: number;
  /** When it asks next by itself. */
  next?: number;
}

export interface Means {
  now: () => number;
  /** Asks the server how the account stands; by hand, it asks Bungie. */
  refresh: (byHand: boolean) => Promise<Asked>;
  /** Asks for the last known state again, when there is none yet. */
  fetch: () => Promise<unknown>;
}

export class Reader {
  private state: Reading = { reading: false };
  private inputs: Inputs = { visible: true, online: true, ended: false };
  private here = false;
  private busy = false;
  /** When we last asked, and when the server said that it reads next. */
  private attempt = 0;
  private announced: number | undefined;
  /** Somebody asked, and was told to wait until then. */
  private owed: number | undefined;
  /** Somebody asked while a read that nobody had asked for was under way: that one may have left too early to count. */
  private pressed = false;
  private isByHand = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly means: Means) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Reading => this.state;

  readonly byHand = (): void => void this.read(true);

  update(inputs: Inputs): void {
    const { profile, failure, visible, online, ended } = inputs;
    const failedAnew = failure !== undefined && failure !== this.inputs.failure;
    this.inputs = inputs;
    // The first answer is the last known state, however old: what counts is when Bungie was asked for it.
    if (profile && this.state.asked === undefined) {
      this.attempt = Math.max(this.attempt, Date.parse(profile.read));
      this.become({ asked: Date.parse(profile.read) });
    } else if (failedAnew) this.attempt = this.means.now();
    if (!profile) return this.plan();
    const came = visible && online && !this.here;
    this.here = visible && online;
    const now = this.means.now();
    if (came && !ended && askOnReturn(now, this.attempt)) void this.read(false, (this.announced ?? 0) > now);
    else this.plan();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.here = false;
  }

  /** `quietly`: most likely the server has read already, or need not. */
  private async read(byHand: boolean, quietly = false): Promise<void> {
    if (this.busy) this.pressed ||= byHand && !this.isByHand;
    if (this.busy || !this.inputs.online) return;
    this.busy = true;
    this.isByHand = byHand;
    clearTimeout(this.timer);
    this.owed = undefined;
    this.attempt = this.means.now();
    if (!quietly) this.become({ reading: true });
    try {
      if (this.inputs.profile || byHand) {
        const { checked, wait, next } = await this.means.refresh(byHand);
        this.announced = next;
        this.become({ asked: checked, checked, problem: undefined });
        if (byHand && wait) this.owed = this.means.now() + wait;
      } else {
        await this.means.fetch();
        this.become({ problem: undefined });
      }
    } catch (error) {
      this.become({ problem: error instanceof Problem ? error : new Problem("broken", String(error)) });
    } finally {
      if (this.pressed) this.owed ??= this.means.now();
      this.pressed = this.busy = false;
      if (this.state.reading) this.become({ reading: false });
      this.plan();
    }
  }

  private plan(): void {
    clearTimeout(this.timer);
    const { profile, failure, visible, online, ended } = this.inputs;
    if (!this.attempt || this.busy) return;
    const problem = this.state.problem ?? failure;
    // While the definitions are fetched, the status is asked instead and the page goes on when they are there.
    const waiting = problem && isPassing(problem) && problem.code !== "definitions-missing";
    const now = this.means.now();
    const ask = nextAsk({
      now,
      lastAttempt: this.attempt,
      announced: this.announced,
      visible,
      online,
      signedIn: !ended && problem?.status !== 401 && (profile !== undefined || !!waiting),
      retryAt: waiting
        ? this.attempt + Math.max(AT_MOST_EVERY, problem.retryAfter ? problem.retryAfter * 1000 : RETRY)
        : undefined,
    });
    const at = this.owed === undefined ? ask : Math.min(this.owed, ask ?? Infinity);
    const next = at === this.owed || waiting || ask === undefined ? at : this.announced;
    if (next !== this.state.next) this.become({ next });
    if (at !== undefined) this.timer = setTimeout(() => void this.read(at === this.owed, at !== this.owed), at - now);
  }

  private become(change: Partial<Reading>): void {
    this.state = { ...this.state, ...change };
    for (const each of this.listeners) each();
  }
}
