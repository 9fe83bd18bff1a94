import { describe, expect, it, vi } from "vitest";
import { endedNow } from "../src/transfers/announce";
import { groupsOf, MANY, type Group, type GroupState } from "../src/transfers/groups";
import { SETTLE_EVERY, Settling, tellsDone } from "../src/transfers/settling";
import { shownOf } from "../src/transfers/shown";
import { current, needsYou, sumsOf } from "../src/transfers/standing";
import { inSight } from "../src/transfers/Steps";
import { joined, TransferStore, type LiveTransfer } from "../src/transfers/store";
import { checkWords, groupWords, namesOf, stayed, toldWords, whoAsked } from "../src/transfers/words";
import { Problem } from "../src/api/client";
import type { TransferStep } from "../src/api/types";
import { step, transfer } from "./moves";
import { at, BRANNOCH, character, ILSE, NOW } from "./world";

const nameOf = namesOf([character(BRANNOCH, { nickname: "Brannoch" }), character(ILSE, { nickname: "Ilse Varr" })]);
const nobody = new Set<string>();

describe("what is held and what came", () => {
  const held = [transfer("2", { created: at(10) }), transfer("1", { created: at(20) })];
  it("the higher revision stays, whichever way it came", () => {
    const older = joined([transfer("1", { revision: 3 })], [transfer("1", { revision: 2 })]);
    expect(older[0]!.revision).toBe(3);
    expect(joined(older, [transfer("1", { revision: 4 })])[0]!.revision).toBe(4);
  });
  it("nothing new is the very same list: nothing is drawn anew", () => {
    expect(joined(held, [transfer("1"), transfer("2")])).toBe(held);
  });
  it("newest first, and what has not been sent before all", () => {
    const all = joined(held, [
      transfer("3", { created: at(15) }),
      transfer("unsent-x", { created: at(99), unsent: { wish: { kind: "lock", items: ["1"], state: true }, key: "x" } }),
    ]);
    expect(all.map((each) => each.id)).toEqual(["unsent-x", "2", "3", "1"]);
  });
  it("of one second: by number", () => {
    expect(joined([], [transfer("9"), transfer("10")]).map((each) => each.id)).toEqual(["10", "9"]);
  });
  it("an answer takes the place of its wish, also when the stream was quicker", () => {
    const store = new TransferStore();
    const watcher = vi.fn();
    store.replace("unsent-x", transfer("unsent-x"));
    store.subscribe(watcher);
    store.take([transfer("7", { revision: 2 })]);
    store.replace("unsent-x", transfer("7", { revision: 1 }));
    expect(store.current().map((each) => [each.id, each.revision])).toEqual([["7", 2]]);
    expect(watcher).toHaveBeenCalledTimes(2);
  });
});

describe("steps together", () => {
  const toBrannoch = (from: number, count: number, more: Partial<TransferStep> = {}) =>
    Array.from({ length: count }, (_, index) => step(from + index, more));

  it("few stand each by itself", () => {
    expect(groupsOf(toBrannoch(1, MANY))).toHaveLength(MANY);
  });
  it("many go by the way they go, in the order of the first of each", () => {
    const steps = [
      ...toBrannoch(1, 3, { state: "done", settled: "seen" }),
      step(4, { source: BRANNOCH, target: "vault", why: "room", state: "done" }),
      ...toBrannoch(5, 3),
    ];
    const groups = groupsOf(steps);
    expect(groups.map((each) => [each.steps.length, each.state, each.done])).toEqual([
      [6, "part", 3],
      [1, "done", 1],
    ]);
    expect(groups.map((each) => groupWords(each, nameOf))).toEqual([
      "6 items from the vault to Brannoch",
      "Item 4 to the vault, to make room",
    ]);
  });
  it.each<[GroupState, Partial<TransferStep>[]]>([
    ["planned", [{}]],
    ["running", [{ state: "done" }, { state: "running" }, {}]],
    ["part", [{ state: "done" }, {}]],
    ["done", [{ state: "done", settled: "seen" }, { state: "done" }]],
    [
      "seen",
      [
        { state: "done", settled: "seen" },
        { state: "done", settled: "superseded" },
      ],
    ],
    ["odd", [{ state: "done", settled: "contradicted" }]],
    ["odd", [{ state: "done", settled: "unconfirmed" }, { state: "done" }]],
    ["refused", [{ state: "done" }, { state: "refused" }]],
    ["unconfirmed", [{ state: "unconfirmed" }]],
  ])("%s", (state, parts) => {
    const all = parts.map((part, index) => step(index + 1, part));
    const padding = toBrannoch(90, MANY, { source: ILSE, target: "vault" });
    expect(groupsOf([...all, ...padding])[0]!.state).toBe(state);
  });
  it("what a newer plan replaced is left out", () => {
    expect(groupsOf([step(1, { state: "skipped" }), step(2)]).map((each) => each.steps[0]!.n)).toEqual([2]);
  });
  it("of a long list the rows around the one that runs are shown", () => {
    const groups = (done: number, all: number): Group[] =>
      Array.from({ length: all }, (_, n) => ({ key: `${n}`, steps: [step(n)], done: 0, state: n < done ? "done" : "planned" }));
    expect(inSight(groups(0, 5))).toEqual([0, 5]);
    expect(inSight(groups(0, 20))).toEqual([0, 7]);
    expect(inSight(groups(10, 20))).toEqual([8, 15]);
    expect(inSight(groups(20, 20))).toEqual([13, 20]);
  }); // prettier-ignore
});

