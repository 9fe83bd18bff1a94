import { describe, expect, it } from "vitest";
import type { Job, Run, Version } from "../src/system/wire";
import { askerOf, bytes, changed, period, saidOf, stateOf, took, trouble, until, uptime } from "../src/system/words";
import { at, NOW } from "./world";

const run = (more: Partial<Run> = {}): Run => ({
  id: "7",
  name: "back_up",
  title: "Back up",
  asked_by: "schedule",
  state: "done",
  asked: at(60),
  attempts: 1,
  ...more,
});
const job = (more: Partial<Job> = {}): Job => ({ name: "back_up", title: "Back up", by_hand: true, ...more });

describe("sizes and times of the server", () => {
  it.each<[number, string]>([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 KB"],
    [640_000, "640 KB"],
    [999_600, "1.0 MB"],
    [121_400_000, "121 MB"],
    [1_440_000_000, "1.4 GB"],
    [18_000_000_000, "18 GB"],
  ])("%d bytes are %s", (count, said) => expect(bytes(count)).toBe(said));

  it.each<[number, string]>([
    [0.01, "< 0.1 s"],
    [0.23, "0.2 s"],
    [9.96, "10.0 s"],
    [14.4, "14 s"],
    [59.6, "1 min"],
    [125, "2 min 5 s"],
    [3780, "1 h 3 min"],
    [7200, "2 h"],
  ])("%d s took %s", (seconds, said) => expect(took(seconds)).toBe(said));

  it.each<[number, string]>([
    [20, "1 min"],
    [3700, "1 h"],
    [40 * 3600, "40 h"],
    [12 * 86400 + 5, "12 days"],
  ])("up for %d s: %s", (seconds, said) => expect(uptime(seconds)).toBe(said));

  it.each<[number, string]>([
    [-5, "now"],
    [47.2, "in 48 s"],
    [120, "in 2 min"],
    [130, "in 3 min"],
  ])("in %d s: %s", (seconds, said) => expect(until(NOW + seconds * 1000, NOW)).toBe(said));
  it("later than an hour it is a time", () => expect(until(NOW + 3 * 86_400_000, NOW)).toMatch(/^25 Nov \d\d:\d\d$/));
});

describe("a version in words", () => {
  const version: Version = { key: "a", version: "1", language: "en", state: "kept" };
  it.each<[Partial<Version>, string]>([
    [{}, "never"],
    [{ from: "2026-11-09T12:00:00Z" }, "since 9 Nov"],
    [{ from: "2026-10-28T12:00:00Z", until: "2026-11-09T12:00:00Z" }, "28 Oct to 9 Nov"],
    [{ from: "2026-10-28T12:00:00Z", until: "2026-10-28T13:00:00Z" }, "28 Oct"],
  ])("%o: %s", (more, said) => expect(period({ ...version, ...more })).toBe(said));

  it.each([
    [{ added: 3, changed: 1200, removed: 0, unclassified: 2 }, "3 added, 1,200 changed, 2 no longer classified"],
    [{ added: 0, changed: 0, removed: 0, unclassified: 0 }, "no items changed"],
  ])("%o: %s", (counts, said) => expect(changed({ ...counts, against: "b", sentence: "" })).toBe(said));
});

describe("a job's state", () => {
  it.each<[string, Partial<Job>]>([
    ["new", {}],
    ["fine", { last: run() }],
    ["failed", { last: run({ state: "failed" }) }],
    ["cancelled", { last: run({ state: "cancelled" }) }],
    ["running", { last: run({ state: "failed" }), running: run({ state: "running" }) }],
    ["queued", { running: run({ state: "queued" }) }],
  ])("%s", (state, more) => expect(stateOf(job(more))).toBe(state));

  it("why it failed goes before what it did", () => {
    expect(saidOf(run({ sentence: "Copied.", reason: "The disk is full." }))).toBe("The disk is full.");
    expect(saidOf(run({ sentence: "Copied." }))).toBe("Copied.");
  });
  it("who asked", () => {
    expect(["schedule", "command line", "Marrow#4417"].map((asked_by) => askerOf(run({ asked_by })))).toEqual([
      "Schedule",
      "Command line",
      "Marrow#4417",
    ]);
  });
  it("the line over the page names what needs somebody", () => {
    const failed = (title: string) => job({ title, last: run({ state: "failed" }) });
    expect(trouble([job()], undefined)).toBeUndefined();
    expect(trouble([job()], "The disk is full.")).toBe("The disk is full.");
    expect(trouble([job(), failed("Back up")], undefined)).toBe("One job needs you: “Back up” failed. All else works.");
    expect(trouble([failed("Back up"), failed("Look")], undefined)).toBe("2 jobs need you: “Back up”, “Look” failed.");
  });
});
