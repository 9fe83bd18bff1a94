import { describe, expect, it } from "vitest";
import { nameOf, sentenceOf } from "../src/items/words";
import { understood, DEFAULTS } from "../src/settings/preferences";
import { BRANNOCH, definition, item } from "./world";

describe("what a screen reader hears of a tile", () => {
  it.each([
    [
      item(1, { element: "kinetic", power: 549, locked: true, gear_tier: 5 }),
      definition("Sable Verdict"),
      "Sable Verdict, legendary hand cannon, kinetic, power 549, locked, tier 5",
    ],
    [
      item(1, { quantity: 1250, place: "inventory" }),
      definition("Lantern Oil", { tier: "common", type: "Consumable" }),
      "Lantern Oil, common consumable, 1,250 pieces",
    ],
    [
      item(1, { place: "equipped", store: BRANNOCH, masterwork: true, crafted: true }),
      definition("Herald", { element: "void" }),
      "Herald, legendary hand cannon, void, equipped, masterwork, crafted",
    ],
    [item(1), definition("", { tier: "unknown", type: "", classified: true }), "Classified, classified"],
    [
      item(1, { place: "postmaster" }),
      definition("", { tier: "unknown", type: "", missing: true }),
      "Unknown item, in the postmaster, its definition is missing",
    ],
  ])("%#", (thing, named, sentence) => expect(sentenceOf(thing, named)).toBe(sentence));

  it("names what has no name", () => {
    expect(nameOf(definition(""))).toBe("Item without a name");
  });
});

describe("preferences from elsewhere", () => {
  it.each([
    [undefined, DEFAULTS],
    [null, DEFAULTS],
    ["dark", DEFAULTS],
    [{ theme: "pink", tile_size: "44", other: 1 }, DEFAULTS],
    [
      { theme: "light", tile_size: 36 },
      { ...DEFAULTS, theme: "light", tile_size: 36 },
    ],
  ])("%j", (said, expected) => expect(understood(said)).toEqual(expected));
});
