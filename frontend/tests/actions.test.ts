import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { exportItems, kindsIn, tablesOf } from "../src/curation/exporting";
import { selection } from "../src/moving/selection";
import { actionsMenu, alike } from "../src/searching/actions";
import { BRANNOCH, CONSUMABLES, definition, HELMET, item, profile } from "./world";

const SABLE = 10;
const PSALM = 11;
const HOOD = 12;
const HELM = 13;
const SHELL = 14;
const GLIMMER = 15;
const DEFINITIONS = {
  [SABLE]: definition("Sable Verdict"),
  [PSALM]: definition("Pocket Psalm"),
  [HOOD]: definition("Hood", { type: "Helmet", kind: "helmet", class: "hunter" }),
  [HELM]: definition("Helm", { type: "Helmet", kind: "helmet", class: "titan" }),
  [SHELL]: definition("Shell", { type: "Ghost Shell", kind: "ghost" }),
  [GLIMMER]: definition("Glimmer", { type: "Currency", kind: "consumable" }),
};

const cannon = item(SABLE, { locked: true });
const other = item(PSALM);
const hood = item(HOOD, { bucket: HELMET.hash, store: BRANNOCH, place: "inventory" });
const helm = item(HELM, { bucket: HELMET.hash });
const shell = item(SHELL, { bucket: CONSUMABLES.hash });
const stack = { ...item(GLIMMER, { bucket: CONSUMABLES.hash }), id: "s-15-vault-0" };
const vault = profile([cannon, other, hood, helm, shell, stack], DEFINITIONS);

const offered = (...items: { id: string }[]) => {
  const ids = items.map((each) => each.id);
  const menu = actionsMenu(new QueryClient(), vault, ids, document.createElement("button"));
  return menu.parts.flat().map(({ label, hint, why }) => [label, why ?? hint].filter(Boolean).join(" | "));
};

describe("what can be done with what was found", () => {
  it("says how many each is for", () => {
    expect(offered(cannon, other, helm)).toEqual([
      "Select all 3",
      "Move to…",
      "Lock | 2 items",
      "Unlock | 1 item",
      "Tag…",
      "Note…",
      "Add a hashtag…",
      "Export as CSV | weapons and armour",
    ]);
  });

  it("names one as one", () => {
    expect(offered(cannon)).toEqual(["Select it", "Move to…", "Unlock", "Tag…", "Note…", "Export as CSV | weapons"]);
  });

  it("offers nothing that means nothing", () => {
    expect(offered(stack)).toEqual([
      "Select it",
      "Move to…",
      "Tag…",
      "Note…",
      "Export as CSV | Only weapons, armour and ghosts go into a table.",
    ]);
  });

  it("compares only what is alike", () => {
    expect(offered(cannon, other)).toContain("Compare");
    expect(alike(vault, [cannon, other])).toBe(true);
    expect(alike(vault, [hood, helm])).toBe(false);
    expect(alike(vault, [cannon, helm])).toBe(false);
    expect(alike(vault, [cannon])).toBe(false);
  });

  it("selects them", () => {
    const menu = actionsMenu(new QueryClient(), vault, [cannon.id, helm.id], document.createElement("button"));
    menu.parts[0]![0]!.act();
    expect([...selection()]).toEqual([cannon.id, helm.id]);
  });
});

describe("items as files", () => {
  beforeEach(() => {
    vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:1", revokeObjectURL: () => undefined }));
  });

  it("takes a table for each kind, and leaves out what has none", () => {
    const tables = tablesOf(vault, [cannon.id, helm.id, shell.id, stack.id, "gone"]);
    expect(tables).toEqual({ weapons: [cannon.id], armor: [helm.id], ghosts: [shell.id] });
    expect(kindsIn(tables)).toBe("weapons, armour and ghosts");
    expect(kindsIn({ ghosts: ["1"] })).toBe("ghosts");
  });

  it.each([
    [[cannon, other, stack], "/api/v1/items.csv", { items: [cannon.id, other.id], category: "weapons" }],
    [[cannon, helm], "/api/v1/items.zip", { items: [cannon.id, helm.id] }],
  ])("asks for one kind as a table and for several as a ZIP", async (items, path, body) => {
    const asked: [string, unknown][] = [];
    vi.stubGlobal("fetch", (url: string, options?: RequestInit) => {
      if (url.endsWith("/session")) return Promise.resolve(new Response('{"csrf_token":"x"}'));
      asked.push([url, JSON.parse(String(options?.body))]);
      return Promise.resolve(new Response("Name"));
    });
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    await exportItems(vault, items.map((each) => each.id)); // prettier-ignore
    expect(asked).toEqual([[path, body]]);
    expect(saved).toHaveLength(1);
  });
});
