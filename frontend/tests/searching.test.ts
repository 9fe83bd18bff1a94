import { describe, expect, it } from "vitest";
import { hasFilters, matches } from "../src/search/found";
import { askedIn, query, setQuery } from "../src/search/query";
import { grouped, underlined } from "../src/searching/groups";
import { countOf, filtersAbout, writtenAs } from "../src/searching/page/find";
import { piecesOf, shorter } from "../src/searching/tokens";
import { mended } from "../src/searching/useFlaw";
import type { Family, Suggestion, SuggestionKind } from "../src/searching/wire";
import { definition, item, profile } from "./world";

const looks = (text: string, flaw?: { start: number; length: number }) =>
  piecesOf(text, flaw).map((piece) => `${piece.look}${piece.flawed ? "!" : ""}:${piece.text}`);

describe("the colours of a search", () => {
  it.each([
    ["", []],
    ["hand cannon", ["plain:hand cannon"]],
    ["is:bow", ["key:is:", "value:bow"]],
    ["is:bow arc", ["key:is:", "value:bow", "plain: arc"]],
    ['perk:"kill clip" x', ["key:perk:", 'value:"kill clip"', "plain: x"]],
    ["stat:recovery:>5", ["key:stat:", "value:recovery:>5"]],
    ["-is:bow", ["not:-", "key:is:", "value:bow"]],
    ["not:bow", ["not:not:", "value:bow"]],
    ["a-b - c", ["plain:a-b - c"]],
    ["a or b AND c", ["plain:a ", "word:or", "plain: b ", "word:AND", "plain: c"]],
    ["not a", ["not:not", "plain: a"]],
    ["(is:bow)", ["plain:(", "key:is:", "value:bow", "plain:)"]],
    ["/* mine */ is:bow", ["comment:/* mine */", "plain: ", "key:is:", "value:bow"]],
    ["/* open", ["comment:/* open"]],
    ['"open', ['value:"open']],
    ["perk:“kill clip”", ["key:perk:", "value:“kill clip”"]],
  ])("%s", (text, expected) => expect(looks(text)).toEqual(expected));

  it("loses nothing and adds nothing, whatever is typed", () => {
    const signs = [..."ab:-()\"'“ /*\n\t\u0000ü😀>"];
    for (let seed = 1; seed < 400; seed++) {
      let state = seed;
      const text = Array.from({ length: seed % 37 }, () => signs[(state = (state * 48271) % 2147483647) % signs.length]).join("");
      expect(piecesOf(text, { start: seed % 7, length: seed % 5 }).map((each) => each.text).join("")).toBe(text); // prettier-ignore
    }
  });

  it("underlines what is flawed, also in the middle of a piece", () => {
    expect(looks("is:handcanon arc", { start: 3, length: 9 })).toEqual(["key:is:", "value!:handcanon", "plain: arc"]);
    expect(looks("is:handcanon", { start: 1, length: 4 })).toEqual(["key:i", "key!:s:", "value!:ha", "value:ndcanon"]);
    expect(looks("bow", { start: 9, length: 4 })).toEqual(["plain:bow"]);
    expect(looks("bow", { start: 0, length: 0 })).toEqual(["plain:bow"]);
  });

  it("does not take long for a long text", () => {
    expect(piecesOf("(".repeat(2048))).toHaveLength(1);
    expect(piecesOf('a:"'.repeat(700)).length).toBeGreaterThan(0);
  });
});

describe("a shorter search", () => {
  it.each([
    ["hand cannon zebra", "hand cannon"],
    ["hand", undefined],
    ["  ", undefined],
    ["is:bow or is:sword", "is:bow"],
    ["is:bow (is:arc or is:void)", "is:bow"],
    ['is:bow perk:"kill clip"', "is:bow"],
    ["/* two words */ is:bow", "/* two words */"],
    ["is:bow and not is:arc", "is:bow"],
  ])("%s", (text, expected) => expect(shorter(text)).toBe(expected));
});

