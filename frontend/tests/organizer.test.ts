import { describe, expect, it } from "vitest";
import { linesOf, statLine } from "../src/compare/lines";
import { bestOf } from "../src/customstats/best";
import { keywordOf, NO_WEIGHTS, type CustomStat } from "../src/customstats/totals";
import { columnsOf, USUAL, usualOf } from "../src/organizer/columns";
import { isUntouched, sent, understood } from "../src/organizer/kept";
import { messages } from "../src/organizer/messages";
import { chosen, narrowed, partsOf, quoted, searchFor, slotOf, type Choices } from "../src/organizer/narrow";
import { adviceOn, otherKinds, rowsOf } from "../src/organizer/rows";
import { pressed, sorted, type Order } from "../src/organizer/sort";
import { ARMOR_STATS, statValue, TOTAL } from "../src/organizer/stats";
import { stretches, windowAt } from "../src/organizer/stretch";
import type { Facts } from "../src/organizer/wire";
import { definition, HELMET, item, KINETIC, profile, thousand } from "./world";

const six = (...values: number[]) =>
  ARMOR_STATS.map(({ hash }, index): [number, number, number] => [hash, values[index]! + 2, values[index]!]);

const helm = item(20, { bucket: HELMET.hash, power: 540, stats: six(30, 0, 20, 0, 25, 0), gear_tier: 5 });
const worse = item(20, { bucket: HELMET.hash, power: 550, stats: six(20, 0, 20, 0, 25, 0), gear_tier: 3 });
const plain = item(21, { bucket: HELMET.hash, power: 540 });
const hood = item(22, { bucket: HELMET.hash, power: 530, stats: six(10, 10, 10, 10, 10, 10) });
const gun = item(10, { power: 549 });
const world = profile([helm, worse, plain, hood, gun], {
  10: definition("Sable Verdict"),
  20: definition("Ashlar Helm", { type: "Helmet", kind: "helmet", class: "titan" }),
  21: definition("Brass Helm", { type: "Helmet", kind: "helmet", class: "titan" }),
  22: definition("Hood", { type: "Helmet", kind: "helmet", class: "hunter" }),
});
const facts: Record<string, Facts> = {
  [helm.id]: { best: true, archetype: "Gunner", mw_stats: [[ARMOR_STATS[1]!.hash, 7]] },
  [worse.id]: { beaten: 1, beaten_by: [helm.id], loadouts: ["Harvest"] },
};
const rows = rowsOf(world, "armor", facts);
const columns = columnsOf(world, "armor", "base", rows);
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);
const column = (id: string) => columns.find((each) => each.id === id)!;
const all: Choices = { category: "armor", guardian: "all", slot: "all", advice: "all" };

describe("rows", () => {
  it("are the items of one category", () => {
    expect(ids(rows)).toEqual([helm.id, worse.id, plain.id, hood.id]);
    expect(ids(rowsOf(world, "weapons", {}))).toEqual([gun.id]);
  });

  it.each([
    ["armor", [gun.id, hood.id, helm.id], [["weapons", 1]]],
    ["weapons", [gun.id, hood.id, helm.id], [["armor", 2]]],
    [
      "other",
      [gun.id, hood.id, helm.id],
      [
        ["armor", 2],
        ["weapons", 1],
      ],
    ],
    ["armor", [hood.id], []],
    ["weapons", ["gone"], []],
  ] as const)("of other kinds than %s: %j", (category, found, others) => {
    expect(otherKinds(world, category, new Set(found))).toEqual(others);
  });

  it("of other kinds are told in words", () => {
    const told = messages.otherwise("armor", [
      ["weapons", 1200],
      ["other", 1],
    ]);
    expect(told).toBe("The search finds 1,200 weapons and 1 other item, and no armour.");
  });

  it("tell the weightiest advice first", () => {
    expect(rows.map(adviceOn)).toEqual([["best"], ["beaten", "loadouts"], [], []]);
  });

  it("know what stats are, were, and would be", () => {
    const [weapons, health] = ARMOR_STATS.map(({ hash }) => hash);
    const value = (hash: number, basis: "base" | "now" | "mastered") => statValue(helm, facts[helm.id], hash, basis);
    expect([value(weapons!, "base"), value(weapons!, "now"), value(health!, "mastered")]).toEqual([30, 32, 7]);
    expect([value(TOTAL, "base"), value(TOTAL, "now"), value(TOTAL, "mastered")]).toEqual([75, 87, 92]);
    expect(statValue(plain, undefined, TOTAL, "base")).toBeUndefined();
  });
});

