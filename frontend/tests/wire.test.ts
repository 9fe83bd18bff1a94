import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../src/api/client";
import type { Transfer } from "../src/api/types";
import { BEAT, DEAF_AFTER, HIDDEN_GRACE, Sharing, type Channel, type Locks } from "../src/transfers/sharing";
import { FIRST_WORD, POLL_BUSY, POLL_CALM, SILENCE, Wire, type Stream } from "../src/transfers/wire";
import { transfer } from "./moves";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const later = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

class FakeStream implements Stream {
  onerror: ((event: Event) => void) | null = null;
  closed = false;
  private heard: Record<string, (event: MessageEvent<string>) => void> = {};
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void) {
    this.heard[type] = listener;
  }
  close() {
    this.closed = true;
  }
  say(type: string, data: unknown) {
    this.heard[type]?.({ data: typeof data === "string" ? data : JSON.stringify(data) } as MessageEvent<string>);
  }
  fail() {
    this.onerror?.(new Event("error"));
  }
}

function wired() {
  const streams: FakeStream[] = [];
  const taken: Transfer[] = [];
  const state = { busy: false };
  const fetch = vi.fn(async (): Promise<readonly Transfer[] | undefined> => undefined);
  const signedOut = vi.fn();
  const wire = new Wire({
    open: () => {
      const stream = new FakeStream();
      streams.push(stream);
      return stream;
    },
    fetch,
    take: (came) => void taken.push(...came),
    busy: () => state.busy,
    signedOut,
  });
  return { wire, streams, taken, state, fetch, signedOut, last: () => streams.at(-1)! };
}

