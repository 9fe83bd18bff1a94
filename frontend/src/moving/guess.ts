/** What a move would do, as far as the page can tell at once; the server's plan says it exactly a moment later. Pure. */

import type { Bucket, Item, TransferPlan, Profile } from "../api/types";
import { definitionOf, nameOf } from "../items/words";
import { ACCOUNT } from "../vault/arrange";
import { callName } from "../vault/guardian";
import { messages } from "./messages";

export interface Stays {
  id: string;
  /** A sentence without the item's name: "It cannot leave its guardian." */
  why: string;
}

export interface Outcome {
  /** How many of what was asked for will be there, put on or newly arrived. */
  arrive: number;
  /** How many others go elsewhere to make room. */
  aside: number;
  already: number;
  stay: Stays[];
}

interface Part {
  id: string;
  quantity?: number;
}

export function guessed(profile: Profile, parts: readonly Part[], to: string, equip = false): Outcome {
  const wanted = new Set(parts.map((each) => each.id));
  const buckets = new Map(profile.buckets.map((bucket) => [bucket.hash, bucket]));
  const outcome: Outcome = { arrive: 0, aside: 0, already: 0, stay: [] };
  const coming = new Map<number, number>();
  for (const item of profile.items) {
    if (!wanted.has(item.id)) continue;
    const bucket = buckets.get(item.bucket);
    const why = hindrance(profile, item, bucket, to, equip);
    if (why) outcome.stay.push({ id: item.id, why });
    else if (isThere(item, bucket, to, equip)) outcome.already += 1;
    else {
      outcome.arrive += 1;
      if (!isThere(item, bucket, to, false) && !bucket?.account) coming.set(item.bucket, (coming.get(item.bucket) ?? 0) + 1);
    }
  }
  if (to === "vault") return withinVault(profile, outcome);
  for (const [hash, count] of coming) outcome.aside += overflow(profile, buckets.get(hash), to, count);
  return outcome;
}

/** Whether nothing has to be done. */
export function isThere(item: Item, bucket: Bucket | undefined, to: string, equip: boolean): boolean {
  if (item.place === "postmaster") return false;
  if (equip) return item.store === to && item.place === "equipped";
  return item.store === to || (to !== "vault" && item.store === ACCOUNT && !!bucket?.account);
}

/** Why it cannot go there, as a sentence; undefined: nothing is known that speaks against it. */
export function hindrance(
  profile: Profile,
  item: Item,
  bucket: Bucket | undefined,
  to: string,
  equip: boolean,
): string | undefined {
  const here = isThere(item, bucket, to, false);
  const definition = definitionOf(profile.definitions, item.hash);
  const character = profile.characters.find((each) => each.id === to);
  if (!here && item.stuck === "not-transferrable") return messages.notTransferrable;
  if (!here && item.stuck === "pull-side-effects") return messages.pullInGame;
  if (item.place === "postmaster" && to === "vault" && bucket && !bucket.vault) return messages.noVaultSlot;
  // Without a place in the vault it cannot change guardians either; out of the postmaster of its own guardian it can.
  const own = item.place === "postmaster" && item.store === to;
  if (!here && !own && (item.stuck === "no-vault-slot" || (bucket && !bucket.vault && !bucket.account)))
    return messages.noVaultSlot;
  if (!equip) return undefined;
  if (!character || bucket?.account || !bucket || !WORN.has(bucket.group)) return messages.notWorn(nameOf(definition));
  const of = definition.class;
  return of && character.class !== "unknown" && of !== character.class ? messages.wrongClass(of, callName(character)) : undefined;
}

const WORN = new Set<Bucket["group"]>(["weapons", "armor", "general"]);

function overflow(profile: Profile, bucket: Bucket | undefined, store: string, count: number): number {
  if (!bucket?.capacity) return 0;
  const used = profile.items.filter(
    (item) => item.bucket === bucket.hash && item.store === store && item.place !== "postmaster",
  ).length;
  return Math.max(0, used + count - bucket.capacity);
}

function withinVault(profile: Profile, outcome: Outcome): Outcome {
  const free = Math.max(0, profile.vault.capacity - profile.vault.used);
  const over = outcome.arrive - free;
  if (over <= 0) return outcome;
  const stay = [...outcome.stay, ...Array.from({ length: over }, () => ({ id: "", why: messages.vaultFull }))];
  return { ...outcome, arrive: free, stay };
}

/** The same, read from the server's plan. */
export function planned(plan: TransferPlan, asked: number): Outcome {
  const aside = new Set(plan.steps.filter((step) => step.why === "room").flatMap((step) => step.items.map((each) => each.id)));
  return {
    arrive: Math.max(0, asked - plan.already.length - plan.refusals.length),
    aside: aside.size,
    already: plan.already.length,
    stay: plan.refusals.map((each) => ({ id: each.item ?? "", why: each.sentence })),
  };
}

/** The outcome in a few words: "3 in, 3 others to the vault". */
export function outcomeWords(outcome: Outcome, equip = false): string {
  const { arrive, aside, already, stay } = outcome;
  if (!arrive) {
    const [first] = stay;
    return first
      ? stay.length > 1
        ? messages.allStay(stay.length, first.why)
        : first.why
      : already
        ? messages.alreadyThere
        : "";
  }
  return [
    equip ? messages.putOn(arrive) : messages.goIn(arrive),
    aside > 0 && messages.othersAside(aside),
    stay.length > 0 && messages.someStay(stay.length),
  ]
    .filter(Boolean)
    .join(", ");
}