describe("order", () => {
  const order = (...orders: [string, boolean][]) =>
    ids(sorted(rows, orders.map(([of, down]): Order => ({ column: of, down })), columns)); // prettier-ignore

  it("goes by several columns, and what is not known comes last either way", () => {
    expect(order(["power", true])).toEqual([worse.id, helm.id, plain.id, hood.id]);
    expect(order(["power", false], ["name", true])).toEqual([hood.id, plain.id, helm.id, worse.id]);
    expect(order(["stat-total", true])).toEqual([helm.id, worse.id, hood.id, plain.id]);
    expect(order(["stat-total", false])).toEqual([hood.id, worse.id, helm.id, plain.id]);
    expect(order(["no such column", true])).toEqual([worse.id, helm.id, plain.id, hood.id]);
  });

  it("is the same however the rows came", () => {
    const many = rowsOf(thousand(), "weapons", {});
    const by: Order[] = [{ column: "power", down: true }, { column: "rarity", down: false }]; // prettier-ignore
    const its = columnsOf(thousand(), "weapons", "now", many);
    expect(ids(sorted(many.toReversed(), by, its))).toEqual(ids(sorted(many, by, its)));
  });

  it.each<[string, Order[], boolean, Order[]]>([
    ["power", [], false, [{ column: "power", down: true }]],
    ["where", [], false, [{ column: "where", down: false }]],
    ["power", [{ column: "power", down: true }], false, [{ column: "power", down: false }]],
    ["power", [{ column: "where", down: true }, { column: "power", down: false }], false, [{ column: "power", down: true }]],
    ["power", [{ column: "where", down: true }], true, [{ column: "where", down: true }, { column: "power", down: true }]],
    ["power", [{ column: "where", down: true }, { column: "power", down: true }], true, [{ column: "where", down: true }, { column: "power", down: false }]],
    ["power", [{ column: "where", down: true }, { column: "power", down: false }], true, [{ column: "where", down: true }]],
  ])("a press on %s after %j, more: %s", (id, before, more, after) => {
    expect(pressed(before, column(id), more)).toEqual(after);
  }); // prettier-ignore
});

