import { describe, expect, it } from "vitest";
import { askerOf, daysOf, deedOf, isJourney, itemOf, outcomeOf, placeOf } from "../src/journal/words";
import type { TransferStep, Write } from "../src/api/types";
import { step } from "./moves";
import { at, NOW } from "./world";

const write = (id: string, more: Partial<TransferStep> = {}, asked_by = "page"): Write => ({
  id,
  transfer: "1",
  title: "Item 1 to Brannoch",
  asked_by,
  step: step(1, { state: "done", begun: at(60), ...more }),
  source_name: "the vault",
  target_name: "Brannoch",
});

describe("a write in words", () => {
  it.each<[string, Partial<TransferStep>]>([
    ["Moved", {}],
    ["Collected", { kind: "pull" }],
    ["Equipped", { kind: "equip-all" }],
    ["Locked", { kind: "lock", lock: true }],
    ["Unlocked", { kind: "lock", lock: false }],
    ["Tracked", { kind: "track", lock: true }],
    ["No longer tracked", { kind: "track", lock: false }],
  ])("%s", (word, more) => expect(deedOf(write("1", more))).toBe(word));

  it.each<[string, string, Partial<TransferStep>]>([
    ["Done and checked", "ok", { settled: "seen" }],
    ["Done, not seen yet", "info", {}],
    ["Done; Bungie's list says otherwise", "warn", { settled: "contradicted" }],
    ["Done; Bungie's list has not shown it", "warn", { settled: "unconfirmed" }],
    ["Done, then changed again", "ok", { settled: "superseded" }],
    ["Refused", "bad", { state: "refused" }],
    ["Unclear", "warn", { state: "unconfirmed" }],
    ["Sent", "info", { state: "running" }],
  ])("%s", (word, tone, more) => expect(outcomeOf(write("1", more))).toMatchObject({ word, tone }));

  it("a refusal says why", () => {
    const refused = write("1", { state: "refused", sentence: "The vault is full." });
    expect(outcomeOf(refused).sentence).toBe("The vault is full.");
  });
  it("how much, and of what", () => {
    expect(itemOf(write("1"))).toBe("Item 1");
    expect(itemOf(write("1", { quantity: 1500 }))).toBe("1,500 Item 1");
    const items = [1, 2, 3].map((n) => ({ id: `${n}`, hash: n, name: `Item ${n}` }));
    expect(itemOf(write("1", { items }))).toBe("Item 1 and 2 more");
  });
  it("who asked", () => {
    expect(["page", "api", "rule Tidy at night", "undo"].map((each) => askerOf(write("1", {}, each)))).toEqual([
      "You",
      "API",
      "Rule: Tidy at night",
      "You, undo",
    ]);
  });
  it("what stays where it is has no way", () => {
    expect(isJourney(write("1"))).toBe(true);
    expect(isJourney(write("1", { kind: "lock" }))).toBe(false);
    expect(placeOf("the vault")).toBe("Vault");
    expect(placeOf("Ilse Varr")).toBe("Ilse Varr");
  });
});

it("by day, in the order in which they come", () => {
  const all = [write("3"), write("2", { begun: at(90) }), write("1", { begun: at(3 * 86_400) })];
  const days = daysOf(all, NOW);
  expect(days.map((each) => [each.title, each.writes.map((one) => one.id)])).toEqual([
    [expect.stringMatching(/^Today, /), ["3", "2"]],
    [expect.stringMatching(/^\w+ 19 November$/), ["1"]],
  ]);
  expect(daysOf([write("1", { begun: at(400 * 86_400) })], NOW)[0]!.title).toMatch(/2025$/);
});
