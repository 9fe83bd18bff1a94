/** Decides when to read, and reads: by hand, by itself while somebody plays, and on coming to the page. No React in here. */

import { isPassing, Problem } from "../api/client";
import type { Profile } from "../api/types";
import { AT_MOST_EVERY, nextRead, readOnReturn, RETRY, seemsPlayed } from "./cadence";

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
  reading: boolean;
  /** Why the last read failed; gone with the next that succeeds. */
  problem?: Problem;
  /** When Bungie was last asked for what is shown, and when it is asked next; milliseconds on the server's clock. */
  asked?: number;
  next?: number;
  /** When the server last asked Bungie and heard nothing newer. */
  checked?: number;
}

export interface Asked {
  /** When the server last asked Bungie. */
  checked: number;
  /** It asked a moment ago and asks again in so many milliseconds at the earliest. */
  wait?: number;
}

export interface Means {
  now: () => number;
  /** Has the server ask Bungie. */
  refresh: (byHand: boolean) => Promise<Asked>;
  /** Asks for the last known state again, when there is none yet. */
  fetch: () => Promise<unknown>;
}

export class Reader {
  private state: Reading = { reading: false };
  private inputs: Inputs = { visible: true, online: true, ended: false };
  private here = false;
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
    if (profile && this.state.asked === undefined) this.become({ asked: Date.parse(profile.read) });
    else if (failedAnew) this.become({ asked: this.means.now() });
    if (!profile) return this.plan();
    const came = visible && online && !this.here;
    this.here = visible && online;
    if (came && !ended && readOnReturn(this.means.now(), this.state.asked ?? 0)) void this.read(false);
    else this.plan();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.here = false;
  }

  private async read(byHand: boolean): Promise<void> {
    if (this.state.reading) this.pressed ||= byHand && !this.isByHand;
    if (this.state.reading || !this.inputs.online) return;
    this.isByHand = byHand;
    clearTimeout(this.timer);
    this.owed = undefined;
    this.become({ reading: true, asked: this.means.now() });
    try {
      if (this.inputs.profile || byHand) {
        const { checked, wait } = await this.means.refresh(byHand);
        this.become({ checked, problem: undefined });
        if (byHand && wait) this.owed = this.means.now() + wait;
      } else {
        await this.means.fetch();
        this.become({ problem: undefined });
      }
    } catch (error) {
      this.become({ problem: error instanceof Problem ? error : new Problem("broken", String(error)) });
    } finally {
      if (this.pressed) this.owed ??= this.means.now();
      this.pressed = false;
      this.become({ reading: false });
      this.plan();
    }
  }

  private plan(): void {
    clearTimeout(this.timer);
    const { profile, failure, visible, online, ended } = this.inputs;
    const { asked, reading } = this.state;
    if (asked === undefined || reading) return;
    const problem = this.state.problem ?? failure;
    // While the definitions are fetched, the status is asked instead and the page goes on when they are there.
    const waiting = problem && isPassing(problem) && problem.code !== "definitions-missing";
    const now = this.means.now();
    const next = nextRead({
      now,
      lastAttempt: asked,
      playing: seemsPlayed(profile, now),
      visible,
      online,
      signedIn: !ended && problem?.status !== 401,
      retryAt: waiting ? asked + Math.max(AT_MOST_EVERY, problem.retryAfter ? problem.retryAfter * 1000 : RETRY) : undefined,
    });
    const at = this.owed === undefined ? next : Math.min(this.owed, next ?? Infinity);
    if (at !== this.state.next) this.become({ next: at });
    if (at !== undefined) this.timer = setTimeout(() => void this.read(at === this.owed), at - now);
  }

  private become(change: Partial<Reading>): void {
    this.state = { ...this.state, ...change };
    for (const each of this.listeners) each();
  }
}
