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
  const coming = new Map<number, string[]>();
  const put = new Set<number>();
  for (const item of profile.items) {
    if (!wanted.has(item.id)) continue;
    const bucket = buckets.get(item.bucket);
    const why = hindrance(profile, item, bucket, to, equip) ?? (equip && put.has(item.bucket) ? messages.oneEach : undefined);
    if (why) outcome.stay.push({ id: item.id, why });
    else if (isThere(item, bucket, to, equip)) outcome.already += 1;
    else if (isThere(item, bucket, to, false) || bucket?.account) outcome.arrive += 1;
    else {
      const others = coming.get(item.bucket);
      if (others) others.push(item.id);
      else coming.set(item.bucket, [item.id]);
    }
    if (equip && !why) put.add(item.bucket);
  }
  if (to === "vault") return intoVault(profile, outcome, [...coming.values()].flat());
  for (const [hash, ids] of coming) intoSlot(profile, buckets.get(hash), to, ids, wanted, outcome);
  return outcome;
}

/** What is worn, and what was asked for itself, makes no room: the rest goes to the vault, the lowest first. */
function intoSlot(
  profile: Profile,
  bucket: Bucket | undefined,
  to: string,
  ids: string[],
  wanted: Set<string>,
  outcome: Outcome,
): void {
  const there = profile.items.filter((item) => item.bucket === bucket?.hash && item.store === to && item.place !== "postmaster");
  const capacity = bucket?.capacity ?? Infinity;
  const fixed = there.filter((item) => item.place === "equipped" || wanted.has(item.id)).length;
  const fit = Math.min(ids.length, Math.max(0, capacity - fixed));
  outcome.arrive += fit;
  outcome.aside += Math.max(0, there.length + fit - capacity);
  for (const id of ids.slice(fit)) outcome.stay.push({ id, why: messages.slotFull(bucket?.name ?? "") });
}

function intoVault(profile: Profile, outcome: Outcome, ids: string[]): Outcome {
  const fit = Math.min(ids.length, Math.max(0, profile.vault.capacity - profile.vault.used));
  outcome.arrive += fit;
  for (const id of ids.slice(fit)) outcome.stay.push({ id, why: messages.vaultFull });
  return outcome;
}

/** Whether putting them on does something, and leaves none behind. */
export const canWear = ({ arrive, stay }: Outcome) => arrive > 0 && !stay.length;

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
