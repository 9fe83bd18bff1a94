import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../src/api/client";
import { AFTER_NEXT, ASK_EVERY, AT_MOST_EVERY, nextAsk, type Situation } from "../src/freshness/cadence";
import { newerOf } from "../src/freshness/order";
import { Reader, type Inputs, type Means } from "../src/freshness/reader";
import { freshnessOf } from "../src/freshness/state";
import { ago, clock, since } from "../src/freshness/words";
import type { Status } from "../src/api/types";
import { at, BRANNOCH, character, NOW, profile } from "./world";

const minted = (secondsAgo: number, more = {}) => profile([], {}, { minted: at(secondsAgo), ...more });

describe("an older profile never replaces a newer one", () => {
  const held = minted(30);
  it.each([
    ["newer", minted(10), true],
    ["older", minted(60), false],
    ["of the same moment", minted(30), true], // a nickname or new definitions
    ["without a stamp, read later", minted(0, { minted: undefined, read: at(1) }), true],
    ["without a stamp, read earlier", minted(0, { minted: undefined, read: at(99) }), false],
    ["of another account, however old", minted(9999, { account: { type: 1, id: "2", name: "Tern" } }), true],
  ])("%s", (_, incoming, taken) => {
    expect(newerOf(held, incoming)).toBe(taken ? incoming : held);
  });

  it("the first is taken", () => {
    expect(newerOf(undefined, held)).toBe(held);
  });
});

describe("when to ask the server by itself", () => {
  const quiet: Situation = { now: NOW, lastAttempt: NOW, visible: true, online: true, signedIn: true };
  it.each<[string, Partial<Situation>, number | undefined]>([
    ["each minute, so that the server knows that somebody looks", {}, NOW + ASK_EVERY],
    ["just after the read that it announced", { announced: NOW + 30_000 }, NOW + 30_000 + AFTER_NEXT],
    ["each minute however far that is", { announced: NOW + 1_800_000 }, NOW + ASK_EVERY],
    ["not while hidden", { visible: false }, undefined],
    ["not while offline", { online: false }, undefined],
    ["not while signed out", { signedIn: false }, undefined],
    ["at once when it is overdue", { lastAttempt: NOW - ASK_EVERY - 5 }, NOW],
    ["again after a failure", { retryAt: NOW + 40_000, announced: NOW + 20_000 }, NOW + 40_000],
    ["after a failure as late as was asked", { retryAt: NOW + 600_000 }, NOW + 600_000],
    ["never more often than 15 s, whatever was promised", { retryAt: NOW + 1 }, NOW + AT_MOST_EVERY],
    ["nor for a read that is overdue", { announced: NOW - 99_000 }, NOW + AT_MOST_EVERY],
  ])("%s", (_, change, expected) => expect(nextAsk({ ...quiet, ...change })).toBe(expected));
});

describe("the word on the dial", () => {
  const status = (state: Status["bungie"]["state"]): Status => ({
    version: "1",
    bungie: { state },
    alerts: [],
    manifest: { state: "ready" },
  });
  const fine = { profile: minted(12), status: status("up"), online: true, ended: false };
  it.each([
    ["live", fine],
    ["live", { ...fine, profile: minted(90) }],
    ["old", { ...fine, profile: minted(91) }],
    ["down", { ...fine, status: status("maintenance") }],
    ["down", { ...fine, problem: new Problem("bungie-unreachable", "", 503) }],
    ["live", { ...fine, status: status("throttled") }],
    ["unanswered", { ...fine, problem: new Problem("no-answer", "") }],
    ["ended", { ...fine, ended: true, status: status("maintenance") }],
    ["offline", { ...fine, online: false, ended: true }],
    ["reading", { ...fine, profile: undefined }],
  ])("%s", (word, seen) => expect(freshnessOf(seen, NOW)).toBe(word));
});

