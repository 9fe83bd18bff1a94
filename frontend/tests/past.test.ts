import { describe, expect, it } from "vitest";
import { atSearch } from "../src/past/at";
import { daysOf } from "../src/past/days";
import { ofField, toField } from "../src/past/field";
import { isSame, linesOf, signed } from "../src/past/parts";
import { laidOut } from "../src/past/steps";
import type { Difference, Happening } from "../src/past/types";
import { told, when, whereWords } from "../src/past/words";
import { BRANNOCH } from "./world";

const NOW = Date.parse("2026-11-22T14:02:00Z");
const VAULT = { store: "vault", place: "vault" };
const ON_BRANNOCH = { store: BRANNOCH, place: "inventory" };
const nameOf = (store: unknown) =>
  ({ vault: "the vault", account: "the shared inventory", [BRANNOCH]: "Brannoch" })[store as string] ?? "";

function event(kind: Happening["kind"], before = {}, after = {}, more: Partial<Happening> = {}): Happening {
  return {
    id: "1-1",
    at: "2026-11-19T22:40:00Z",
    kind,
    group: "changed",
    name: "Sable Verdict",
    tier: "legendary",
    item_kind: "hand_cannon",
    icon: "",
    before,
    after,
    by: "game",
    sentence: "Sable Verdict did something",
    ...more,
  };
}

describe("what happened to an item, on its own page", () => {
  it.each([
    [event("acquired", {}, { ...ON_BRANNOCH, power: 502 }), "Found", "On Brannoch. Power 502. In game"],
    [event("acquired", {}, VAULT, { quantity: 1200 }), "1,200 found", "In the vault. In game"],
    [event("lost", { ...VAULT, power: 549 }), "Gone", "Last in the vault. Power 549. In game"],
    [event("lost", { store: "230", place: "inventory" }), "Gone", "In game"],
    [event("moved", ON_BRANNOCH, VAULT, { by: "you" }), "Moved to the vault", "From Brannoch. By you, from here"],
    [event("moved", { store: "230" }, VAULT), "Moved to the vault", "In game"],
    [event("moved", { ...ON_BRANNOCH, place: "equipped" }, ON_BRANNOCH), "Taken off by Brannoch", "In game"],
    [event("equipped", { name: "Third Bell" }, { store: BRANNOCH }), "Equipped by Brannoch", "In place of Third Bell. In game"],
    [event("power", { power: 541 }, { power: 549 }), "Power 541 to 549", "In game"],
    [event("stack", { quantity: 12 }, { quantity: 1045 }), "12 to 1,045", "In game"],
    [
      event("perk", { name: "Headlong", label: "Trait 1" }, { name: "Second bell" }),
      "Trait 1 changed",
      "Headlong to Second bell. In game",
    ],
    [event("perk", {}, { name: "Second bell" }), "A perk or mod changed", "Second bell put in. In game"],
    [event("perk", { name: 7 }, {}), "A perk or mod changed", "In game"],
    [event("locked", { locked: true }, { locked: false }), "Unlocked", "In game"],
    [event("masterwork", { masterwork: false }, { masterwork: true }), "Masterworked", "In game"],
    [event("masterwork", { energy: 7 }, { energy: 8 }), "Energy 7 to 8", "In game"],
    [
      event("masterwork", { energy: 9, masterwork: false }, { energy: 10, masterwork: true }),
      "Masterworked",
      "Energy 9 to 10. In game",
    ],
    [event("postmaster-in", VAULT, ON_BRANNOCH), "Came to the postmaster of Brannoch", "From the vault. In game"],
    [event("loadout", {}, {}), "Sable Verdict did something", "In game"],
  ])("%#", (happened, head, body) => expect(told(happened, nameOf)).toEqual({ head, body }));

  it.each([
    [VAULT, "in the vault"],
    [{ store: BRANNOCH, place: "equipped" }, "worn by Brannoch"],
    [{ store: BRANNOCH, place: "postmaster" }, "in the postmaster of Brannoch"],
    [{ store: "account", place: "inventory" }, "in the shared inventory"],
    [{ store: "230", place: "inventory" }, ""],
    [{}, ""],
  ])("where %o is", (side, words) => expect(whereWords(side, nameOf)).toBe(words));
});

