/** Keeps up with the board: looks once, then listens; while it cannot listen, it looks again and again. No React, no browser in here. */

import { Problem } from "../api/client";
import type { Hear } from "./events";
import type { Board, Readings } from "./wire";

/** Milliseconds. */
const BACK_OFF = [1_000, 2_000, 5_000, 15_000, 30_000];
/** Between two looks while others hold all streams: as the server says, within these. */
const [SOONEST, LATEST] = [2_000, 60_000];
/** After a stream that ended as streams do. */
const REOPEN = 250;
const GONE = [401, 403, 404];
const FULL = 503;

/** How it is followed just now. `full`: only looked at, each `every` ms, as others listen. `lost`: nothing comes at all. */
export type How =
  | { kind: "beginning" }
  | { kind: "listening" }
  | { kind: "full"; problem: Problem; every: number }
  | { kind: "lost"; problem: Problem };

export interface Means {
  /** The board with its history, and when it was so. */
  look: () => Promise<{ board: Board; at: number }>;
  /** Resolves when the stream ended, rejects with a `Problem` when there is none. */
  listen: (hear: Hear, signal: AbortSignal) => Promise<void>;
  /** `at`: with its history, at that time. */
  take: (board: Board, at?: number) => void;
  hear: (readings: Readings) => void;
  become: (how: How) => void;
}

export class Following {
  private over: AbortController | undefined;

  constructor(private readonly means: Means) {}

  start(): void {
    if (this.over) return;
    this.over = new AbortController();
    void this.follow(this.over.signal);
  }

  stop(): void {
    this.over?.abort();
    this.over = undefined;
  }

  private async follow(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      let wait = REOPEN;
      try {
        await this.look(signal);
        if (signal.aborted) return;
        await this.means.listen((name, data) => {
          if (signal.aborted) return;
          failures = 0;
          this.means.become({ kind: "listening" });
          if (name === "board") this.means.take(data as Board);
          if (name === "readings") this.means.hear(data as Readings);
        }, signal);
      } catch (error) {
        if (signal.aborted) return;
        const problem = error instanceof Problem ? error : new Problem("broken", String(error));
        wait = this.troubled(problem, failures++);
        if (wait === Infinity) return this.stop();
      }
      await paused(wait, signal);
    }
  }

  private async look(signal: AbortSignal): Promise<void> {
    const { board, at } = await this.means.look();
    if (!signal.aborted) this.means.take(board, at);
  }

  /** Milliseconds until the next look; Infinity: there will be none. */
  private troubled(problem: Problem, failures: number): number {
    if (problem.status === FULL && problem.retryAfter) {
      const every = Math.min(LATEST, Math.max(SOONEST, problem.retryAfter * 1000));
      this.means.become({ kind: "full", problem, every });
      return every;
    }
    this.means.become({ kind: "lost", problem });
    return GONE.includes(problem.status) ? Infinity : BACK_OFF[Math.min(failures, BACK_OFF.length - 1)]!;
  }
}

function paused(wait: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, wait);
    signal.addEventListener("abort", () => (clearTimeout(timer), done()), { once: true });
  });
}
