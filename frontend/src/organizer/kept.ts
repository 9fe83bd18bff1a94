/** How somebody likes the table. Kept with the other preferences: on the server, and in this browser for the first paint. */

import { useCallback, useEffect, useMemo } from "react";
import { ask } from "../api/client";
import type { Preferences } from "../api/types";
import { preferences, prefer, usePreferences } from "../settings/preferences";
import type { Choices } from "./narrow";
import type { Order } from "./sort";
import type { Basis } from "./stats";
import type { Category } from "./wire";

export interface Liked {
  category: Category;
  guardian?: Choices["guardian"];
  basis: Partial<Record<Category, Basis>>;
  /** By category; what is not there is as in the beginning. */
  columns: Partial<Record<Category, string[]>>;
  orders: Partial<Record<Category, Order[]>>;
}

/** Where it was kept before it was a preference. */
const OLD = "vr-organizer";
const START: Liked = { category: "armor", basis: {}, columns: {}, orders: {} };
const CATEGORIES: readonly unknown[] = ["weapons", "armor", "other"];
const GUARDIANS: readonly unknown[] = ["titan", "hunter", "warlock", "all"];
const BASES: readonly unknown[] = ["base", "now", "mastered"];

/** What another version wrote does no harm. */
export function understood(said: unknown): Liked {
  const given = record(said);
  const liked: Liked = { ...START };
  if (CATEGORIES.includes(given.category)) liked.category = given.category as Category;
  if (GUARDIANS.includes(given.guardian)) liked.guardian = given.guardian as Choices["guardian"];
  liked.basis = each(given.basis, (value) => (BASES.includes(value) ? (value as Basis) : undefined));
  liked.columns = each(given.columns, (value) => (isWords(value) ? value : undefined));
  liked.orders = each(given.orders, (value) => (Array.isArray(value) && value.every(isOrder) ? value : undefined));
  return liked;
}

const record = (value: unknown) => (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
const isWords = (value: unknown): value is string[] => Array.isArray(value) && value.every((word) => typeof word === "string");

function isOrder(value: unknown): value is Order {
  const { column, down } = record(value);
  return typeof column === "string" && typeof down === "boolean";
}

function each<T>(said: unknown, read: (value: unknown) => T | undefined): Partial<Record<Category, T>> {
  const result: Partial<Record<Category, T>> = {};
  for (const [name, value] of Object.entries(record(said))) {
    const fits = CATEGORIES.includes(name) ? read(value) : undefined;
    if (fits !== undefined) result[name as Category] = fits;
  }
  return result;
}

/** Whether anything of it was ever chosen. */
export const isUntouched = (said: unknown) => JSON.stringify(understood(said)) === JSON.stringify(START);

function old(): Liked | undefined {
  try {
    const kept = localStorage.getItem(OLD);
    return kept === null ? undefined : understood(JSON.parse(kept));
  } catch {
    return undefined;
  }
}

function forgetOld(): void {
  try {
    localStorage.removeItem(OLD);
  } catch {
    // Private browsing.
  }
}

/** As the server takes it: what is not chosen is left out. */
export function sent({ category, guardian, basis, columns, orders }: Liked): Preferences["organizer"] {
  const there = <T>(by: Partial<Record<Category, T>>) =>
    Object.fromEntries(Object.entries(by).filter(([, value]) => value !== undefined)) as Partial<Record<Category, T>>;
  return { category, guardian, basis: there(basis), columns: there(columns), orders: there(orders) };
}

/** What this browser alone remembered goes along once, unless another one has told the server of a liking since. */
async function takeOver(kept: Liked): Promise<void> {
  const before = preferences().organizer;
  const { organizer } = (await ask<Preferences>("/preferences")).data;
  forgetOld();
  if (isUntouched(organizer) && preferences().organizer === before) prefer({ organizer: sent(kept) });
}

export function useLiked(): [Liked, (change: Partial<Liked>) => void] {
  const { organizer } = usePreferences();
  const liked = useMemo(() => (isUntouched(organizer) ? (old() ?? START) : understood(organizer)), [organizer]);
  useEffect(() => {
    const kept = old();
    // Without an answer it is tried again the next time; until then it is shown.
    if (kept) takeOver(kept).catch(() => undefined);
  }, []);
  const like = useCallback(
    (change: Partial<Liked>) => {
      forgetOld();
      prefer({ organizer: sent({ ...liked, ...change }) });
    },
    [liked],
  );
  return [liked, like];
}