describe("steps in words", () => {
  it.each<[string, Partial<TransferStep>]>([
    ["Item 1 to Brannoch", {}],
    ["25 Item 1 to Brannoch", { quantity: 25 }],
    ["Item 1 to the vault, on the way", { source: ILSE, target: "vault", why: "transit" }],
    ["Item 1 out of the postmaster of Ilse Varr", { kind: "pull", source: ILSE, target: ILSE }],
    ["Equip Item 1 on Ilse Varr", { kind: "equip", target: ILSE }],
    ["Equip Item 1 on Brannoch, in its place", { kind: "equip", why: "replacement" }],
    ["Lock Item 1", { kind: "lock", lock: true }],
    ["Lock Item 1, again", { kind: "lock", lock: true, why: "lock-again" }],
    ["Unlock Item 1", { kind: "lock", lock: false }],
    ["Stop tracking Item 1", { kind: "track", lock: false }],
    ["Item 1 to what all guardians share", { target: "account" }],
    ["Item 1 to another guardian", { target: "2305843009269999999" }],
  ])("%s", (words, more) => expect(groupWords(groupsOf([step(1, more)])[0]!, nameOf)).toBe(words));

  it("five pieces at once", () => {
    const items = [1, 2, 3, 4, 5].map((n) => ({ id: `i${n}`, hash: n, name: `Item ${n}` }));
    expect(groupWords(groupsOf([step(1, { kind: "equip-all", items })])[0]!, nameOf)).toBe("Equip 5 items on Brannoch");
  });
  it.each([
    ["page", "you"],
    ["api", "the API"],
    ["rule Keep places free", "rule “Keep places free”"],
    ["something new", "something new"],
  ])("asked by %s", (said, words) => expect(whoAsked(said)).toBe(words));
});

describe("what Bungie's list says of what was done", () => {
  it.each<[RegExp | "", Partial<LiveTransfer>]>([
    [/does not show it yet/, { state: "done", confirmed: "pending" }],
    [/^Checked/, { state: "done", confirmed: "all" }],
    [/has not shown it/, { state: "done", confirmed: "unconfirmed" }],
    [/something else/, { state: "done", confirmed: "contradicted" }],
    [/something else/, { state: "partly", confirmed: "contradicted" }],
    ["", { state: "partly", confirmed: "pending" }],
    ["", { state: "running", confirmed: "pending" }],
    ["", { state: "failed", confirmed: "all", done: 0 }],
  ])("%s: %o", (words, more) => expect(checkWords(transfer("1", { done: 1, ...more }))).toMatch(words));

  it("done and not seen yet is never told as a failure", () => {
    const said = checkWords(transfer("1", { state: "done", done: 1, confirmed: "pending" }));
    expect(said).toMatch(/^Done/);
    expect(said).not.toMatch(/fail|lost|wrong/i);
  });
});

