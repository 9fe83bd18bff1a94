import { describe, expect, it } from "vitest";
import { glyphOfTag, keyOf, remarksOn, remarksSentence, TAGS } from "../src/curation/annotation";
import { foreseen } from "../src/curation/deeds";
import { tagName } from "../src/curation/names";
import { GLYPHS } from "../src/ui/glyphs";
import { definition, item, profile } from "./world";

describe("what is said of items", () => {
  const copy = item(10);
  const stack = { ...item(20), id: "s-20-vault-0" };
  const world = {
    ...profile([copy, stack], { 10: definition("Sable Verdict"), 20: definition("Glimmer") }),
    annotations: { [copy.id]: { tag: "keep", notes: "mine" }, "h-20": { tag: "junk" } },
    verdicts: { [copy.id]: { wanted: false } },
  };

  it("hangs on the copy, or on the kind of a stack", () => {
    expect([keyOf(copy), keyOf(stack)]).toEqual([copy.id, "h-20"]);
    expect(remarksOn(world, copy)).toEqual({ tag: "keep", noted: true, wanted: false });
    expect(remarksOn(world, stack)).toEqual({ tag: "junk", noted: undefined, wanted: undefined });
  });

  it("is part of what a tile says", () => {
    expect(remarksSentence(remarksOn(world, copy))).toBe("tag keep, has a note, unwanted roll");
    expect(remarksSentence({ wanted: true })).toBe("wish-list roll");
    expect(remarksSentence({})).toBe("");
  });

  it("has a sign for every tag", () => {
    for (const tag of [...TAGS, "give-away"]) expect(GLYPHS[glyphOfTag(tag)]).toBeTruthy();
    expect(glyphOfTag("give-away")).toBe("tag-own");
  });

  it.each([
    [{}, { tag: "junk" }, { tag: "junk" }],
    [{ tag: "keep", notes: "x" }, { tag: "" }, { notes: "x" }],
    [{ tag: "keep", notes: "x" }, { notes: "y" }, { tag: "keep", notes: "y" }],
    [{ notes: "x" }, { notes: "" }, {}],
    [{ notes: "x" }, { add: "#pve" }, { notes: "x" }],
  ])("%o and %o is shown at once", (before, saying, after) => expect(foreseen(before, saying)).toEqual(after));
});

describe("the name of a tag of one's own", () => {
  it.each([
    ["Raid", "raid"],
    ["Give away", "give-away"],
    ["  Für später! ", "fur-spater"],
    ["--x--", "x"],
    ["🎉", ""],
    ["x".repeat(50), "x".repeat(32)],
  ])("%s", (label, name) => expect(tagName(label)).toBe(name));
});
