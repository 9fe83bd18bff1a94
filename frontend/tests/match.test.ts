import { describe, expect, it } from "vitest";
import { matching, plain, wordsOf } from "../src/search/match";
import { widest } from "../src/searching/widest";
import { definition, item, profile } from "./world";

const verdict = item(10, { element: "kinetic", locked: true, plugs: [500], power: 549 });
const herald = item(11, { element: "solar" });
const xur = item(12);
const world = profile(
  [verdict, herald, xur],
  {
    10: definition("Sable Verdict"),
    11: definition("Herald", { type: "Auto Rifle", kind: "auto_rifle", tier: "exotic" }),
    12: definition("Xûr's Grudge", { type: "Sword", kind: "sword" }),
  },
  { plugs: { 500: { name: "Ember Magazine" } } },
);
const found = (query: string) => [...(matching(world, query) ?? ["everything"])];

describe("plain words", () => {
  it.each([
    ["", ["everything"]],
    ["   ", ["everything"]],
    ["hand", [verdict.id]],
    ["HAND cannon", [verdict.id]],
    ["cannon hand", [verdict.id]],
    ["exotic rifle", [herald.id]],
    ["rifle hand", []],
    ["xur", [xur.id]],
    ["xûr", [xur.id]],
    ["ember", [verdict.id]],
    ["ember solar", []],
    ["549", [verdict.id]],
    ["locked", [verdict.id]],
    ["kinetic", [verdict.id, herald.id, xur.id]], // the bucket's name, too
    ['"sable verdict"', [verdict.id]],
    ['"verdict sable"', []],
    ['"sable ver', [verdict.id]], // a quote that is still open
    [".*", []],
    ["(", []],
  ])("%s", (query, ids) => expect(found(query)).toEqual(ids));

  it("splits words and keeps quoted ones together", () => {
    expect(wordsOf('ember "hand cannon"  Solar')).toEqual(["ember", "hand cannon", "solar"]);
  });

  it("is blind to case and accents", () => {
    expect(plain("XÛR Ünïcode")).toBe("xur unicode");
  });

  it("names what to keep when nothing matches", () => {
    expect(widest(world, "hand cannon zebra")).toEqual({ query: "hand cannon", count: 1 });
    expect(widest(world, "zebra hand")).toBeUndefined();
  });
});
