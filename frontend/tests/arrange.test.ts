import { describe, expect, it } from "vitest";
import { arrange, standings, type Row } from "../src/vault/arrange";
import { BRANNOCH, CONSUMABLES, definition, HELMET, ILSE, item, MAIL, profile, thousand } from "./world";

const HOW = { sort: "rarity", group: "type" } as const;
const NAMES = { postmaster: "Postmaster", other: "Other" };
const STORES = [BRANNOCH, ILSE];

const idsOf = (row: Row) => [
  ...[...row.cells.values()].flatMap((cell) => [...cell.equipped, ...cell.rest]),
  ...row.vault.flatMap((group) => group.items),
].map((each) => each.id); // prettier-ignore

describe("rows", () => {
  it.each([1, 2, 3, 4, 5])("hold every item of any world exactly once (seed %i)", (seed) => {
    const world = thousand(seed);
    for (const group of ["type", "rarity", "element", "none"] as const) {
      for (const sort of ["rarity", "power", "name", "newest"] as const) {
        const rows = arrange(world, { sort, group }, NAMES);
        expect(rows.flatMap(idsOf).sort()).toEqual(world.items.map((each) => each.id).sort());
        expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(1000);
      }
    }
  });

  it("shows an unknown bucket under Other, never drops it", () => {
    const lost = item(10, { bucket: 99, store: ILSE, place: "inventory" });
    const [row] = arrange(profile([lost]), HOW, NAMES);
    expect(row).toMatchObject({ key: "other", name: "Other", count: 1 });
    expect(row?.cells.get(ILSE)?.rest).toEqual([lost]);
  });

  it("knows no more of a bucket that the server itself calls other", () => {
    const strange = { hash: 7, name: "Strange", group: "other" as const };
    const rows = arrange(profile([item(10, { bucket: 7 })], {}, { buckets: [strange] }), HOW, NAMES);
    expect(rows.map((row) => row.key)).toEqual(["other"]);
  });

  it("puts the postmaster last, wherever its items belong, and Other before it", () => {
    const world = profile([
      item(10, { place: "postmaster", store: BRANNOCH }),
      item(10, { bucket: 99 }),
      item(10, { bucket: HELMET.hash }),
      item(10),
    ]);
    expect(arrange(world, HOW, NAMES).map((row) => row.key)).toEqual(["1", "2", "other", "postmaster"]);
  });

  it("shares one cell for what all guardians have", () => {
    const world = profile([
      item(10, { bucket: CONSUMABLES.hash, store: "account", place: "inventory", quantity: 5 }),
      item(10, { bucket: CONSUMABLES.hash, store: BRANNOCH, place: "inventory", quantity: 2 }),
    ]);
    const [row] = arrange(world, HOW, NAMES);
    expect(row?.shared).toBe(true);
    expect(row?.cells.get("account")?.rest).toHaveLength(2);
  });

  it("gives letters to everybody a row beside each guardian's own mail", () => {
    const letter = item(10, { store: "account", place: "postmaster", bucket: MAIL.hash });
    const mail = item(10, { store: ILSE, place: "postmaster" });
    const rows = arrange(profile([letter, mail]), HOW, NAMES);
    expect(rows.map((row) => [row.key, row.shared, row.count])).toEqual([
      ["postmaster", false, 1],
      ["postmaster-account", true, 1],
    ]);
  });

  it("keeps the equipped item apart", () => {
    const worn = item(10, { store: BRANNOCH, place: "equipped" });
    const carried = item(11, { store: BRANNOCH, place: "inventory" });
    const cell = arrange(profile([carried, worn]), HOW, NAMES)[0]?.cells.get(BRANNOCH);
    expect(cell).toEqual({ equipped: [worn], rest: [carried] });
  });

  it("has no row for a bucket without items", () => {
    expect(arrange(profile([]), HOW, NAMES)).toEqual([]);
  });
});

describe("sorting", () => {
  const definitions = {
    1: definition("Zither", { tier: "exotic" }),
    2: definition("Anvil", { tier: "legendary" }),
    3: definition("Mallet", { tier: "rare" }),
  };
  const zither = item(1, { power: 500 });
  const anvil = item(2, { power: 549 });
  const mallet = item(3, { power: 530 });
  const again = item(2, { power: 549 });
  const world = profile([mallet, again, zither, anvil], definitions);
  const sorted = (sort: "rarity" | "power" | "name" | "newest") =>
    arrange(world, { sort, group: "none" }, NAMES)[0]?.vault[0]?.items.map((each) => each.id);

  it.each([
    ["rarity", [zither, anvil, again, mallet]],
    ["power", [anvil, again, mallet, zither]],
    ["name", [anvil, again, mallet, zither]],
    ["newest", [again, mallet, anvil, zither]],
  ] as const)("by %s, the same order each time", (sort, items) => {
    expect(sorted(sort)).toEqual(items.map((each) => each.id));
    world.items.reverse();
    expect(sorted(sort)).toEqual(items.map((each) => each.id));
  });

  it("compares ids as the long numbers they are", () => {
    const short = item(1, { id: "999" });
    const long = item(1, { id: "6917529000000000001" });
    const rows = arrange(profile([short, long], definitions), { sort: "newest", group: "none" }, NAMES);
    expect(rows[0]?.vault[0]?.items.map((each) => each.id)).toEqual([long.id, short.id]);
  });
});

describe("grouping", () => {
  const definitions = {
    1: definition("A", { kind: "sword", type: "Sword" }),
    2: definition("B"),
    3: definition("C", { kind: "helmet", type: "Helmet", class: "warlock" }),
    4: definition("D", { kind: "helmet", type: "Helmet", class: "titan" }),
    5: definition("", { kind: "unknown", type: "", tier: "unknown", classified: true }),
  };
  const world = profile(
    [
      item(1),
      item(2),
      item(5),
      item(77),
      item(3, { bucket: HELMET.hash }),
      item(4, { bucket: HELMET.hash }),
      item(1, { bucket: CONSUMABLES.hash }),
    ],
    definitions,
  );
  const labels = (group: "type" | "rarity" | "element" | "none") =>
    arrange(world, { sort: "name", group }, NAMES).map((row) => row.vault.map((each) => each.label));

  it("by type: weapons by kind, armour by class, the rest not at all", () => {
    expect(labels("type")).toEqual([["Hand Cannon", "Sword", "Classified", "Unknown"], ["Titan", "Warlock"], [""]]);
  });

  it("not at all", () => {
    expect(labels("none")).toEqual([[""], [""], [""]]);
  });

  it("by rarity", () => {
    expect(labels("rarity")).toEqual([["Legendary", "Unknown rarity"], ["Legendary"], [""]]);
  });
});

describe("next and previous", () => {
  it("go as the items stand, through what matches only", () => {
    const worn = item(10, { store: BRANNOCH, place: "equipped" });
    const kept = item(11, { power: 1 });
    const other = item(11, { power: 2 });
    const world = profile([kept, other, worn], { 10: definition("A"), 11: definition("B") });
    const rows = arrange(world, HOW, NAMES);
    expect(standings(rows, STORES)).toEqual([
      { id: worn.id, where: "Kinetic", index: 1, of: 1 },
      { id: other.id, where: "Hand Cannon", index: 1, of: 2 },
      { id: kept.id, where: "Hand Cannon", index: 2, of: 2 },
    ]);
    expect(standings(rows, STORES, new Set([kept.id])).map((each) => [each.id, each.of])).toEqual([[kept.id, 1]]);
  });
});
