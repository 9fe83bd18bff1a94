/** Wish lists and rolls in words. */

import { clock } from "../freshness/words";
import { messages } from "./messages";
import type { OwnRoll, WishList } from "./wire";

/** "1,204 rolls, 300 unwanted rolls, 12 said twice". What cannot be read is told below it. */
export function factsOf({ rolls, trash, duplicates }: WishList): string {
  return [
    (rolls > 0 || trash === 0) && messages.rolls(rolls),
    trash > 0 && messages.trash(trash),
    duplicates > 0 && messages.duplicates(duplicates),
  ]
    .filter(Boolean)
    .join(", ");
}

/** When it was read and when it will be; what a list is that lies here alone. */
export function timesOf({ kind, read, next, on }: WishList, now: number): string {
  if (!on) return messages.offNow;
  if (kind !== "url") return kind === "own" ? messages.own : messages.uploaded;
  if (!read) return next ? messages.next(clock(Date.parse(next), now)).replace(/^n/, "N") : messages.fetching;
  return [messages.read(clock(Date.parse(read), now)), next && messages.next(clock(Date.parse(next), now))]
    .filter(Boolean)
    .join(", ");
}

export const nameOfRoll = ({ name, hash }: OwnRoll): string => name ?? messages.unknownItem(hash);

/** "Rapid Hit + Kill Clip". */
export const perksOf = ({ perks }: OwnRoll): string =>
  perks.map(({ name, hash }) => name ?? messages.unknownPerk(hash)).join(" + ") || messages.every;

/** Whether two rolls name the same perks, in whichever order. */
export function samePerks(one: readonly number[], other: readonly number[]): boolean {
  const [first, second] = [new Set(one), new Set(other)];
  return first.size === second.size && [...first].every((perk) => second.has(perk));
}

/** What a file is to be called: nothing where it says so itself, else its own name. */
export const titleOfFile = (name: string, head: string): string =>
  /^@?title:./m.test(head) ? "" : name.replace(/\.(txt|text|csv)$/i, "").slice(0, 100);
