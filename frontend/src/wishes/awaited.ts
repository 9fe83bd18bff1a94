/** Lists that were asked to be read: until the answer says how it went, they are looked at again and again. */

import type { WishList } from "./wire";

/** Milliseconds after which nobody waits any more: the server reads it when it can. */
const PATIENCE = 60_000;

interface Asked {
  /** How it stood then. */
  stood: string;
  at: number;
}

const asked = new Map<string, Asked>();

const standing = ({ read, failure }: WishList) => `${read ?? ""} ${failure?.at ?? ""}`;

export const awaitReading = (list: WishList, now: number) => void asked.set(list.id, { stood: standing(list), at: now });

/** Whether it is being read: for the first time, or because somebody asked. */
export function isAwaited(list: WishList, now: number): boolean {
  if (list.kind !== "url" || !list.on) return false;
  if (!list.read && !list.failure) return true;
  const last = asked.get(list.id);
  return last !== undefined && last.stood === standing(list) && now - last.at < PATIENCE;
}
