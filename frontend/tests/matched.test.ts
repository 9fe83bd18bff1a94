import { describe, expect, it } from "vitest";
import type { Row } from "../src/vault/arrange";
import { matchedIn } from "../src/vault/matched";
import { item } from "./world";

const [worn, carried, stored, elsewhere] = [item(1), item(2), item(3), item(4)];
const row: Row = {
  key: "1",
  name: "Kinetic",
  group: "weapons",
  count: 3,
  shared: false,
  cells: new Map([["a", { equipped: [worn], rest: [carried] }]]),
  vault: [{ key: "", label: "", mark: undefined, items: [stored] }],
  vaultCount: 1,
};

describe("what matches in a row", () => {
  it("is found wherever it lies, and nothing of other rows", () => {
    const all = new Set([worn.id, carried.id, stored.id, elsewhere.id]);
    expect(matchedIn(row, all)).toEqual(new Set([worn.id, carried.id, stored.id]));
    expect(matchedIn(row, new Set([elsewhere.id]))).toEqual(new Set());
    expect(matchedIn(row, undefined)).toBeUndefined();
  });

  it("is the same set while the same matches, so that the row is not drawn anew", () => {
    const first = matchedIn(row, new Set([worn.id, stored.id]));
    expect(matchedIn(row, new Set([stored.id, elsewhere.id, worn.id]))).toBe(first);
    expect(matchedIn(row, new Set([worn.id, carried.id]))).not.toBe(first);
    expect(matchedIn(row, new Set([worn.id]))).toEqual(new Set([worn.id]));
  });
});
