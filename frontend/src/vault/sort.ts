import type { Item, ItemDefinition, Tier } from "../api/types";
import { definitionOf } from "../items/words";
import type { Preferences } from "../settings/preferences";

const RANK: Record<Tier, number> = { exotic: 0, legendary: 1, rare: 2, uncommon: 3, common: 4, unknown: 5 };

type Compare = (a: Item, b: Item) => number;

/** Comes after all others when equal, so that the order never jumps between two reads. */
const byId: Compare = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Bungie's ids grow with time; as numbers they are too long for JavaScript, so length decides first. */
const byAge: Compare = (a, b) => b.id.length - a.id.length || (b.id < a.id ? -1 : b.id > a.id ? 1 : 0);

export function comparator(sort: Preferences["sort"], definitions: Record<string, ItemDefinition>): Compare {
  const of = (item: Item) => definitionOf(definitions, item.hash);
  const tier: Compare = (a, b) => RANK[of(a).tier] - RANK[of(b).tier];
  const power: Compare = (a, b) => (b.power ?? 0) - (a.power ?? 0);
  const name: Compare = (a, b) => collator.compare(of(a).name, of(b).name);
  const amount: Compare = (a, b) => (b.quantity ?? 1) - (a.quantity ?? 1);
  const orders: Record<Preferences["sort"], Compare[]> = {
    rarity: [tier, power, name, amount, byId],
    power: [power, tier, name, amount, byId],
    name: [name, power, amount, byId],
    newest: [(a, b) => Number(isStack(a)) - Number(isStack(b)) || byAge(a, b)],
  };
  const order = orders[sort];
  return (a, b) => {
    for (const compare of order) {
      const result = compare(a, b);
      if (result) return result;
    }
    return 0;
  };
}

const collator = new Intl.Collator("en", { numeric: true });

/** Stacks have no id of Bungie's, hence no age. */
const isStack = (item: Item) => item.id.startsWith("s-");
