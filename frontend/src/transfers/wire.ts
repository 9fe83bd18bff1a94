/** Hears of changes: from the stream, and by asking again while there is none. No React, no browser in here. */

import { Problem } from "../api/client";
import type { Transfer } from "../api/types";

/** Milliseconds. */
export const POLL_BUSY = 2_000;
export const POLL_CALM = 15_000;
/** With a stream: how long nothing may be heard while something runs, before one question makes sure. */
export const SILENCE = 10_000;
/** A proxy may hold a stream back: what has said nothing by then is as good as none. */
export const FIRST_WORD = 5_000;
const BACK_OFF = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000];

/** What we use of an EventSource. */
export interface Stream {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  onerror: ((event: Event) => void) | null;
  close(): void;
}

export interface Means {
  open: () => Stream;
  /** Asks for the latest. Undefined: the same as before. */
  fetch: () => Promise<readonly Transfer[] | undefined>;
  take: (transfers: readonly Transfer[]) => void;
  /** Whether something runs or waits: then it is asked more often. */
  busy: () => boolean;
  /** The session is over: nothing more is asked. */
  signedOut: () => void;
}

export class Wire {
  private stream: Stream | undefined;
  private spoke = false;
  private failures = 0;
  private running = false;
  private asking = false;
  private again: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly means: Means) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.failures = 0;
    this.connect();
  }

  stop(): void {
    this.running = false;
    this.drop();
    clearTimeout(this.again);
    clearTimeout(this.watch);
  }

  /** Something was asked for just now: look sooner than planned. */
  nudge(): void {
    if (this.running) this.look(this.spoke ? SILENCE : POLL_BUSY);
  }

  /** Asks once, now. */
  async ask(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      const came = await this.means.fetch();
      if (came) this.means.take(came);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) {
        this.stop();
        this.means.signedOut();
      }
    } finally {
      this.asking = false;
    }
  }

  private connect(): void {
    this.drop();
    const stream = this.means.open();
    this.stream = stream;
    const hear = (event: MessageEvent<string>) => this.hear(event.data);
    stream.addEventListener("transfers", hear);
    stream.addEventListener("transfer", hear);
    // Our own back-off is slower than the browser's, and meanwhile we ask: so it never reconnects by itself.
    stream.onerror = () => this.lost();
    this.look(FIRST_WORD);
  }

  private drop(): void {
    if (this.stream) this.stream.onerror = null;
    this.stream?.close();
    this.stream = undefined;
    this.spoke = false;
  }

  private hear(text: string): void {
    const said = understood(text);
    if (!said) return this.lost();
    this.spoke = true;
    this.failures = 0;
    clearTimeout(this.again);
    this.means.take(said);
    this.look(SILENCE);
  }

  private lost(): void {
    this.drop();
    if (!this.running) return;
    const wait = BACK_OFF[Math.min(this.failures++, BACK_OFF.length - 1)]!;
    clearTimeout(this.again);
    this.again = setTimeout(() => this.connect(), wait);
    this.look(0);
  }

  /** Asks after so long, unless the stream speaks before; then goes on as often as is fit. */
  private look(after: number): void {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => void this.lookNow(), after);
  }

  private async lookNow(): Promise<void> {
    // A stream that is there and calm needs no help.
    if (this.spoke && !this.means.busy()) return;
    if (this.stream && !this.spoke) return this.lost();
    await this.ask();
    if (this.running) this.look(this.spoke ? SILENCE : this.means.busy() ? POLL_BUSY : POLL_CALM);
  }
}

/** An event's transfers: one, or all that matter. Undefined: it cannot be read. */
function understood(text: string): readonly Transfer[] | undefined {
  try {
    const said = JSON.parse(text) as Transfer | { transfers: Transfer[] };
    return "transfers" in said ? said.transfers : [said];
  } catch {
    return undefined;
  }
}