describe("times", () => {
  it("has the year where it is another one", () => {
    expect(when("2025-11-19T12:00:00Z", NOW)).toMatch(/^19 Nov 2025/);
    expect(when("2026-11-19T12:00:00Z", NOW)).toMatch(/^19 Nov \d\d:00$/);
  });

  it("goes into a field and comes back", () => {
    expect(ofField(toField("2026-11-15T20:00:30Z"))).toBe("2026-11-15T20:00Z");
    expect(toField("no time")).toBe("");
    expect(ofField("")).toBeUndefined();
  });

  it("stands in an address as it is said, whatever it holds", () => {
    expect(atSearch("2026-11-15T20:00:00Z")).toBe("?at=2026-11-15T20:00:00Z");
    expect(atSearch("a&b=<c>#")).toBe("?at=a%26b%3D%3Cc%3E%23");
    expect(atSearch(undefined)).toBe("");
  });

  it("lays events under their days, in their order", () => {
    const days = daysOf([event("lost"), event("lost"), event("lost", {}, {}, { at: "2026-11-18T12:00:00Z" })], NOW);
    expect(days.map((each) => [each.title, each.events.length])).toEqual([
      [expect.stringContaining("November"), 2],
      ["Wednesday 18 November", 1],
    ]);
  });
});

describe("the steps of a life line", () => {
  const day = 86_400_000;

  it("holds one value to the end", () => {
    const { line, dots } = laidOut([[0, 412]], 10 * day, 440);
    expect(line).toBe("M10 41H410");
    expect(dots).toEqual([{ x: 10, y: 41, label: "412", anchor: "start" }]);
  });

  it("holds a single moment, too", () => {
    expect(laidOut([[5, 412]], 5, 440).line).toBe("M10 41H410");
  });

  it("goes up where the value changes, and stays in its frame", () => {
    const { line, dots } = laidOut([[0, 502], [5 * day, 518], [10 * day, 549]], 10 * day, 440); // prettier-ignore
    expect(line).toMatch(/^M10 58H210V[\d.]+H410V24H410$/);
    expect(dots.map((each) => each.label)).toEqual(["502", "518", "549"]);
  });

  it("leaves out numbers that would lie over others, never the last", () => {
    const many = Array.from({ length: 100 }, (_, index) => [index * day, 400 + index] as const);
    const labelled = laidOut(many, 100 * day, 300).dots.filter((each) => each.label);
    expect(labelled.at(-1)?.label).toBe("499");
    labelled.slice(1).forEach((each, index) => expect(each.x - labelled[index]!.x).toBeGreaterThanOrEqual(34));
  });
});

describe("what two moments differ in", () => {
  const nothing = { found: 0, gone: 0, changed: 0, moved: 0 };
  const same = { counts: nothing, currencies: [], characters: [] } as unknown as Difference;

  it("is nothing", () => {
    expect(isSame(same)).toBe(true);
    expect(isSame({ ...same, counts: { ...nothing, gone: 1 } })).toBe(false);
    expect(isSame({ ...same, currencies: [{ hash: 1, name: "Glimmer", icon: "", before: 1, after: 2 }] })).toBe(false);
  });

  it("says of what was moved from where to where", () => {
    const moved = [{ id: "1", before: "Brannoch", after: "the vault" }];
    expect(linesOf({ ...same, moved } as unknown as Difference, "moved")[0]?.changes).toEqual([
      { what: "", before: "Brannoch", after: "the vault" },
    ]);
  });

  it("has a sign", () => expect([1250, -300, 0].map(signed)).toEqual(["+1,250", "−300", "+0"]));
});
