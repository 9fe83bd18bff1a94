/**
 * One stream for all tabs of a browser: a lock says which tab holds it, a channel passes on what it hears.
 *
 * Only a tab that is seen asks for the lock, and one that has been hidden for a while gives it back: nobody looks, nothing is
 * held on the server. Where the browser has no locks (plain http) each tab that is seen holds a stream of its own; so does one
 * that does not hear from the tab with the lock (a phone freezes tabs as it likes).
 */

import type { Transfer } from "../api/types";

const NAME = "vr-transfers";
/** Milliseconds. */
export const HIDDEN_GRACE = 30_000;
export const BEAT = 10_000;
export const DEAF_AFTER = 25_000;

type Word = { beat: true } | { hello: true } | { transfers: readonly Transfer[] };

export interface Channel {
  postMessage(word: Word): void;
  onmessage: ((event: MessageEvent<Word>) => void) | null;
  close(): void;
}

export interface Locks {
  request(name: string, options: { signal: AbortSignal }, hold: () => Promise<void>): Promise<unknown>;
}

export interface Held {
  start(): void;
  stop(): void;
}

export interface Means {
  locks?: Locks;
  channel?: (name: string) => Channel;
  wire: Held;
  take: (transfers: readonly Transfer[]) => void;
  /** What this tab knows: told to a tab that comes later. */
  known: () => readonly Transfer[];
}

export class Sharing {
  private readonly channel: Channel | undefined;
  private wanting: AbortController | undefined;
  private release: (() => void) | undefined;
  private seen = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beats: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly means: Means) {
    this.channel = means.locks && means.channel?.(NAME);
    if (this.channel) this.channel.onmessage = (event) => this.hear(event.data);
  }

  /** Whether somebody may be looking at this tab. `cut`: there is no network, so nothing is held any longer. */
  see(seen: boolean, cut = false): void {
    if (cut) this.rest();
    if (seen === this.seen) return;
    this.seen = seen;
    clearTimeout(this.timer);
    if (!seen) this.timer = cut ? undefined : setTimeout(() => this.rest(), HIDDEN_GRACE);
    else if (this.release) this.means.wire.start();
    else this.want();
  }

  /** Passes on what this tab heard. */
  tell(transfers: readonly Transfer[]): void {
    if (this.release) this.channel?.postMessage({ transfers });
  }

  stop(): void {
    clearTimeout(this.timer);
    this.rest();
    this.channel?.close();
  }

  private want(): void {
    if (!this.channel || !this.means.locks) return this.means.wire.start();
    this.channel.postMessage({ hello: true });
    this.listen();
    if (this.wanting) return;
    const wanting = (this.wanting = new AbortController());
    this.means.locks
      .request(NAME, { signal: wanting.signal }, () => this.hold())
      .catch(() => {
        // Given up, or refused by the browser: then this tab is on its own.
        if (!wanting.signal.aborted) this.means.wire.start();
      });
  }

  private hold(): Promise<void> {
    clearTimeout(this.timer);
    this.means.wire.start();
    this.beats = setInterval(() => this.channel?.postMessage({ beat: true }), BEAT);
    this.channel?.postMessage({ beat: true });
    return new Promise((resolve) => {
      this.release = resolve;
    });
  }

  private rest(): void {
    this.wanting?.abort();
    this.wanting = undefined;
    this.release?.();
    this.release = undefined;
    clearInterval(this.beats);
    clearTimeout(this.timer);
    this.means.wire.stop();
  }

  /** Waits for a word of the tab that holds the stream; without one, holds its own. */
  private listen(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.means.wire.start(), DEAF_AFTER);
  }

  private hear(word: Word): void {
    if (this.release) {
      if ("hello" in word) this.channel?.postMessage({ transfers: this.means.known() });
      return;
    }
    if ("hello" in word || !this.seen) return;
    if ("transfers" in word) this.means.take(word.transfers);
    this.means.wire.stop();
    this.listen();
  }
}
