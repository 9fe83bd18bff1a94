import { describe, expect, it } from "vitest";
import type { AskedWish, Item, Profile, TransferStep } from "../src/api/types";
import { lay, type Laid, type Underway } from "../src/moving/laid";
import { at, BRANNOCH, CONSUMABLES, HELMET, ILSE, item, NOW, profile } from "./world";

let count = 0;

function step(about: Item, more: Partial<TransferStep>): TransferStep {
  return {
    n: ++count,
    kind: "transfer",
    items: [{ id: about.id, hash: about.hash, name: "" }],
    quantity: 1,
    source: about.store,
    target: "vault",
    bucket: about.bucket,
    why: "wished",
    reason: "",
    state: "planned",
    ...more,
  };
}

function transfer(steps: TransferStep[], more: Partial<Underway> = {}): Underway {
  return {
    id: String(++count),
    revision: 1,
    state: "running",
    kind: "move",
    title: "",
    asked_by: "page",
    created: at(1),
    steps,
    refusals: [],
    done: 0,
    total: steps.length,
    confirmed: "pending",
    can: [],
    ...more,
  };
}

const asked = (wish: AskedWish, problem?: unknown) => transfer([], { state: "queued", unsent: { wish, problem } });

function find(of: Profile, id: string): Laid {
  const found = of.items.find((each) => each.id === id);
  if (!found) throw new Error(`${id} is not there`);
  return found;
}

describe("lay", () => {
  it("gives the very same profile when nothing is under way", () => {
    const held = profile([item(100)]);
    expect(lay(held, [], NOW)).toBe(held);
    const old = step(held.items[0]!, { state: "done", target: BRANNOCH, ended: at(30) });
    expect(lay(held, [transfer([old], { state: "done" })], NOW - 10_000)).toBe(held);
  });

  it("puts a tile where it is going, marked, and counts the vault anew", () => {
    const gun = item(100);
    const held = profile([gun, item(100)]);
    const laid = lay(held, [transfer([step(gun, { target: BRANNOCH })])], NOW);
    expect(find(laid, gun.id)).toMatchObject({ store: BRANNOCH, place: "inventory", moving: "goes" });
    expect(laid.vault.used).toBe(1);
    expect(gun.store).toBe("vault");
    expect(laid.items[1]).toBe(held.items[1]);
  });

  it("follows an item over several steps to the last", () => {
    const gun = item(100, { store: ILSE, place: "inventory" });
    const steps = [
      step(gun, { state: "running" }),
      step(gun, { source: "vault", target: BRANNOCH }),
      step(gun, { kind: "equip", source: BRANNOCH, target: BRANNOCH }),
    ];
    const worn = item(101, { store: BRANNOCH, place: "equipped" });
    const helmet = item(102, { store: BRANNOCH, place: "equipped", bucket: HELMET.hash });
    const laid = lay(profile([gun, worn, helmet]), [transfer(steps)], NOW);
    expect(find(laid, gun.id)).toMatchObject({ store: BRANNOCH, place: "equipped", moving: "goes" });
    expect(find(laid, worn.id)).toMatchObject({ place: "inventory" });
    expect(find(laid, helmet.id)).toMatchObject({ place: "equipped" });
  });

  it("leaves a refused item, and all of an ended transfer that was not done, where they are", () => {
    const [a, b] = [item(100), item(100)];
    const held = profile([a, b]);
    const steps = [step(a, { state: "refused", target: BRANNOCH }), step(b, { state: "planned", target: BRANNOCH })];
    expect(lay(held, [transfer(steps, { state: "cancelled" })], NOW)).toBe(held);
    const laid = lay(held, [transfer(steps)], NOW);
    expect(find(laid, a.id)).toBe(a);
    expect(find(laid, b.id).store).toBe(BRANNOCH);
  });

  it("keeps what is done until a profile was read after it, without the mark", () => {
    const gun = item(100);
    const held = profile([gun]);
    const done = transfer([step(gun, { state: "done", target: BRANNOCH, ended: at(5) })], { state: "done" });
    const before = lay(held, [done], NOW - 8_000);
    expect(find(before, gun.id)).toMatchObject({ store: BRANNOCH });
    expect(find(before, gun.id).moving).toBeUndefined();
    expect(lay(held, [done], NOW - 2_000)).toBe(held);
  });

  it("shows the truth with a mark while a transfer waits", () => {
    const gun = item(100);
    const laid = lay(profile([gun]), [transfer([step(gun, { target: BRANNOCH })], { state: "waiting" })], NOW);
    expect(find(laid, gun.id)).toMatchObject({ store: "vault", moving: "waits" });
  });

  it("takes part of a stack, and all of it", () => {
    const pile = item(200, { id: "s-200-vault-0", quantity: 50, bucket: CONSUMABLES.hash });
    const part = lay(profile([pile]), [transfer([step(pile, { quantity: 20, target: "account" })])], NOW);
    expect(find(part, pile.id).quantity).toBe(30);
    expect(part.items.find((each) => each.store === "account")).toMatchObject({ quantity: 20, moving: "goes" });
    const all = lay(profile([pile]), [transfer([step(pile, { quantity: 50, target: "account" })])], NOW);
    expect(all.items).toHaveLength(1);
    expect(all.items[0]).toMatchObject({ store: "account", quantity: 50 });
  });

  it("locks and tracks", () => {
    const gun = item(100, { locked: true });
    const steps = [
      step(gun, { kind: "lock", lock: false, target: "vault" }),
      step(gun, { kind: "track", lock: true, target: "vault" }),
    ];
    expect(find(lay(profile([gun]), [transfer(steps)], NOW), gun.id)).toMatchObject({ locked: undefined, tracked: true });
  });

  it("lays the newest last", () => {
    const gun = item(100);
    const first = transfer([step(gun, { target: BRANNOCH })]);
    const then = transfer([step(gun, { source: BRANNOCH, target: ILSE })]);
    expect(find(lay(profile([gun]), [then, first], NOW), gun.id).store).toBe(ILSE);
  });

  it("does not trip over what the profile does not have", () => {
    const held = profile([item(100)]);
    const stranger = item(100);
    const steps = [
      step(stranger, {}),
      step(stranger, { kind: "equip", target: BRANNOCH }),
      step(stranger, { kind: "lock", lock: true }),
    ];
    expect(lay(held, [transfer(steps)], NOW)).toBe(held);
  });
});

