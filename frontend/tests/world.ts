/** A small named world for tests, and a seeded one with a thousand items. Nothing of it goes into the product. */

import type { Bucket, Character, Item, ItemDefinition, Profile, Tier } from "../src/api/types";

export const NOW = Date.parse("2026-11-22T14:02:12Z");

export const at = (secondsAgo: number) => new Date(NOW - secondsAgo * 1000).toISOString();

export const BRANNOCH = "2305843009260000001";
export const ILSE = "2305843009260000002";

export function character(id: string, more: Partial<Character> = {}): Character {
  return {
    id,
    class: "titan",
    class_name: "Titan",
    race: "Awoken",
    gender: "Male",
    light: 549,
    stats: [],
    emblem: "",
    background: "",
    last_played: at(3600),
    minutes_played: 600,
    current: false,
    playing: false,
    postmaster: { used: 0, capacity: 21 },
    ...more,
  };
}

export const KINETIC: Bucket = { hash: 1, name: "Kinetic", group: "weapons", capacity: 10, vault: true };
export const HELMET: Bucket = { hash: 2, name: "Helmet", group: "armor", capacity: 10, vault: true };
export const CONSUMABLES: Bucket = { hash: 3, name: "Consumables", group: "inventory", account: true };
export const MAIL: Bucket = { hash: 4, name: "Postmaster", group: "postmaster", capacity: 21 };

export function definition(name: string, more: Partial<ItemDefinition> = {}): ItemDefinition {
  return { name, type: "Hand Cannon", tier: "legendary", kind: "hand_cannon", icon: "", ...more };
}

let count = 0;
export function item(hash: number, more: Partial<Item> = {}): Item {
  return {
    id: String(6917529000000000000n + BigInt(++count)),
    hash,
    bucket: KINETIC.hash,
    store: "vault",
    place: "vault",
    ...more,
  };
}

export function profile(items: Item[], definitions: Record<number, ItemDefinition> = {}, more: Partial<Profile> = {}): Profile {
  return {
    account: { type: 3, id: "4611686018400000001", name: "Marrow#4417" },
    minted: at(12),
    read: at(11),
    characters: [character(BRANNOCH, { nickname: "Brannoch" }), character(ILSE, { nickname: "Ilse Varr", class: "hunter" })],
    vault: { used: items.length, capacity: 1000 },
    buckets: [KINETIC, HELMET, CONSUMABLES, MAIL],
    currencies: [],
    definitions,
    plugs: {},
    stats: {},
    items,
    ...more,
  };
}

/** mulberry32: small, seeded, good enough to shuffle a vault. */
export function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function thousand(seed = 1): Profile {
  const random = seeded(seed);
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!;
  const tiers: Tier[] = ["exotic", "legendary", "legendary", "rare", "unknown"];
  const kinds = ["auto_rifle", "hand_cannon", "bow", "sword", "unknown"] as const;
  const definitions: Record<number, ItemDefinition> = {};
  for (let hash = 100; hash < 400; hash++) {
    const kind = pick(kinds);
    definitions[hash] = definition(`Item ${hash}`, { tier: pick(tiers), kind, type: kind.replace("_", " ") });
  }
  const stores = ["vault", "vault", BRANNOCH, ILSE, "account", "a character that is gone"];
  const places = ["inventory", "equipped", "postmaster"] as const;
  const items = Array.from({ length: 1000 }, () => {
    const store = pick(stores);
    // Hash 400 has no definition, bucket 99 is not among the profile's.
    return item(100 + Math.floor(random() * 301), {
      store,
      place: store === "vault" ? "vault" : pick(places),
      bucket: pick([1, 2, 3, 4, 99]),
      power: 400 + Math.floor(random() * 150),
    });
  });
  return profile(items, definitions);
}