describe("suggestions", () => {
  const one = (kind: SuggestionKind, text: string): Suggestion => ({ kind, text, caret: text.length, shown: text });

  it("stand in groups, and the arrows go from top to bottom", () => {
    const groups = grouped([one("recent", "r"), one("item", "i"), one("filter", "f"), one("help", "h"), one("perk", "p")]);
    expect(groups.map((group) => group.name)).toEqual(["filters", "items", "kept"]);
    expect(groups.flatMap((group) => group.members.map((each) => each.suggestion.text))).toEqual(["f", "p", "i", "r"]);
    expect(groups.flatMap((group) => group.members.map((each) => each.index))).toEqual([0, 1, 2, 3]);
  });

  it("underline what fits", () => {
    expect(underlined({ shown: "ember", match: [[0, 2]] })).toEqual([
      { text: "em", marked: true },
      { text: "ber", marked: false },
    ]);
    expect(underlined({ shown: "ember" })).toEqual([{ text: "ember", marked: false }]);
  });

  it("mend a flaw in its place", () => {
    const flaw = { start: 3, length: 9, sentence: "" };
    expect(mended("is:handcanon arc", flaw, "handcannon")).toEqual({ text: "is:handcannon arc", caret: 13 });
  });
});

describe("what matches", () => {
  const bow = item(1);
  const world = profile([bow, item(2)], { 1: definition("Bow"), 2: definition("Sword") });

  it("is what the server found, once it can be asked", () => {
    const found = { ids: new Set(["x"]) };
    expect(matches(world, "is:bow", found)).toBe(found.ids);
    expect(matches(world, "is:bow", {})).toBeUndefined();
    expect(matches(world, "  ", found)).toBeUndefined();
  });

  it("is found here by words until then; filters wait", () => {
    expect([...matches(world, "bow", undefined)!]).toEqual([bow.id]);
    expect(matches(world, "is:bow", undefined)).toBeUndefined();
  });

  it("is found here by words in the past, whatever the server says of now", () => {
    const past = { ...world, at: "2026-11-01T00:00:00Z" };
    expect([...matches(past, "bow", { ids: new Set(["x"]) })!]).toEqual([bow.id]);
    expect(matches(past, "is:bow", { ids: new Set(["x"]) })).toBeUndefined();
  });

  it.each([
    ["hand cannon", false],
    ['"kill clip"', false],
    ["is:bow", true],
    ["-bow", true],
    ["(bow)", true],
    ["bow or sword", true],
    ["orbit", false],
    ["well-rounded", false],
    ["/* x */ bow", true],
  ])("%s asks for more than words: %s", (text, expected) => expect(hasFilters(text)).toBe(expected));

  it("stands in one line, as in the field", () => {
    setQuery("is:bow\r\nis:sword");
    expect(query()).toBe("is:bow is:sword");
    setQuery("");
  });

  it("is read from an address", () => {
    expect(askedIn("?at=1&q=is%3Abow")).toBe("is:bow");
    expect(askedIn("")).toBeUndefined();
    expect(askedIn(`?q=${"a".repeat(9000)}`)).toHaveLength(2048);
  });
});

describe("the page of filters", () => {
  const families: Family[] = [
    {
      name: "state",
      title: "State",
      filters: [
        { keywords: ["locked"], formats: ["simple"], help: "What is locked." },
        { keywords: ["tag"], formats: ["query"], values: ["junk"], help: { junk: "To be let go." } },
      ],
    },
    {
      name: "power",
      title: "Power",
      filters: [{ keywords: ["power"], formats: ["range"], overloads: { softcap: 1 }, help: "" }],
    },
  ];

  it.each([
    ["", 3],
    ["lock", 1],
    ["JUNK", 1],
    ["let go", 1],
    ["softcap", 1],
    ["state", 2],
    ["nothing of it", 0],
  ])("finds by %s", (words, expected) => expect(countOf(filtersAbout(families, words))).toBe(expected));

  it("says how a filter is written", () => {
    expect(writtenAs("locked", "simple")).toBe("is:locked");
    expect(writtenAs("tag", "query")).toBe("tag:");
  });
});