describe("lay, before the server has answered", () => {
  it("moves and equips at once", () => {
    const gun = item(100);
    const worn = item(101, { store: BRANNOCH, place: "equipped" });
    const wish = asked({ kind: "move", items: [{ id: gun.id }], to: BRANNOCH, equip: true });
    const laid = lay(profile([gun, worn]), [wish], NOW);
    expect(find(laid, gun.id)).toMatchObject({ store: BRANNOCH, place: "equipped", moving: "goes" });
    expect(find(laid, worn.id).place).toBe("inventory");
  });

  it("leaves what cannot go, and everything that could not be asked", () => {
    const stuck = item(100, { store: BRANNOCH, place: "inventory", stuck: "not-transferrable" });
    const held = profile([stuck]);
    expect(lay(held, [asked({ kind: "move", items: [{ id: stuck.id }], to: "vault" })], NOW)).toBe(held);
    const gun = item(100);
    const other = profile([gun]);
    expect(lay(other, [asked({ kind: "move", items: [{ id: gun.id }], to: ILSE }, new Error("no"))], NOW)).toBe(other);
  });

  it("collects one postmaster, or all into the vault", () => {
    const mine = item(100, { store: BRANNOCH, place: "postmaster" });
    const hers = item(100, { store: ILSE, place: "postmaster" });
    const held = profile([mine, hers]);
    held.characters[0]!.postmaster.used = 1;
    const one = lay(held, [asked({ kind: "collect", characters: [BRANNOCH] })], NOW);
    expect(find(one, mine.id)).toMatchObject({ store: BRANNOCH, place: "inventory" });
    expect(one.characters[0]!.postmaster.used).toBe(0);
    expect(find(one, hers.id)).toBe(hers);
    const all = lay(held, [asked({ kind: "collect", to: "vault" })], NOW);
    expect(all.items.map((each) => each.store)).toEqual(["vault", "vault"]);
  });

  it("puts what all guardians share into their pocket", () => {
    const pile = item(200, { id: "s-200-vault-0", quantity: 5, bucket: CONSUMABLES.hash });
    const held = profile([pile], {}, { buckets: [{ ...CONSUMABLES, vault: true }] });
    const laid = lay(held, [asked({ kind: "move", items: [{ id: pile.id }], to: ILSE })], NOW);
    expect(find(laid, pile.id)).toMatchObject({ store: "account", place: "inventory" });
  });
});
