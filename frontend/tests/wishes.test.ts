import { describe, expect, it } from "vitest";
import type { SheetPlug, SheetSocket } from "../src/api/types";
import { kindOf } from "../src/settings/curation/asking";
import { besides, newOf } from "../src/settings/curation/words";
import { awaitReading, isAwaited } from "../src/wishes/awaited";
import { columnsOf, firstChoice } from "../src/wishes/choices";
import type { OwnRoll, WishList } from "../src/wishes/wire";
import { factsOf, nameOfRoll, perksOf, samePerks, timesOf, titleOfFile } from "../src/wishes/words";
import { NOW } from "./world";

const list = (more: Partial<WishList> = {}): WishList => ({
  id: "1",
  title: "Rolls",
  kind: "url",
  rolls: 1204,
  trash: 0,
  duplicates: 0,
  wrong_lines: 0,
  on: true,
  place: 0,
  ...more,
});
const READ = new Date(NOW - 60_000).toISOString();

describe("a wish list in words", () => {
  it.each([
    [{}, "1,204 rolls"],
    [{ rolls: 0, trash: 1 }, "1 unwanted roll"],
    [{ rolls: 0 }, "0 rolls"],
    [{ rolls: 1, trash: 2, duplicates: 3, wrong_lines: 1 }, "1 roll, 2 unwanted rolls, 3 said twice"],
  ])("%o holds %s", (more, words) => expect(factsOf(list(more))).toBe(words));

  it.each([
    [{ read: READ, next: READ }, /^Read \S+, next \S+$/],
    [{}, /^Being read for the first time$/],
    [{ next: READ }, /^Next /],
    [{ on: false, read: READ }, /^Switched off/],
    [{ kind: "upload" as const }, /^A file of yours$/],
    [{ kind: "own" as const }, /^Written here/],
  ])("%o is read as %s", (more, words) => expect(timesOf(list(more), NOW)).toMatch(words));

  it("is called by its file where it does not say so itself", () => {
    expect(titleOfFile("for two.txt", "//hm\ndimwishlist:item=1")).toBe("for two");
    expect(titleOfFile("for two.txt", "//hm\ntitle:Duos\n")).toBe("");
    expect(titleOfFile("for two.txt", "@title:Duos\r\n")).toBe("");
  });
});

describe("a list that is being read", () => {
  it("is waited for at first, and where somebody asked, until the answer says how it went", () => {
    expect(isAwaited(list(), NOW)).toBe(true);
    expect(isAwaited(list({ on: false }), NOW)).toBe(false);
    expect(isAwaited(list({ kind: "own" }), NOW)).toBe(false);
    const read = list({ id: "2", read: READ });
    expect(isAwaited(read, NOW)).toBe(false);
    awaitReading(read, NOW);
    expect(isAwaited(read, NOW + 1000)).toBe(true);
    expect(isAwaited({ ...read, failure: { at: READ, sentence: "" } }, NOW + 1000)).toBe(false);
    expect(isAwaited(read, NOW + 3_600_000)).toBe(false);
  });
});

const plug = (hash: number, plugged = false, name = `Perk ${hash}`): SheetPlug => ({
  hash,
  name,
  plugged,
  description: "",
  enabled: true,
});
const socket = (category: number, label: string, ...plugs: SheetPlug[]): SheetSocket => ({
  category: "",
  category_hash: category,
  label,
  plugs,
});

describe("the perks that a roll can name", () => {
  const sockets = [
    socket(3956125808, "Intrinsic", plug(1, true)),
    socket(4241085061, "Barrel", plug(2, true), plug(3)),
    socket(4241085061, "Trait", plug(4), plug(5, true), plug(5)),
    socket(4241085061, "Enhanced Trait", plug(6, true), plug(7, false, "")),
    socket(2685412949, "Weapon Mod", plug(8, true)),
  ];

  it("are those of perk sockets, once each, that have a name", () => {
    expect(columnsOf(sockets).map(({ plugs }) => plugs.map(({ hash }) => hash))).toEqual([[1], [2, 3], [4, 5], [6]]);
    expect(columnsOf(sockets)[2]!.plugs[1]!.plugged).toBe(true);
  });

  it("begin with what a list named, else the traits in use, else what is in use", () => {
    expect(firstChoice(sockets, { wanted: true, perks: [3, 8] })).toEqual([3]);
    expect(firstChoice(sockets, undefined)).toEqual([5, 6]);
    expect(firstChoice(sockets.slice(0, 2), undefined)).toEqual([2]);
    expect(firstChoice([], undefined)).toEqual([]);
  });
});

describe("a roll of one's own", () => {
  const roll: OwnRoll = { hash: 9, perks: [{ hash: 1, name: "Rapid Hit" }, { hash: 2 }], unwanted: false };

  it("has names, and numbers where nobody knows one", () => {
    expect(nameOfRoll(roll)).toBe("Item 9");
    expect(perksOf(roll)).toBe("Rapid Hit + Perk 2");
    expect(perksOf({ ...roll, perks: [] })).toBe("Every roll of it");
  });

  it("is the same in whichever order", () => {
    expect(samePerks([1, 2], [2, 1, 1])).toBe(true);
    expect(samePerks([1], [1, 2])).toBe(false);
    expect(samePerks([], [])).toBe(true);
  });
});

describe("a file of tags and notes", () => {
  const nothing = { tags: 0, notes: 0, searches: 0, loadouts: 0, stats: 0, skipped: 0, unknown_items: 0, change: 0, errors: [] };

  it("tells what is new, and what else there is to know", () => {
    expect(newOf(nothing)).toEqual([]);
    expect(newOf({ ...nothing, tags: 1, searches: 2 })).toEqual(["1 item with another tag", "2 new searches"]);
    expect(besides({ ...nothing, skipped: 2, unknown_items: 1 })).toHaveLength(2);
  });

  it.each([
    ["dim-data.json", "Id,Tag", "application/json"],
    ["weapons.csv", "{", "text/csv"],
    ["backup", "\uFEFF {", "application/json"],
    ["backup", "Id,Tag", "text/csv"],
  ])("%s beginning with %s is %s", async (name, text, kind) => {
    const file = { name, slice: () => ({ text: () => Promise.resolve(text) }) } as unknown as File;
    expect(await kindOf(file)).toBe(kind);
  });
});
