import { describe, expect, it } from "vitest";
import type { ItemDefinition } from "../src/api/types";
import { listed, toldBy } from "../src/xur/Alerts";
import { askedEvery } from "../src/xur/asking";
import type { PerkColumn, Ware, Xur } from "../src/xur/types";
import { barsOf, isNew, isPaid, isWithin, kindOf, partsOf, perksOf, sharedBars, spoken, weekendOf } from "../src/xur/words";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse("2026-11-21T12:00:00Z");

const facts = (more: Partial<ItemDefinition> = {}): ItemDefinition => ({
  name: "Bulwark of Small Hours",
  type: "Helmet",
  tier: "exotic",
  kind: "helmet",
  icon: "/icons/items/1",
  ...more,
});
const ware = (more: Partial<Ware> = {}): Ware => ({
  vendor: 1,
  index: 0,
  hash: 1,
  facts: facts(),
  prices: [{ hash: 7, name: "Strange Coin", quantity: 41, icon: "", owned: 63 }],
  roll: "known",
  ...more,
});
const column = (certain: boolean, ...names: string[]): PerkColumn => ({
  certain,
  perks: names.map((name, index) => ({ hash: index, name })),
});

describe("a weekend by its Friday", () => {
  it.each([
    ["20 to 24 Nov", "2026-11-20"],
    ["30 Oct to 3 Nov", "2026-10-30"],
    ["26 to 30 Dec 2025", "2025-12-26"],
    ["nonsense", "nonsense"],
  ])("%s", (words, weekend) => expect(weekendOf(weekend, NOW)).toBe(words));
});

describe("a countdown", () => {
  it.each<[number, [number, string][]]>([
    [2 * DAY + 3 * HOUR + 28 * MINUTE + 59 * SECOND, [[2, "d"], [3, "h"], [28, "min"]]],
    [DAY, [[1, "d"], [0, "h"], [0, "min"]]],
    [DAY - SECOND, [[23, "h"], [59, "min"], [59, "s"]]],
    [59 * MINUTE, [[59, "min"], [0, "s"]]],
    [-5 * SECOND, [[0, "min"], [0, "s"]]],
  ])("%d ms", (left, parts) => expect(partsOf(left)).toEqual(parts)); // prettier-ignore

  it.each([
    ["2 days 3 hours 28 minutes", 2 * DAY + 3 * HOUR + 28 * MINUTE],
    ["1 day 1 minute", DAY + MINUTE],
    ["1 hour", HOUR + 30 * SECOND],
    ["less than a minute", 59 * SECOND],
    ["less than a minute", -DAY],
  ])("is said as %s", (words, left) => expect(spoken(left)).toBe(words));
});

describe("a ware in words", () => {
  it.each<[string, Partial<Ware>]>([
    ["Titan helmet", { class: "titan" }],
    ["Titan mark", { class: "titan", facts: facts({ type: "Titan Mark" }) }],
    ["Linear fusion rifle, solar", { facts: facts({ type: "Linear Fusion Rifle", element: "solar" }) }],
    ["", { facts: facts({ type: "" }) }],
  ])("%s", (words, more) => expect(kindOf(ware(more))).toBe(words));

  const rifle = ["Frame", "Barrel", "Magazine", "Wound spring", "Headlong", "Origin"].map((name) => column(true, name, "Other"));
  it.each<[string, Partial<Ware>]>([
    ["Wound spring, Headlong", { facts: facts({ tier: "legendary" }), perks: rifle }],
    ["Frame, Wound spring, Headlong", { perks: rifle }],
    ["Specialist, Secret", { perks: [column(true, "Specialist"), column(true, "Secret")] }],
    ["", { roll: "unknown", facts: facts({ tier: "legendary" }), perks: rifle.map((each) => ({ ...each, certain: false })) }],
    ["", {}],
  ])("shows %s", (names, more) => expect(perksOf(ware(more)).join(", ")).toBe(names));
});

describe("what it is to the person", () => {
  it.each<[boolean, Partial<Ware>]>([
    [true, { copies: 0 }],
    [false, {}],
    [false, { copies: 2 }],
    [false, { copies: 0, collected: true }],
    [false, { copies: 0, roll: "none" }],
  ])("has none of it: %s", (is, more) => expect(isNew(ware(more))).toBe(is));

  it("is paid for with what is in the purse, of every currency", () => {
    const price = { hash: 7, name: "Strange Coin", quantity: 41, icon: "" };
    expect(isPaid(ware())).toBe(true);
    expect(isPaid(ware({ prices: [{ ...price, owned: 40 }] }))).toBe(false);
    expect(isPaid(ware({ prices: [price] }))).toBe(false);
    expect(
      isPaid(
        ware({
          prices: [
            { ...price, owned: 63 },
            { ...price, hash: 8, owned: 0 },
          ],
        }),
      ),
    ).toBe(false);
    expect(isWithin(ware({ barred: ["no-space"] }))).toBe(false);
  });

  it("what bars it is told in the game's words, else in ours, each once", () => {
    expect(barsOf(ware({ barred: ["other", "other"] }))).toEqual(["Cannot be bought just now"]);
    expect(barsOf(ware({ barred: ["other"], reasons: ["Only once a week.", "Only once a week."] }))).toEqual([
      "Only once a week.",
    ]);
    expect(barsOf(ware())).toEqual([]);
  });

  it("what bars each of several is said once", () => {
    const full = ware({ barred: ["no-space"] });
    expect(sharedBars([full, ware({ barred: ["no-funds", "no-space"] })])).toEqual(["No room in the inventory"]);
    expect(sharedBars([full, ware()])).toEqual([]);
    expect(sharedBars([full])).toEqual([]);
    expect(sharedBars([])).toEqual([]);
  });
});

describe("when to ask again", () => {
  const xur = (more: Partial<Xur>) => ({ state: "here", ...more }) as Xur;
  it.each<[number, Xur | undefined]>([
    [MINUTE, xur({})],
    [MINUTE, xur({ state: "expected" })],
    [10 * MINUTE, xur({ state: "away" })],
    [3 * SECOND, xur({ reading: true })],
    [10 * MINUTE, undefined],
  ])("in %d ms", (wait, state) => expect(askedEvery(state)).toBe(wait));
});

describe("alerts", () => {
  const channels = { channels: [{ id: "1", title: "Discord", enabled: true }, { id: "2", title: "e-mail", enabled: false }] }; // prettier-ignore
  const wish = (more: object) => ({ kinds: [{ name: "xur-arrived", timing: "at-once" as const, ...more }] });
  it.each([
    ["all that are on", wish({}), ["Discord"]],
    ["those that were chosen", wish({ channels: ["2"] }), []],
    ["none when it is off", wish({ timing: "off" }), []],
    ["none when nothing is known of it", { kinds: [] }, []],
  ])("%s", (_, choices, titles) => expect(toldBy(choices, channels)).toEqual(titles));

  it.each([
    ["", []],
    ["Discord", ["Discord"]],
    ["Discord and e-mail", ["Discord", "e-mail"]],
    ["Discord, e-mail and ntfy", ["Discord", "e-mail", "ntfy"]],
  ])("%s", (words, names) => expect(listed(names)).toBe(words));
});
