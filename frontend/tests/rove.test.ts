import { beforeEach, describe, expect, it } from "vitest";
import { ensureStop, keepStop, neighbour, rove } from "../src/vault/rove";

/** Tiles of 10 x 10 where the drawing has them: "." is empty, "x" is dimmed; a blank line starts the next row. */
function draw(picture: string): void {
  const rows = picture.trim().split(/\n\s*\n/);
  document.body.innerHTML = `<div>${rows.map(() => "<section data-grid></section>").join("")}</div>`;
  let top = 0;
  rows.forEach((text, index) => {
    const section = document.querySelectorAll("[data-grid]")[index]!;
    for (const line of text.split("\n")) {
      [...line.trim()].forEach((letter, column) => {
        if (letter === ".") return;
        const tile = document.createElement("button");
        tile.className = letter === "x" ? "tile dim" : "tile";
        tile.id = letter;
        tile.tabIndex = -1;
        const box = new DOMRect(column * 12, top, 10, 10);
        tile.getBoundingClientRect = () => box;
        section.append(tile);
      });
      top += 12;
    }
  });
}

const tile = (id: string) => document.getElementById(id)!;
const to = (id: string, direction: Parameters<typeof neighbour>[1]) => neighbour(tile(id), direction)?.id;

describe("arrow keys", () => {
  beforeEach(() =>
    draw(`
      abc..d
      ef...g
      h

      i.jk
      x
      .l
    `),
  );

  it.each([
    ["a", "right", "b"],
    ["c", "right", "d"], // over the gap between two stores
    ["d", "right", "e"], // on to the next line
    ["e", "left", "d"],
    ["a", "left", undefined],
    ["a", "down", "e"],
    ["b", "down", "f"],
    ["h", "up", "e"],
    ["h", "down", "i"], // into the next row
    ["i", "up", "h"],
    ["i", "down", "l"], // what is dimmed is passed over
    ["k", "up", "h"],
    ["l", "down", undefined],
    ["e", "first", "a"],
    ["e", "last", "h"],
  ] as const)("from %s %s is %s", (from, direction, expected) => expect(to(from, direction)).toBe(expected));

  it("moves focus and the tab stop", () => {
    ensureStop(tile("a").closest("section")!);
    tile("a").focus();
    const moved = rove({ key: "ArrowRight", target: tile("a"), ctrlKey: false, metaKey: false, altKey: false });
    expect(moved).toBe(true);
    expect(document.activeElement).toBe(tile("b"));
    expect([tile("a").tabIndex, tile("b").tabIndex]).toEqual([-1, 0]);
  });

  it("leaves other keys and combinations alone", () => {
    const plain = { target: tile("a"), ctrlKey: false, metaKey: false, altKey: false };
    expect(rove({ ...plain, key: "x" })).toBe(false);
    expect(rove({ ...plain, key: "ArrowRight", ctrlKey: true })).toBe(false);
  });
});

describe("one tab stop a row", () => {
  it("is the first that is not dimmed, and stays where it was put", () => {
    draw("xab");
    const row = tile("a").closest("section")!;
    ensureStop(row);
    expect(tile("a").tabIndex).toBe(0);
    keepStop(tile("b"));
    ensureStop(row);
    expect([tile("a").tabIndex, tile("b").tabIndex]).toEqual([-1, 0]);
  });

  it("moves on when it is dimmed", () => {
    draw("ab");
    keepStop(tile("a"));
    tile("a").classList.add("dim");
    ensureStop(tile("a").closest("section")!);
    expect([tile("a").tabIndex, tile("b").tabIndex]).toEqual([-1, 0]);
  });
});