describe("narrowing", () => {
  it.each([
    ["", "is:bow", "is:bow"],
    ["is:bow", "tag:junk", "is:bow tag:junk"],
    ["is:bow tag:junk", "tag:junk", "is:bow"],
    ["is:bow or is:sword", "is:sword", "is:bow or is:sword"],
    ["is:bow or is:sword", "is:arc", "is:bow or is:sword is:arc"],
    ['exactperk:"slow burn" is:bow', 'exactperk:"slow burn"', "is:bow"],
    ["(is:bow tag:junk)", "tag:junk", "(is:bow tag:junk) tag:junk"],
    [" is:bow  ", "is:arc", "is:bow is:arc"],
    ["not is:bow", "is:bow", "not is:bow"],
  ])("%j with %j is %j", (text, term, after) => expect(narrowed(text, term)).toBe(after));

  it("never makes a search that is too long", () => {
    const long = "a".repeat(2045);
    expect(narrowed(long, "is:bow")).toBe(long);
  });

  it("keeps together what is quoted or in brackets", () => {
    expect(partsOf(`a "b c" (d (e f)) name:'g h' it's`)).toEqual(["a", '"b c"', "(d (e f))", "name:'g h'", "it's"]);
    expect(partsOf('a "b c')).toEqual(["a", '"b c']);
  });

  it("quotes what has to be", () => {
    expect([quoted("Gunner"), quoted("Slow Burn"), quoted('the "one"'), quoted("#pve")]).toEqual([
      "gunner",
      '"Slow Burn"',
      `'the "one"'`,
      "#pve",
    ]);
  });

  it("presses search for what is the same", () => {
    const terms = (id: string) => rows.map((row) => column(id).term?.(row));
    expect(terms("power")).toEqual(["power:540", "power:550", "power:540", "power:530"]);
    expect(terms("where")).toEqual(["is:invault", "is:invault", "is:invault", "is:invault"]);
    expect(terms("archetype")).toEqual(["exactperk:gunner", undefined, undefined, undefined]);
    expect(terms("stat-weapons")).toEqual(["basestat:weapons:>=30", "basestat:weapons:>=20", undefined, "basestat:weapons:>=10"]);
    expect(terms("tag")).toEqual(["tag:none", "tag:none", "tag:none", "tag:none"]);
    const now = columnsOf(world, "armor", "now", rows).find(({ id }) => id === "stat-total")!;
    expect(now.term?.(rows[0]!)).toBe("stat:total:>=87");
  });

  it("choices leave what fits all of them", () => {
    expect(ids(chosen(rows, { ...all, guardian: "titan" }, undefined))).toEqual([helm.id, worse.id, plain.id]);
    expect(ids(chosen(rows, { ...all, advice: "beaten" }, undefined))).toEqual([worse.id]);
    expect(ids(chosen(rows, { ...all, advice: "none" }, undefined))).toEqual([plain.id, hood.id]);
    expect(ids(chosen(rows, all, new Set([hood.id, gun.id])))).toEqual([hood.id]);
    expect(chosen(rows, { ...all, slot: slotOf(KINETIC.hash) }, undefined)).toEqual([]);
  });

  it("a search finds what is shown, by name where no filter does", () => {
    expect(searchFor(rows, { ...all, guardian: "titan", slot: slotOf(3448274439), advice: "beaten" }, "is:arc")).toBe(
      "is:arc is:titan is:helmet dupe:statlower",
    );
    expect(searchFor(rows, all, "")).toBe("");
    expect(searchFor(rows.slice(0, 2), { ...all, advice: "best" }, "")).toBe(`id:${helm.id} or id:${worse.id}`);
    expect(
      searchFor(
        Array.from({ length: 200 }, () => rows[0]!),
        { ...all, advice: "best" },
        "",
      ),
    ).toBeUndefined();
    expect(searchFor([], { ...all, advice: "best" }, "")).toBeUndefined();
  });
});

describe("what is drawn", () => {
  it("follows the scroll in steps, with some rows beyond both edges", () => {
    expect(windowAt(0, 440, 44)).toEqual({ from: 0, to: 28 });
    expect(windowAt(44, 440, 44)).toEqual(windowAt(0, 440, 44));
    expect(windowAt(44 * 100, 440, 44)).toEqual({ from: 84, to: 124 });
  });

  it("never goes beyond the rows, and keeps the one that has focus", () => {
    expect(stretches({ from: 0, to: 30 }, -1, 10)).toEqual([{ from: 0, to: 10 }]);
    expect(stretches({ from: 80, to: 120 }, -1, 10)).toEqual([{ from: 9, to: 10 }]);
    expect(stretches({ from: 10, to: 20 }, 15, 100)).toEqual([{ from: 10, to: 20 }]);
    expect(stretches({ from: 10, to: 20 }, 3, 100)).toEqual([{ from: 3, to: 4 }, { from: 10, to: 20 }]); // prettier-ignore
    expect(stretches({ from: 10, to: 20 }, 50, 100)).toEqual([{ from: 10, to: 20 }, { from: 50, to: 51 }]); // prettier-ignore
    expect(stretches({ from: 0, to: 10 }, 3, 0)).toEqual([]);
  });
});

