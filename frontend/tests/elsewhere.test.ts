import { describe, expect, it } from "vitest";
import { ACCOUNT, type Row } from "../src/vault/arrange";
import { elsewhere } from "../src/vault/elsewhere";
import { item } from "./world";

const [worn, carried, stored, shared] = [item(1), item(2), item(3), item(4)];
const common = { name: "", group: "weapons", count: 0, vault: [], vaultCount: 0 } as const;
const rows: Row[] = [
  {
    ...common,
    key: "1",
    shared: false,
    cells: new Map([
      ["a", { equipped: [worn], rest: [] }],
      ["b", { equipped: [], rest: [carried] }],
    ]),
    vault: [{ key: "", label: "", mark: undefined, items: [stored] }],
    vaultCount: 1,
  },
  { ...common, key: "2", shared: true, cells: new Map([[ACCOUNT, { equipped: [], rest: [shared] }]]), vault: [] },
];

describe("where what was found lies, on a phone", () => {
  it.each([
    ["on the guardian that is looked at", [worn, carried], "a", undefined],
    ["in the vault beside a guardian", [stored, carried], "a", undefined],
    ["with all guardians", [shared], "a", undefined],
    ["nowhere", [], "a", undefined],
    ["on another guardian", [carried], "a", { b: 1 }],
    ["on guardians, seen from the vault", [worn, carried, shared], "vault", { a: 1, b: 1, [ACCOUNT]: 1 }],
  ])("%s", (_, found, only, expected) => {
    const counts = elsewhere(rows, new Set(found.map(({ id }) => id)), only);
    expect(counts && Object.fromEntries(counts)).toEqual(expected);
  });
});