describe("times in words", () => {
  it.each([
    [0, "0 s ago"],
    [12, "12 s ago"],
    [59, "59 s ago"],
    [60, "1 min ago"],
    [3599, "59 min ago"],
  ])("%i s", (seconds, words) => expect(ago(NOW - seconds * 1000, NOW)).toBe(words));

  it("a stamp from the future is now", () => expect(ago(NOW + 5000, NOW)).toBe("0 s ago"));
  it("today by the clock, before with the day", () => {
    expect(clock(NOW, NOW)).toMatch(/^\d\d:\d\d$/);
    expect(clock(NOW - 3 * 86_400_000, NOW)).toMatch(/^19 Nov \d\d:\d\d$/);
  });
  it("coarser for guardians", () => {
    expect(since(NOW - 1000, NOW)).toBe("1 min ago");
    expect(since(NOW - 2 * 3_600_000, NOW)).toBe("2 h ago");
    expect(since(NOW - 3 * 86_400_000, NOW)).toBe("3 d ago");
    expect(since(NOW - 400 * 86_400_000, NOW)).toBe("1 y ago");
    expect(since(NOW - 100 * 86_400_000, NOW)).toBe("3 months ago");
  });
});

describe("the reader", () => {
  beforeEach(() => vi.useFakeTimers({ now: NOW }));
  afterEach(() => vi.useRealTimers());

  const means = () => ({
    now: () => Date.now(),
    refresh: vi.fn<Means["refresh"]>(async () => ({ checked: Date.now() })),
    fetch: vi.fn(async () => undefined),
  });
  const playing = (secondsAgo: number) =>
    profile([], {}, { read: at(secondsAgo), minted: at(secondsAgo), characters: [character(BRANNOCH, { playing: true })] });
  const here = (more: Partial<Inputs> = {}): Inputs => ({
    visible: true,
    online: true,
    ended: false,
    profile: playing(1),
    ...more,
  });

  it("reads at once when what was kept is old, and waits when it is not", () => {
    const old = means();
    new Reader(old).update(here({ profile: playing(60) }));
    expect(old.refresh).toHaveBeenCalledOnce();
    const young = means();
    new Reader(young).update(here());
    expect(young.refresh).not.toHaveBeenCalled();
  });

  it("asks the server each minute while it is seen, and nobody notices", async () => {
    const use = means();
    const reader = new Reader(use);
    reader.update(here());
    const shown = vi.fn(() => reader.current().reading);
    reader.subscribe(shown);
    await vi.advanceTimersByTimeAsync(ASK_EVERY * 3);
    expect(use.refresh.mock.calls).toEqual([[false], [false], [false]]);
    expect(shown).toHaveBeenCalled();
    expect(shown).not.toHaveReturnedWith(true);
  });

  it("shows the server's next read, and asks just after it", async () => {
    const use = means();
    use.refresh.mockImplementation(async () => ({ checked: Date.now() - 20_000, next: Date.now() + 40_000 }));
    const reader = new Reader(use);
    reader.update(here({ profile: playing(60) }));
    await vi.advanceTimersByTimeAsync(0);
    expect(reader.current()).toMatchObject({ asked: NOW - 20_000, next: NOW + 40_000, reading: false });
    await vi.advanceTimersByTimeAsync(40_000);
    expect(use.refresh).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(AFTER_NEXT);
    expect(use.refresh).toHaveBeenCalledTimes(2);
  });

  it("by hand it is seen that Bungie is asked, even while the page asks the server", async () => {
    const use = means();
    let end: (asked: { checked: number }) => void = () => undefined;
    const reader = new Reader(use);
    reader.update(here());
    use.refresh.mockReturnValueOnce(new Promise((resolve) => (end = resolve)));
    await vi.advanceTimersByTimeAsync(ASK_EVERY);
    expect(use.refresh).toHaveBeenCalledOnce();
    use.refresh.mockReturnValueOnce(new Promise(() => undefined));
    reader.byHand();
    end({ checked: Date.now() });
    await vi.advanceTimersByTimeAsync(1);
    expect(use.refresh.mock.calls).toEqual([[false], [true]]);
    expect(reader.current().reading).toBe(true);
  });

  it("stops while hidden and reads on coming back, but not within 15 s", async () => {
    const use = means();
    const reader = new Reader(use);
    reader.update(here());
    reader.update(here({ visible: false }));
    await vi.advanceTimersByTimeAsync(10_000);
    reader.update(here());
    expect(use.refresh).not.toHaveBeenCalled();
    reader.update(here({ visible: false }));
    await vi.advanceTimersByTimeAsync(ASK_EVERY * 5);
    expect(use.refresh).not.toHaveBeenCalled();
    reader.update(here());
    expect(use.refresh).toHaveBeenCalledOnce();
  });

  it("keeps to what Bungie asks after a failure, and forgets the failure when it passes", async () => {
    const use = means();
    use.refresh.mockRejectedValueOnce(new Problem("bungie-maintenance", "", 503, undefined, 40));
    const reader = new Reader(use);
    reader.update(here({ profile: playing(60) }));
    await vi.advanceTimersByTimeAsync(39_000);
    expect(reader.current().problem?.code).toBe("bungie-maintenance");
    expect(use.refresh).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(use.refresh).toHaveBeenCalledTimes(2);
    expect(reader.current().problem).toBeUndefined();
  });

  it("asks once at a time, however often R is pressed", async () => {
    const use = means();
    const reader = new Reader(use);
    reader.update(here());
    reader.byHand();
    reader.byHand();
    await vi.advanceTimersByTimeAsync(0);
    expect(use.refresh).toHaveBeenCalledOnce();
    expect(use.refresh).toHaveBeenCalledWith(true);
  });

  it("reads once more when R was pressed during a read that nobody had asked for", async () => {
    const use = means();
    let end: (asked: { checked: number }) => void = () => undefined;
    use.refresh.mockReturnValueOnce(new Promise((resolve) => (end = resolve)));
    const reader = new Reader(use);
    reader.update(here({ profile: playing(60) }));
    reader.byHand();
    reader.byHand();
    expect(use.refresh.mock.calls).toEqual([[false]]);
    end({ checked: NOW });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(use.refresh.mock.calls).toEqual([[false], [true]]);
  });

  it("reads as soon as it may when R was pressed too soon", async () => {
    const use = means();
    use.refresh.mockResolvedValueOnce({ checked: NOW, wait: 3200 });
    const reader = new Reader(use);
    reader.update(here());
    reader.byHand();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(use.refresh).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(300);
    expect(use.refresh.mock.calls).toEqual([[true], [true]]);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(use.refresh).toHaveBeenCalledTimes(2);
  });

  it("does not read for who must sign in again, nor offline", async () => {
    const use = means();
    const reader = new Reader(use);
    reader.update(here({ ended: true }));
    reader.update(here({ online: false }));
    reader.byHand();
    await vi.advanceTimersByTimeAsync(ASK_EVERY * 4);
    expect(use.refresh).not.toHaveBeenCalled();
  });

  it("asks again for the first profile when it did not come", async () => {
    const use = means();
    new Reader(use).update({
      visible: true,
      online: true,
      ended: false,
      failure: new Problem("bungie-unreachable", "", 503, undefined, 20),
    });
    await vi.advanceTimersByTimeAsync(21_000);
    expect(use.fetch).toHaveBeenCalledOnce();
  });

  it("does not hammer while the definitions are fetched: the status tells", async () => {
    const use = means();
    new Reader(use).update({ visible: true, online: true, ended: false, failure: new Problem("definitions-missing", "", 503) });
    await vi.advanceTimersByTimeAsync(ASK_EVERY * 4);
    expect(use.fetch).not.toHaveBeenCalled();
  });
});