describe("what is remembered", () => {
  const start = understood({});
  it.each([null, 7, "x", [], { columns: 3, orders: "x", basis: [] }, { category: "cars", guardian: "nobody" }])("%j does no harm", (said) =>
    expect(understood(said)).toEqual(start),
  ); // prettier-ignore

  it("takes what it knows", () => {
    const said = {
      category: "weapons",
      guardian: "hunter",
      basis: { armor: "now", weapons: "odd" },
      columns: { armor: ["where"], cars: ["x"], other: [1] },
      orders: { other: [{ column: "type", down: true }], armor: [{ column: 1 }] },
    };
    expect(understood(said)).toEqual({
      category: "weapons",
      guardian: "hunter",
      basis: { armor: "now" },
      columns: { armor: ["where"] },
      orders: { other: [{ column: "type", down: true }] },
    });
  });
});

describe("what the server is told of it", () => {
  it("is what it can take, and can be read again", () => {
    const liked = { ...understood({ category: "other", columns: { armor: ["where"] } }), orders: { armor: undefined } };
    const told = sent(liked);
    expect(told.orders).toEqual({});
    expect(understood(JSON.parse(JSON.stringify(told)))).toEqual({ ...understood(liked), guardian: undefined });
  });

  it("is nothing while nothing was chosen", () => {
    expect([{}, null, { basis: {}, columns: {}, orders: {} }].map(isUntouched)).toEqual([true, true, true]);
    expect([{ category: "weapons" }, { columns: { armor: [] } }].map(isUntouched)).toEqual([false, false]);
  });
});

describe("totals of one's own", () => {
  const weights = { ...NO_WEIGHTS, weapons: 2, super: 1 };
  const duty: CustomStat = { id: 1, label: "Solar duty", keyword: "solarduty", guardian: "any", weights };
  const wall: CustomStat = {
    id: 2,
    label: "Wall",
    keyword: "wall",
    guardian: "titan",
    weights: { ...NO_WEIGHTS, health: 1, class: 1 },
  };
  const hunters: CustomStat = { ...wall, id: 3, guardian: "hunter", weights: { ...NO_WEIGHTS, melee: 1, super: 1 } };
  const its = columnsOf(world, "armor", "base", rows, [duty, wall, hunters]);
  const own = its.filter(({ id }) => id.startsWith("own-"));

  it("are columns after the total, one for each word", () => {
    expect(own.map(({ id, title }) => [id, title])).toEqual([["own-solarduty", "Solar duty"], ["own-wall", "Wall"]]); // prettier-ignore
    const order = its.map(({ id }) => id);
    expect(order.indexOf("own-solarduty")).toBe(order.indexOf("stat-total") + 1);
    expect(own[0]!.hint).toBe("Weapons ×2, super");
    expect(usualOf("armor", its).slice(-2)).toEqual(["own-solarduty", "own-wall"]);
    expect(usualOf("armor", columns)).toEqual(USUAL.armor);
    expect(columnsOf(world, "weapons", "now", rows, [duty]).some(({ id }) => id.startsWith("own-"))).toBe(false);
  });

  it("say what each comes to for its class, and narrow by it", () => {
    expect(rows.map(own[0]!.worth)).toEqual([85, 65, undefined, 30]);
    expect(rows.map(own[1]!.worth)).toEqual([20, 20, undefined, 20]);
    expect(rows.map((row) => own[0]!.term!(row))).toEqual(["basestat:solarduty:>=85", "basestat:solarduty:>=65", undefined, "basestat:solarduty:>=30"]); // prettier-ignore
    const foreseen = columnsOf(world, "armor", "mastered", rows, [wall]).find(({ id }) => id === "own-wall")!;
    expect([foreseen.worth(rows[0]!), foreseen.term!(rows[0]!)]).toEqual([29, undefined]);
    expect(ids(sorted(rows, [{ column: "own-solarduty", down: true }], its))).toEqual([helm.id, worse.id, hood.id, plain.id]);
  });

  it("are lines of a comparison", () => {
    const lines = linesOf([rows[0]!, rows[1]!], world, "armor", "base", [duty, hunters]);
    const line = lines.find(({ key }) => key === "own-solarduty")!;
    expect(line.cells.map(({ words, mark, by }) => [words, mark, by])).toEqual([["85", "best", 0], ["65", "worst", -20]]); // prettier-ignore
    // Of a class that they are not for there is nothing to show.
    expect(lines.some(({ key }) => key === "own-wall")).toBe(false);
  });

  it.each([
    ["Solar duty", "solarduty"],
    ["Custom Total", "custom"],
    ["Größe 2!", "größe2"],
    ["***", ""],
  ])("%s is called %s", (label, keyword) => expect(keywordOf(label)).toBe(keyword));

  it("name the best there is for a class", () => {
    expect(bestOf(world, "titan", weights)).toMatchObject({ value: 85, of: 2, definition: { name: "Ashlar Helm" } });
    expect(bestOf(world, "any", weights)).toMatchObject({ value: 85, of: 3 });
    expect(bestOf(world, "warlock", weights)).toBeUndefined();
  });
});

