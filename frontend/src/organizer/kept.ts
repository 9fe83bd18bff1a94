/** How somebody likes the table. Kept in this browser; what another version wrote does no harm. */

import { useCallback, useState } from "react";
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

const KEY = "vr-organizer";
const START: Liked = { category: "armor", basis: {}, columns: {}, orders: {} };
const CATEGORIES: readonly unknown[] = ["weapons", "armor", "other"];
const GUARDIANS: readonly unknown[] = ["titan", "hunter", "warlock", "all"];
const BASES: readonly unknown[] = ["base", "now", "mastered"];

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

function load(): Liked {
  try {
    return understood(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return START;
  }
}

export function useLiked(): [Liked, (change: Partial<Liked>) => void] {
  const [liked, setLiked] = useState(load);
  const like = useCallback((change: Partial<Liked>) => {
    setLiked((before) => {
      const next = { ...before, ...change };
      try {
        localStorage.setItem(KEY, JSON.stringify(next));
      } catch {
        // Private browsing: it holds until the page is left.
      }
      return next;
    });
  }, []);
  return [liked, like];
}