describe("the stream", () => {
  it("is heard, and nothing is asked beside it while all is calm", async () => {
    const { wire, last, taken, fetch } = wired();
    wire.start();
    last().say("transfers", { transfers: [transfer("1")] });
    last().say("transfer", transfer("2"));
    await later(10 * 60_000);
    expect(taken.map((each) => each.id)).toEqual(["1", "2"]);
    expect(fetch).not.toHaveBeenCalled();
  });

  it("that falls silent while something runs is made sure of", async () => {
    const { wire, last, fetch, state } = wired();
    wire.start();
    state.busy = true;
    last().say("transfer", transfer("1"));
    await later(SILENCE);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(last().closed).toBe(false);
  });

  it.each([
    [true, POLL_BUSY],
    [false, POLL_CALM],
  ])("is replaced by questions when it breaks (busy: %s)", async (busy, every) => {
    const { wire, streams, fetch, state, last } = wired();
    state.busy = busy;
    wire.start();
    last().fail();
    await later(0);
    expect(fetch).toHaveBeenCalledTimes(1);
    for (let n = 0; n < 20; n++) {
      last().fail();
      await later(every);
    }
    expect(fetch.mock.calls.length).toBeGreaterThan(15);
    // Slower and slower: refused streams are no flood.
    expect(streams.length).toBeLessThan(22);
  });

  it("tries again with patience, and is quick again once it has spoken", async () => {
    const { wire, streams, last } = wired();
    wire.start();
    const waits: number[] = [];
    for (let n = 0; n < 7; n++) {
      const count = streams.length;
      last().fail();
      let waited = 0;
      while (streams.length === count) {
        await later(500);
        waited += 500;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([1_000, 2_000, 5_000, 15_000, 30_000, 60_000, 60_000]);
    last().say("transfers", { transfers: [] });
    last().fail();
    const count = streams.length;
    await later(1_000);
    expect(streams.length).toBe(count + 1);
  });

  it("that is held back by something in between counts as none", async () => {
    const { wire, last, fetch } = wired();
    wire.start();
    const first = last();
    await later(FIRST_WORD + 1);
    expect(first.closed).toBe(true);
    expect(fetch).toHaveBeenCalled();
  });

  it("that talks nonsense counts as none, too", async () => {
    const { wire, last, fetch, taken } = wired();
    wire.start();
    last().say("transfer", "<html>");
    await later(0);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(taken).toEqual([]);
  });

  it("ends when the session does, and says so", async () => {
    const { wire, last, fetch, signedOut, streams } = wired();
    fetch.mockRejectedValue(new Problem("signed-out", "", 401));
    wire.start();
    last().fail();
    await later(10 * 60_000);
    expect(signedOut).toHaveBeenCalledOnce();
    expect(fetch).toHaveBeenCalledOnce();
    expect(streams).toHaveLength(1);
  });

  it("goes on asking through failures of the network", async () => {
    const { wire, last, fetch, taken } = wired();
    fetch.mockRejectedValueOnce(new Problem("no-answer", "")).mockResolvedValueOnce([transfer("5")]);
    wire.start();
    last().fail();
    await later(900);
    last().fail();
    await later(POLL_CALM);
    expect(taken.map((each) => each.id)).toContain("5");
  });

  it("stops for good", async () => {
    const { wire, last, fetch, streams } = wired();
    wire.start();
    last().fail();
    wire.stop();
    await later(10 * 60_000);
    expect(fetch.mock.calls.length).toBeLessThan(2);
    expect(streams).toHaveLength(1);
  });
});

/** Locks and channels of one browser, with several tabs. */
class Browser {
  private queue: { hold: () => Promise<void>; signal: AbortSignal; done: (error?: Error) => void }[] = [];
  private held = false;
  readonly channels: (Channel & { of: string })[] = [];

  locks(): Locks {
    return {
      request: (_name, { signal }, hold) =>
        new Promise((resolve, reject) => {
          signal.addEventListener("abort", () => {
            this.queue = this.queue.filter((each) => each.signal !== signal);
            reject(new Error("aborted"));
          });
          this.queue.push({ hold, signal, done: (error) => (error ? reject(error) : resolve(undefined)) });
          void this.next();
        }),
    };
  }

  private async next(): Promise<void> {
    const first = this.held ? undefined : this.queue.shift();
    if (!first) return;
    this.held = true;
    await first.hold();
    this.held = false;
    first.done();
    void this.next();
  }

  channel(of: string): (name: string) => Channel {
    return () => {
      const channel: Channel & { of: string } = {
        of,
        onmessage: null,
        postMessage: (word) => {
          if (!this.channels.includes(channel)) return;
          for (const each of this.channels) if (each !== channel) each.onmessage?.({ data: word } as MessageEvent);
        },
        close: () => void this.channels.splice(this.channels.indexOf(channel), 1),
      };
      this.channels.push(channel);
      return channel;
    };
  }

  tab(name: string, means: { locks?: Locks } = { locks: this.locks() }) {
    const wire = { start: vi.fn(), stop: vi.fn(), on: false };
    wire.start.mockImplementation(() => (wire.on = true));
    wire.stop.mockImplementation(() => (wire.on = false));
    const known: Transfer[] = [];
    const sharing = new Sharing({
      ...means,
      channel: this.channel(name),
      wire,
      take: (came) => void known.push(...came),
      known: () => known,
    });
    return { name, wire, known, sharing };
  }
}

describe("one stream for all tabs", () => {
  it("the first that is seen holds it, the others hear through it", async () => {
    const browser = new Browser();
    const [one, two] = [browser.tab("one"), browser.tab("two")];
    one.sharing.see(true);
    two.sharing.see(true);
    await later(0);
    expect([one.wire.on, two.wire.on]).toEqual([true, false]);
    one.sharing.tell([transfer("1")]);
    expect(two.known.map((each) => each.id)).toEqual(["1"]);
    two.sharing.tell([transfer("2")]);
    expect(one.known).toEqual([]);
  });

  it("one that comes later is told what is known", async () => {
    const browser = new Browser();
    const one = browser.tab("one");
    one.sharing.see(true);
    one.known.push(transfer("1"));
    const two = browser.tab("two");
    two.sharing.see(true);
    expect(two.known.map((each) => each.id)).toEqual(["1"]);
  });

  it("a tab that is not seen holds nothing, and gives back what it held after a while", async () => {
    const browser = new Browser();
    const [one, two] = [browser.tab("one"), browser.tab("two")];
    one.sharing.see(true);
    two.sharing.see(true);
    one.sharing.see(false);
    await later(HIDDEN_GRACE - 1);
    expect(one.wire.on).toBe(true);
    await later(1);
    expect([one.wire.on, two.wire.on]).toEqual([false, true]);
    // Seen again soon, it waits its turn behind the other.
    one.sharing.see(true);
    await later(BEAT);
    expect([one.wire.on, two.wire.on]).toEqual([false, true]);
    two.sharing.stop();
    await later(0);
    expect([one.wire.on, two.wire.on]).toEqual([true, false]);
  });

  it("a short look elsewhere changes nothing", async () => {
    const one = new Browser().tab("one");
    one.sharing.see(true);
    await later(0);
    one.sharing.see(false);
    await later(HIDDEN_GRACE / 2);
    one.sharing.see(true);
    await later(HIDDEN_GRACE * 2);
    expect(one.wire.on).toBe(true);
  });

  it("one that no longer hears of the holder holds its own, until it does", async () => {
    const browser = new Browser();
    const [one, two] = [browser.tab("one"), browser.tab("two")];
    one.sharing.see(true);
    two.sharing.see(true);
    await later(DEAF_AFTER * 2);
    expect(two.wire.on).toBe(false);
    // The phone freezes the first: it neither beats nor lets go.
    const channel = browser.channels.splice(0, 1)[0]!;
    await later(DEAF_AFTER + BEAT);
    expect(two.wire.on).toBe(true);
    channel.onmessage = null;
    browser.channels[0]!.onmessage?.({ data: { beat: true } } as MessageEvent);
    expect(two.wire.on).toBe(false);
  });

  it("without a network nothing is held at all", async () => {
    const one = new Browser().tab("one");
    one.sharing.see(true);
    await later(0);
    one.sharing.see(false, true);
    expect(one.wire.on).toBe(false);
    one.sharing.see(true);
    await later(0);
    expect(one.wire.on).toBe(true);
  });

  it("without locks each that is seen holds its own", async () => {
    const browser = new Browser();
    const [one, two] = [browser.tab("one", {}), browser.tab("two", {})];
    one.sharing.see(true);
    expect([one.wire.on, two.wire.on]).toEqual([true, false]);
    two.sharing.see(true);
    expect(two.wire.on).toBe(true);
  });

  it("a browser that refuses the lock leaves the tab on its own", async () => {
    const browser = new Browser();
    const one = browser.tab("one", { locks: { request: () => Promise.reject(new Error("SecurityError")) } });
    one.sharing.see(true);
    await later(0);
    expect(one.wire.on).toBe(true);
  });
});