describe("cells that narrow", () => {
  const told: Record<string, Facts> = {
    [helm.id]: { set: "Ashlar", source: "Source: strikes.", from_source: "strikes", event: "The Dawning", from_event: "dawning" },
    [hood.id]: { set: "Ashlar", source: "Quelle: Vorhut." },
    [plain.id]: { set: "Brass", found: "2026-11-01T00:00:00Z" },
  };
  const known = rowsOf(world, "armor", told);
  const term = (id: string, row: number) =>
    columnsOf(world, "armor", "base", known)
      .find((each) => each.id === id)!
      .term?.(known[row]!);

  it("know sets by their pieces, sources and events by their words", () => {
    expect([term("set", 0), term("set", 1), term("set", 2)]).toEqual(["(hash:20 or hash:22)", undefined, "hash:21"]);
    expect([term("source", 0), term("event", 0)]).toEqual(["source:strikes", "source:dawning"]);
  });

  it("promise nothing that no search finds", () => {
    expect([term("source", 3), term("event", 3), term("found", 2)]).toEqual([undefined, undefined, undefined]);
  });
});

describe("side by side", () => {
  const marks = (values: (number | undefined)[], less = false) =>
    statLine("x", "X", values, { less, scale: 100 }).cells.map(({ mark }) => mark);

  it("marks best and worst, where there is a difference", () => {
    expect(marks([61, 48, 55, 46])).toEqual(["best", undefined, undefined, "worst"]);
    expect(marks([61, 48, 55, 46], true)).toEqual(["worst", undefined, undefined, "best"]);
    expect(marks([5, 5])).toEqual([undefined, undefined]);
    expect(marks([5, undefined, 5])).toEqual([undefined, undefined, undefined]);
    expect(marks([9, undefined, 5])).toEqual(["best", undefined, "worst"]);
    expect(marks([])).toEqual([]);
  });

  it("counts from the first, and fills no bar beyond its end", () => {
    const { cells, differs } = statLine("x", "X", [10, 250, -5], { scale: 100 });
    expect(cells.map(({ by, part }) => [by, part])).toEqual([[0, 10], [240, 100], [-15, 0]]); // prettier-ignore
    expect(differs).toBe(true);
    expect(statLine("x", "X", [1, undefined], {}).differs).toBe(true);
    expect(statLine("x", "X", [1, 1], {}).differs).toBe(false);
  });

  it("has a line for whatever one of them has", () => {
    const lines = linesOf(rows.slice(0, 2), world, "armor", "base");
    const differing = lines.filter(({ differs }) => differs).map(({ key }) => key);
    expect(lines.map(({ key }) => key)).toEqual([
      "archetype",
      ...ARMOR_STATS.map(({ word }) => `stat-${word}`),
      "stat-total",
      "loadouts",
    ]);
    expect(differing).toEqual(["archetype", "stat-weapons", "stat-total", "loadouts"]);
  });
});
