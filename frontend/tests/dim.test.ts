import { beforeEach, describe, expect, it } from "vitest";
import { dimUnmatched } from "../src/vault/dim";

const row = document.createElement("section");
const dimmed = () => [...row.querySelectorAll<HTMLElement>(".dim")].map((each) => each.dataset.id);

beforeEach(() => {
  row.innerHTML = ["a", "b", "c"].map((id) => `<button class="tile mw" data-id="${id}"></button>`).join("");
});

describe("tiles that a search does not find", () => {
  it.each([
    ["some are found", new Set(["b"]), ["a", "c"]],
    ["none is found", new Set<string>(), ["a", "b", "c"]],
    ["all are found", new Set(["a", "b", "c"]), []],
    ["nothing was asked", undefined, []],
  ])("%s", (_, matches, expected) => {
    dimUnmatched(row, new Set(["a"]));
    dimUnmatched(row, matches);
    expect(dimmed()).toEqual(expected);
  });

  it("keep their other looks, and are dimmed again after React has written them", () => {
    dimUnmatched(row, new Set(["b"]));
    const tile = row.querySelector<HTMLElement>("[data-id=a]")!;
    expect(tile.className).toBe("tile mw dim");
    tile.className = "tile mw sel";
    dimUnmatched(row, new Set(["b"]));
    expect(tile.className).toBe("tile mw sel dim");
  });

  it("are not touched where nothing changes", async () => {
    dimUnmatched(row, new Set(["b"]));
    let changes = 0;
    const watching = new MutationObserver((records) => (changes += records.length));
    watching.observe(row, { subtree: true, attributes: true });
    dimUnmatched(row, new Set(["b"]));
    await Promise.resolve();
    changes += watching.takeRecords().length;
    expect(changes).toBe(0);
  });
});