describe("what it means to who looks", () => {
  const partly = transfer("1", {
    state: "partly",
    finished: at(60),
    refusals: [{ code: "no-space", sentence: "Full.", item: "a" }],
  });
  it.each<[string, LiveTransfer, boolean]>([
    ["partly done", partly, true],
    ["tried again", { ...partly, retried_by: "2" }, false],
    ["taken back", { ...partly, undone_by: "2" }, false],
    ["two days old", { ...partly, finished: at(2 * 86_400) }, false],
    ["failed", transfer("1", { state: "failed", finished: at(1) }), true],
    ["expired", transfer("1", { state: "expired", finished: at(1) }), true],
    ["cancelled", transfer("1", { state: "cancelled", finished: at(1) }), false],
    ["done", transfer("1", { state: "done", finished: at(1) }), false],
    ["running", transfer("1"), false],
    [
      "never sent",
      transfer("unsent-a", {
        state: "failed",
        unsent: { wish: { kind: "lock", items: ["1"], state: true }, key: "a", problem: new Problem("no-answer", "") },
      }),
      true,
    ],
  ])("%s", (_, one, needs) => expect(needsYou(one, NOW)).toBe(needs));

  it("the pill shows the one that runs, else the oldest that is open", () => {
    const [late, early] = [transfer("2", { state: "queued" }), transfer("1", { state: "waiting" })];
    expect(current([late, early])).toBe(early);
    expect(current([late, { ...early, state: "running" }])?.id).toBe("1");
    expect(current([{ ...late, state: "running" }, early])?.id).toBe("2");
    expect(current([])).toBeUndefined();
  });

  it("put away is out of sight, but never what is still under way", () => {
    const all = [transfer("3"), transfer("2", { state: "failed", finished: at(5) })];
    const gone = new Set(["2", "3"]);
    expect(sumsOf(all, gone, NOW)).toEqual({ running: [all[0]], needing: [] });
    expect(shownOf(all, { dismissed: gone }, NOW)).toEqual([all[0]]);
    expect(shownOf(all, { dismissed: gone, shown: "2" }, NOW)).toEqual(all);
  });

  it("what ended an hour ago is the journal's, unless it needs somebody", () => {
    const old = (state: LiveTransfer["state"]) => transfer("1", { state, finished: at(4000) });
    expect(shownOf([old("done")], { dismissed: nobody }, NOW)).toEqual([]);
    expect(shownOf([old("partly")], { dismissed: nobody }, NOW)).toHaveLength(1);
  });

  it("of many that ended the newest ten", () => {
    const many = Array.from({ length: 30 }, (_, n) => transfer(String(90 - n), { state: "done", finished: at(n) }));
    expect(shownOf(many, { dismissed: nobody }, NOW).map((each) => each.id)).toEqual(many.slice(0, 10).map((each) => each.id));
  });

  it("a retry tries each item that stayed, once", () => {
    const twice = [...partly.refusals, ...partly.refusals];
    expect(stayed({ ...partly, refusals: twice })).toBe(1);
    expect(stayed(transfer("1", { state: "expired", refusals: [], done: 2, total: 5 }))).toBe(3);
  });
});

describe("what is told", () => {
  it("one that ended before our eyes, and one that was refused at once; never what was over before", () => {
    const done = transfer("1", { state: "done", finished: at(1), revision: 2 });
    const since = NOW - 30_000;
    expect(endedNow([done], [transfer("1")], since)).toEqual([done]);
    expect(endedNow([done], [done], since)).toEqual([]);
    expect(endedNow([{ ...done, revision: 3 }], [done], since)).toEqual([]);
    expect(endedNow([done], [], since)).toEqual([done]);
    expect(endedNow([{ ...done, finished: at(31) }], [], since)).toHaveLength(1);
    expect(endedNow([{ ...done, finished: at(60) }], [], since)).toEqual([]);
    expect(endedNow([transfer("2")], [], since)).toEqual([]);
  });
  it("in one sentence", () => {
    expect(toldWords(transfer("1", { state: "done" }))).toBe("Transfer 1: Done.");
    expect(toldWords(transfer("1", { state: "done", sentence: "Sable Verdict is on Brannoch." }))).toBe(
      "Sable Verdict is on Brannoch.",
    );
    expect(toldWords(transfer("1", { state: "expired", sentence: "Bungie was down for an hour." }))).toBe(
      "Transfer 1: Bungie was down for an hour.",
    );
  });
});

describe("reading the profile as steps are done", () => {
  const before = [transfer("1", { steps: [step(1, { state: "running" }), step(2)] })];
  it.each<[string, LiveTransfer[], boolean]>([
    ["a step is done", [transfer("1", { steps: [step(1, { state: "done" }), step(2)] })], true],
    ["a step has begun", [transfer("1", { steps: [step(1, { state: "running" }), step(2, { state: "running" })] })], false],
    ["Bungie shows it", [transfer("1", { confirmed: "pending", steps: [] })], true],
    ["nothing", before, false],
    ["a new one, not begun", [...before, transfer("2", { steps: [step(1)] })], false],
    ["a new one, begun elsewhere", [...before, transfer("2", { steps: [step(1, { state: "done" })] })], true],
    ["an old one, all seen", [...before, transfer("2", { steps: [step(1, { state: "done", settled: "seen" })] })], false],
  ])("%s", (_, now, tells) => expect(tellsDone(now, before)).toBe(tells));

  it("at once, then once a second, and never one too few", async () => {
    vi.useFakeTimers();
    const read = vi.fn();
    const settling = new Settling(read);
    for (let n = 0; n < 10; n++) settling.ask();
    expect(read).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(SETTLE_EVERY);
    expect(read).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(SETTLE_EVERY * 5);
    expect(read).toHaveBeenCalledTimes(2);
    settling.ask();
    expect(read).toHaveBeenCalledTimes(3);
    vi.useRealTimers();
  });
});
